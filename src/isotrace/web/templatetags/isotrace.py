"""The components of the face: `{% load isotrace %}`. Each takes plain values, mappings or objects with the same names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from isotrace.engine import clock as engine_clock
from isotrace.engine.policy import CLASSIFICATION_LABELS, Classification
from isotrace.web import formats, icons
from isotrace.web.bands import BANDS
from isotrace.web.say import say as say_message

register = template.Library()

register.filter("moment", formats.moment)
register.filter("partial_date", formats.partial_date)
register.filter("country", formats.country)
register.filter("activity", formats.activity)
register.filter("say", say_message)
register.simple_tag(icons.icon, name="icon")

TONES = ("still", "good", "warn", "bad", "info")
_MESSAGE_ICONS = {"success": "check", "warning": "warning", "error": "warning"}


def _of(thing: Any, name: str, default: Any = None) -> Any:
    """Read `name` from a mapping or an object."""
    found = thing.get(name, default) if isinstance(thing, Mapping) else getattr(thing, name, default)
    return default if found is None else found


@register.filter
def bdi(value: Any) -> SafeString | str:
    """Wrap a name or a document number in `<bdi>`, so that it keeps its own direction; nothing for nothing."""
    return "" if value in (None, "") else format_html("<bdi>{}</bdi>", value)


@register.filter
def inline_svg(document: str) -> SafeString:
    """Show an SVG document that the server itself drew (the picture of an authenticator's secret); never one from outside."""
    return mark_safe(document[document.index("<svg") :])  # noqa: S308  # drawn by our own server


@register.simple_tag
def mark() -> SafeString:
    """Return the product's own mark as inline SVG."""
    return mark_safe(
        '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-width="2.25" '
        'stroke-linecap="round"><path d="M28.5 13A13 13 0 1 0 18.7 28.7"/><path d="M22.5 13.5A7 7 0 1 0 17.3 22.7"/></g>'
        '<circle cx="15.5" cy="16" r="2.25" class="mark-dot"/><g class="mark-dot"><circle cx="19.8" cy="20" r="1.25"/>'
        '<circle cx="23.4" cy="23.4" r="1.25"/><circle cx="27" cy="26.8" r="1.25"/></g></svg>'
    )


@register.inclusion_tag("web/components/marking.html")
def marking(record: Any, place: str = "top") -> dict[str, Any]:
    """Show classification and owner of `record` (`.classification`, `.owner`); `place` is top or bottom (print repeats both)."""
    level = Classification(_of(record, "classification", Classification.OFFICIAL_USE_ONLY))
    return {"level": level.name.lower(), "label": _(CLASSIFICATION_LABELS[level]), "owner": _of(record, "owner", ""), "place": place}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Show "There is a problem" with a link to each field at fault; nothing for a form without errors."""
    if not form or not form.errors:
        return {"problems": []}
    problems = [{"text": error, "target": ""} for error in form.non_field_errors()]
    for field in form:
        target = f"{field.auto_id}_group" if field.use_fieldset else field.id_for_label
        problems += [
            {"text": _("%(field)s: %(error)s") % {"field": field.label, "error": error}, "target": target} for error in field.errors
        ]
    return {"problems": problems}


@register.inclusion_tag("web/components/form.html", takes_context=True)
def whole_form(
    context: template.Context, form: Any, submit: str, action: str = "", method: str = "post", cancel: str = "", tone: str = ""
) -> dict[str, Any]:
    """Show error summary, fields and button of `form`; `cancel` is an address, `tone` "serious" for a grave step."""
    files = form.is_multipart()
    return {
        **_csrf(context),
        "form": form,
        "submit": submit,
        "action": action,
        "method": method,
        "cancel": cancel,
        "tone": tone,
        "files": files,
    }


def _csrf(context: template.Context) -> dict[str, Any]:
    return {"csrf_token": context.get("csrf_token")}


@register.simple_tag
def tag(text: Any, tone: str = "still", icon: str = "") -> SafeString:
    """Show a short word in a box: `tone` is still, good, warn, bad or info; the word says it, colour only helps."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"A tag's tone is one of {', '.join(TONES)}, not {tone!r}.")
    return format_html('<span class="tag tag-{}">{}{}</span>', tone, icons.icon(icon) if icon else "", text)


@register.simple_tag
def clock(due: datetime | None) -> SafeString | str:
    """Show how long is left until `due` ("due in 3 h", "overdue by 2 d"); nothing for no deadline."""
    if due is None:
        return ""
    hours = (due - engine_clock.now()).total_seconds() / 3600
    tone = "bad" if hours < 0 else "warn" if hours < 4 else "still"
    return tag(formats.due(hours), tone, "clock")


@register.inclusion_tag("web/components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> dict[str, Any]:
    """Show rows of (label, value) or of {label, value, url, action}; rows without a value are left out."""
    whole = [dict(zip(("label", "value"), row, strict=True)) if isinstance(row, tuple | list) else row for row in rows]
    return {"rows": [row for row in whole if _of(row, "value", "") != ""]}


@register.simple_block_tag(end_name="endrow")
def row(content: str, label: str) -> SafeString | str:
    """Show one row of a `<dl class="summary">`; left out when its content is blank."""
    if not content.strip():
        return ""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, mark_safe(content.strip()))  # noqa: S308  # rendered by the template


@register.inclusion_tag("web/components/task_list.html")
def task_list(tasks: Iterable[Any]) -> dict[str, Any]:
    """Show tasks {title, url, detail, due, tag, tone}, each with its clock."""
    return {"tasks": tasks}


@register.inclusion_tag("web/components/conditions.html")
def conditions(rows: Iterable[Any]) -> dict[str, Any]:
    """Show conditions {text, met, missing, binding, url} as met, missing or advice, in words and by icon."""
    return {"rows": [_condition(each) for each in rows]}


def _condition(each: Any) -> dict[str, Any]:
    met = bool(_of(each, "met"))
    state = "met" if met else "missing" if _of(each, "binding", True) else "advice"
    return {"state": state, "text": _of(each, "text", ""), "missing": "" if met else _of(each, "missing", ""), "url": _of(each, "url", "")}


@register.inclusion_tag("web/components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Show what happened: entries {title, at, who, text, url}, in the order given."""
    return {"entries": entries}


@register.inclusion_tag("web/components/messages.html", takes_context=True)
def messages_list(context: template.Context) -> dict[str, Any]:
    """Show Django's messages of this request, once."""
    request = context.get("request")
    found = get_messages(request) if request is not None and hasattr(request, "_messages") else []
    return {"rows": [{"text": each, "tone": each.level_tag, "icon": _MESSAGE_ICONS.get(each.level_tag, "info")} for each in found]}


@register.inclusion_tag("web/components/data_table.html")
def data_table(caption: str, columns: Sequence[Any], rows: Iterable[Any], show_caption: bool = True) -> dict[str, Any]:
    """Show rows {key: value, "url": address of the row} under columns (key, label[, kind]); cards on a narrow screen.

    `kind` is text, number, moment, partial_date, country, name or activity; the first column carries the row's link.
    """
    heads = [{"key": column[0], "label": column[1], "kind": column[2] if len(column) > 2 else "text"} for column in columns]
    body = [{"url": _of(row, "url", ""), "cells": [{**head, "value": _of(row, head["key"], "")} for head in heads]} for row in rows]
    return {"caption": caption, "heads": heads, "rows": body, "show_caption": show_caption}


@register.filter
def cell(value: Any, kind: str) -> Any:
    """Return `value` as its kind is shown in a table."""
    shown: dict[str, Callable[[Any], Any]] = {
        "moment": formats.moment,
        "partial_date": formats.partial_date,
        "country": formats.country,
        "name": bdi,
        "activity": formats.activity,
    }
    return shown[kind](value) if kind in shown else say_message(value)


@register.inclusion_tag("web/components/pager.html")
def pager(older: str | None = None, newer: str | None = None) -> dict[str, Any]:
    """Show "Newer" and "Older"; each an address or nothing. With neither, nothing is shown."""
    return {"older": older, "newer": newer}


@register.inclusion_tag("web/components/filter_panel.html")
def filter_panel(form: Any, chips: Iterable[Any] = (), is_open: bool = False) -> dict[str, Any]:
    """Show a GET form of filters, closed until asked for, and the active ones as chips {label, url} that take them off."""
    return {"form": form, "chips": list(chips), "is_open": is_open or bool(form.errors)}


@register.inclusion_tag("web/components/who_sees.html")
def who_sees(lines: Iterable[Any]) -> dict[str, Any]:
    """Show "Who can see this and why", one reason a line (sentences or engine messages)."""
    return {"lines": lines}


@register.inclusion_tag("web/components/tiles.html")
def tiles(figures: Iterable[Any]) -> dict[str, Any]:
    """Show figures {value, label, detail, url, tone}."""
    return {"figures": figures}


@register.inclusion_tag("web/components/incident_map.html")
def incident_map(incidents: Iterable[Mapping[str, Any]], name: str = "incidents") -> dict[str, Any]:
    """Show incidents {id, url, title, lat, lon, date, kind, sample} on a world map; the page shows the equal list itself.

    `name` keeps two maps of one page apart. Without JavaScript only the note about borders remains.
    """
    return {"incidents": list(incidents), "id": name, "data_id": f"{name}-data"}


@register.inclusion_tag("web/components/point_picker.html")
def point_picker(latitude_id: str, longitude_id: str) -> dict[str, Any]:
    """Show a map beside two number fields, named by their ids: a click or the arrow keys write them, typing moves the point."""
    return {"latitude_id": latitude_id, "longitude_id": longitude_id}


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content: str, title: str) -> SafeString:
    """Say what would be here (`title`) and how to begin (the content)."""
    return format_html('<div class="empty"><h2>{}</h2>{}</div>', title, mark_safe(content))  # noqa: S308  # rendered by the template


@register.simple_block_tag(end_name="endinterruption")
def interruption(content: str, title: str) -> SafeString:
    """Ask before a serious step: say what will happen; the content holds the form and the way back."""
    return format_html(
        '<div class="interruption">{}<h1>{}</h1>{}</div>',
        icons.icon("warning"),
        title,
        mark_safe(content),  # noqa: S308  # rendered by the template
    )


@register.simple_block_tag(end_name="endband")
def band(content: str, code: str, level: int = 2, big: bool = True) -> SafeString:
    """Show the answer of a border check: `code` is document_match, identity_likely, same_name or no_match.

    Raises TemplateSyntaxError for another code. The content (reasons, next steps) stands under headline and explanation.
    """
    code = str(getattr(code, "value", code))
    if code not in BANDS:
        raise template.TemplateSyntaxError(f"No band {code!r}.")
    found = BANDS[code]
    return format_html(
        '<section class="band band-{}{}">{}<div class="band-text"><h{}>{}</h{}><p>{}</p>{}</div></section>',
        code,
        " band-big" if big else "",
        icons.icon(found.icon),
        level,
        _(found.headline),
        level,
        _(found.explanation),
        mark_safe(content),  # noqa: S308  # rendered by the template
    )


@register.filter
def caveat_tag(label: Any) -> SafeString:
    """Show a caveat of a person as a small tag, for lists."""
    return tag(say_message(label), "warn", "warning")


@register.inclusion_tag("web/components/caveats.html")
def caveats(lines: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Show what is said first of a person: caveats, each with what it means; nothing for nobody's."""
    return {"lines": list(lines)}


@register.filter
def band_tag(code: Any) -> SafeString:
    """Show a band as a small tag, for lists of hits."""
    found = BANDS[str(getattr(code, "value", code))]
    return tag(conditional_escape(_(found.headline)), found.tone, found.icon)
