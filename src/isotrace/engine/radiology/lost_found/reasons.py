"""Why a find could be a certain loss, in words: what agrees, what differs, and what speaks against it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from isotrace.engine.radiology.category import significant
from isotrace.engine.radiology.lost_found.evidence import family
from isotrace.engine.radiology.lost_found.item import Item
from isotrace.engine.radiology.lost_found.serials import shown
from isotrace.engine.radiology.units import Activity
from isotrace.engine.text import N_, Message

_AGREES, _NEAR = 20.0, 50.0
_SAME_WORDS, _SOME_WORDS = 0.8, 0.4
_ACTIVITY_NEAR, _ACTIVITY_FAR = math.log(1.5), math.log(3)


@dataclass(frozen=True, slots=True)
class Compared:
    """A loss and a find with what was reckoned about them.

    `serial` is how many times likelier the number that was read is if both are the same; `alike` how alike the devices are, 0 to 1,
    None or NaN where one is not known; `km` and `early_days` are NaN where one is not known; so is the ln Bq that is expected.
    """

    lost: Item
    found: Item
    serial: float
    alike: float | None
    km: float
    early_days: float
    expected_ln_bq: float


def reasons(pair: Compared) -> tuple[Message, ...]:
    """Return what speaks for and against, the strongest first: serial number, nuclide, activity, device, place, time."""
    return tuple(found for part in (_serial, _nuclide, _activity, _device, _place, _time) for found in part(pair))


def _serial(pair: Compared) -> Iterator[Message]:
    if not pair.lost.serials or not pair.found.serials:
        return
    read, held = pair.found.serials[0], pair.lost.serials[0]
    both = {shown(text) for text in pair.lost.serials} & {shown(text) for text in pair.found.serials}
    if both and pair.serial > 1:
        same = next(text for text in pair.lost.serials if shown(text) in both)
        yield Message(N_("The serial number %(serial)s is the same."), {"serial": same})
    elif pair.serial > _AGREES:
        yield Message(N_("The serial number was read as %(read)s, which fits %(held)s."), {"read": read, "held": held})
    elif pair.serial < 1:
        yield Message(N_("The serial numbers differ: %(held)s was lost, %(read)s was read."), {"read": read, "held": held})


def _nuclide(pair: Compared) -> Iterator[Message]:
    lost, found = pair.lost.nuclide, pair.found.nuclide
    if lost is None or found is None:
        yield Message(N_("The nuclide of one of them is not known."))
    elif lost == found:
        yield Message(N_("Both are %(nuclide)s."), {"nuclide": lost})
    elif family(lost) == family(found):
        yield Message(N_("%(found)s is what instruments may name when they see %(lost)s."), {"found": found, "lost": lost})
    else:
        yield Message(N_("The nuclides differ: %(lost)s was lost, %(found)s was found."), {"found": found, "lost": lost})


def _activity(pair: Compared) -> Iterator[Message]:
    measured = pair.found.activity_bq
    if not measured or math.isnan(pair.expected_ln_bq):
        return
    apart = abs(math.log(measured) - pair.expected_ln_bq)
    values = {"expected": _said(pair.expected_ln_bq), "measured": _said(math.log(measured))}
    if apart <= _ACTIVITY_NEAR:
        yield Message(N_("What was lost has decayed to %(expected)s, which agrees with %(measured)s."), values)
    elif apart <= _ACTIVITY_FAR:
        yield Message(N_("What was lost has decayed to %(expected)s; %(measured)s is not far from it."), values)
    else:
        yield Message(N_("What was lost has decayed to %(expected)s, which %(measured)s contradicts."), values)


def _said(ln_bq: float) -> str:
    if ln_bq < 0:
        return "< 1 Bq"
    found = Activity.from_bq(Decimal(repr(math.exp(min(ln_bq, 60.0)))))
    return f"{significant(found.value)} {found.unit}"


def _device(pair: Compared) -> Iterator[Message]:
    if pair.alike is None or math.isnan(pair.alike):
        return
    values = {"lost": pair.lost.words, "found": pair.found.words}
    if pair.alike >= _SAME_WORDS:
        yield Message(N_("The devices are described alike: %(lost)s."), values)
    elif pair.alike >= _SOME_WORDS:
        yield Message(N_("The devices are described in part alike: %(lost)s, and %(found)s."), values)
    else:
        yield Message(N_("The devices are described otherwise: %(lost)s, and %(found)s."), values)


def _place(pair: Compared) -> Iterator[Message]:
    if not math.isnan(pair.km):
        if pair.km < max(1.0, pair.lost.within_km, pair.found.within_km):
            yield Message(N_("It was found where it was lost, as exactly as both places are known."))
        else:
            yield Message(N_("It was found %(km)d km from where it was lost."), {"km": round(pair.km)})
    elif pair.lost.country and pair.found.country and pair.lost.country != pair.found.country:
        yield Message(N_("It was found in another country."))


def _time(pair: Compared) -> Iterator[Message]:
    if pair.early_days > 0:
        yield Message(N_("It was found %(days)d days before it was reported lost, which contradicts."), {"days": round(pair.early_days)})
    elif pair.lost.last and pair.found.first:
        days = max((pair.found.first - pair.lost.last).days, 0)
        yield Message(N_("It was found %(days)d days after it was lost."), {"days": days})
