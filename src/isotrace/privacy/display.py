"""What retention looks like on pages: kinds, counts and grounds in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isotrace.engine.errors import InputError
from isotrace.engine.policy.retention import GROUNDS, Ground
from isotrace.engine.schema import registry
from isotrace.handling.forms import sentence
from isotrace.handling.models import Export, Owned
from isotrace.privacy.case_models import REQUEST
from isotrace.privacy.models import Recall, Renewal, Tombstone
from isotrace.privacy.queries import Expiring
from isotrace.privacy.roots import LABELS, Root, root_of


def kind(code: str) -> str:
    """Return the name of a kind of record."""
    return _("Request of a person") if code == REQUEST else _(root_of(code).label)


def days(left: int) -> str:
    """Return how long a record is still kept, in words."""
    return ngettext("%(count)d day", "%(count)d days", left) % {"count": left} if left else _("today is its last day")


def rows(expiring: Iterable[Expiring]) -> list[dict[str, Any]]:
    """Return what the list shows of each record; of one that is not open to the reader kind, dates and state alone."""
    return [
        {
            "url": reverse("retention", args=[row.record.pk]) if row.shown else "",
            "record": str(row.record) if row.shown else str(row.record.pk),
            "kind": _(row.root.label),
            "until": row.until.isoformat(),
            "left": days(row.days_left),
            "state": _("Blocked: it stays until the doubt is decided") if row.record.blocked else "",
        }
        for row in expiring
    ]


def counts(found: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return how many of each kind go, in words."""
    return [{"label": _(LABELS[name]) if name in LABELS else name.partition(".")[2], "value": count} for name, count in found.items()]


def head(root: Root, record: Owned) -> dict[str, Any]:
    """Return what names a record on a page about it."""
    url = reverse(root.url_name, args=[record.pk]) if root.url_name else ""
    return {"id": record.pk, "kind": _(root.label), "title": str(record), "url": url}


def stays(records: Iterable[Owned]) -> list[dict[str, Any]]:
    """Return what stays and is reviewed."""
    return [head(root_of(record._meta.model_name or ""), record) for record in records]


def renewals(made: Iterable[Renewal]) -> list[dict[str, Any]]:
    """Return the decisions as a timeline."""
    return [
        {
            "title": _("Kept through %(day)s") % {"day": each.until.isoformat()} if each.until else _("Kept without an end"),
            "at": each.at,
            "who": "",
            "text": each.reason,
        }
        for each in made
    ]


def copies(taken: Iterable[Export]) -> list[dict[str, Any]]:
    """Return who took copies, when and in which form."""
    return [{"taker": each.taker.name, "form": each.form.upper(), "at": each.at} for each in taken]


def ground(code: str) -> str:
    """Return why a record went, in words."""
    return _(GROUNDS[Ground(code)].label)


def proof_rows(stones: Iterable[Tombstone]) -> list[dict[str, Any]]:
    """Return what the list shows of each proof."""
    return [
        {
            "url": reverse("proof", args=[stone.id]),
            "deleted": stone.deleted_at,
            "kind": kind(stone.record_kind),
            "ground": ground(stone.ground),
            "copies": stone.copies,
        }
        for stone in stones
    ]


def recalls(made: Iterable[Recall]) -> list[dict[str, Any]]:
    """Return who was told to delete copies, and who did."""
    return [{"holder": each.holder.name, "recalled": each.recalled_at, "done": each.done_at} for each in made]


def complaints(error: InputError, fields: Iterable[str]) -> list[tuple[str | None, str]]:
    """Return each thing that is wrong with the field of the form it belongs to; what is not in the form says where it is."""
    found = []
    for each in getattr(error, "errors", None) or [error]:
        name = {"retention_until": "until"}.get(each.field, each.field)
        told = sentence(each.message)
        found.append((name, told) if name in fields else (None, f"{place(name)}: {told}" if place(name) else told))
    return found


def place(field: str) -> str:
    """Return where in a record a field stands: "Person, Sex"; "" for one that the sentence itself names."""
    code, _dot, name = field.partition(".")
    found = registry().kinds.get(code)
    if found is None:
        return ""
    prop = found.properties.get(name.partition(".")[0])
    return ", ".join([_(found.label), *([_(prop.label)] if prop else [])])
