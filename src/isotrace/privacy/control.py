"""What the control body brings to the other rooms: tasks, records open for its cases, blocks of its own, deletion of what is upheld."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from isotrace.desk import challenges, pages
from isotrace.desk.asking import ANSWERED_WITHIN, READ_WITHIN, answered, look, words
from isotrace.desk.kinds import TaskKind, register
from isotrace.desk.pages import Offer, Page
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.handling import viewers
from isotrace.imports import withdrawing
from isotrace.privacy import case_jobs, cases
from isotrace.privacy.case_models import Consultation

TASKS = (
    TaskKind("request.judge", N_("Judge whether a person's request is admissible"), "person_request", timedelta(days=30)),
    TaskKind("consultation.answer", N_("Answer the control body"), "consultation", ANSWERED_WITHIN),
    TaskKind("consultation.told", N_("Read an owner's answer to the control body"), "consultation", READ_WITHIN),
)


def reply(viewer: Viewer, consultation_id: Any, text: str) -> Consultation:
    """Answer the control body, as the owner of the record."""
    found = look(viewer, Consultation, consultation_id)
    answered(viewer, found, "accepted", words(text, "text"))
    return found


def _rows(_found: Consultation) -> Iterator[tuple[str, Any]]:
    yield str(_("Who asks")), _("The control body, which examines a request. Speak of it to nobody else.")


PAGE = Page(
    Consultation,
    _("A question of the control body"),
    _rows,
    {"open": (Offer("accept", _("Answer"), reply, _("The control body has your answer.")),)},
)


def join() -> None:
    """Make all of it known, once for every start."""
    for kind in TASKS:
        register(kind)
    pages.register("consultation", PAGE)
    viewers.register("cases", cases.open_records)
    challenges.also_held_by("case", cases.holds)
    challenges.removed_by(case_jobs.remove)
    withdrawing.erased_by(case_jobs.erase_report)
