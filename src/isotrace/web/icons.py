"""Our own small set of icons, drawn on a grid of 20: a shape beside every colour, so that colour never speaks alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "add": "M10 4v12M4 10h12",
    "back": "M12 4l-6 6 6 6",
    "check": "M4 10.5l4 4 8-9",
    "clock": "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15zM10 6v4.2l2.8 1.8",
    "cross": "M5 5l10 10M15 5L5 15",
    "document": "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5",
    "equal": "M4 7.5h12M4 12.5h12",
    "eye": (
        "M1.8 10c2-3.6 4.8-5.4 8.2-5.4s6.2 1.8 8.2 5.4c-2 3.6-4.8 5.4-8.2 5.4S3.8 13.6 1.8 10zM10 7.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5z"
    ),
    "filter": "M3 4.5h14l-5.5 6.5v5l-3-1.5V11z",
    "info": "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15zM10 9v4.8M10 6.2v.6",
    "key": "M7 6.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7zM10.3 10H18v3M15 10v2.4",
    "lock": "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
    "next": "M8 4l6 6-6 6",
    "person": "M10 3a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 0 0 0-6.4zM3.5 17c.6-3.6 3-5.4 6.5-5.4s5.9 1.8 6.5 5.4",
    "pin": "M10 18c-3.7-4.3-5.5-7.3-5.5-9.7a5.5 5.5 0 0 1 11 0c0 2.4-1.8 5.4-5.5 9.7zM10 6.3a2 2 0 1 0 0 4a2 2 0 0 0 0-4z",
    "print": "M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8V17H6z",
    "search": "M8.7 3a5.7 5.7 0 1 0 0 11.4a5.7 5.7 0 0 0 0-11.4zM13 13l4.5 4.5",
    "two_persons": (
        "M7 4a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 0 0 0-5.4zM1.5 16.5c.5-3.2 2.5-4.8 5.5-4.8s5 1.6 5.5 4.8"
        "M13 4.3a2.5 2.5 0 0 1 0 4.9M14.7 12c2.2.4 3.5 1.9 3.9 4.5"
    ),
    "warning": "M10 3L18 16.7H2zM10 8v4M10 14v.6",
}
_MIRRORS = frozenset({"back", "next"})


def icon(name: str) -> SafeString:
    """Return the icon as inline SVG, hidden from screen readers; arrows mirror in right-to-left pages.

    Raises KeyError for a name that is not in the set.
    """
    return format_html(
        '<svg class="icon{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="{}"/></svg>',
        " icon-mirrors" if name in _MIRRORS else "",
        mark_safe(_PATHS[name]),  # noqa: S308  # our own constant
    )
