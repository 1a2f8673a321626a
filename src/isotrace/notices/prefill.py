"""What a report already says, as raw answers for a notice drafted from it."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import GROUNDS, Kind, add_months, kind
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.notices import queries
from isotrace.notices.models import Notice
from isotrace.notices.person_fields import FIELDS
from isotrace.records import queries as records
from isotrace.records.models import Entity, Link, Report
from isotrace.records.queries import Contents

ASKED = ("note_presence", "inform_bureau", "tell_owner")
_MOST_TEXT = 4_000


def people(contents: Contents) -> list[Entity]:
    """Return the persons that a report names."""
    return [entity for entity in contents.entities if entity.kind == "Person"]


def blank(code: str) -> dict[str, Any]:
    """Return the answers with which an empty notice of kind `code` begins: what is asked of the reader, and what not."""
    chosen = kind(code)
    asked = [action for action in chosen.actions if action.code in ASKED or not (chosen.needs_person or action.coercive)]
    return {
        "allowed_actions": [action.code for action in asked],
        "asked": " ".join(gettext(action.sentence) for action in asked),
        "not_to_do": gettext("Do not detain on this basis.") if chosen.needs_person and not coercive(chosen) else "",
    }


def coercive(chosen: Kind) -> bool:
    """Whether a kind may ask for a measure that touches the person's liberty."""
    return any(action.coercive for action in chosen.actions)


def from_report(code: str, report: Report, contents: Contents, person_id: uuid.UUID | None = None) -> dict[str, Any]:
    """Return the answers that a report gives about one of its persons, the first one unless `person_id` names another.

    Raises InputError for a report without a person, and for a person that it does not name.
    """
    if not kind(code).needs_person:
        return _from_matter(code, report, contents)
    person = _person(contents, person_id)
    involved = next((link for link in contents.links if link.kind == "Involvement" and link.source_id == person.id), None)
    return {
        **blank(code),
        **_assessed(report),
        "person": {name: value for name, value in person.properties.items() if name in FIELDS},
        "what_done": _what_done(report, involved),
        "grade": newest_grade(contents),
        "classification": report.classification,
        "retention_until": _retention(kind(code), report.retention_until),
    }


def _from_matter(code: str, report: Report, contents: Contents) -> dict[str, Any]:
    """What a report gives for a notice on a matter: what happened, the material, the handling; nothing on persons."""
    return {
        **blank(code),
        "what_done": report.summary[:_MOST_TEXT],
        "said": _material(code, report, contents),
        "grade": newest_grade(contents),
        "classification": report.classification,
        "retention_until": _retention(kind(code), report.retention_until),
    }


def _material(code: str, report: Report, contents: Contents) -> dict[str, Any]:
    found = next((entity.properties for entity in contents.entities if entity.kind == "RadioactiveMaterial"), None)
    if kind(code).question("nuclide") is None or found is None:
        return {}
    activity = found.get("activity") or {}
    told = {
        "threat": "source",
        "nuclide": found.get("nuclide", ""),
        "activity": f"{activity['value']} {activity['unit']}" if activity else "",
        "last_seen": report.location,
    }
    return {name: value for name, value in told.items() if value}


def _person(contents: Contents, person_id: uuid.UUID | None) -> Entity:
    named = people(contents)
    if not named:
        raise InputError(N_("This report names no person. Draft the notice from the report on the persons."), field="report")
    found = next((person for person in named if person_id in (None, person.id)), None)
    if found is None:
        raise InputError(N_("This report does not name that person. Choose one of its persons."), field="person_id")
    return found


def _assessed(report: Report) -> dict[str, Any]:
    """The authority's assessment; where there is one, the authority considers the person a possible threat."""
    told = report.assessment
    ground = told.get("ground", "")
    return {
        "possible_threat": bool(told),
        "assessment_number": told.get("number", ""),
        "assessment_author": told.get("author", ""),
        "assessment_date": told.get("date"),
        "ground": ground if ground in GROUNDS else "",
        "ground_narrative": told.get("narrative", "") if ground == "other_reasonable" else "",
        "risk_now": told.get("narrative", "")[:_MOST_TEXT],
    }


def _what_done(report: Report, involved: Link | None) -> str:
    event = report.about.summary if report.about else report.summary
    part = str(involved.properties.get("ground", "")) if involved else ""
    return "\n\n".join(filter(None, (event, part)))[:_MOST_TEXT]


def newest_grade(contents: Contents) -> dict[str, str] | None:
    """Return the newest grade of a report, None for a report that nobody has graded."""
    if not contents.gradings:
        return None
    newest = contents.gradings[0]
    return {"scheme": newest.scheme, "source_grade": newest.source_grade, "information_grade": newest.information_grade}


def grade_of(viewer: Viewer, notice: Notice) -> dict[str, str] | None:
    """Return the newest grade of the report that a notice was drafted from, as far as `viewer` may see it.

    It judges the report, so nobody chooses it in the notice, and a later one counts at once.
    """
    report = queries.report_of(viewer, notice)
    return newest_grade(records.contents(viewer, report)) if report else None


def regrade(viewer: Viewer, notice: Notice) -> None:
    """Let the notice carry the newest grade of its report; it is not saved here."""
    if found := grade_of(viewer, notice):
        notice.content["report_information_grade"] = list(found.values())


def _retention(chosen: Kind, until: date | None) -> date | None:
    """The report's retention date, as far as a notice may be kept; no date that is past."""
    if until is None or until <= clock.today():
        return None
    return min(until, add_months(clock.today(), 12 * chosen.retention_years))


def answers_of(notice: Notice) -> dict[str, Any]:
    """Return what a notice says as the raw answers that it was written from, so that it can be written anew."""
    said = dict(notice.content)
    said.pop("dual_use_signed", None)
    grade = said.pop("report_information_grade", None)
    marked, wished = said.pop("confidentiality_set", False), said.pop("restrictions_set", False)
    said["grade"] = dict(zip(("scheme", "source_grade", "information_grade"), grade, strict=True)) if grade else None
    said["classification"] = notice.classification if marked else ""
    said["audience"] = notice.wide_audience if wished else ""
    said["countries"] = list(notice.wide_countries) if wished else []
    said["organisations"] = list(notice.wide_organisations) if wished else []
    return said
