"""Opening and ending accounts: from the command line, as the database's owner; the serving role may not write them."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from isotrace.bureaus.models import Account, Organisation
from isotrace.bureaus.roles import Role
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Classification
from isotrace.engine.text import N_

OWNER = "owner"


def open_account(
    *, email: str, name: str, organisation: str, role: str, password: str, post: str = "", ends_on: date | None = None
) -> Account:
    """Open an account for one person of the organisation with code `organisation`.

    Raises InputError for a bad address, an unknown organisation or role, or an address already in use.
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
    if Account.objects.filter(email__iexact=email).exists():
        raise InputError(N_("%(email)s already has an account. End it first, or use another address."), field="email", email=email[:80])
    account = Account(
        email=email.lower(), name=name, organisation=home, role=role, post=post, ends_on=ends_on, clearance=Classification.RESTRICTED
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
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        raise InputError(N_("There is no account for %(email)s."), field="email", email=email[:80])
    account.ends_on = on
    account.save(update_fields=["ends_on"], using=OWNER)
    return account
