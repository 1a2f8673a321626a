"""Notices as records that stay under their owner's control: another envelope, what can be corrected, how they are called."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from isotrace.engine.notices import kind
from isotrace.engine.policy import Viewer
from isotrace.engine.schema import registry
from isotrace.engine.text import N_
from isotrace.handling.subjects import Subject
from isotrace.notices import queries
from isotrace.notices.models import Notice


def named(text: str) -> QuerySet[Notice]:
    """Return the notice with this id or this number, through the jobs role."""
    found = queries.kept().using("jobs")
    try:
        return found.filter(pk=uuid.UUID(text))
    except ValueError:
        return found.filter(number__iexact=text)


def _fields(notice: Notice) -> Iterator[tuple[str, str]]:
    person = registry().kinds["Person"]
    for name, prop in person.properties.items():
        if (notice.content.get("person") or {}).get(name):
            yield f"person.{name}", f"{_(person.label)}: {_(prop.label)}"
    for rule in kind(notice.kind).texts:
        yield rule.field, _(rule.label)


def fields(_viewer: Viewer, notice: Any) -> list[tuple[str, str]]:
    """Return what a notice says, field by field, as (answer, label)."""
    return list(_fields(notice))


SUBJECT = Subject(
    code="notice",
    model=Notice,
    page="notice",
    label=N_("Notice"),
    among=queries.kept,
    title=lambda notice: notice.number or ", ".join((notice.content.get("person") or {}).get("names") or ()),
    named=named,
    personal=lambda _notice: True,
    fields=fields,
    edit="notice_edit",
)
