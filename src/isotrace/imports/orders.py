"""What somebody who imports chooses for the reports that come of it."""

import uuid
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import grades
from isotrace.engine.schema import PartialDate
from isotrace.engine.text import N_
from isotrace.handling.envelopes import Choice
from isotrace.records.models import ReportKind

KINDS = (ReportKind.POLICE, ReportKind.OPEN_SOURCE, ReportKind.REGULATOR, ReportKind.NOTIFICATION)
"""Kinds of report that an import files; a report on persons comes with the form of an incident."""
_IDS = frozenset({"organisations", "communities", "denied_organisations", "denied_communities"})


@dataclass(frozen=True, slots=True)
class Order:
    """One envelope for all reports, their kind, their grade as {"scheme", "source_grade", "information_grade"} or {}.

    `retrieved` is when open sources were read (a date as far as known), `lawful` the attestation that entering all this is lawful.
    """

    envelope: Choice = field(default_factory=Choice)
    kind: str = ReportKind.POLICE
    grade: dict[str, str] = field(default_factory=dict)
    retrieved: str = ""
    lawful: bool = False


def check(order: Order) -> None:
    """Raise InputError, naming the field, for an order that cannot be."""
    if not order.lawful:
        raise InputError(N_("Confirm that entering this is lawful in your country."), field="lawful")
    if order.kind not in KINDS:
        raise InputError(N_("Choose the kind of report from the list."), field="kind")
    if order.grade:
        grades.check(order.grade["scheme"], order.grade["source_grade"], order.grade["information_grade"])
    if order.retrieved and PartialDate.parse(order.retrieved).first > clock.today():
        raise InputError(N_("This date is in the future. Check it."), field="retrieved")


def stored(choice: Choice) -> dict[str, Any]:
    """Return an envelope as JSON holds it."""
    return {name: _plain(value) for name, value in asdict(choice).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, uuid.UUID | date) else value


def restored(data: dict[str, Any]) -> Choice:
    """Return what `stored` was given."""
    given: dict[str, Any] = {}
    for each in fields(Choice):
        value = data[each.name]
        if isinstance(value, list):
            value = tuple(uuid.UUID(one) if each.name in _IDS else one for one in value)
        given[each.name] = value
    until = given["retention_until"]
    return Choice(**given | {"retention_until": date.fromisoformat(until) if until else None})
