"""The national sheet: what the law of a country permits, as items that the code asks."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the sheet: a yes or no, or a whole number from `low` to `high`. `acted_on` if Isotrace itself goes by it."""

    code: str
    label: str
    hint: str
    kind: Literal["yes_no", "number"] = "yes_no"
    low: int = 0
    high: int = 0
    acted_on: bool = False


ITEMS: tuple[Item, ...] = (
    Item(
        "automatic_sightings",
        N_("A confirmed hit goes to the owner of the notice at once"),
        N_("If not, it waits until an officer of the bureau releases it. What is not on the sheet waits."),
        acted_on=True,
    ),
    Item(
        "retention_months",
        N_("Months for which data on persons are kept at most"),
        N_("From 1 to 60. No report on persons is kept longer, and none is renewed for longer."),
        "number",
        1,
        60,
        acted_on=True,
    ),
    Item(
        "own_stored_checks",
        N_("The country may keep its own border checks and compare them later"),
        N_("If not, nothing of a traveller is kept without a lead."),
    ),
    Item(
        "companions",
        N_("The names of travel companions may be passed on"),
        N_("Officers read this before they write of others who travel with a person."),
    ),
    Item(
        "minimum_age",
        N_("Age from which a person may be recorded"),
        N_("In years, from 0 to 21."),
        "number",
        0,
        21,
    ),
)
BY_CODE: Mapping[str, Item] = {item.code: item for item in ITEMS}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a country's law permits, as the code asks it; what nobody put on the sheet is not permitted.

    `retention_months` is at most 60, `minimum_age` in years.
    """

    automatic_sightings: bool = False
    retention_months: int = 60
    own_stored_checks: bool = False
    companions: bool = False
    minimum_age: int = 0


def sheet_of(values: Mapping[str, str]) -> Sheet:
    """Return the sheet that stored values make; an item that is not known any more is passed over."""
    known = {each.name for each in fields(Sheet)}
    return Sheet(**{code: _read(BY_CODE[code], value) for code, value in values.items() if code in known})  # type: ignore[arg-type]


def _read(item: Item, value: str) -> bool | int:
    return int(value) if item.kind == "number" else value == YES


def checked(code: str, value: str) -> str:
    """Return the value of an item as it is stored. Raises InputError for an unknown item and for what is no answer to it."""
    item = BY_CODE.get(code)
    if item is None:
        raise InputError(N_("There is no such item on the national sheet."), field="item")
    if item.kind == "yes_no" and value in {YES, NO}:
        return value
    if item.kind == "number" and value.isascii() and value.isdigit() and item.low <= int(value) <= item.high:
        return str(int(value))
    if item.kind == "number":
        raise InputError(N_("Write a whole number from %(low)s to %(high)s."), field="value", low=item.low, high=item.high)
    raise InputError(N_("Choose yes or no."), field="value")
