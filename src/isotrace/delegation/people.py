"""What an administrator can do with the people of his bureau and its entities; the database asks again who he is."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from isotrace.bureaus.actions import administer
from isotrace.bureaus.models import Account, AccountState, Organisation
from isotrace.bureaus.queries import administered
from isotrace.bureaus.roles import HELD_AT
from isotrace.delegation import queries
from isotrace.delegation.tasks import CONFIRM
from isotrace.desk.actions import finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Classification, Viewer
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit


def invite(
    viewer: Viewer,
    *,
    email: str,
    name: str,
    organisation: uuid.UUID,
    role: str,
    clearance: int,
    post: str = "",
    ends_on: date | None = None,
) -> Account:
    """Open an account for somebody, who gets a link by mail to set a password with, and nothing else.

    Raises InputError naming the field, PermissionError for whoever is not an administrator.
    """
    queries.require_administrator(viewer, "account.invite")
    home = administered(viewer).filter(id=organisation).first()
    if home is None:
        raise InputError(N_("Choose your bureau or one of its entities."), field="organisation")
    words = {field: _words(value, field) for field, value in (("name", name), ("post", post))}
    _check(home, email, words["name"], role, clearance, ends_on)
    made = uuid.uuid4()
    with transaction.atomic():
        given = (email.lower(), words["name"], home.id, role, clearance, words["post"], ends_on, clock.today())
        administer("invite_account", made, *given)
        audit.record(viewer, "account.invite", "account", made, organisation=home.id, role=role, clearance=clearance)
        _mail(made)
    return Account.objects.select_related("organisation").get(pk=made)


def _words(value: str, field: str) -> str:
    try:
        return clean_text(value, 120)
    except InputError as error:
        error.field = field
        raise


def _check(home: Organisation, email: str, name: str, role: str, clearance: int, ends_on: date | None) -> None:
    """Raise InputError, naming the field, for what no account of `home` can have."""
    try:
        validate_email(email)
    except ValidationError as bad:
        raise InputError(N_("Write the address as name@example.org."), field="email") from bad
    if Account.objects.filter(email__iexact=email).exists():
        raise InputError(N_("This address has an account already. Use another one."), field="email")
    if not name:
        raise InputError(N_("Say who it is."), field="name")
    if role not in HELD_AT.get(home.kind, ()):
        raise InputError(N_("Nobody at this organisation has this role. Choose another one."), field="role")
    _check_clearance(home, clearance)
    if ends_on is not None and ends_on < clock.today():
        raise InputError(N_("The last day has passed. Choose a later one."), field="ends_on")


def _check_clearance(home: Organisation, clearance: int) -> None:
    if clearance not in set(Classification) or clearance > home.ceiling:
        raise InputError(N_("This is above the highest clearance of the organisation. Choose a lower one."), field="clearance")


def _mail(account: uuid.UUID) -> None:
    from isotrace.delegation.jobs import mail_invitation

    mail_invitation.defer(account=str(account))


def mail_again(viewer: Viewer, account_id: uuid.UUID) -> Account:
    """Send the link once more to somebody who has not set a password. Raises InputError for everybody else."""
    account = queries.person(viewer, account_id, "account.invite")
    if account.state != AccountState.INVITED:
        raise InputError(N_("Only somebody who was invited and has no password yet gets the link again."))
    with transaction.atomic():
        audit.record(viewer, "account.invite", "account", account.id, again=True)
        _mail(account.id)
    return account


def suspend(viewer: Viewer, account_id: uuid.UUID) -> Account:
    """Keep somebody out until he is let in again: from the next request nobody signs in or acts with the account."""
    return _set(viewer, account_id, "account.suspend", "suspend_account", False)


def resume(viewer: Viewer, account_id: uuid.UUID) -> Account:
    """Let somebody in again who was suspended."""
    return _set(viewer, account_id, "account.resume", "suspend_account", True)


def end(viewer: Viewer, account_id: uuid.UUID, last_day: date | None = None) -> Account:
    """End an account after `last_day`, or at once; the day can be moved while it has not come."""
    return _set(viewer, account_id, "account.end", "end_account", last_day or clock.today() - timedelta(days=1))


def clear(viewer: Viewer, account_id: uuid.UUID, clearance: int) -> Account:
    """Change somebody's clearance, up to the organisation's highest. Raises InputError above that; nobody changes his own."""
    account = queries.person(viewer, account_id, "account.clear")
    _check_clearance(account.organisation, clearance)
    return _set(viewer, account_id, "account.clear", "clear_account", clearance)


def _set(viewer: Viewer, account_id: uuid.UUID, act: str, function: str, value: object) -> Account:
    account = queries.person(viewer, account_id, act)
    _not_oneself(viewer, account.id, act)
    with transaction.atomic():
        administer(function, account.id, value)
        detail: dict[str, Any] = {"value": value} if isinstance(value, int | date) and not isinstance(value, bool) else {}
        audit.record(viewer, act, "account", account.id, **detail)
    account.refresh_from_db()
    return account


def _not_oneself(viewer: Viewer, account_id: uuid.UUID, act: str) -> None:
    if account_id == viewer.person:
        audit.record(viewer, act, "account", account_id, outcome="refused")
        raise PermissionError(_("Nobody changes his own account. Ask another administrator, or whoever runs the installation."))


def confirm(viewer: Viewer, account_ids: Iterable[uuid.UUID]) -> int:
    """Say of people that they still need their accounts, for another year; return of how many.

    Raises Http404 where one of them is not his to confirm, PermissionError where one is himself.
    """
    found = [queries.person(viewer, account_id, "account.confirm") for account_id in dict.fromkeys(account_ids)]
    with transaction.atomic():
        for account in found:
            _not_oneself(viewer, account.id, "account.confirm")
            administer("confirm_account", account.id, clock.today())
            audit.record(viewer, "account.confirm", "account", account.id)
        for home in {account.organisation_id for account in found}:
            if not any(each.to_confirm for each in Account.objects.filter(organisation_id=home)):
                finish(viewer, ("organisation", home), CONFIRM.code)
    return len(found)
