"""What a report says sets how low it may be marked and who may read it, also after it was filed."""

from collections.abc import Mapping
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.engine.schema import SchemaErrors, registry, said
from isotrace.engine.schema.said import Thing, Tie
from isotrace.engine.text import N_
from isotrace.handling.envelopes import Choice
from isotrace.records.models import Entity, Link, Report, ReportKind


def named(choice: Choice) -> bool:
    """Whether the readers of an envelope are named one by one: a whole kind of organisation is no name."""
    return choice.audience == Audience.ONLY and not choice.kinds


def personal(report: Report) -> bool:
    """Whether a report holds data on persons."""
    return report.kind == ReportKind.PERSONS or said.personal(report.kinds)


def uncountable(kinds: list[str]) -> bool:
    """Whether a report that says these kinds of thing is never counted in what is released."""
    known = registry().kinds
    return said.personal(kinds) or any(known[kind].handling.marking for kind in kinds if kind in known)


def check_envelope(report: Report, choice: Choice) -> None:
    """Raise InputError, with its field, for an envelope too low or too wide for what a report says."""
    things = [Thing(each.kind, each.properties, str(each.pk)) for each in Entity.objects.filter(report=report)]
    links = Link.objects.filter(report=report)
    ties = [Tie(each.kind, str(each.source_id), str(each.target_id), each.properties) for each in links]
    errors = list(said.asks(things, ties, marking=choice.classification, named=named(choice)))
    if any(error.field != "envelope.audience" for error in errors):
        raise InputError(
            N_("It says something that is marked CONFIDENTIAL always: a vulnerability, or what a facility holds and where."),
            field="classification",
        )
    for error in errors:
        error.field = "audience"
        raise error


def check_marking(report: Report, kind: str, properties: Mapping[str, Any]) -> None:
    """Raise SchemaErrors for what a thing of a report newly says and its marking does not allow."""
    if errors := list(said.too_low(kind, properties, report.classification)):
        raise SchemaErrors(errors)
