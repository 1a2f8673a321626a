"""What reports look like in lists and on pages: labels from the schema registry, values for the template to format."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isotrace.engine.notices.caveats import in_words
from isotrace.engine.notices.grades import SCHEMES
from isotrace.engine.policy import Viewer
from isotrace.engine.schema import registry
from isotrace.handling.countries import country_name
from isotrace.handling.queries import readers
from isotrace.records.actions import envelopes
from isotrace.records.filing import GROUNDS, Filing
from isotrace.records.models import Grading, Place, Report, ReportKind, Revision
from isotrace.records.queries import MOST_COUNTED
from isotrace.records.said_display import rows_of


def _choice_label(kind: str, prop: str, code: str) -> str:
    label = (registry().kinds[kind].properties[prop].choices or {}).get(code)
    return _(label) if label else code


def incident_type(code: str) -> str:
    """Return the name of a type of incident."""
    return _choice_label("RadiologicalIncident", "type", code) if code else ""


def material(label: str) -> str:
    """Return the names of the materials of a list row, where the code is a name."""
    named = ((part, _choice_label("RadioactiveMaterial", "named_material", part)) for part in label.split(", ") if part)
    return ", ".join(_choice_label("RadioactiveMaterial", "material_type", part) if shown == part else shown for part, shown in named)


def rows(reports: Iterable[Report], passages: Mapping[uuid.UUID, list[tuple[str, bool]]] | None = None) -> list[dict[str, Any]]:
    """Return what a list shows of each report, after a search with the passage in which the words stand."""
    return [
        {
            "url": reverse("report", args=[report.id]),
            "title": report.title,
            "caveats": in_words(report.caveats),
            "when": report.event_text,
            "country": report.country,
            "type": incident_type(report.incident_type),
            "material": material(report.material),
            "kind": ReportKind(report.kind).label,
            "owner": report.owner.name,
            "filed": report.filed_at,
            "passage": (passages or {}).get(report.id, []),
        }
        for report in reports
    ]


def total(count: int) -> str:
    """Return in words how many reports there are: exactly, or that there are more than are counted."""
    if count > MOST_COUNTED:
        return _("%(count)s+ reports") % {"count": number_format(MOST_COUNTED, force_grouping=True)}
    return ngettext("%(count)s report", "%(count)s reports", count) % {"count": number_format(count, force_grouping=True)}


def points(places: Iterable[Place]) -> list[dict[str, Any]]:
    """Return what the map shows of each place."""
    return [
        {
            "id": str(place.id),
            "url": reverse("report", args=[place.report_id]),
            "title": place.report.title,
            "lat": place.latitude,
            "lon": place.longitude,
            "date": place.report.event_text,
            "kind": "open" if place.report.kind == ReportKind.OPEN_SOURCE else "police",
            "sample": place.report.kind != ReportKind.OPEN_SOURCE,
        }
        for place in places
    ]


def chips(asked: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the active filters, each with the address that takes it off."""
    from urllib.parse import urlencode

    shown: dict[str, Callable[[Any], Any]] = {
        "country": country_name,
        "incident_type": incident_type,
        "kind": lambda code: ReportKind(code).label,
    }
    return [
        {
            "label": str(shown.get(name, str)(value)),
            "url": "?" + urlencode({other: kept for other, kept in asked.items() if other != name}),
        }
        for name, value in asked.items()
    ]


def gradings(found: Iterable[Grading]) -> list[dict[str, Any]]:
    """Return each grading in words."""
    return [
        {
            "code": f"{grading.source_grade}{grading.information_grade}",
            "scheme": _(SCHEMES[grading.scheme].label),
            "source": _(SCHEMES[grading.scheme].sources[grading.source_grade]),
            "information": _(SCHEMES[grading.scheme].information[grading.information_grade]),
            "owner": grading.owner.name,
            "at": grading.graded_at,
            "note": grading.note,
        }
        for grading in found
    ]


def revisions(found: Iterable[Revision]) -> list[dict[str, Any]]:
    """Return what each corrected thing said before, property by property."""
    kinds = registry().kinds
    return [
        {
            "kind": _(kinds[each.entity.kind].label),
            "at": each.at,
            "rows": rows_of(kinds[each.entity.kind], {name: value for name, value in each.before.items() if value is not None}),
        }
        for each in found
    ]


def preview(viewer: Viewer, filing: Filing) -> list[dict[str, Any]]:
    """Return who would see each report of a filing, and why, before it is saved. Raises SchemaErrors for an envelope that cannot be."""
    event, persons = envelopes(viewer, filing)
    parts = (("envelope", _("Who may see the event"), event), ("persons_envelope", _("Who may see the person"), persons))
    return [{"of": of, "title": title, "lines": readers(Report(**columns))} for of, title, columns in parts if columns]


def assessment(kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the authority's assessment as rows."""
    labels = {
        "number": _("Number of the assessment"),
        "author": _("Authority that made it"),
        "date": _("Date of the assessment"),
        "ground": _("It rests on"),
        "narrative": _("Why the authority considers the person a possible threat"),
    }
    shown = dict(kept)
    if ground := shown.get("ground"):
        shown["ground"] = _(GROUNDS[ground])
    return [
        {"label": label, "type": "partial_date" if name == "date" else "text", "value": shown[name]}
        for name, label in labels.items()
        if name in shown
    ]
