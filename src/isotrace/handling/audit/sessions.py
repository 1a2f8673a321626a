"""Signing in and out, and sign-ins that failed, in the trail of the person's organisation."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from isotrace.bureaus.models import Account
from isotrace.engine.policy import Viewer
from isotrace.handling.audit.write import record
from isotrace.handling.context import acting_as


def connect() -> None:
    """Listen; called once, when the room is ready."""
    user_logged_in.connect(_began, dispatch_uid="audit.began")
    user_logged_out.connect(_ended, dispatch_uid="audit.ended")
    user_login_failed.connect(_failed, dispatch_uid="audit.failed")


def _began(user: Any, **_sent: Any) -> None:
    _write(user, "session.begin", "allowed")


def _ended(user: Any, **_sent: Any) -> None:
    if isinstance(user, Account):
        _write(user, "session.end", "allowed")


def _failed(credentials: dict[str, Any], **_sent: Any) -> None:
    address = str(credentials.get("email") or credentials.get("username") or "")
    account = Account.objects.select_related("organisation").filter(email__iexact=address).first() if address else None
    if account:
        _write(account, "session.begin", "refused")


def _write(account: Account, act: str, outcome: str) -> None:
    """Written as the person's own, also when nobody is signed in yet or any more."""
    home = account.organisation
    who = Viewer(person=account.id, organisation=home.id, country=home.country, kind=home.kind, role=account.role)
    with acting_as(who):
        record(who, act, "account", account.id, outcome=outcome)
