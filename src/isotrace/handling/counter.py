"""The counter of released things: rooms with police data push, rooms without them never pull.

A statistic goes out without small cells, a paper as it was written, a reference opens the record's own page for whom the policy
allows and says to everybody else what an unknown id says.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import OrganisationKind, Verb, Viewer
from isotrace.engine.policy.suppress import Earlier, Hidden, suppress, suppress_again
from isotrace.engine.schema import countries
from isotrace.engine.schema.plain import LONG, clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit, subjects
from isotrace.handling.filters import visible
from isotrace.handling.models import Community
from isotrace.handling.queries import one
from isotrace.handling.reach import POLICE
from isotrace.handling.released import Released, ReleasedKind
from isotrace.handling.signals import taken_back

RELEASERS = frozenset({Role.ANALYST, Role.BUREAU_OFFICER, Role.REVIEWER, Role.ADMINISTRATOR})
LEAST_TITLE, MOST_TITLE = 5, 200
MOST_ROWS, MOST_COLUMNS = 500, 60

Label = tuple[tuple[str, str], ...]
"""What names a row or a column: parts, each ("country", code), ("word", message id) or ("text", as it is)."""


@dataclass(frozen=True, slots=True)
class Audience:
    """To whom something is released: kinds of organisation, organisations, countries (alpha-3) and communities."""

    kinds: tuple[str, ...] = ()
    organisations: tuple[uuid.UUID, ...] = ()
    countries: tuple[str, ...] = ()
    communities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """A table before it goes out: labels of rows and columns, counts by row; what is counted stands in `unit` (a message id)."""

    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    cells: tuple[tuple[int, ...], ...]
    unit: str


def release_statistic(viewer: Viewer, title: str, counts: Counts, room: str, audience: Audience) -> Released:
    """Release a table of counts, without a small cell nor one from which another can be worked out, earlier tables included.

    Raises PermissionError for whoever releases nothing, InputError naming title, audience or counts.
    """
    with transaction.atomic():
        _one_at_a_time()
        return _release(viewer, ReleasedKind.STATISTIC, title, table(counts, room), room, audience)


def _one_at_a_time() -> None:
    """Two tables that are released at once would not know of each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('released.statistic'))")


def earlier(unit: str, room: str) -> list[Earlier]:
    """Return what went out of the same figures before, whoever released it and to whom, withdrawn or not; read by the jobs role."""
    said = Released.objects.using("jobs").filter(kind=ReleasedKind.STATISTIC, room=room, body__unit=unit)
    return [_earlier(each) for each in said.values_list("body", flat=True)]


def _earlier(body: Mapping[str, Any]) -> Earlier:
    names = [(row, column) for row in body["rows"] for column in body["columns"]]
    cells = [shown if isinstance(shown, int) else Hidden(shown) for row in body["cells"] for shown in row]
    named = {(_plain(row), _plain(column)): shown for (row, column), shown in zip(names, cells, strict=True)}
    return Earlier(named, summed=not body.get("again", False))


def _plain(label: Iterable[Iterable[str]]) -> Label:
    return tuple((kind, value) for kind, value in label)


def table(counts: Counts, room: str) -> dict[str, Any]:
    """Return the body of a statistic as it goes out: small counts are "few", what gives them away is "held".

    `again` says that figures of it went out before: then totals are shown only where all that they sum is. Raises InputError (field
    `counts`) for a table that is empty or too large.
    """
    if not counts.rows or not counts.columns:
        raise InputError(
            N_("There is nothing to count here. Take filters off, or ask owners to let their reports be counted."), field="counts"
        )
    if len(counts.rows) > MOST_ROWS or len(counts.columns) > MOST_COLUMNS:
        raise InputError(
            N_("This table is too large. Narrow it to %(rows)s rows and %(columns)s columns."),
            field="counts",
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        )
    keys = [[(_plain(row), _plain(column)) for column in counts.columns] for row in counts.rows]
    before = [each for each in earlier(counts.unit, room) if any(key in each.cells for row in keys for key in row)]
    shown = suppress_again(counts.cells, keys, before) if before else suppress(counts.cells)
    return {
        "again": bool(before),
        "unit": counts.unit,
        "rows": [list(map(list, label)) for label in counts.rows],
        "columns": [list(map(list, label)) for label in counts.columns],
        "cells": [list(row) for row in shown.cells],
        "row_totals": list(shown.row_totals),
        "column_totals": list(shown.column_totals),
        "total": shown.total,
    }


def release_paper(viewer: Viewer, title: str, text: str, room: str, audience: Audience) -> Released:
    """Release a text, as it was written for these readers. Raises like `release_statistic` (field `text`)."""
    return _release(viewer, ReleasedKind.PAPER, title, {"text": _words(text, "text", 20, LONG)}, room, audience)


def release_reference(viewer: Viewer, title: str, kind: str, record_id: uuid.UUID, room: str, audience: Audience) -> Released:
    """Release a pointer to a record of one's own: it opens the record's page for whom the policy allows, and for nobody else.

    Raises Http404 for a record that the viewer may not read, PermissionError for one of somebody else.
    """
    record = subjects.read(viewer, kind, record_id)
    if record.owner_id != viewer.organisation:
        raise PermissionError(gettext("Only its owner releases a reference to a record."))
    return _release(viewer, ReleasedKind.REFERENCE, title, {"kind": kind, "record": str(record_id)}, room, audience)


def withdraw(viewer: Viewer, released_id: uuid.UUID) -> Released:
    """Take back what one's own house released: from now on nobody else sees it. Raises Http404 and PermissionError."""
    found = one(Released.objects.all(), viewer, released_id, "released.read")
    if found.owner_id != viewer.organisation or viewer.role not in RELEASERS:
        audit.record(viewer, "released.withdraw", "released", found.id, outcome="refused")
        raise PermissionError(gettext("Only who released it takes it back."))
    with transaction.atomic():
        if not found.withdrawn:
            found.withdrawn, found.withdrawn_by, found.withdrawn_at = True, viewer.person, clock.now()
            found.save(update_fields=["withdrawn", "withdrawn_by", "withdrawn_at"])
            taken_back.send(Released, kind="released", record=found.pk, act="withdrawn", by=viewer.organisation)
        audit.record(viewer, "released.withdraw", "released", found.id)
    return found


def released(viewer: Viewer, kind: str = "") -> list[Released]:
    """Return what was released to this viewer, and what his own house released, the newest first."""
    found = list(_narrowed(visible(Released.objects.all(), viewer), kind).select_related("owner")[:200])
    audit.record(viewer, "released.list", "released", count=len(found), shown=[each.id for each in found])
    return found


def _narrowed(found: "QuerySet[Released]", kind: str) -> "QuerySet[Released]":
    return found.filter(kind=kind) if kind else found


def one_released(viewer: Viewer, released_id: uuid.UUID) -> Released:
    """Return one released thing and write the look down. Raises Http404 alike for a forbidden id and one that never was."""
    return one(Released.objects.select_related("owner"), viewer, released_id, "released.read")


def follow(viewer: Viewer, released_id: uuid.UUID) -> str:
    """Return the address that a reference opens for this viewer. Raises Http404 for whom the record's own rules keep out."""
    found = one_released(viewer, released_id)
    if found.kind != ReleasedKind.REFERENCE:
        raise Http404
    subject, record = subjects.get(found.body["kind"]), uuid.UUID(found.body["record"])
    if not _opens(viewer, found):
        audit.record(viewer, "released.follow", found.body["kind"], record, outcome="refused")
        raise Http404
    return reverse(subject.page, args=[record])


def body(viewer: Viewer, found: Released) -> dict[str, Any]:
    """Return what a released thing says; of a reference the record's id only to whom the record's own rules let in."""
    if found.kind != ReleasedKind.REFERENCE or _opens(viewer, found):
        return dict(found.body)
    return {"kind": found.body["kind"]}


def _opens(viewer: Viewer, found: Released) -> bool:
    """Whether what a reference points at is open to this viewer."""
    subject = subjects.get(found.body["kind"])
    return visible(subject.among(), viewer, Verb.FIND).filter(pk=uuid.UUID(found.body["record"])).exists()


def may_release(viewer: Viewer) -> bool:
    """Whether a viewer releases anything at all: officers of police organisations."""
    return viewer.kind in POLICE and viewer.role in RELEASERS


def _release(viewer: Viewer, kind: str, title: str, body: Mapping[str, Any], room: str, audience: Audience) -> Released:
    if not may_release(viewer):
        audit.record(viewer, "released.release", "released", None, outcome="refused")
        raise PermissionError(gettext("Only police organisations release anything here."))
    named = _words(title, "title", LEAST_TITLE, MOST_TITLE)
    with transaction.atomic():
        made = Released.objects.create(
            kind=kind,
            title=named,
            body=dict(body),
            room=room,
            owner_id=viewer.organisation,
            released_by=viewer.person,
            at=clock.now(),
            **_checked(audience),
        )
        audit.record(viewer, "released.release", "released", made.id, released_kind=kind, room=room)
    return made


def _checked(audience: Audience) -> dict[str, Any]:
    """The audience as columns. Raises InputError (field `audience`) for nobody at all and for somebody unknown."""
    if not any((audience.kinds, audience.organisations, audience.countries, audience.communities)):
        raise InputError(N_("Say to whom it is released."), field="audience")
    kinds, organisations, circles = set(audience.kinds), set(audience.organisations), set(audience.communities)
    unknown = kinds - set(OrganisationKind) or (
        Organisation.objects.filter(id__in=organisations).count() != len(organisations)
        or Community.objects.filter(id__in=circles).count() != len(circles)
    )
    if unknown:
        raise InputError(N_("One of those to whom it is released is not known. Choose from the list."), field="audience")
    return {
        "audience_kinds": sorted(kinds),
        "audience_organisations": sorted(organisations, key=str),
        "audience_countries": sorted({countries.parse(code) for code in audience.countries}),
        "audience_communities": sorted(circles, key=str),
    }


def _words(raw: str, field: str, least: int, most: int) -> str:
    try:
        text = clean_text(raw, most, lines=field == "text")
    except InputError as error:
        error.field = field
        raise
    if len(text) < least:
        raise InputError(N_("Write at least %(least)s characters."), field=field, least=least)
    return text
