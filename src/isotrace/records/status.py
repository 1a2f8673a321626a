"""The status of a person in a report: changed by its owner alone, on a legal basis; an acquittal starts the deletion (R2.14, R4.08)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.policy.retention import LEAST_REASON, MOST_REASON
from isotrace.engine.schema import registry
from isotrace.engine.schema.plain import LONG, SHORT, clean_text
from isotrace.engine.schema.said import ENDED, statement
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.actions import carry_end, require
from isotrace.handling.filters import visible
from isotrace.handling.viewers import informed
from isotrace.records import caveats, projecting, queries
from isotrace.records.models import Entity, Link, Report
from isotrace.records.status_models import StatusChange

TO_FILE_ANEW = timedelta(days=7)
"""How long a report stays that names others as well, so that its owner can file anew what should stay (a decision of this product)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the owner decides: the new status, on which legal basis, since when.

    `ground` replaces what the involvement rests on, where it is given. `kept_for` is the other purpose that stands, where proceedings
    ended without a conviction.
    """

    status: str
    legal_basis: str
    decided_on: date
    ground: str = ""
    kept_for: str = ""


def involvement(viewer: Viewer, report: Report, link_id: uuid.UUID) -> Link | None:
    """Return an involvement of a report that `viewer` may change, None where there is none."""
    found = visible(Link.objects.filter(report=report, kind="Involvement"), viewer, Verb.EDIT)
    return found.select_related("source", "target").filter(pk=link_id).first()


def change(viewer: Viewer, report_id: uuid.UUID, link_id: uuid.UUID, wanted: Change) -> StatusChange:
    """Write a person's new status. Where proceedings ended without a conviction and no other purpose stands, the report goes.

    Raises Http404 for whoever may not see the report, PermissionError for whoever does not own it, and InputError, each with its
    field, for a link that is no involvement of it and for a status, basis, date or purpose that cannot be.
    """
    report = queries.report(viewer, report_id)
    require(viewer, report, Verb.EDIT)
    with transaction.atomic():
        link = visible(Link.objects.select_for_update().filter(report=report, kind="Involvement"), viewer, Verb.EDIT)
        found = link.filter(pk=link_id).first()
        if found is None:
            raise InputError(N_("The report does not say anything of this. Reload the page."))
        checked = _checked(found, wanted)
        made = _kept(viewer, report, found, checked)
        _write(found, checked)
        caveats.write(report)
        projecting.rewrite(report)
        audit.record(viewer, "report.status", "report", report.id, entity=found.source_id, ends=ends(made))
        if ends(made):
            _end(report)
    return made


def ends(made: StatusChange) -> bool:
    """Whether a change starts the deletion of the report."""
    return made.after in ENDED and not made.kept_for


def last_day(report: Report) -> date:
    """Return until when a report stays after such a change: today, or a week if it names other persons; never longer than before."""
    day = clock.today() + (TO_FILE_ANEW if names_others(report) else timedelta())
    return min(day, report.retention_until) if report.retention_until else day


def names_others(report: Report) -> bool:
    """Whether a report names more than one person."""
    return Entity.objects.filter(report=report, kind="Person").count() > 1


def history(viewer: Viewer, report: Report) -> list[StatusChange]:
    """Return how the status of the report's persons changed, newest first, as far as `viewer` may read it."""
    reader = informed(viewer) if report.conditions else viewer
    found = visible(StatusChange.objects.filter(report=report), reader, Verb.READ)
    return list(found.select_related("link__source"))


def _checked(link: Link, wanted: Change) -> Change:
    choices = registry().kinds["Involvement"].properties["status"].choices or {}
    if wanted.status not in choices:
        raise InputError(N_("Choose the status from the list."), field="status")
    if wanted.status == link.properties.get("status"):
        raise InputError(N_("This is the status that the person has. Choose another one."), field="status")
    if wanted.decided_on > clock.today():
        raise InputError(N_("This date is in the future. Check it."), field="decided_on")
    texts = {
        "legal_basis": _text("legal_basis", wanted.legal_basis, SHORT),
        "ground": _text("ground", wanted.ground, LONG),
        "kept_for": _text("kept_for", wanted.kept_for, MOST_REASON),
    }
    if len(texts["legal_basis"]) < LEAST_REASON:
        raise InputError(N_("Name the judgment, charge or decision that this rests on, with its number."), field="legal_basis")
    if texts["kept_for"] and (wanted.status not in ENDED or len(texts["kept_for"]) < LEAST_REASON):
        raise InputError(N_("Say for which other case it is kept; leave this empty where proceedings did not end."), field="kept_for")
    return Change(wanted.status, decided_on=wanted.decided_on, **texts)


def _text(name: str, raw: str, most: int) -> str:
    try:
        return clean_text(raw, most, lines=name != "legal_basis")
    except InputError as error:
        error.field = name
        raise


def _write(link: Link, wanted: Change) -> None:
    said: dict[str, Any] = link.properties | {"status": wanted.status} | ({"ground": wanted.ground} if wanted.ground else {})
    link.properties = registry().clean("Involvement", said)
    link.statement, link.schema_version = statement("Involvement", link.properties, ""), registry().version
    link.save(update_fields=["properties", "statement", "schema_version"])


def _kept(viewer: Viewer, report: Report, link: Link, wanted: Change) -> StatusChange:
    return StatusChange.objects.create(
        **report.envelope_columns(),
        report=report,
        link=link,
        before=link.properties.get("status", ""),
        after=wanted.status,
        legal_basis=wanted.legal_basis,
        decided_on=wanted.decided_on,
        kept_for=wanted.kept_for,
        at=clock.now(),
        person=viewer.person,
    )


def _end(report: Report) -> None:
    """Set the end of a report: the hourly job of retention deletes it after that, with proof and recall of all copies."""
    report.retention_until = last_day(report)
    report.save(update_fields=["retention_until"])
    kept, until = report.pk, report.retention_until
    transaction.on_commit(lambda: carry_end(Report, kept, until))
