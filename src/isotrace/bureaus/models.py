"""Organisations, the people of each, and the keys of their programs."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Role
from isotrace.engine import clock
from isotrace.engine.policy import Classification, OrganisationKind


class Organisation(models.Model):
    """A bureau, an entity below one, a unit of the secretariat, a partner or a donor.

    `country` is ISO 3166 alpha-3, "" for the secretariat and for international organisations.
    """

    KINDS: ClassVar = [
        (OrganisationKind.SECRETARIAT, _("Unit of the secretariat")),
        (OrganisationKind.BUREAU, _("National central bureau")),
        (OrganisationKind.NATIONAL_ENTITY, _("National entity")),
        (OrganisationKind.CONTROL_BODY, _("Control body")),
        (OrganisationKind.PARTNER, _("Partner organisation")),
        (OrganisationKind.DONOR, _("Donor")),
    ]
    handling_kind = "reference"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=KINDS)
    country = models.CharField(max_length=3, blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="entities")
    contact = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["country"], condition=models.Q(kind="bureau"), name="one_bureau_per_country"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["secretariat", "control_body", "partner", "donor"]) | ~models.Q(country=""),
                name="national_has_country",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by `actions.open_account` only; this finds them for signing in."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """One person of one organisation; lapses on the day after `ends_on`."""

    handling_kind = "system"
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accounts")
    role = models.CharField(max_length=20, choices=Role.choices)
    clearance = models.PositiveSmallIntegerField(default=Classification.RESTRICTED)
    post = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def lapsed(self) -> bool:
        """Whether the person's function has ended."""
        return not self.is_active or (self.ends_on is not None and self.ends_on < clock.today())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; of an account that exists only what the person may change himself, unless fields are named."""
        if not self._state.adding and not kwargs.get("update_fields"):
            kwargs["update_fields"] = ["password", "last_login", "language"]
        super().save(*args, **kwargs)

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002  # nothing is granted outside the decision function
        return False


class ApiKey(models.Model):
    """A key with which a program acts as one person; only a digest of it is kept."""

    handling_kind = "system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="keys")
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ends_on = models.DateField()
