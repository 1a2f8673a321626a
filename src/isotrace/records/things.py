"""Filing a report of any kind, with things and links of any kind: what a form, a program or an import hands in."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.schema import SchemaErrors, registry, said
from isotrace.engine.schema.plain import LONG, clean_text
from isotrace.engine.schema.said import Thing, Tie, under
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.envelopes import Choice, columns
from isotrace.records import actions, caveats, origins, projecting, queries, rules
from isotrace.records import filing as filings
from isotrace.records.models import Entity, Link, Place, Report, ReportKind
from isotrace.records.signals import report_said

FILED = (ReportKind.POLICE, ReportKind.OPEN_SOURCE, ReportKind.REGULATOR, ReportKind.NOTIFICATION)
"""Kinds of report that are filed with things of any kind; a report on persons comes with the form of an incident."""
_MOST_TITLE = 300


@dataclass(frozen=True, slots=True)
class GenericFiling:
    """One report with all that it says.

    No `title` takes the first thing's. `kind` is one of `FILED`. `about` is the id of an own report that this one belongs to.
    `lawful` is the attestation that entering it is lawful. `assess` asks the unit to assess it, if the unit may see it.
    """

    things: tuple[Thing, ...]
    links: tuple[Tie, ...] = ()
    title: str = ""
    summary: str = ""
    envelope: Choice = field(default_factory=Choice)
    lawful: bool = False
    kind: str = ReportKind.POLICE
    reference: str = ""
    countable: bool = False
    citations: tuple[Mapping[str, str], ...] = ()
    about: uuid.UUID | None = None
    assess: bool = True


@dataclass(frozen=True, slots=True)
class CheckedThings:
    """A filing as it would be kept: clean things and links, the envelope's columns and those that lists show."""

    things: tuple[Thing, ...]
    links: tuple[Tie, ...]
    envelope: dict[str, Any]
    shown: dict[str, Any]


def file_things(viewer: Viewer, filing: GenericFiling) -> Report:
    """File one report with its things and links, under one envelope, and ask the unit to assess it.

    Raises SchemaErrors with all that is wrong, its fields named things.N.*, links.N.* and envelope.*, and PermissionError.
    """
    checked = check_things(viewer, filing)
    with transaction.atomic():
        report = _report(viewer, filing, checked)
        _write(report, checked)
        audit.record(viewer, "report.file", "report", report.id, report_kind=report.kind, lawful=True)
        report_said.send(sender=None, report=report)
        if filing.assess:
            actions.ask_to_assess(viewer, report)
    return report


def check_things(viewer: Viewer, filing: GenericFiling) -> CheckedThings:
    """Return what would be filed and save nothing. Raises like `file_things`."""
    actions.require_filing(viewer)
    errors: list[InputError] = list(_of_report(filing))
    kinds = [thing.kind for thing in filing.things]
    things: list[Thing] = []
    links: list[Tie] = []
    try:
        things, links = said.clean(filing.things, filing.links)
    except SchemaErrors as refused:
        errors += refused.errors
    envelope: dict[str, Any] = {}
    with under("envelope", errors):
        envelope = columns(viewer, filing.envelope, personal=said.personal(kinds))
        origins.check(viewer, origins.origin_of(viewer, filing.kind), envelope)
    errors += said.asks(filing.things, filing.links, marking=filing.envelope.classification, named=rules.named(filing.envelope))
    errors += _dates(things, links)
    if errors:
        raise SchemaErrors(errors)
    origins.check_countable(origins.origin_of(viewer, filing.kind), countable=filing.countable)
    if filing.about:
        _own(viewer, filing.about)
    shown = lead(things) | {"title": _title(filing, things), "summary": clean_text(filing.summary, LONG, lines=True)}
    return CheckedThings(tuple(things), tuple(links), envelope, shown)


def _of_report(filing: GenericFiling) -> Iterator[InputError]:
    """What is wrong with a report by itself."""
    errors: list[InputError] = []
    if not filing.lawful:
        yield InputError(N_("Confirm that entering this is lawful in your country."), field="lawful")
    if filing.kind not in FILED:
        yield InputError(N_("Choose the kind of report from the list."), field="kind")
    if filing.kind == ReportKind.OPEN_SOURCE and not filing.citations:
        yield InputError(N_("Say where it was published: what is public is cited."), field="citations")
    if filing.countable and rules.uncountable([thing.kind for thing in filing.things]):
        yield InputError(N_("A report on persons or on a vulnerability is never counted. Leave this out."), field="countable")
    for name, text, most in (("title", filing.title, _MOST_TITLE), ("reference", filing.reference, 80), ("summary", filing.summary, LONG)):
        with under(name, errors):
            clean_text(text, most, lines=name == "summary")
    yield from errors


def _dates(things: Sequence[Thing], links: Sequence[Tie]) -> Iterator[InputError]:
    """An error for each date that lies ahead and cannot."""
    errors: list[InputError] = []
    parts: tuple[tuple[str, Sequence[Thing | Tie]], ...] = (("things", things), ("links", links))
    for part, said_of in parts:
        for number, each in enumerate(said_of):
            with under(f"{part}.{number}", errors):
                filings.check_dates(each.kind, each.properties)
    yield from errors


def _own(viewer: Viewer, report_id: uuid.UUID) -> None:
    if queries.report(viewer, report_id).owner_id != viewer.organisation:
        raise InputError(N_("A report is joined to one of your own only. Leave this out."), field="about")


def _title(filing: GenericFiling, things: Sequence[Thing]) -> str:
    first = things[0]
    return clean_text(filing.title, _MOST_TITLE) or registry().kinds[first.kind].headline_of(first.properties)[:_MOST_TITLE]


def lead(things: Sequence[Thing]) -> dict[str, Any]:
    """Return what lists and maps show of a report, from its things: that of an incident counts before other occurrences."""
    kinds = registry().kinds
    happened = leading(things)
    first = happened[0] if happened else None
    placed = first or next((thing for thing in things if "country" in thing.properties), None)
    text, start, end = filings.span(first.properties, kinds[first.kind].dates) if first else ("", None, None)
    materials = tuple(thing.properties for thing in things if thing.kind == "RadioactiveMaterial")
    return {
        "event_text": text,
        "event_from": start,
        "event_to": end,
        "location": placed.properties.get("place", "") if placed else "",
        "country": placed.properties.get("country", "") if placed else "",
        "incident_type": first.properties["type"] if first and first.kind == "RadiologicalIncident" else "",
        "material": filings.material_label(materials),
    }


def leading(things: Sequence[Thing]) -> list[Thing]:
    """Return the things of the kind that counts most in lists, of those that say when they happened."""
    kinds = list(registry().kinds)
    dated = [thing for thing in things if thing.kind in kinds and registry().kinds[thing.kind].dates]
    first = min((kinds.index(thing.kind) for thing in dated), default=None)
    return [thing for thing in dated if kinds.index(thing.kind) == first]


def _report(viewer: Viewer, filing: GenericFiling, checked: CheckedThings) -> Report:
    actions.unused_reference(viewer, filing.reference)
    return Report(
        **checked.envelope,
        **checked.shown,
        kind=filing.kind,
        reference=filing.reference,
        countable=filing.countable,
        origin=origins.origin_of(viewer, filing.kind),
        citations=[dict(citation) for citation in filing.citations],
        about_id=filing.about,
        schema_version=registry().version,
        filed_at=clock.now(),
        filed_by=viewer.person,
    )


def rows(report: Report, checked: CheckedThings) -> tuple[list[Entity], list[Link]]:
    """Return the rows of all that a report says, not saved yet."""
    same = report.envelope_columns() | {"report": report, "schema_version": report.schema_version}
    entities = [Entity(**same, kind=t.kind, properties=dict(t.properties), statement=t.statement) for t in checked.things]
    by_key = {thing.key: entity for thing, entity in zip(checked.things, entities, strict=True)}
    links = [
        Link(
            **same,
            kind=tie.kind,
            source=by_key[tie.source],
            target=by_key[tie.target],
            properties=dict(tie.properties),
            statement=tie.statement,
        )
        for tie in checked.links
    ]
    return entities, links


def _write(report: Report, checked: CheckedThings) -> None:
    """Save a report with all that it says, each kind of row at once."""
    entities, links = rows(report, checked)
    places = projecting.project_many([report], entities, links)
    report.caveats = caveats.of_report(report, entities, links)
    report.save(force_insert=True)
    Entity.objects.bulk_create(entities)
    Link.objects.bulk_create(links)
    Place.objects.bulk_create(places)
