"""Judgements as records that stay under their owner's control: another envelope, how they are called."""

import uuid
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from isotrace.engine.identity.judging import VERDICT_LABELS, Verdict
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.handling.actions import rewrap
from isotrace.handling.envelopes import Choice, columns
from isotrace.handling.subjects import Subject
from isotrace.identity import queries
from isotrace.identity.models import Judgement


def change_envelope(viewer: Viewer, judgement_id: uuid.UUID, choice: Choice) -> Judgement:
    """Give a judgement another envelope, by its owner at any time; whoever does not see both ends does not see it all the same.

    Raises Http404 for whoever may not see it, PermissionError for whoever does not own it, InputError naming the field for an
    envelope that cannot be.
    """
    found = queries.judgement(viewer, judgement_id)
    rewrap(viewer, found, columns(viewer, replace(choice, retention_until=None), personal=False))
    return queries.judgement(viewer, judgement_id)


def named(text: str) -> QuerySet[Judgement]:
    """Return the judgement with this id, of whatever owner, through the jobs role."""
    found = Judgement.objects.using("jobs").select_related("owner")
    try:
        return found.filter(pk=uuid.UUID(text))
    except ValueError:
        return found.none()


def title(judgement: Any) -> str:
    """Return what a judgement is called: its verdict."""
    return _("Judgement: %(verdict)s") % {"verdict": _(VERDICT_LABELS[Verdict(judgement.verdict)])}


SUBJECT = Subject(
    code="judgement",
    model=Judgement,
    page="judgement",
    label=N_("Judgement"),
    among=lambda: Judgement.objects.select_related("owner"),
    title=title,
    named=named,
    change=change_envelope,
)
