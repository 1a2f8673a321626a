"""A copy of a record as JSON: written down before it is made, with the rules that go with it."""

from typing import Any

from django.core.exceptions import PermissionDenied

from isotrace.engine import clock
from isotrace.engine.notices.caveats import in_words
from isotrace.engine.policy import Viewer
from isotrace.handling.exports import exported
from isotrace.handling.forms import sentence
from isotrace.handling.models import Owned
from isotrace.handling.queries import readers
from isotrace.handling.viewers import informed
from isotrace.notices.models import Notice
from isotrace.records import queries as records
from isotrace.records.models import Report

JSON = "json"


def copy(viewer: Viewer, record: Owned) -> dict[str, Any]:
    """Return a record with all that `viewer` may see of it, and write the copy down.

    Raises PermissionError, in words, where a rule keeps copies from leaving; PermissionDenied for a kind that has no such form.
    """
    if not isinstance(record, Report | Notice):
        raise PermissionDenied
    entry = exported(viewer, record, JSON)
    said = _report(informed(viewer), record) if isinstance(record, Report) else _notice(record)
    return {
        "id": str(record.pk),
        "kind": record._meta.model_name,
        "copy": str(entry.id),
        "taken_at": entry.at.isoformat(timespec="seconds"),
        "handling": _handling(record),
        **said,
    }


def _handling(record: Owned) -> dict[str, Any]:
    """The envelope in words and codes: who holds a copy holds it under the same rules."""
    return {
        "owner": record.owner.name,
        "purpose": record.purpose,
        "classification": record.classification,
        "conditions": list(record.conditions),
        "condition_note": record.condition_note,
        "kept_until": record.retention_until.isoformat() if record.retention_until else None,
        "readers": [sentence(line) for line in readers(record)],
        "as_of": clock.today().isoformat(),
    }


def _report(viewer: Viewer, report: Report) -> dict[str, Any]:
    contents = records.contents(viewer, report)
    plain = ("title", "summary", "country", "incident_type", "material", "reference", "assessment", "citations", "schema_version")
    return {
        **{name: getattr(report, name) for name in plain},
        "report_kind": report.kind,
        "caveats": [sentence(line) for line in in_words(report.caveats)],
        "event": report.event_text,
        "filed_at": report.filed_at.isoformat(timespec="seconds"),
        "entities": [
            {"id": str(each.id), "kind": each.kind, "properties": each.properties, "statement": each.statement}
            for each in contents.entities
        ],
        "links": [
            {
                "kind": each.kind,
                "source": str(each.source_id),
                "target": str(each.target_id),
                "properties": each.properties,
                "statement": each.statement,
            }
            for each in contents.links
        ],
        "grades": [
            {
                "scheme": each.scheme,
                "source": each.source_grade,
                "information": each.information_grade,
                "by": each.owner.name,
                "at": each.graded_at.isoformat(timespec="seconds"),
            }
            for each in contents.gradings
        ],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "number": notice.number,
        "notice_kind": notice.kind,
        "state": notice.state,
        "caveats": [sentence(line) for line in in_words(notice.bears)],
        "content": notice.content,
    }
