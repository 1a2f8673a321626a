"""The kinds of record that what is general works on: rooms register theirs, so that this room knows none of them."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Field, Model, QuerySet
from django.http import Http404

from isotrace.engine.policy import Verb, Viewer
from isotrace.handling.envelopes import Choice, choice_of
from isotrace.handling.models import Owned
from isotrace.handling.queries import one
from isotrace.handling.rights import Rights, owned_models

Change = Callable[..., Any]


def _nothing(_viewer: Viewer, _record: Any) -> list[tuple[str, str]]:
    return []


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of record: `code` is its model's name, `page` the URL name of its page, `label` a message id.

    `among` returns the records that are still kept, `title` what one is called. `change(viewer, record_id, choice)` gives it another
    envelope, None where nobody chooses one; `choice` returns what its owner chose last; `personal` says whether it holds data on
    persons. `fields(viewer, record)` returns (name, label) of what can be corrected, `edit` the URL name of the owner's form.
    `named(text)` finds records, through the jobs role, by what people call them. `mended(viewer, record_id, since)` says whether its
    owner corrected a record or took it back after a moment, None where nobody can tell.
    """

    code: str
    model: type[Owned]
    page: str
    label: str
    among: Callable[[], QuerySet[Any]]
    title: Callable[[Any], str]
    named: Callable[[str], QuerySet[Any]]
    change: Change | None = None
    choice: Callable[[Any], Choice] = choice_of
    personal: Callable[[Any], bool] = field(default=lambda _record: False)
    fields: Callable[[Viewer, Any], list[tuple[str, str]]] = _nothing
    edit: str = ""
    mended: Callable[[Viewer, uuid.UUID, datetime], bool] | None = None


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind of record known, once for every start."""
    _subjects[subject.code] = subject


def get(code: str) -> Subject:
    """Return a kind of record by its code. Raises Http404, since codes come from addresses."""
    try:
        return _subjects[code]
    except KeyError:
        raise Http404 from None


def known() -> Iterable[Subject]:
    """Return every kind of record."""
    return _subjects.values()


def read(viewer: Viewer, code: str, record_id: uuid.UUID, verb: Verb = Verb.READ) -> Any:
    """Return a record of a kind if `viewer` may do `verb` with it, and write the look down. Raises Http404."""
    subject = get(code)
    return one(subject.among(), viewer, record_id, f"{code}.{verb}", verb)


def parts(whole: type[Model]) -> Iterator[type[Model]]:
    """Yield the tables of what belongs to a record of the model `whole`: their root is that record."""
    for model, rights in owned_models():
        if rights.enveloped and rights.root != "id" and _root(model, rights).related_model is whole:
            yield model


def _root(model: type[Model], rights: Rights) -> "Field[Any, Any]":
    return model._meta.get_field(rights.root.removesuffix("_id"))  # type: ignore[return-value]
