"""Reading one record, or nothing: a forbidden id and one that never was look the same."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from isotrace.bureaus.queries import bureau_of, names
from isotrace.engine.policy import Verb, Viewer, who_sees
from isotrace.engine.text import Message
from isotrace.handling import audit
from isotrace.handling.countries import country_names
from isotrace.handling.filters import visible
from isotrace.handling.models import Owned

M = TypeVar("M", bound=Model)


def one(queryset: QuerySet[M], viewer: Viewer, record_id: uuid.UUID, act: str, verb: Verb = Verb.READ) -> M:
    """Return the record if `viewer` may do `verb` with it, and write the look down as `act`. Raises Http404."""
    found = visible(queryset, viewer, verb).filter(pk=record_id).first()
    kind = queryset.model._meta.model_name or ""
    audit.record(viewer, act, kind, record_id, outcome="refused" if found is None else "allowed")
    if found is None:
        raise Http404
    return found


def readers(record: Owned) -> list[Message]:
    """Say in words who can see a record."""
    envelope = record.envelope
    above = bureau_of(envelope.owner_country) if envelope.owner_country else None
    bureau = above.name if above and above.id != envelope.owner else ""
    return list(who_sees(envelope, names({envelope.owner, *envelope.organisations}), country_names(envelope.countries), bureau))
