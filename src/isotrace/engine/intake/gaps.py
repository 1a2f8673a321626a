"""Questions that are open: of which theme, how pressing, and where each stands."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

MOST_QUESTION, MOST_WORDS, MOST_COUNTRIES = 300, 2_000, 60
LEAST_QUESTION, LEAST_CONCLUSION = 15, 20


class Theme(StrEnum):
    """What a question is about (a list of this product)."""

    ORIGIN = "origin"
    ROUTES = "routes"
    ACTORS = "actors"
    DEMAND = "demand"
    INSIDERS = "insiders"
    ONLINE = "online"
    SCAMS = "scams"
    DETECTION = "detection"
    OTHER = "other"


THEMES: Mapping[Theme, str] = MappingProxyType(
    {
        Theme.ORIGIN: N_("Where material comes from"),
        Theme.ROUTES: N_("Routes and conveyances"),
        Theme.ACTORS: N_("Groups and go-betweens"),
        Theme.DEMAND: N_("Who would buy"),
        Theme.INSIDERS: N_("Insiders and weak sites"),
        Theme.ONLINE: N_("Trade on the internet"),
        Theme.SCAMS: N_("Scams and hoaxes"),
        Theme.DETECTION: N_("What is detected, and what is not"),
        Theme.OTHER: N_("Something else"),
    }
)


class Priority(StrEnum):
    """How pressing a question is; the most pressing first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PRIORITIES: Mapping[Priority, str] = MappingProxyType({Priority.HIGH: N_("High"), Priority.MEDIUM: N_("Medium"), Priority.LOW: N_("Low")})
RANK: Mapping[str, int] = MappingProxyType({str(priority): place for place, priority in enumerate(Priority)})


class GapState(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"


GAP_STATES: Mapping[GapState, str] = MappingProxyType(
    {GapState.OPEN: N_("Open"), GapState.ANSWERED: N_("Answered"), GapState.DROPPED: N_("No longer asked")}
)


def check(theme: str, priority: str) -> None:
    """Raise InputError naming the field for a theme or a priority that is not on its list."""
    if theme not in set(Theme):
        raise InputError(N_("Choose the theme from the list."), field="theme")
    if priority not in set(Priority):
        raise InputError(N_("Choose the priority from the list."), field="priority")


def ended(state: str, wanted: str) -> GapState:
    """Return where a question goes. Raises InputError (field `state`) for a step that leads nowhere."""
    if wanted not in set(GapState):
        raise InputError(N_("Choose from the list how it ended."), field="state")
    if state == wanted:
        raise InputError(N_("The question stands so already. Reload the page."), field="state")
    if state != GapState.OPEN and wanted != GapState.OPEN:
        raise InputError(N_("Open the question again first."), field="state")
    return GapState(wanted)
