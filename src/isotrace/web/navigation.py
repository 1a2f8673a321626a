"""The way through the house: which entries a role finds in its navigation, in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

_entries: dict[str, "NavEntry"] = {}


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One registered entry: `roles` empty means every role; `count` says how many wait for this viewer."""

    url_name: str
    label: Any
    roles: frozenset[str] = frozenset()
    order: int = 100
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry as this viewer sees it; `count` is None where nothing is counted."""

    label: Any
    url_name: str
    count: int | None
    url: str


def register(
    url_name: str, label: Any, *, roles: tuple[str, ...] = (), order: int = 100, count: Callable[[Any], int] | None = None
) -> None:
    """Put an entry into the navigation (again: replaces it); `label` is a lazy translation."""
    _entries[url_name] = NavEntry(url_name, label, frozenset(roles), order, count)


def items(viewer: Any) -> list[NavItem]:
    """Return the viewer's entries in order: none for nobody; an entry whose page does not exist is left out."""
    role = str(getattr(viewer, "role", ""))
    if not role:
        return []
    mine = [entry for entry in _entries.values() if not entry.roles or role in entry.roles]
    found = [_item(entry, viewer) for entry in sorted(mine, key=lambda entry: entry.order)]
    return [item for item in found if item is not None]


def current(nav: list[NavItem], path: str) -> str:
    """Return the url name of the entry that `path` lies under: the longest address that it begins with, "" for none."""
    under = [item for item in nav if path == item.url or (item.url != "/" and path.startswith(item.url))]
    return max(under, key=lambda item: len(item.url)).url_name if under else ""


def _item(entry: NavEntry, viewer: Any) -> NavItem | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    return NavItem(entry.label, entry.url_name, entry.count(viewer) if entry.count else None, url)
