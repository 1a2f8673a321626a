"""Checking a mapping against the kinds before anything is read by it."""

import re
from collections.abc import Mapping
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.mapping.spec import FORMAT, Joint, RowMapping, Thing, Value
from isotrace.engine.mapping.texts import DATES, NUMBERS
from isotrace.engine.schema import SchemaErrors, registry
from isotrace.engine.schema.plain import SHORT, clean_text, shown
from isotrace.engine.text import N_

REPORT = ("title", "reference", "summary", "source_grade", "information_grade")
"""What a row can say of its report, beside citations."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "point": ("lat", "lon", "precision"),
    "activity": ("value", "unit", "at"),
    "mass": ("value", "unit"),
    "document": ("number", "kind", "country"),
    "price": ("amount", "currency"),
}
"""The parts of each value object."""
OTHERWISE = ("keep", "blank", "refuse")
"""What becomes of a value that a map does not name."""
MOST_THINGS, MOST_LINKS, MOST_MAPPED, MOST_CITATIONS = 40, 80, 2_000, 10
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read(raw: Any) -> RowMapping:
    """Check a mapping as JSON holds it. Raises SchemaErrors with all that is wrong, each naming its place, as things.person.names."""
    errors: list[InputError] = []
    top = _object(raw, {"format", "things", "links", "report", "citations", "key", "namespace"}, "", errors)
    if top.get("format", FORMAT) != FORMAT:
        errors.append(InputError(N_("This mapping was written for another release. Make it anew on the page."), field="format"))
    things = _things(top.get("things"), errors)
    made = RowMapping(
        things=things,
        links=_links(top.get("links", []), things, errors),
        report=_values(top.get("report", {}), "report", dict.fromkeys(REPORT, "text"), errors),
        citations=_citations(top.get("citations", []), errors),
        key=_value(top.get("key"), "key", "text", errors) if top.get("key") else Value(),
        namespace=_namespace(top.get("namespace", ""), errors),
    )
    if errors:
        raise SchemaErrors(errors)
    return made


def _error(errors: list[InputError], place: str, sentence: str, **params: Any) -> None:
    errors.append(InputError(sentence, field=place, **params))


def _object(raw: Any, known: set[str], place: str, errors: list[InputError]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        _error(errors, place, N_("Here stands an object with names and values. Make the mapping on the page, or mend it."))
        return {}
    for name in raw:
        if name not in known:
            sentence = N_("%(name)s means nothing here. Known are: %(known)s.")
            _error(errors, place, sentence, name=shown(name), known=", ".join(sorted(known)))
    return {name: value for name, value in raw.items() if name in known}


def _things(raw: Any, errors: list[InputError]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    if not isinstance(raw, Mapping) or not 0 < len(raw) <= MOST_THINGS:
        _error(errors, "things", N_("A mapping says what at least one thing is made of, and at most %(most)d."), most=MOST_THINGS)
        return found
    for name, each in raw.items():
        place = f"things.{shown(name)}"
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            _error(errors, place, N_("Name a thing with small letters, digits and low lines, as person_2."))
            continue
        parts = _object(each, {"kind", "properties"}, place, errors)
        kind = _kind(parts.get("kind"), place, errors, link=False)
        known = {key: prop.type for key, prop in registry().kinds[kind].properties.items()} if kind else {}
        found[name] = Thing(kind, _values(parts.get("properties", {}), place, known, errors) if kind else {})
    return found


def _kind(raw: Any, place: str, errors: list[InputError], *, link: bool) -> str:
    known = [kind.name for kind in (registry().links() if link else registry().things())]
    if isinstance(raw, str) and raw in known:
        return raw
    _error(errors, place, N_("%(kind)s is not a kind of thing here. Choose one of %(kinds)s."), kind=shown(raw), kinds=", ".join(known))
    return ""


def _links(raw: Any, things: Mapping[str, Thing], errors: list[InputError]) -> tuple[Joint, ...]:
    if not isinstance(raw, list | tuple) or len(raw) > MOST_LINKS:
        _error(errors, "links", N_("Links are a list of at most %(most)d."), most=MOST_LINKS)
        return ()
    return tuple(made for place, each in enumerate(raw) if (made := _link(each, f"links.{place}", things, errors)))


def _link(raw: Any, place: str, things: Mapping[str, Thing], errors: list[InputError]) -> Joint | None:
    parts = _object(raw, {"kind", "source", "target", "properties"}, place, errors)
    kind = _kind(parts.get("kind"), place, errors, link=True)
    ends = registry().kinds[kind].link if kind else None
    if ends is None:
        return None
    for end, wanted in (("source", ends.source), ("target", ends.target)):
        thing = things.get(str(parts.get(end)))
        if thing is None or not fits(thing.kind, wanted):
            _error(errors, f"{place}.{end}", N_("This link needs a thing of the kind %(kind)s here."), kind=wanted)
            return None
    known = {key: prop.type for key, prop in registry().kinds[kind].properties.items()}
    return Joint(kind, parts["source"], parts["target"], _values(parts.get("properties", {}), place, known, errors))


def fits(kind: str, wanted: str) -> bool:
    """Whether a thing of a kind can be an end of a link that wants another."""
    return kind in registry().kinds and registry().kinds[kind].is_a(wanted)


def _values(raw: Any, place: str, known: Mapping[str, str], errors: list[InputError]) -> dict[str, Value]:
    parts = _object(raw, set(known), place, errors)
    return {name: _value(each, f"{place}.{name}", known[name], errors) for name, each in parts.items()}


def _citations(raw: Any, errors: list[InputError]) -> tuple[Mapping[str, Value], ...]:
    if not isinstance(raw, list | tuple) or len(raw) > MOST_CITATIONS:
        _error(errors, "citations", N_("Citations are a list of at most %(most)d."), most=MOST_CITATIONS)
        return ()
    known = {"title": "text", "url": "url", "retrieved": "partial_date"}
    return tuple(_values(each, f"citations.{place}", known, errors) for place, each in enumerate(raw))


def _namespace(raw: Any, errors: list[InputError]) -> str:
    try:
        return clean_text(raw, 60)
    except InputError as error:
        error.field = "namespace"
        errors.append(error)
        return ""


_SOURCES = ("column", "constant", "template", "parts", "first")
_WAYS = {"map", "otherwise", "split", "dates", "numbers", "when"}


def _value(raw: Any, place: str, kind: str, errors: list[InputError], depth: int = 0) -> Value:
    parts = _object(raw, {*_SOURCES, *_WAYS}, place, errors)
    if sum(bool(parts.get(name)) for name in _SOURCES) != 1 or depth > 2:
        _error(errors, place, N_("Say where this comes from: one column, constant, template, its parts, or the first of several."))
        return Value()
    if parts.get("parts") and kind not in PARTS:
        _error(errors, place, N_("This has no parts. Give it a column."))
        return Value()
    text = {name: _text(parts.get(name, ""), f"{place}.{name}", errors) for name in ("column", "constant", "template", "split")}
    return Value(
        **text,
        parts=_inner(parts.get("parts") or {}, place, kind, errors, depth),
        first=_alternatives(parts.get("first") or [], place, kind, errors, depth),
        map=_map(parts.get("map") or {}, f"{place}.map", errors),
        otherwise=_one_of(parts.get("otherwise", "keep"), OTHERWISE, f"{place}.otherwise", errors),
        dates=_one_of(parts.get("dates", ""), ("", *DATES), f"{place}.dates", errors),
        numbers=_one_of(parts.get("numbers", ""), ("", *NUMBERS), f"{place}.numbers", errors),
        when=_when(parts.get("when"), f"{place}.when", errors),
    )


def _text(raw: Any, place: str, errors: list[InputError]) -> str:
    if isinstance(raw, str) and len(raw) <= SHORT and "\x00" not in raw:
        return raw
    _error(errors, place, N_("Write this as text of at most %(most)d characters."), most=SHORT)
    return ""


def _inner(raw: Any, place: str, kind: str, errors: list[InputError], depth: int) -> dict[str, Value]:
    if not raw:
        return {}
    parts = _object(raw, set(PARTS[kind]), place, errors)
    return {name: _value(each, f"{place}.{name}", "text", errors, depth + 1) for name, each in parts.items()}


def _alternatives(raw: Any, place: str, kind: str, errors: list[InputError], depth: int) -> tuple[Value, ...]:
    if not isinstance(raw, list | tuple) or len(raw) > MOST_CITATIONS:
        _error(errors, f"{place}.first", N_("This is a list of at most %(most)d."), most=MOST_CITATIONS)
        return ()
    return tuple(_value(each, f"{place}.first.{number}", kind, errors, depth + 1) for number, each in enumerate(raw))


def _map(raw: Any, place: str, errors: list[InputError]) -> dict[str, str]:
    if not isinstance(raw, Mapping) or len(raw) > MOST_MAPPED:
        _error(errors, place, N_("This replaces at most %(most)d values by others."), most=MOST_MAPPED)
        return {}
    return {_text(key, place, errors).strip().casefold(): _text(value, place, errors) for key, value in raw.items()}


def _one_of(raw: Any, known: tuple[str, ...], place: str, errors: list[InputError]) -> str:
    if isinstance(raw, str) and raw in known:
        return raw
    _error(errors, place, N_("%(value)s is not one of the choices: %(choices)s."), value=shown(raw), choices=", ".join(filter(None, known)))
    return known[0]


def _when(raw: Any, place: str, errors: list[InputError]) -> tuple[str, tuple[str, ...]] | None:
    if raw is None:
        return None
    parts = _object(raw, {"column", "is"}, place, errors)
    wanted = parts.get("is")
    if not isinstance(wanted, list | tuple) or not 0 < len(wanted) <= MOST_MAPPED or not parts.get("column"):
        _error(errors, place, N_("Name a column and a list of the values that it must have."))
        return None
    column = _text(parts["column"], place, errors)
    return column, tuple(_text(each, place, errors).strip().casefold() for each in wanted)
