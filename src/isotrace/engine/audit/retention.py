"""How long an entry is kept: searches and looks for 3 years, changes and decisions for 10 (police-rules R4.14)."""

from datetime import date, timedelta

SEARCHES_KEPT = 3
"""Years that an entry of a look is kept, and the words of a search with it (R4.14)."""

CHANGES_KEPT = 10
"""Years that every other entry is kept (R4.14)."""

TRAVELLER_KEY_LIVES = timedelta(days=90)
"""How long the key lives under which travellers are told apart for catching misuse."""

LOOKS = frozenset({"list", "map", "read", "search", "check", "trace", "count", "find", "know"})
"""The last word of the acts that only look."""


def is_look(act: str) -> bool:
    """Whether `act` (such as "report.read") only looks; every other act changes, decides, or takes a copy."""
    return act.rpartition(".")[2] in LOOKS


def kept_until(act: str, sealed_on: date) -> date:
    """Return the last day on which an entry of `act` that was sealed on a day is kept."""
    return years_after(sealed_on, SEARCHES_KEPT if is_look(act) else CHANGES_KEPT)


def years_after(day: date, years: int) -> date:
    """Return the same day `years` later; 28 February for 29 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
