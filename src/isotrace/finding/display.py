"""What searches look like on pages: one row for each record, facets as links with their counts, leads with their reasons."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from isotrace.bureaus.queries import names
from isotrace.engine.notices import STATE_LABELS, State
from isotrace.engine.notices.kinds import KINDS
from isotrace.engine.schema import registry
from isotrace.finding.asking import FACETS, Asked
from isotrace.finding.leads import Lead
from isotrace.finding.queries import MOST_COUNTED, Answer
from isotrace.finding.tables import Found
from isotrace.handling.countries import all_names, country_name
from isotrace.notices import display as notices
from isotrace.records import display as reports
from isotrace.records.models import Report, ReportKind

MOST_CODES = 12
"""Codes of one facet that a page shows, those of the most records first."""
LABELS: Mapping[str, Any] = {
    "record": gettext_lazy("Reports and notices"),
    "kind": gettext_lazy("Kind of record"),
    "country": gettext_lazy("Country"),
    "type": gettext_lazy("Type"),
    "group": gettext_lazy("Group"),
    "category": gettext_lazy("Category of the radioactive source"),
    "material": gettext_lazy("Material"),
    "thing": gettext_lazy("What it tells of"),
    "state": gettext_lazy("State"),
    "owner": gettext_lazy("Owner"),
    "grade": gettext_lazy("Grade"),
    "since": gettext_lazy("From"),
    "until": gettext_lazy("To"),
    "area": gettext_lazy("Area"),
    "text": gettext_lazy("Words"),
    "year": gettext_lazy("Year"),
}
_RECORDS = {"report": gettext_lazy("Reports"), "notice": gettext_lazy("Notices")}
Row = dict[str, Any]


def rows(answer: Answer, fresh: frozenset[Any] = frozenset()) -> list[Row]:
    """Return what the list shows of each record, with the passage in which the words stand; `fresh` are ids of what is new."""
    return [_record(row) | {"passage": answer.passages.get(row.pk, []), "fresh": row.pk in fresh} for row in answer.records]


def _record(row: Found) -> Row:
    if isinstance(row, Report):
        [shown] = reports.rows([row])
        return shown | {"about": [str(each) for each in (shown["type"], shown["material"]) if each]}
    plain = notices.row(row)
    title = " ".join(filter(None, (str(plain["kind"]), plain["number"] or "")))
    about = [plain["name"], str(plain["state"])]
    return plain | {"title": title, "when": "", "country": "", "about": [each for each in about if each], "kind": _("Notice")}


def leads(found: list[Lead]) -> list[Row]:
    """Return what is shown of leads: the value that agrees, what it is of, where it stands, and why."""
    return [
        {
            "value": lead.value,
            "what": _(lead.property.label) if lead.property else _thing(lead.kind),
            "reasons": lead.reasons,
            **{name: shown for name, shown in _record(lead.record).items() if name in ("url", "title", "owner", "caveats")},
        }
        for lead in found
    ]


def facets(asked: Asked, counted: Mapping[str, Mapping[str, int]]) -> list[Row]:
    """Return the facets that can narrow further: label, and codes with label, count and address."""
    made = [_facet(asked, name, counted.get(name, {})) for name in (*FACETS, "year")]
    return [each for each in made if len(each["codes"]) > 1 or any(code["on"] for code in each["codes"])]


def _facet(asked: Asked, name: str, codes: Mapping[str, int]) -> Row:
    label, raw = _labels(name, codes), asked.raw()
    most = sorted(((code, many) for code, many in codes.items() if code and many), key=lambda each: (-each[1], each[0]))[:MOST_CODES]
    if name == "year":
        most = sorted(most, reverse=True)
    return {"name": name, "label": LABELS[name], "codes": [_code(name, code, many, label(code), raw) for code, many in most]}


def _code(name: str, code: str, many: int, label: str, raw: Mapping[str, str]) -> Row:
    wanted = {"since": code, "until": code} if name == "year" else {name: code}
    on = all(raw.get(field) == value for field, value in wanted.items())
    rest = {field: value for field, value in raw.items() if field not in wanted}
    return {"label": label, "count": count(many), "on": on, "url": "?" + urlencode(rest if on else {**rest, **wanted})}


def count(many: int) -> str:
    """Return a number as pages show it: exact up to MOST_COUNTED, then that there are more."""
    return f"{number_format(min(many, MOST_COUNTED), force_grouping=True)}{'+' if many > MOST_COUNTED else ''}"


def total(many: int) -> str:
    """Return in words how many records there are."""
    return ngettext("%(count)s record", "%(count)s records", many) % {"count": count(many)}


def _labels(name: str, codes: Mapping[str, int]) -> Callable[[str], str]:
    """How the codes of a facet are called; names of organisations and countries are read once."""
    if name == "owner":
        houses = {str(key): value for key, value in names(uuid.UUID(code) for code in codes).items()}
        return lambda code: houses.get(code, code)
    if name == "country":
        known = all_names()
        return lambda code: known.get(code, code)
    return lambda code: _label(name, code)


def _label(name: str, code: str) -> str:
    plain: dict[str, Callable[[str], Any]] = {
        "record": lambda code: _RECORDS.get(code, code),
        "kind": _kind,
        "type": reports.incident_type,
        "group": lambda code: _("Group %(group)s") % {"group": code},
        "category": lambda code: _("Category %(category)s") % {"category": code},
        "material": reports.material,
        "thing": _thing,
        "state": lambda code: _(STATE_LABELS[State(code)]) if code in set(State) else code,
    }
    return str(plain.get(name, str)(code))


def _kind(code: str) -> str:
    if code in set(ReportKind):
        return str(ReportKind(code).label)
    return _("Notice: %(kind)s") % {"kind": _(KINDS[code].label)} if code in KINDS else code


def _thing(code: str) -> str:
    known = registry().kinds.get(code)
    return _(known.label) if known else code


def chips(asked: Asked) -> list[dict[str, str]]:
    """Return what a search is narrowed by, each with the address that takes it off."""
    raw = asked.raw()
    return [
        {
            "label": f"{LABELS[name]}: {_shown(name, code)}",
            "url": "?" + urlencode({other: kept for other, kept in raw.items() if other != name}),
        }
        for name, code in raw.items()
        if name != "text"
    ]


def _shown(name: str, code: str) -> str:
    if name == "country":
        return country_name(code)
    return _labels(name, {code: 1})(code)


def saved(asked: Mapping[str, str]) -> str:
    """Return in words what a kept search asks."""
    said = [f"{LABELS[name]}: {_shown(name, str(code))}" for name, code in asked.items() if name in LABELS]
    return " · ".join(said)


def address(asked: Asked, **more: str) -> str:
    """Return the address of a search."""
    return f"{reverse('search')}?{urlencode(asked.raw() | more)}"
