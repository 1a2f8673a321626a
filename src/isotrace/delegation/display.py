"""What people, grants, sheets and communities look like: values for the template to format."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from isotrace.bureaus.models import Account, AccountState, Grant, GrantState, SheetEntry
from isotrace.bureaus.roles import Database
from isotrace.bureaus.sheets import BY_CODE, Item
from isotrace.delegation.forms import VERBS
from isotrace.delegation.queries import SheetRow
from isotrace.engine.policy import NOBODY, DatabaseVerb
from isotrace.handling.models import Membership

ACCOUNT_TONES = {
    AccountState.ACTIVE: "good",
    AccountState.INVITED: "info",
    AccountState.SUSPENDED: "warn",
    AccountState.FROZEN: "bad",
    AccountState.ENDED: "still",
}
GRANT_TONES = {
    GrantState.IN_FORCE: "good",
    GrantState.TO_CHECK: "warn",
    GrantState.COMING: "info",
    GrantState.FROZEN: "bad",
    GrantState.ENDED: "still",
}


def person(account: Account) -> dict[str, Any]:
    """Return what a list and a page show of a person."""
    return {"account": account, "state": account.state.label, "tone": ACCOUNT_TONES[account.state], "due": account.to_confirm}


def databases(grant: Grant) -> list[str]:
    """Return the names of what a grant opens, in the language in use."""
    return [str(Database(code).label) for code in grant.databases if code in Database.values]


def verbs(grant: Grant) -> list[str]:
    """Return the names of what may be done there, in the language in use."""
    return [str(VERBS[DatabaseVerb(verb)]) for verb in grant.verbs]


def grant(found: Grant) -> dict[str, Any]:
    """Return what the register and a page show of a grant."""
    return {
        "grant": found,
        "databases": databases(found),
        "verbs": verbs(found),
        "state": found.state.label,
        "tone": GRANT_TONES[found.state],
    }


def answer(item: Item, value: str) -> str:
    """Return the answer to an item of the sheet as people read it."""
    if item.kind == "number":
        return value
    return _("Yes") if value == "yes" else _("No")


def sheet_row(row: SheetRow) -> dict[str, Any]:
    """Return what a sheet shows of one item."""
    said = answer(row.item, row.entry.value) if row.entry else ""
    return {"item": row.item, "label": _(row.item.label), "hint": _(row.item.hint), "entry": row.entry, "answer": said}


def sheet_history(entries: Iterable[SheetEntry], who: dict[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Return what stood on a sheet as entries of a timeline; `who` names the people of the reader's own bureau."""
    return [
        {
            "title": _(BY_CODE[entry.item].label) if entry.item in BY_CODE else entry.item,
            "at": entry.at,
            "who": who.get(entry.person, ""),
            "text": f"{answer(BY_CODE[entry.item], entry.value)} · {entry.reference}" if entry.item in BY_CODE else entry.reference,
        }
        for entry in entries
    ]


def member(found: Membership, who: dict[uuid.UUID, str]) -> dict[str, Any]:
    """Return what a community shows of a member: an organisation, or one person of it by name."""
    single = found.person != NOBODY
    return {"membership": found, "organisation": found.organisation.name, "person": who.get(found.person, "…") if single else ""}
