"""Reading one record, or nothing: a forbidden id and one that never was look the same."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.engine.text import Message
from isotrace.handling import audit, reach
from isotrace.handling.filters import visible
from isotrace.handling.models import Owned
from isotrace.handling.rights import at_end
from isotrace.handling.viewers import informed

M = TypeVar("M", bound=Model)


class UnacknowledgedError(PermissionError):
    """A record has conditions of use that this person has not accepted: `kind` and `record` say which."""

    def __init__(self, kind: str, record: uuid.UUID) -> None:
        """Take the model's name and the record's id."""
        self.kind, self.record = kind, record
        super().__init__(gettext("It has conditions of use. Acknowledge them first."))


def one(queryset: QuerySet[M], viewer: Viewer, record_id: uuid.UUID, act: str, verb: Verb = Verb.READ) -> M:
    """Return the record if `viewer` may do `verb` with it, and write the look down as `act`.

    Raises Http404 for a record that the viewer may not find, and UnacknowledgedError where only its conditions stand between.
    """
    reads = verb is Verb.READ and issubclass(queryset.model, Owned)
    found = visible(queryset, viewer, Verb.FIND if reads else verb).filter(pk=record_id).first()
    kind = queryset.model._meta.model_name or ""
    if found is None:
        audit.record(viewer, act, kind, record_id, outcome="refused")
        raise Http404
    if reads and not may(viewer, found, Verb.READ):  # type: ignore[arg-type]  # `reads` says that it is an Owned
        audit.record(viewer, act, kind, record_id, outcome="conditions")
        raise UnacknowledgedError(kind, record_id)
    audit.record(viewer, act, kind, record_id)
    return found


def may(viewer: Viewer, record: Owned, verb: Verb) -> bool:
    """Whether `viewer` may do `verb` with a record and what that asks of its ends, given what he acknowledged and was granted."""
    plain = record.owner_id == viewer.organisation or not record.conditions
    knowing = viewer if plain and verb in {Verb.FIND, Verb.READ} else informed(viewer)
    allowed = decide(knowing, record.envelope, verb).allowed
    return allowed and all(may(viewer, getattr(record, name), at_end(verb)) for name, _model in record.rights.ends)


def readers(record: Owned) -> list[Message]:
    """Say in words who can see a record, how many organisations that are, and which."""
    return reach.in_words(record.envelope)
