"""What is worked out from what a report says of its material: categories and today's activity, never an amount that nobody stated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.radiology.category import CATEGORIES, Source, category, significant
from isotrace.engine.radiology.decay import decayed
from isotrace.engine.radiology.nuclear import NUCLEAR_CATEGORIES, Nuclear, NuclearCategory, nuclear_category
from isotrace.engine.radiology.nuclides import stable
from isotrace.engine.radiology.units import Activity
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import Message
from isotrace.handling.forms import sentence
from isotrace.records.models import Entity

NUCLEAR = "nuclear"
Row = dict[str, Any]


def of_material(said: Mapping[str, Any]) -> list[Row]:
    """Return what is worked out of one material: rows of a label, a value and the reasons for it as sentences."""
    source, today = Source.of(said), clock.today()
    return list(_rows(said, source, today))


def _rows(said: Mapping[str, Any], source: Source, today: date) -> Iterator[Row]:
    if source.nuclide and stable(source.nuclide):
        yield _row(_("Radioactive"), _("No"), [Message("%(nuclide)s is stable: it gives off no radiation.", {"nuclide": source.nuclide})])
        return
    if said.get("material_type") != NUCLEAR or source.activity:
        yield _categorised(_("Category by activity"), [source])
    yield from _now(said, source, today)
    found = nuclear_category(Nuclear.of(said))
    if found.category is not NuclearCategory.OUTSIDE:
        value = _(NUCLEAR_CATEGORIES[found.category]) if found.category else _("Not determined")
        yield _row(_("Category of nuclear material"), value, found.reasons if found.category else found.reasons[1:])


def of_all(entities: Iterable[Entity]) -> Row | None:
    """Return the category of all radioactive sources of a report together, None where there are not several."""
    said = [entity.properties for entity in entities if entity.kind == "RadioactiveMaterial"]
    sources = [Source.of(each) for each in said if each.get("material_type") == "radioactive_source"]
    return _categorised(_("Category of all together, if they lay close to each other"), sources) if len(sources) > 1 else None


def _categorised(label: str, sources: Sequence[Source]) -> Row:
    found = category(sources)
    if found.number is None:
        return _row(label, _("Not determined"), found.reasons[1:])
    return _row(label, _(CATEGORIES[found.number]), found.reasons)


def _now(said: Mapping[str, Any], source: Source, today: date) -> Iterator[Row]:
    """Today's activity, and the category by it, where the date of the stated one is known."""
    stated = said.get("activity") or {}
    if source.activity is None or source.nuclide is None or not stated.get("at"):
        return
    when = PartialDate.parse(stated["at"])
    if when.first > today:
        return
    try:
        least, most = (decayed(source.activity, source.nuclide, day, today) for day in (when.first, min(when.last, today)))
    except InputError as error:
        yield _row(_("Activity today"), _("Not determined"), [error.message])
        return
    yield _row(_("Activity today"), _between(least, most), ())
    yield _categorised(_("Category by today's activity"), [Source(source.nuclide, most, source.count)]) | {"reasons": []}


def _between(least: Activity, most: Activity) -> str:
    low, high = _short(least), _short(most)
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def _short(activity: Activity) -> str:
    found = Activity.from_bq(activity.bq)
    return f"{significant(found.value)} {found.unit}" if found.value >= 1 else _("less than 1 Bq")


def _row(label: str, value: str, reasons: Iterable[Message]) -> Row:
    return {"label": label, "value": value, "reasons": [sentence(reason) for reason in reasons]}
