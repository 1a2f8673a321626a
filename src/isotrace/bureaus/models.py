"""Organisations, the people of each, and the keys of their programs."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.roles import Database, Role
from isotrace.engine import clock
from isotrace.engine.notices import add_months
from isotrace.engine.policy import CLASSIFICATION_LABELS, NOBODY, Classification, DatabaseVerb, OrganisationKind

YEAR = 12
"""After how many months an account and a grant are to be looked at again (police-rules R1.07, S.01)."""

WARNING = timedelta(days=30)
"""How long before or after that people are warned before something is frozen (a decision of this product)."""

MARKINGS: list[tuple[int, Any]] = [(int(marking), _(label)) for marking, label in CLASSIFICATION_LABELS.items()]


class Organisation(models.Model):
    """A bureau, an entity below one, a unit of the secretariat, a partner or a donor.

    `country` is ISO 3166 alpha-3, "" for the secretariat and for international organisations. `ceiling` is the highest marking
    for which one of its people may be cleared.
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
    ceiling = models.PositiveSmallIntegerField(choices=MARKINGS, default=Classification.RESTRICTED)

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


class AccountState(models.TextChoices):
    """Whether a person can sign in, and why not."""

    ACTIVE = "active", _("Active")
    INVITED = "invited", _("Invited: no password yet")
    SUSPENDED = "suspended", _("Suspended")
    FROZEN = "frozen", _("Frozen: not confirmed in time")
    ENDED = "ended", _("Ended")


class Account(AbstractBaseUser):
    """One person of one organisation; lapses on the day after `ends_on`, when suspended, and when nobody confirms it each year."""

    handling_kind = "system"
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accounts")
    role = models.CharField(max_length=20, choices=Role.choices)
    clearance = models.PositiveSmallIntegerField(choices=MARKINGS, default=Classification.RESTRICTED)
    post = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    ends_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(default=clock.today)

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def ended(self) -> bool:
        """Whether the person's function has ended."""
        return self.ends_on is not None and self.ends_on < clock.today()

    @property
    def confirm_by(self) -> date:
        """The last day of the year for which the account is confirmed; from then on people are warned."""
        return add_months(self.confirmed_on, YEAR)

    @property
    def frozen_from(self) -> date:
        """The day from which nobody signs in with it unless it is confirmed before."""
        return self.confirm_by + WARNING + timedelta(days=1)

    @property
    def frozen(self) -> bool:
        """Whether nobody confirmed it in time."""
        return clock.today() >= self.frozen_from

    @property
    def to_confirm(self) -> bool:
        """Whether its year is over; an account that has ended needs nobody's word any more."""
        return not self.ended and clock.today() > self.confirm_by

    @property
    def lapsed(self) -> bool:
        """Whether the person is kept out: the function has ended, the account is suspended, or nobody confirmed it."""
        return not self.is_active or self.ended or self.frozen

    @property
    def state(self) -> AccountState:
        """Whether the person can sign in, and why not."""
        if self.ended:
            return AccountState.ENDED
        if not self.is_active:
            return AccountState.SUSPENDED
        if self.frozen:
            return AccountState.FROZEN
        return AccountState.ACTIVE if self.has_usable_password() else AccountState.INVITED

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


class GrantState(models.TextChoices):
    """Whether a grant opens anything today."""

    IN_FORCE = "in_force", _("In force")
    TO_CHECK = "to_check", _("In force; its yearly check is due")
    COMING = "coming", _("Begins later")
    FROZEN = "frozen", _("Frozen: its yearly check was missed")
    ENDED = "ended", _("Ended")


class Grant(models.Model):
    """A bureau opens named databases to an entity of its country, under a written agreement (R1.03, R1.04); one at a time.

    `databases` are codes of `roles.GRANTABLE`, `verbs` consult and record. Good from `valid_from` through `review_due`, the day by
    which the bureau has checked the entity again (R1.07). Written only by the functions of `bureaus.sql`.
    """

    handling_kind = "reference"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entity = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    databases: Any = ArrayField(models.CharField(max_length=20, choices=Database.choices))
    verbs: Any = ArrayField(models.CharField(max_length=10))
    agreement = models.CharField(max_length=120)
    valid_from = models.DateField()
    review_due = models.DateField()
    checked_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(default=NOBODY)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["granted_by__name", "entity__name", "-made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entity"], condition=models.Q(ended_at=None), name="one_grant_per_entity"),
            models.CheckConstraint(condition=models.Q(verbs__contained_by=[str(verb) for verb in DatabaseVerb]), name="known_verbs"),
        ]

    def __str__(self) -> str:
        return f"{self.granted_by} → {self.entity}"

    @property
    def state(self) -> GrantState:
        """Whether it opens anything today."""
        today = clock.today()
        if self.ended_at is not None:
            return GrantState.ENDED
        if today > self.review_due:
            return GrantState.FROZEN
        if today < self.valid_from:
            return GrantState.COMING
        return GrantState.TO_CHECK if today >= self.review_due - WARNING else GrantState.IN_FORCE


class SheetEntry(models.Model):
    """What the law of a country says on one item of its national sheet; the newest entry of an item holds, the others are history.

    `item` is a code of `bureaus.sheets`, `value` "yes", "no" or a whole number, `dated` the date of the provision named by
    `reference`. Written only by the functions of `bureaus.sql`.
    """

    handling_kind = "reference"

    country = models.CharField(max_length=3)
    item = models.CharField(max_length=40)
    value = models.CharField(max_length=20)
    reference = models.CharField(max_length=200)
    dated = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()
    person = models.UUIDField(default=NOBODY)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["country", "item", "-id"], name="sheet_of_country")]
