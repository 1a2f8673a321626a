"""What a reader is told to do, and not to do, on a lead: fixed sentences, chosen by the notice and by what agrees."""

from dataclasses import dataclass

from isotrace.engine.names.result import Band
from isotrace.engine.notices import kind
from isotrace.engine.notices.caveats import UNTOUCHED, in_words
from isotrace.engine.text import N_, Message
from isotrace.screening.index import Listed

AGREEING = frozenset({Band.DOCUMENT_MATCH, Band.IDENTITY_LIKELY})
"""The bands in which a second identifier agrees: from there on the owner of the notice is told."""

COMPARE_FIRST = N_("Compare a travel document or the full date of birth with the notice. Nothing leaves your country before that.")
OWNER_TOLD = N_("The owner of the notice was told where and when.")
OWNER_WAITS = N_("The owner of the notice is told once your national central bureau releases the hit.")
NEVER = N_("Do not detain on this basis.")
WAIT = N_("Take no measure before your national central bureau has confirmed with the owner that the request still stands.")
NAME_ONLY = N_("Do not treat the person as the one on the notice: only the name agrees, and many people share a name.")
_TELL_OWNER = "tell_owner"
"""Not asked of the officer: the system tells the owner as soon as a second identifier agrees, and not before."""
_TOUCHES = frozenset({"enhanced_check"})
"""Measures that touch the person: never asked for on a name alone (police-rules H.10 to H.12), nor on a victim or witness (R2.15)."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """Sentences in the order in which they are read; `caveats` come first of all."""

    label: Message
    instruction: Message
    to_do: tuple[Message, ...]
    not_to_do: tuple[Message, ...]
    caveat: Message
    caveats: tuple[Message, ...] = ()


def guidance(listed: Listed, *, agreed: bool, told: bool) -> Guidance:
    """Return what to say on a lead to `listed`; `agreed` once a second identifier agrees (police-rules H.11, H.13, G.06).

    A measure that touches liberty is never asked for here: two officers and the owner come first (H.12).
    `told` once the owner of the notice knows of it, which the law of some countries leaves to their bureau.
    """
    reported = OWNER_TOLD if told else OWNER_WAITS
    notice_kind = kind(listed.kind)
    touches = agreed and not listed.caveats & UNTOUCHED
    allowed = set(listed.allowed_actions) - {_TELL_OWNER} - (frozenset() if touches else _TOUCHES)
    asked = [action.sentence for action in notice_kind.actions if action.code in allowed and not action.coercive]
    never = WAIT if any(action.coercive for action in notice_kind.actions) else NEVER
    return Guidance(
        label=Message(notice_kind.label),
        instruction=Message(notice_kind.officer_instruction),
        to_do=_messages(*asked, reported) if agreed else _messages(COMPARE_FIRST, *asked),
        not_to_do=_messages(never) if agreed else _messages(NEVER, NAME_ONLY),
        caveat=Message(notice_kind.caveat),
        caveats=in_words(listed.caveats),
    )


def _messages(*msgids: str) -> tuple[Message, ...]:
    return tuple(Message(msgid) for msgid in msgids)
