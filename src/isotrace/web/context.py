"""What every page needs to know: who looks, in which language and light, and whether the world is a sample."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.utils.translation import get_language

import isotrace
from isotrace.web import navigation

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Identity:
    """The person as the header names them."""

    name: str
    organisation: str
    role: Any


def face(request: HttpRequest) -> dict[str, Any]:
    """Context processor: theme, languages, person, navigation, version, and `sample_world` from the settings."""
    viewer = getattr(request, "viewer", None)
    nav = navigation.items(viewer)
    return {
        "theme": theme(request),
        "languages": languages(),
        "island_messages": island_messages(get_language() or "en"),
        "identity": identity(request),
        "nav_items": nav,
        "may_search": any(item.url_name == "search" for item in nav),
        "nav_current": navigation.current(nav, request.path),
        "sample_world": getattr(settings, "SAMPLE_WORLD", False),
        "version": isotrace.__version__,
    }


def identity(request: HttpRequest) -> Identity | None:
    """Return who is signed in (`request.account`, set with the viewer), None for a stranger."""
    account = getattr(request, "account", None)
    return Identity(account.name, str(account.organisation), account.get_role_display()) if account else None


def theme(request: HttpRequest) -> str:
    """Return the light that the person chose: auto, light or dark."""
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def languages() -> list[dict[str, str]]:
    """Return code and own name of each language that can be chosen."""
    return [{"code": code, "name": name} for code, name in settings.LANGUAGES]


def island_messages(language: str) -> str:
    """Return the address of the islands' sentences in `language`, "" for English or where none were compiled."""
    if language.startswith("en") and "xa" not in language:
        return ""
    try:
        return staticfiles_storage.url(f"built/i18n/{language}.json")
    except ValueError:
        return ""
