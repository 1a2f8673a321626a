"""What a person or a program hands in as one incident: the event, its material, and who was involved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.schema import PartialDate, SchemaErrors, registry
from isotrace.engine.schema.said import check_status, under
from isotrace.engine.text import N_
from isotrace.handling.envelopes import Choice

EVENT_DATES = registry().kinds["RadiologicalIncident"].dates
GROUNDS = {"conviction": N_("Previous conviction"), "other_reasonable": N_("Other reasonable grounds")}


@dataclass(frozen=True, slots=True)
class Involved:
    """A person, the part he had, and the assessment of his authority: {"number", "author", "date", "ground", "narrative"}."""

    person: Mapping[str, Any]
    involvement: Mapping[str, Any]
    assessment: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filing:
    """One form: it files a report on the event and, where a person is involved, a second one under its own envelope."""

    incident: Mapping[str, Any]
    materials: tuple[Mapping[str, Any], ...] = ()
    involved: Involved | None = None
    envelope: Choice = field(default_factory=Choice)
    persons_envelope: Choice = field(default_factory=Choice)
    lawful: bool = False
    kind: str = "police"
    reference: str = ""
    countable: bool = False
    citations: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A filing whose every value was cleaned by the schema registry."""

    incident: dict[str, Any]
    materials: tuple[dict[str, Any], ...]
    person: dict[str, Any] | None
    involvement: dict[str, Any] | None
    assessment: dict[str, Any]


def check(filing: Filing) -> Checked:
    """Clean a filing. Raises SchemaErrors with every error, its field named incident.*, materials.N.*, person.* and so on."""
    errors: list[InputError] = []
    if filing.kind == "open_source" and not filing.citations:
        errors.append(InputError(N_("Say where it was published: what is public is cited."), field="citations"))
    found: dict[str, Any] = {"materials": [], "person": None, "involvement": None, "assessment": {}}
    with under("incident", errors):
        found["incident"] = registry().clean("RadiologicalIncident", filing.incident)
        check_dates("RadiologicalIncident", found["incident"])
    for number, material in enumerate(filing.materials):
        with under(f"materials.{number}", errors):
            found["materials"].append(registry().clean("RadioactiveMaterial", material))
    if filing.involved:
        with under("person", errors):
            found["person"] = registry().clean("Person", filing.involved.person)
            check_dates("Person", found["person"])
        with under("involvement", errors):
            found["involvement"] = registry().clean("Involvement", filing.involved.involvement)
            check_status(found["involvement"])
        with under("assessment", errors):
            found["assessment"] = check_assessment(filing.involved.assessment)
    if errors:
        raise SchemaErrors(errors)
    return Checked(**(found | {"materials": tuple(found["materials"])}))


def check_dates(kind: str, properties: Mapping[str, Any]) -> None:
    """Refuse what happened tomorrow. Raises SchemaErrors naming each date."""
    errors: list[InputError] = [InputError(N_("This date is in the future. Check it."), field=name) for name in _ahead(kind, properties)]
    if errors:
        raise SchemaErrors(errors)


def _ahead(kind: str, properties: Mapping[str, Any]) -> Iterator[str]:
    """Yield the properties whose date lies ahead and is of what happened already."""
    for name, prop in registry().kinds[kind].properties.items():
        dated = prop.type == "partial_date" and not prop.future and name in properties
        if dated and PartialDate.parse(properties[name]).first > clock.today():
            yield name


def check_assessment(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The authority's assessment as it is kept; empty when nothing was entered."""
    given = {name: str(raw.get(name) or "").strip() for name in ("number", "author", "date", "ground", "narrative")}
    if not any(given.values()):
        return {}
    for name in ("number", "author", "date"):
        if not given[name]:
            raise InputError(N_("An assessment has a number, an author and a date. Fill this in, or leave the whole out."), field=name)
    if given["ground"] and given["ground"] not in GROUNDS:
        raise InputError(N_("Choose the ground from the list."), field="ground")
    if _day(given["date"]) > clock.today():
        raise InputError(N_("This date is in the future. Check it."), field="date")
    if len(given["number"]) > 80 or len(given["author"]) > 200 or len(given["narrative"]) > 20_000:
        raise InputError(N_("This is too long. Shorten it."), field="narrative")
    if any("\x00" in text for text in given.values()):
        raise InputError(N_("Take out the NUL character."), field="narrative")
    return {name: text for name, text in given.items() if text}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(N_("Write the date as YYYY-MM-DD."), field="date") from None


def event_span(incident: Mapping[str, Any]) -> tuple[str, date | None, date | None]:
    """Return what is known of when it happened: as written, the first and the last day; the event's own date counts first."""
    return span(incident, EVENT_DATES)


def span(properties: Mapping[str, Any], dates: Sequence[str]) -> tuple[str, date | None, date | None]:
    """Return the first of `dates` that is told: as written, its first and its last day."""
    for name in dates:
        if name in properties:
            when = PartialDate.parse(properties[name])
            return str(when), when.first, when.last
    return "", None, None


def material_codes(materials: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what the materials are as codes, each once: the nuclide, else the named material, else the type."""
    return list(dict.fromkeys(str(m.get("nuclide") or m.get("named_material") or m["material_type"]) for m in materials))


def material_label(materials: Iterable[Mapping[str, Any]]) -> str:
    """Return what the materials are in a few words, for lists."""
    return ", ".join(material_codes(materials))[:120]
