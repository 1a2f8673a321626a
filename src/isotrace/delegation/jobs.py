"""The invitation by mail, and the daily warning before an account or a grant is frozen."""

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from isotrace.bureaus.models import WARNING, Account, Grant, Organisation
from isotrace.bureaus.roles import Role
from isotrace.delegation.tasks import CHECK, CONFIRM, put_once
from isotrace.engine import clock
from isotrace.engine.policy import OrganisationKind


@app.task(name="delegation.mail_invitation", retry=3)
def mail_invitation(account: str) -> None:
    """Mail the invited person (by the account's id) a link that sets the password, once; who has one gets no mail."""
    found = Account.objects.using("jobs").filter(pk=uuid.UUID(account)).first()
    if found is None or found.lapsed or found.has_usable_password():
        return
    with translation.override(found.language):
        body = _("Set your password here: %(address)s\n\nThe link works once, for three days. This message holds nothing else on purpose.")
        send_mail(_("Isotrace: your account"), body % {"address": link(found)}, settings.DEFAULT_FROM_EMAIL, [found.email])


def link(account: Account) -> str:
    """Return the address at which an invited person sets the password; dead once it is set, and after three days."""
    key = default_token_generator.make_token(account)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
    return f"{settings.PUBLIC_URL}{path}"


@app.periodic(cron="20 3 * * *")
@app.task(name="delegation.warn", queueing_lock="delegation.warn")
def warn(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes when the run was planned
    """Ask administrators for what is due this month: whose accounts to confirm, which entities to check."""
    _accounts()
    _grants()


def _accounts() -> None:
    due: dict[Organisation, list[Account]] = {}
    for account in Account.objects.using("jobs").select_related("organisation"):
        if account.to_confirm:
            due.setdefault(account.organisation, []).append(account)
    for home, accounts in due.items():
        addressee = _administering(home)
        if addressee and _has_administrator(addressee):
            first = min(account.confirm_by for account in accounts) + WARNING
            put_once(CONFIRM, ("organisation", home.id), addressee, first)


def _administering(home: Organisation) -> Organisation | None:
    """The organisation whose administrators answer for the people of `home`."""
    if home.kind != OrganisationKind.NATIONAL_ENTITY:
        return home
    return Organisation.objects.using("jobs").filter(kind=OrganisationKind.BUREAU, country=home.country).first()


def _has_administrator(organisation: Organisation) -> bool:
    held = Account.objects.using("jobs").filter(organisation=organisation, role=Role.ADMINISTRATOR)
    return any(not account.lapsed for account in held)


def _grants() -> None:
    due = Grant.objects.using("jobs").filter(ended_at=None, review_due__lte=clock.today() + WARNING)
    for grant in due.select_related("granted_by"):
        put_once(CHECK, ("grant", grant.id), grant.granted_by, grant.review_due)
