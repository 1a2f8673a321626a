"""Entries and alerts of the audit trail as pages show them: acts in words, people by name, what was asked in plain lines."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isotrace.bureaus.models import Account
from isotrace.bureaus.queries import names
from isotrace.bureaus.roles import Role
from isotrace.engine.policy import PURPOSE_LABELS, Purpose
from isotrace.handling.audit.models import AlertKind, AuditAlert, AuditEntry
from isotrace.handling.audit.queries import Asked

VERBS: Mapping[str, Any] = {
    "list": gettext_lazy("Listed"),
    "map": gettext_lazy("Showed on a map"),
    "count": gettext_lazy("Counted"),
    "find": gettext_lazy("Found"),
    "read": gettext_lazy("Read"),
    "check": gettext_lazy("Checked a traveller"),
    "trace": gettext_lazy("Traced"),
    "export": gettext_lazy("Exported"),
    "file": gettext_lazy("Filed"),
    "grade": gettext_lazy("Graded"),
    "edit": gettext_lazy("Changed"),
    "publish": gettext_lazy("Published"),
    "withdraw": gettext_lazy("Withdrew"),
    "forward": gettext_lazy("Passed on"),
    "block": gettext_lazy("Blocked"),
    "break": gettext_lazy("Opened for an imminent threat"),
    "delete": gettext_lazy("Deleted"),
    "ask": gettext_lazy("Asked for"),
    "finish": gettext_lazy("Finished"),
    "close": gettext_lazy("Closed"),
    "begin": gettext_lazy("Began"),
    "end": gettext_lazy("Ended"),
    "keep": gettext_lazy("Kept"),
    "open": gettext_lazy("Opened"),
    "watch": gettext_lazy("Looked for what is new"),
    "drop": gettext_lazy("Dropped"),
}
"""Acts by their last word; what is not here is shown as it is stored."""

THINGS: Mapping[str, Any] = {
    "report": gettext_lazy("Report"),
    "notice": gettext_lazy("Notice"),
    "hit": gettext_lazy("Hit"),
    "check": gettext_lazy("Border check"),
    "search": gettext_lazy("Search"),
    "savedsearch": gettext_lazy("Kept search"),
    "task": gettext_lazy("Task"),
    "account": gettext_lazy("Account"),
    "apikey": gettext_lazy("Key of a program"),
    "auditentry": gettext_lazy("Audit trail"),
    "auditalert": gettext_lazy("Alert"),
}
OUTCOMES: Mapping[str, Any] = {
    "allowed": gettext_lazy("Allowed"),
    "refused": gettext_lazy("Refused"),
    "conditions": gettext_lazy("Conditions were not accepted yet"),
}


def act_label(act: str) -> str:
    """Return an act in words, as it is stored where there are none."""
    return str(VERBS.get(act.rpartition(".")[2], act))


class People:
    """Names of the people and organisations of a page, read in two queries."""

    def __init__(self, rows: Iterable[AuditEntry | AuditAlert]) -> None:
        """Take the rows of the page."""
        listed = list(rows)
        ids = {row.person for row in listed} | {row.about for row in listed if isinstance(row, AuditAlert) and row.about}
        self._people = dict(Account.objects.filter(id__in=ids).values_list("id", "name"))
        self._houses = names(row.organisation for row in listed)

    def person(self, row: AuditEntry | AuditAlert) -> str:
        """Who acted: the name, else what acted, a program of whoever runs the service."""
        role = getattr(row, "role", "")
        return self._people.get(row.person, str(role) or str(row.person))

    def about(self, row: AuditAlert) -> str:
        """The colleague whose name was looked for, "" for none."""
        return self._people.get(row.about, str(row.about)) if row.about else ""

    def house(self, row: AuditEntry | AuditAlert) -> str:
        """The organisation for which the person acted."""
        return self._houses.get(row.organisation, "")


def rows(entries: list[AuditEntry]) -> list[dict[str, Any]]:
    """Return the rows of the table of the trail."""
    people = People(entries)
    return [_row(entry, people) for entry in entries]


def _row(entry: AuditEntry, people: People) -> dict[str, Any]:
    return {
        "url": reverse("audit_entry", args=[entry.pk]),
        "at": entry.at,
        "act": act_label(entry.act),
        "thing": THINGS.get(entry.kind, entry.kind),
        "person": people.person(entry),
        "person_url": traced(person=entry.person),
        "house": people.house(entry),
        "record": str(entry.record)[:8] if entry.record else "",
        "record_url": traced(record=entry.record) if entry.record else "",
        "purpose": purpose_label(entry.purpose),
        "outcome": OUTCOMES.get(entry.outcome, entry.outcome),
        "refused": entry.outcome != "allowed",
    }


def traced(**asked: uuid.UUID | None) -> str:
    """Return the address of the trail narrowed to a person or a record."""
    return f"{reverse('audit_trail')}?{urlencode({name: str(value) for name, value in asked.items() if value})}"


def purpose_label(purpose: str) -> str:
    """Return a purpose in words, "" for none."""
    return _(PURPOSE_LABELS[Purpose(purpose)]) if purpose in Purpose.__members__ else ""


def summary(entry: AuditEntry) -> list[tuple[str, Any]]:
    """Return what an entry says, line by line."""
    people = People([entry])
    role = dict(Role.choices).get(entry.role, entry.role)
    detail = ", ".join(f"{name}: {_said(value)}" for name, value in sorted(entry.detail.items()) if name != "terms")
    return [
        (_("What"), f"{act_label(entry.act)} ({entry.act})"),
        (_("Kind of record"), THINGS.get(entry.kind, entry.kind)),
        (_("Record"), str(entry.record or "")),
        (_("Who"), people.person(entry)),
        (_("Organisation"), people.house(entry)),
        (_("Role"), role),
        (_("Purpose"), purpose_label(entry.purpose)),
        (_("Result"), OUTCOMES.get(entry.outcome, entry.outcome)),
        (_("From"), entry.terminal),
        (_("Details"), detail),
    ]


def _said(value: Any) -> str:
    return " ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def chips(asked: Asked) -> list[dict[str, str]]:
    """Return the active filters, each with the address that takes it off."""
    given = {name: str(value) for name, value in asdict(asked).items() if value}
    known = dict(Account.objects.filter(pk=asked.person).values_list("id", "name")) if asked.person else {}
    shown = {"act": act_label(asked.act), "outcome": str(OUTCOMES.get(asked.outcome, asked.outcome))}
    if asked.person:
        shown["person"] = known.get(asked.person, str(asked.person))
    return [
        {"label": shown.get(name, value), "url": "?" + urlencode({other: kept for other, kept in given.items() if other != name})}
        for name, value in given.items()
    ]


def alert_rows(found: list[AuditAlert]) -> list[dict[str, Any]]:
    """Return the rows of the list of alerts."""
    people = People(found)
    return [
        {
            "url": reverse("audit_alert", args=[alert.pk]),
            "kind": alert.get_kind_display(),
            "person": people.person(alert),
            "house": people.house(alert),
            "at": alert.at,
            "outcome": alert.get_outcome_display(),
        }
        for alert in found
    ]


def alert_summary(alert: AuditAlert) -> list[tuple[str, Any]]:
    """Return what an alert says, line by line."""
    people = People([alert])
    counted = alert.count if alert.kind in {AlertKind.BULK, AlertKind.TRAVELLER} else ""
    return [
        (_("Who"), people.person(alert)),
        (_("Organisation"), people.house(alert)),
        (_("Whose name"), people.about(alert)),
        (_("How often"), counted),
        (_("What you found"), alert.get_outcome_display() if alert.outcome else ""),
    ]
