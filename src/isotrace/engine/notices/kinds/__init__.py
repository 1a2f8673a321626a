"""The kinds of notices as data: what each is for, what it says to whom, and what must hold before it goes out.

A further kind is a further row of `KINDS` (police-rules 5.1).
"""

from collections.abc import Mapping
from types import MappingProxyType

from isotrace.engine.notices.errors import NoticeError
from isotrace.engine.notices.kinds.blue import BLUE
from isotrace.engine.notices.kinds.diffusions import DIFFUSIONS, PENDING
from isotrace.engine.notices.kinds.green import GREEN
from isotrace.engine.notices.kinds.model import (
    AllowedAction,
    Asks,
    IdentityWay,
    Kind,
    Need,
    Offence,
    Question,
    Requirement,
    Subject,
    TextRule,
)
from isotrace.engine.notices.kinds.orange import ORANGE
from isotrace.engine.notices.kinds.purple import PURPLE
from isotrace.engine.notices.kinds.rare import BLACK, SILVER, UN, YELLOW
from isotrace.engine.notices.kinds.red import RED
from isotrace.engine.notices.kinds.shared import CAVEAT, GROUNDS, IDENTITY_SET, NEUTRALITY_ANSWERS
from isotrace.engine.text import N_

KINDS: Mapping[str, Kind] = MappingProxyType(
    {each.code: each for each in (GREEN, ORANGE, PURPLE, BLUE, RED, YELLOW, BLACK, UN, SILVER, *DIFFUSIONS)}
)
"""Every kind by its code: those that are on first."""


def kind(code: str) -> Kind:
    """Return the kind of notice with this code; raises NoticeError (field `kind`) naming those there are."""
    if code not in KINDS:
        raise NoticeError(N_("There is no such kind of notice. Choose one of: %(codes)s."), field="kind", codes=", ".join(KINDS))
    return KINDS[code]


__all__ = [
    "CAVEAT",
    "DIFFUSIONS",
    "GROUNDS",
    "IDENTITY_SET",
    "KINDS",
    "NEUTRALITY_ANSWERS",
    "PENDING",
    "AllowedAction",
    "Asks",
    "IdentityWay",
    "Kind",
    "Need",
    "Offence",
    "Question",
    "Requirement",
    "Subject",
    "TextRule",
    "kind",
]
