"""Accounts and organisations as written from the command line, by the database's owner, and the way of an administrator.

The serving role writes neither accounts nor grants nor national sheets: `administer` calls functions that ask who the viewer is.
Who calls it writes it down.
"""

from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from isotrace.bureaus.models import Account, Organisation
from isotrace.bureaus.roles import HELD_AT, Role
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Classification
from isotrace.engine.policy.sql import SCHEMA
from isotrace.engine.text import N_

OWNER = "owner"


def administer(function: str, *values: Any) -> None:
    """Call one of the functions of `bureaus.sql` as the session's viewer. Raises PermissionError where the database refuses."""
    places = ", ".join(["%s"] * len(values))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select {SCHEMA}.{function}({places})", list(values))
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise PermissionError(_("You do not administer this. Ask the administrator of the bureau concerned.")) from error
        raise


def open_account(
    *, email: str, name: str, organisation: str, role: str, password: str, post: str = "", ends_on: date | None = None
) -> Account:
    """Open an account for one person of the organisation with code `organisation`.

    Raises InputError for a bad address, an unknown organisation, a role that nobody has there, or an address already in use.
    """
    try:
        validate_email(email)
    except ValidationError as bad:
        raise InputError(
            N_("“%(email)s” is not an e-mail address. Write it as name@example.org."), field="email", email=email[:80]
        ) from bad
    if role not in Role.values:
        raise InputError(
            N_("There is no role “%(role)s”. Choose one of: %(roles)s."), field="role", role=role[:40], roles=", ".join(Role.values)
        )
    home = Organisation.objects.filter(code=organisation).first()
    if home is None:
        raise InputError(
            N_("There is no organisation “%(code)s”. See: isotrace account organisations."), field="organisation", code=organisation[:40]
        )
    if role not in HELD_AT.get(home.kind, ()):
        raise InputError(
            N_("Nobody at %(code)s has the role “%(role)s”. Choose one of: %(roles)s."),
            field="role",
            code=home.code,
            role=role,
            roles=", ".join(HELD_AT.get(home.kind, ())),
        )
    if Account.objects.filter(email__iexact=email).exists():
        raise InputError(N_("%(email)s already has an account. End it first, or use another address."), field="email", email=email[:80])
    account = Account(
        email=email.lower(),
        name=name,
        organisation=home,
        role=role,
        post=post,
        ends_on=ends_on,
        clearance=min(home.ceiling, Classification.RESTRICTED),
    )
    _set_password(account, password)
    account.save(using=OWNER)
    return account


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as bad:
        raise InputError(N_("%(complaint)s Choose another password."), field="password", complaint=" ".join(bad.messages)) from bad
    account.set_password(password)


def end_account(*, email: str, on: date) -> Account:
    """Let an account lapse after the day `on`, and its keys with it. Raises InputError for an unknown address."""
    account = known(email)
    account.ends_on = on
    account.save(update_fields=["ends_on"], using=OWNER)
    return account


def clear_account(*, email: str, clearance: int) -> Account:
    """Change a clearance, up to the organisation's ceiling. Raises InputError above that and for an unknown address."""
    account = known(email)
    if clearance > account.organisation.ceiling:
        raise InputError(
            N_("At %(code)s nobody is cleared above %(ceiling)s. See: isotrace organisation change."),
            field="clearance",
            code=account.organisation.code,
            ceiling=Classification(account.organisation.ceiling).name,
        )
    account.clearance = clearance
    account.save(update_fields=["clearance"], using=OWNER)
    return account


def confirm_account(*, email: str) -> Account:
    """Confirm an account for another year. Raises InputError for an unknown address."""
    account = known(email)
    account.confirmed_on = clock.today()
    account.save(update_fields=["confirmed_on"], using=OWNER)
    return account


def known(email: str) -> Account:
    """Return the account with this address. Raises InputError where there is none."""
    account = Account.objects.select_related("organisation").filter(email__iexact=email).first()
    if account is None:
        raise InputError(N_("There is no account for %(email)s."), field="email", email=email[:80])
    return account
