"""What a report says, whole: things of any kind, links among them, how sure each is, and what that asks of the report."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.schema.model import Kind, SchemaErrors
from isotrace.engine.schema.registry import registry
from isotrace.engine.text import N_

STATEMENTS: Mapping[str, str] = {
    "fact": N_("Fact, as whoever reports it states it"),
    "assessment": N_("Assessment"),
    "hypothesis": N_("Hypothesis"),
    "hearsay": N_("Hearsay"),
}
"""What kind of statement it is (police-rules R2.22) → its label."""
ENDED = ("acquitted", "charges_dropped")
"""The statuses of a person with which proceedings ended without a conviction (R4.08)."""
CONFIDENTIAL = 3
MOST = 500
"""Most things, and most links, of one report."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a report says of one thing; `key` is the filing's own name of it, for links. No `statement` leaves it to its kind."""

    kind: str
    properties: Mapping[str, Any]
    key: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """How two things of the same filing belong together: `source` and `target` are their keys."""

    kind: str
    source: str
    target: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    statement: str = ""


@contextmanager
def under(prefix: str, errors: list[InputError]) -> Iterator[None]:
    """Collect the errors of a part, their fields named below `prefix`."""
    try:
        yield
    except InputError as error:
        for each in getattr(error, "errors", None) or [error]:
            each.field = f"{prefix}.{each.field}" if each.field else prefix
            errors.append(each)


def statement(kind: str, properties: Mapping[str, Any], given: str) -> str:
    """Return the kind of statement: as given, else fact, but assessment for a possible threat. Raises InputError for another word."""
    if not given:
        return "assessment" if kind == "Involvement" and properties.get("status") == "possible_threat" else "fact"
    if given not in STATEMENTS:
        raise InputError(N_("Say whether it is a fact, an assessment, a hypothesis or hearsay."), field="statement")
    return given


def clean(things: Sequence[Thing], ties: Sequence[Tie]) -> tuple[list[Thing], list[Tie]]:
    """Return everything as it is kept. Raises SchemaErrors with all that is wrong, its fields named things.N.* and links.N.*."""
    errors: list[InputError] = []
    if not things:
        errors.append(InputError(N_("Say at least one thing."), field="things"))
    if len(things) > MOST or len(ties) > MOST:
        raise SchemaErrors([InputError(N_("One report says at most %(most)d things. File several reports."), field="things", most=MOST)])
    clean_things: list[Thing] = []
    clean_ties: list[Tie] = []
    for number, thing in enumerate(things):
        with under(f"things.{number}", errors):
            clean_things.append(_thing(thing))
    by_key = _by_key(things, errors)
    for number, tie in enumerate(ties):
        with under(f"links.{number}", errors):
            clean_ties.append(_tie(tie, by_key))
    errors.extend(without_status(things, ties))
    if errors:
        raise SchemaErrors(errors)
    return clean_things, clean_ties


def _thing(thing: Thing) -> Thing:
    if registry().kind(thing.kind).link:
        raise InputError(N_("%(kind)s joins two things: send it among the links."), kind=thing.kind)
    properties = registry().clean(thing.kind, thing.properties)
    return replace(thing, properties=properties, statement=statement(thing.kind, properties, thing.statement))


def _by_key(things: Sequence[Thing], errors: list[InputError]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for number, thing in enumerate(things):
        if thing.key and thing.key in found:
            errors.append(InputError(N_("Two things have this key. Give each a key of its own."), field=f"things.{number}.key"))
        found.setdefault(thing.key, thing)
    return found


def _tie(tie: Tie, things: Mapping[str, Thing]) -> Tie:
    kind = registry().kind(tie.kind)
    if kind.link is None:
        raise InputError(N_("%(kind)s is a thing: send it among the things."), kind=tie.kind)
    for name, key, wanted in (("source", tie.source, kind.link.source), ("target", tie.target, kind.link.target)):
        _fits(name, things.get(key) if key else None, wanted)
    if tie.source == tie.target:
        raise InputError(N_("A thing is not joined to itself. Choose another one."), field="target")
    properties = registry().clean(tie.kind, tie.properties)
    check_status(properties)
    return replace(tie, properties=properties, statement=statement(tie.kind, properties, tie.statement))


def check_status(properties: Mapping[str, Any]) -> None:
    """Raise InputError for an involvement that is filed of somebody whose proceedings ended without a conviction (R4.08)."""
    if properties.get("status") in ENDED:
        raise InputError(
            N_("Whoever was acquitted or is no longer charged is not recorded anew. If another case stands, choose the status in it."),
            field="status",
        )


def _fits(name: str, thing: Thing | None, wanted: str) -> None:
    if thing is None:
        raise InputError(N_("Choose one of the report's things here; a program sends its key."), field=name)
    if thing.kind in registry().kinds and not registry().kinds[thing.kind].is_a(wanted):
        raise InputError(N_("This link does not take a %(kind)s here, but a %(wanted)s."), field=name, kind=thing.kind, wanted=wanted)


def without_status(things: Sequence[Thing], ties: Sequence[Tie]) -> Iterator[InputError]:
    """Yield an error for every person without a status and a part in something that happened (R2.11, R2.12)."""
    told = {tie.source for tie in ties if tie.kind == "Involvement"}
    for number, thing in enumerate(things):
        kind = registry().kinds.get(thing.kind)
        if kind is not None and kind.handling.nominal and (not thing.key or thing.key not in told):
            yield InputError(
                N_("Say which part the person had in what happened, and his or her status: add the link “Involvement”."),
                field=f"things.{number}",
            )


def personal(things: Sequence[str]) -> bool:
    """Whether things of these kinds are data on persons, which end."""
    return any(_known(name).handling.personal for name in things if name in registry().kinds)


def _known(name: str) -> Kind:
    return registry().kinds[name]


def too_low(kind: str, properties: Mapping[str, Any], marking: int) -> Iterator[InputError]:
    """Yield an error for everything that a thing or link says and a report of `marking` (1 to 3) does not (the properties' `marking`)."""
    known = registry().kinds.get(kind)
    if known is None:
        return
    if marking < known.handling.marking:
        yield InputError(N_("This is said in a report marked CONFIDENTIAL only. Raise the marking of the report."))
    for name in properties:
        if name in known.properties and marking < known.properties[name].marking:
            yield InputError(
                N_(
                    "This is said in a report marked CONFIDENTIAL only. Leave it out, or raise the marking; "
                    "below it a facility shows its municipality."
                ),
                field=name,
            )


def inventory(tie: Tie, target: str, marking: int) -> Iterator[InputError]:
    """Yield an error for material that a facility holds now, in a report below CONFIDENTIAL: that is its inventory."""
    held = tie.kind == "Custody" and target in registry().kinds and _known(target).is_a("Facility") and "end_date" not in tie.properties
    if held and marking < CONFIDENTIAL:
        yield InputError(
            N_("What a facility holds now is said in a report marked CONFIDENTIAL only. Say until when it held it, or raise the marking."),
            field="end_date",
        )


def asks(things: Sequence[Thing], ties: Sequence[Tie], *, marking: int, named: bool) -> Iterator[InputError]:
    """Yield what stands against saying all this in a report of `marking` whose readers are `named` one by one, or are not."""
    kinds = {thing.key: thing.kind for thing in things}
    for number, thing in enumerate(things):
        for error in too_low(thing.kind, thing.properties, marking):
            error.field = f"things.{number}.{error.field}".rstrip(".")
            yield error
    for number, tie in enumerate(ties):
        for error in (*too_low(tie.kind, tie.properties, marking), *inventory(tie, kinds.get(tie.target, ""), marking)):
            error.field = f"links.{number}.{error.field}".rstrip(".")
            yield error
    if not named and any(_known(thing.kind).handling.named_readers for thing in things if thing.kind in registry().kinds):
        yield InputError(
            N_("A vulnerability has named readers. Choose “only these” and name countries, organisations or communities."),
            field="envelope.audience",
        )
