"""How dangerous the radioactive source of an orange notice is, by what the notice says of it: the category, and why."""

from collections.abc import Mapping
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.radiology.category import CATEGORIES, Source, category
from isotrace.engine.radiology.nuclides import parse
from isotrace.engine.radiology.units import Activity
from isotrace.engine.text import Message


def hazard(said: Mapping[str, Any]) -> tuple[Message, ...]:
    """Return the category by activity over D-value and the reasons for it; what isn't known leaves it not determined.

    `said` holds the answers `nuclide` and `activity` of a notice, as somebody wrote them.
    """
    try:
        nuclide: str | None = parse(said.get("nuclide"))
    except InputError:
        nuclide = None
    try:
        activity: Activity | None = Activity.parse(said.get("activity"))
    except InputError:
        activity = None
    found = category([Source(nuclide, activity)])
    return (Message(CATEGORIES[found.number]), *found.reasons) if found.number else found.reasons
