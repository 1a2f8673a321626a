"""What the page of each kind of question says, and what its parties can do there."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isotrace.desk import challenges, consents, corrections
from isotrace.desk.models import Challenge, Correction
from isotrace.engine.policy import VERB_LABELS, Viewer
from isotrace.engine.text import N_
from isotrace.handling.models import Consent

STATES: Mapping[str, tuple[str, str]] = {
    "open": (N_("Waits for the owner"), "warn"),
    "asked": (N_("Waits for the owner"), "warn"),
    "granted": (N_("Granted"), "good"),
    "refused": (N_("Refused"), "bad"),
    "ended": (N_("Taken back"), "bad"),
    "accepted": (N_("Accepted"), "good"),
    "declined": (N_("Declined"), "bad"),
    "upheld": (N_("Upheld: to be corrected or deleted"), "warn"),
    "corrected": (N_("Upheld and corrected"), "good"),
    "said": (N_("Upheld; its owner says that it is corrected"), "warn"),
    "deleted": (N_("Upheld and deleted"), "good"),
    "dismissed": (N_("Dismissed"), "still"),
}
"""Every state of a question in words, with its tone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the owner can answer: `take(viewer, id, text)` does it, `done` is said afterwards."""

    value: str
    label: Any
    take: Callable[[Viewer, uuid.UUID, str], Any]
    done: Any
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of question: its model, its heading, what its page shows beside reason and answer, and what is offered in which state."""

    model: type[Any]
    heading: Any
    rows: Callable[[Any], Iterator[tuple[str, Any]]]
    offers: Mapping[str, tuple[Offer, ...]]


def _consent_rows(found: Consent) -> Iterator[tuple[str, Any]]:
    yield _("What is asked for"), _(VERB_LABELS[consents.USES[found.use]])


def _correction_rows(found: Correction) -> Iterator[tuple[str, Any]]:
    yield _("What should read otherwise"), found.label or _("The record as a whole")
    yield _("It should read"), found.text


def _challenge_rows(_found: Challenge) -> Iterator[tuple[str, Any]]:
    yield _("Meanwhile"), _("The record is blocked: nobody but its owner and the control body sees it, and border checks do not find it.")


PAGES: dict[str, Page] = {
    "consent": Page(
        Consent,
        gettext_lazy("A request for consent"),
        _consent_rows,
        {
            consents.ASKED: (
                Offer(
                    "grant",
                    gettext_lazy("Grant it"),
                    lambda who, of, text: consents.answer(who, of, granted=True, text=text),
                    gettext_lazy("The consent is granted. It holds for the asker's organisation until you take it back."),
                ),
                Offer(
                    "refuse",
                    gettext_lazy("Refuse it"),
                    lambda who, of, text: consents.answer(who, of, granted=False, text=text),
                    gettext_lazy("The consent is refused. Whoever asked reads your reason."),
                    "quiet",
                ),
            ),
            consents.GRANTED: (
                Offer(
                    "end",
                    gettext_lazy("Take it back"),
                    consents.end,
                    gettext_lazy("The consent holds no longer. Whoever asked reads your reason."),
                    "serious",
                ),
            ),
        },
    ),
    "correction": Page(
        Correction,
        gettext_lazy("A proposed correction"),
        _correction_rows,
        {
            "open": (
                Offer(
                    "accept",
                    gettext_lazy("Accept it"),
                    corrections.accept,
                    gettext_lazy("The correction is accepted. Edit your record now: nobody else can."),
                ),
                Offer(
                    "decline",
                    gettext_lazy("Decline it"),
                    corrections.decline,
                    gettext_lazy("The correction is declined. Whoever proposed it reads your reason."),
                    "quiet",
                ),
            ),
        },
    ),
    "challenge": Page(
        Challenge,
        gettext_lazy("A challenged record"),
        _challenge_rows,
        {
            challenges.OPEN: (
                Offer(
                    "uphold",
                    gettext_lazy("The doubt is founded"),
                    challenges.uphold,
                    gettext_lazy("The challenge is upheld. Correct the record, or have it deleted; it stays blocked until then."),
                ),
                Offer(
                    "dismiss",
                    gettext_lazy("The doubt is unfounded"),
                    challenges.dismiss,
                    gettext_lazy("The challenge is dismissed. The record is open again in a moment."),
                    "quiet",
                ),
            ),
            challenges.UPHELD: (
                Offer(
                    "corrected",
                    gettext_lazy("I have corrected the record"),
                    challenges.corrected,
                    gettext_lazy("The record is open again in a moment."),
                ),
                Offer(
                    "delete",
                    gettext_lazy("Delete the record"),
                    lambda who, of, _text: challenges.delete(who, of),
                    gettext_lazy("The record is deleted in a moment, with everything that hangs on it."),
                    "serious",
                ),
            ),
        },
    ),
}
"""The page of each kind of question, by its model's name."""


def register(name: str, page: Page) -> None:
    """Let a room put questions of its own, by their model's name, before addresses are read."""
    PAGES[name] = page
