"""Notices as records that stay under their owner's control: another envelope, what can be corrected, how they are called."""

import uuid
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import Action, kind
from isotrace.engine.policy import Audience, Verb, Viewer
from isotrace.engine.schema import registry
from isotrace.engine.text import N_
from isotrace.handling.actions import require, rewrap
from isotrace.handling.envelopes import Choice, choice_of, columns
from isotrace.handling.filters import visible
from isotrace.handling.reach import reach
from isotrace.handling.subjects import Subject
from isotrace.notices import queries, steps
from isotrace.notices.models import Notice, NoticeEvent

_WISH = ("audience", "countries", "organisations", "kinds", "communities")
_MENDS = (Action.EDIT, Action.WITHDRAW)
"""Steps that change what a notice says, or take it back."""
_AUDIENCE = ("audience", "audience_countries", "audience_organisations", "audience_kinds", "audience_communities")


def change_envelope(viewer: Viewer, notice_id: uuid.UUID, choice: Choice) -> Notice:
    """Say, as the owner and at any time, who sees a notice once it is published, who never does, and under which conditions.

    A published notice is seen by these from now on. Its purpose follows from its kind, and the unit that publishes it is never
    left out. Raises Http404, PermissionError for whoever does not own it, and InputError naming the field.
    """
    notice = queries.notice(viewer, notice_id)
    require(viewer, notice, Verb.EDIT)
    wanted = columns(viewer, replace(choice, purpose=notice.purpose, retention_until=None), personal=False)
    _unit_sees(notice, wanted)
    wish = {f"wide_{name}": wanted["audience" if name == "audience" else f"audience_{name}"] for name in _WISH}
    content = notice.content | {"restrictions_set": True, "confidentiality_set": True}
    after = copy(notice)
    for name, value in wish.items():
        setattr(after, name, value)
    steps.address(after)
    with transaction.atomic():
        rewrap(viewer, notice, wanted | {name: getattr(after, name) for name in _AUDIENCE})
        visible(Notice.objects.filter(pk=notice.pk), viewer, Verb.EDIT).update(**wish, content=content, changed_at=clock.now())
    return queries.notice(viewer, notice_id)


def _unit_sees(notice: Notice, wanted: dict[str, Any]) -> None:
    """Refuse an envelope that leaves out the unit which answers for the notice, once it is published."""
    open_to = Notice(id=notice.id, unit_id=notice.unit_id, **wanted)
    named = {*wanted["audience_organisations"]} | ({notice.unit_id} if wanted["audience"] == Audience.ONLY else set())
    open_to.audience_organisations = sorted(named, key=str)
    if notice.unit_id not in {each.id for each in reach(open_to.envelope).seeing}:
        raise InputError(N_("The unit that publishes the notice cannot be left out. Take it off the list."), field="denied_organisations")


def choice(notice: Any) -> Choice:
    """Return what the owner chose last: whom he wants as readers once it is published."""
    wish: dict[str, Any] = {name: tuple(getattr(notice, f"wide_{name}")) for name in _WISH if name != "audience"}
    return replace(choice_of(notice), audience=notice.wide_audience, **wish)


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


def mended(viewer: Viewer, notice_id: uuid.UUID, since: datetime) -> bool:
    """Whether a notice was written anew or taken back after a moment."""
    return visible(NoticeEvent.objects.filter(notice=notice_id, at__gt=since, action__in=_MENDS), viewer).exists()


SUBJECT = Subject(
    code="notice",
    model=Notice,
    page="notice",
    label=N_("Notice"),
    among=queries.kept,
    title=lambda notice: notice.number or ", ".join((notice.content.get("person") or {}).get("names") or ()),
    named=named,
    change=change_envelope,
    choice=choice,
    personal=lambda _notice: True,
    fields=fields,
    edit="notice_edit",
    mended=lambda viewer, notice, since: visible(
        NoticeEvent.objects.filter(notice=notice, at__gt=since, action__in=_MENDS), viewer
    ).exists(),
)
