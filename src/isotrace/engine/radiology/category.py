"""The category 1 to 5 of radioactive sources by their danger (IAEA RS-G-1.9): activity A over D, summed over what lies together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from isotrace.engine.radiology.nuclides import find
from isotrace.engine.radiology.units import Activity, plain
from isotrace.engine.text import N_, Message

CATEGORIES: Mapping[int, str] = {
    1: N_("Category 1: extremely dangerous"),
    2: N_("Category 2: very dangerous"),
    3: N_("Category 3: dangerous"),
    4: N_("Category 4: unlikely to be dangerous"),
    5: N_("Category 5: most unlikely to be dangerous"),
}
"""Category → message id of its plain description."""

_LEAST: Sequence[tuple[int, Decimal]] = ((1, Decimal(1000)), (2, Decimal(10)), (3, Decimal(1)), (4, Decimal("0.01")))
"""Lower bounds of A/D, inclusive (10 CFR 110 Appendix P for categories 1 and 2)."""
_BQ_PER_TBQ = Decimal("1e12")


@dataclass(frozen=True, slots=True)
class Source:
    """A radioactive source, or `count` alike: the nuclide in canonical form, the activity of one or None if it is not known."""

    nuclide: str | None
    activity: Activity | None
    count: int = 1

    @classmethod
    def of(cls, material: Mapping[str, Any]) -> "Source":
        """Take the clean properties of a RadioactiveMaterial."""
        stated = material.get("activity")
        activity = Activity(Decimal(stated["value"]), stated["unit"]) if stated else None
        return cls(material.get("nuclide"), activity, material.get("count", 1))


@dataclass(frozen=True, slots=True)
class Category:
    """`number` 1 to 5, or None: not determined; `a_over_d` is the sum of A/D, None with it; `reasons` say how it came about."""

    number: int | None
    a_over_d: Decimal | None
    reasons: tuple[Message, ...]


def category(sources: Sequence[Source]) -> Category:
    """Categorise what lies together: the ratios of all add up.

    One activity that is not known, or one D-value that is not held or not verified, leaves the whole undetermined: nothing is guessed.
    """
    ratios = [_ratio(source) for source in sources]
    known = [ratio for ratio in ratios if isinstance(ratio, Decimal)]
    if len(known) < len(ratios) or not sources:
        lacking = (ratio for ratio in ratios if isinstance(ratio, Message))
        return Category(None, None, (Message(N_("Category not determined.")), *lacking))
    total = sum(known, Decimal(0))
    number = next((number for number, least in _LEAST if total >= least), 5)
    return Category(number, total, tuple(_reasons(zip(sources, known, strict=True), total, number)))


def significant(value: Decimal, digits: int = 3) -> str:
    """Write `value` with so many significant digits and without an exponent: 2590, 0.0271."""
    return plain(Decimal(f"{value:.{digits - 1}e}"))


def _ratio(source: Source) -> Decimal | Message:
    """A/D of a source, or what keeps it from being known."""
    if source.nuclide is None:
        return Message(N_("A nuclide is not known."))
    row = find(source.nuclide)
    if row is not None and row.stable:
        return Message(N_("%(nuclide)s is stable: it gives off no radiation."), {"nuclide": source.nuclide})
    if row is None or row.d_tbq is None:
        return Message(N_("No verified D-value is held for %(nuclide)s."), {"nuclide": source.nuclide})
    if not row.d_verified:
        return Message(N_("The D-value of %(nuclide)s, %(d)s TBq, is not verified."), {"nuclide": source.nuclide, "d": row.d_tbq})
    if source.activity is None:
        return Message(N_("The activity of %(nuclide)s is not known."), {"nuclide": source.nuclide})
    return source.count * source.activity.bq / (Decimal(row.d_tbq) * _BQ_PER_TBQ)


def _reasons(parts: Iterable[tuple[Source, Decimal]], total: Decimal, number: int) -> Iterator[Message]:
    for source, ratio in parts:
        stated = f"{source.count} × {source.activity}" if source.count > 1 else str(source.activity)
        values = {"nuclide": source.nuclide, "activity": stated, "ratio": significant(ratio)}
        yield Message(N_("%(nuclide)s, %(activity)s: A/D %(ratio)s."), values)
    yield Message(N_("Sum of A/D %(ratio)s: category %(category)d."), {"ratio": significant(total), "category": number})
    if number == 5:
        yield Message(N_("Whether it is exempt is not determined."))
