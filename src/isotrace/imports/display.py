"""Imports as pages show them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Bad, Builder, Draft, Table, drafts, read
from isotrace.engine.mapping.suggest import targets
from isotrace.engine.mapping.texts import DATES, NUMBERS
from isotrace.engine.schema import registry
from isotrace.engine.text import Message
from isotrace.handling.forms import sentence
from isotrace.imports import editor
from isotrace.imports.models import BadRow, Batch, State
from isotrace.imports.queries import Sample
from isotrace.imports.rows import said

SAMPLES = 3
_TONES = {State.DONE: "good", State.FAILED: "bad", State.CANCELLED: "warn", State.WITHDRAWN: "warn"}
_REPORT = {
    "report.reference": "Your reference",
    "report.title": "Title of the report",
    "report.summary": "Summary of the report",
    "report.source_grade": "Source grade",
    "report.information_grade": "Information grade",
    "citation.title": "Where it was published",
    "citation.url": "Web address of the publication",
    "citation.retrieved": "When it was retrieved",
}


def choices(draft: editor.Draft) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a column can say, in groups: for each thing and link its properties, then the report."""
    groups = [(called(name, kind), list(_targets(name, kind))) for name, kind in draft.things.items()]
    groups += [(_link(name), list(_targets(name, name.partition(":")[0]))) for name in draft.links]
    return [*((label, pairs) for label, pairs in groups if pairs), (_("The report"), [(code, _(label)) for code, label in _REPORT.items()])]


def called(name: str, kind: str) -> str:
    """Return what a thing of a mapping is called on a page."""
    label = _(registry().kinds[kind].label)
    number = name.rpartition("_")[2]
    return f"{label} {number}" if number.isdigit() else label


def _link(name: str) -> str:
    return _(registry().kinds[name.partition(":")[0]].label)


def _targets(name: str, kind: str) -> Iterator[tuple[str, str]]:
    for path, prop, part in targets(kind):
        label = _(prop.label)
        yield f"{name}.{path}", f"{label}: {part}" if part else label


def columns(draft: editor.Draft, sample: Sample) -> list[dict[str, Any]]:
    """Return the columns of a file with a few of their values and what each says."""
    rows = []
    for number, name in enumerate(sample.columns):
        chosen = draft.columns.get(name, {})
        values = list(dict.fromkeys(_shown(row.cells.get(name, "")) for row in sample.rows))
        rows.append({"number": number, "name": name, "values": [value for value in values if value][:SAMPLES], **_ways(chosen)})
    return rows


def _shown(cell: Any) -> str:
    text = cell if isinstance(cell, str) else ", ".join(cell)
    return text if len(text) <= 60 else text[:59] + "…"


def _ways(chosen: Mapping[str, str]) -> dict[str, Any]:
    ways = {way: chosen.get(way, "") for way in editor.WAYS}
    return {"target": chosen.get("target", ""), **ways, "more": any(ways.values())}


def constants(draft: editor.Draft) -> list[dict[str, Any]]:
    """Return what is always the same, and two empty lines for more."""
    lines = [*draft.constants, ("", ""), ("", "")][: editor.MOST_CONSTANTS]
    return [{"number": number, "target": target, "value": value} for number, (target, value) in enumerate(lines)]


def links(draft: editor.Draft) -> list[dict[str, Any]]:
    """Return the links that can join the things, of the usual kinds first."""
    found = []
    for name in editor.possible(draft.things):
        kind, source, target = name.split(":")
        label = f"{_(registry().kinds[kind].label)}: {called(source, draft.things[source])} → {called(target, draft.things[target])}"
        found.append({"name": name, "label": label, "chosen": name in draft.links, "usual": name in draft.links or kind in editor.USUAL})
    return sorted(found, key=lambda each: not each["usual"])


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of thing that can be added."""
    return sorted(((kind.name, _(kind.label)) for kind in registry().things()), key=lambda pair: pair[1])


def ways() -> dict[str, Any]:
    """Return how dates and numbers can be written."""
    return {"dates": [("", "—"), *((c, _(t)) for c, t in DATES.items())], "numbers": [("", "—"), *((c, _(t)) for c, t in NUMBERS.items())]}


def preview(data: Any, table: Table, most: int) -> dict[str, Any]:
    """Return what the first rows would say by a mapping that is being made, or what is wrong with it."""
    try:
        builder = Builder(read(data), table)
        made = [each for each, _row in zip(drafts(table.rows, builder), range(most), strict=False)]
    except InputError as error:
        found = getattr(error, "errors", None) or [error]
        return {"problems": [f"{each.field}: {sentence(each.message)}" if each.field else sentence(each.message) for each in found[:20]]}
    return {"rows": [_bad(each) if isinstance(each, Bad) else _good(each) for each in made]}


def _good(draft: Draft) -> dict[str, Any]:
    things = [
        {"kind": called(name, each.kind), "said": list(properties(each.kind, each.properties))} for name, each in draft.things.items()
    ]
    return {"number": draft.number, "things": things, "errors": []}


def _bad(bad: Bad) -> dict[str, Any]:
    errors = [{"column": each.column, "value": each.value, "text": sentence(each.message)} for each in bad.errors]
    return {"number": bad.row.number, "things": [], "errors": errors}


def properties(kind: str, given: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield label and value of properties, in words."""
    for name, value in given.items():
        prop = registry().kinds[kind].properties.get(name)
        if prop is not None:
            yield {"label": _(prop.label), "value": _value(value, prop.choices or {})}


def _value(value: Any, labels: Mapping[str, str]) -> str:
    if value is None:
        return "—"
    if isinstance(value, list):
        return ", ".join(_value(each, labels) for each in value)
    if isinstance(value, dict):
        return " ".join(str(part) for name, part in value.items() if part not in (None, "") and name not in ("bq", "g", "usd"))
    return _(labels[value]) if value in labels else str(value)


def changes(batch: Batch) -> list[dict[str, Any]]:
    """Return examples of what an import would change or changed."""
    return [{**each, "changes": [_change(one) for one in each["changes"]]} for each in batch.examples]


def _change(one: Mapping[str, Any]) -> dict[str, str]:
    prop = registry().kinds[one["kind"]].properties.get(one["property"])
    labels = (prop.choices if prop else None) or {}
    label = _(prop.label) if prop else one["property"]
    return {"label": label, "before": _value(one["before"], labels), "after": _value(one["after"], labels)}


def bad_rows(rows: Sequence[BadRow]) -> list[dict[str, Any]]:
    """Return rows that were not taken, each with what is wrong."""
    return [{"number": row.number, "errors": [_error(error) for error in row.errors]} for row in rows]


def _error(error: Mapping[str, Any]) -> dict[str, str]:
    return {"column": error["column"], "value": error["value"], "text": said({**error, "column": ""}, sentence)}


def state(batch: Batch) -> dict[str, Any]:
    """Return how far a batch is, in words."""
    problem = Message(batch.problem["msgid"], batch.problem.get("params", {})) if batch.problem else None
    return {
        "label": batch.get_state_display(),
        "tone": _TONES.get(State(batch.state), "info"),
        "problem": sentence(problem) if problem else "",
        "running": batch.state in (State.CHECKING, State.RUNNING, State.WITHDRAWING),
        "can_run": batch.state == State.CHECKED and batch.new + batch.updated > 0,
        "can_cancel": batch.state in (State.CHECKING, State.CHECKED, State.RUNNING),
        "can_withdraw": batch.state == State.DONE,
    }
