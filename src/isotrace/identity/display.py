"""What profiles, comparisons and judgements look like on pages: labels from the schema registry, values for the template to format."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from isotrace.engine.identity.comparing import compared, reasons
from isotrace.engine.identity.facts import Beside, Fact, Says, beside, gathered
from isotrace.engine.identity.judging import Contradiction
from isotrace.engine.identity.sharing import Common, Suggestion
from isotrace.engine.policy import Viewer
from isotrace.engine.projection import numbers_of
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import STATEMENTS
from isotrace.handling.forms import sentence
from isotrace.identity.models import Judgement
from isotrace.identity.pool import PERSON, person
from isotrace.identity.queries import Profile
from isotrace.identity.suggesting import Shared, Suggested
from isotrace.records.models import Entity, Grading, Link
from isotrace.records.said_display import rows_of, value_of, values_of

MOST_SAYERS = 4
"""Reports named beside a value; of more it is said how many."""
MOST_VALUES = 40
TONES = {"same": "good", "different": "warn", "undecided": "still"}


def named(entity: Entity) -> str:
    """Return what one entry is called."""
    kind = registry().kinds.get(entity.kind)
    return _(kind.headline_of(entity.properties)) if kind else entity.kind


def kind_label(entity: Entity) -> str:
    """Return the name of a thing's kind."""
    kind = registry().kinds.get(entity.kind)
    return _(kind.label) if kind else entity.kind


def entry(entity: Entity, grade: Grading | None = None) -> dict[str, Any]:
    """Return one entry with who says so: its name, its report, the report's owner, when it was filed and how it was graded last."""
    report = entity.report
    return {
        "id": entity.id,
        "name": named(entity),
        "kind": kind_label(entity),
        "statement": "" if entity.statement == "fact" else _(STATEMENTS[entity.statement]),
        "url": reverse("profile", args=[entity.id]),
        "report": reverse("report", args=[report.id]),
        "title": report.title,
        "owner": report.owner.name,
        "when": report.event_text,
        "filed": report.filed_at,
        "grade": f"{grade.source_grade}{grade.information_grade}" if grade else "",
    }


def entries(found: Profile) -> list[dict[str, Any]]:
    """Return every entry of a profile, the newest first."""
    return [entry(each, found.grades.get(each.report_id)) for each in found.things]


def facts(found: Profile) -> list[dict[str, Any]]:
    """Return what the entries say, property by property, each value with who says so and where sources differ."""
    by_id = {each.id: each for each in found.things}
    rows = []
    for each in gathered(Says(thing.id, thing.kind, thing.properties) for thing in found.things):
        shown = each.values[:MOST_VALUES]
        values = [{**value_of(each.property, fact.value), **_sayers(fact, by_id)} for fact in shown]
        rows.append({"label": _(each.property.label), "differ": each.differ, "values": values, "more": len(each.values) - len(shown)})
    return rows


def _sayers(fact: Fact, by_id: Mapping[uuid.UUID, Entity]) -> dict[str, Any]:
    said = [by_id[one].report for one in fact.by]
    by = [{"owner": report.owner.name, "url": reverse("report", args=[report.id])} for report in said[:MOST_SAYERS]]
    return {"by": by, "more_by": len(said) - len(by)}


def links(found: Profile) -> list[dict[str, Any]]:
    """Return how the entries belong together with other things, each link with what it says and its report."""
    by_id = {each.id: each for each in found.things}
    return [_link(each, by_id) for each in found.links]


def _link(link: Link, by_id: Mapping[uuid.UUID, Entity]) -> dict[str, Any]:
    other = link.target if link.source_id in by_id else link.source
    kind = registry().kinds.get(link.kind)
    return {
        "label": _(kind.label) if kind else link.kind,
        "name": named(other),
        "kind": kind_label(other),
        "url": reverse("profile", args=[other.id]),
        "report": reverse("report", args=[link.report_id]),
        "rows": rows_of(kind, link.properties) if kind else [],
    }


def judgements(viewer: Viewer, found: Iterable[Judgement], names: Mapping[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Return each judgement in words: what was judged of which two, by whom, when and why."""
    return [judgement(viewer, each, names) for each in found]


def judgement(viewer: Viewer, found: Judgement, names: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    """Return one judgement in words; `names` are of things, as far as they are known, by id."""
    return {
        "id": found.id,
        "url": reverse("judgement", args=[found.id]),
        "verdict": found.get_verdict_display(),
        "tone": TONES[found.verdict],
        "compare": reverse("compare", args=[found.left_id, found.right_id]),
        "left": names.get(found.left_id) or _("another entry"),
        "right": names.get(found.right_id) or _("another entry"),
        "owner": found.owner.name,
        "at": found.judged_at,
        "reason": found.reason,
        "ended": found.ended_at,
        "end_reason": found.end_reason,
        "mine": found.owner_id == viewer.organisation and found.standing,
    }


def contradictions(viewer: Viewer, found: Profile, names: Mapping[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Return each judgement that two of the entries differ, with those by which they are the same all the same."""
    by_id = {each.id: each for each in found.judgements}
    return [_contradiction(viewer, each, by_id, names) for each in found.contradictions]


def _contradiction(
    viewer: Viewer, found: Contradiction, by_id: Mapping[uuid.UUID, Judgement], names: Mapping[uuid.UUID, str]
) -> dict[str, Any]:
    return {
        "different": judgement(viewer, by_id[found.different.id], names),
        "chain": [judgement(viewer, by_id[said.id], names) for said in found.chain],
    }


def side_by_side(left: Entity, right: Entity) -> list[dict[str, Any]]:
    """Return what two entries say, property by property."""
    pair = (Says(each.id, each.kind, each.properties) for each in (left, right))
    return [_beside(each) for each in beside(*pair)]


def _beside(row: Beside) -> dict[str, Any]:
    return {
        "label": _(row.property.label),
        "left": [value_of(row.property, each) for each in row.left],
        "right": [value_of(row.property, each) for each in row.right],
        "same": row.same,
        "differ": row.differ,
    }


def why(left: Entity, right: Entity) -> list[str]:
    """Return in words what speaks for and against two entries being the same."""
    numbers = {each.key: each for each in numbers_of(left.kind, left.properties)}
    shared = dict.fromkeys(each.key for each in numbers_of(right.kind, right.properties) if each.key in numbers)
    said = [_both(numbers[key].property.label, numbers[key].text) for key in shared]
    if left.kind == right.kind == PERSON:
        mine, theirs = person(left), person(right)
        said += [sentence(message) for message in reasons(mine, theirs, compared(mine, theirs))]
    return said


def _both(label: str, text: str) -> str:
    return _("On both: %(label)s %(number)s.") % {"label": _(label), "number": text}


def suggestions(found: Suggested) -> list[dict[str, Any]]:
    """Return each suggestion with both entries, what speaks for it, and the address at which it is judged."""
    return [_suggestion(found, each) for each in found.suggestions]


def _suggestion(found: Suggested, each: Suggestion) -> dict[str, Any]:
    left, right = found.things[each.left], found.things[each.right]
    said = why(left, right)
    return {
        "left": entry(left),
        "right": entry(right),
        "sides": [entry(each) | {"rows": _brief(each)} for each in (left, right)],
        "url": reverse("compare", args=[left.id, right.id]),
        "band": each.result.band if each.result else "",
        "why": said,
        "reason": " ".join(said)[:1000],
    }


def _brief(entity: Entity) -> list[dict[str, Any]]:
    """What a card shows of an entry: the properties that its kind's form asks for at once."""
    kind = registry().kinds[entity.kind]
    shown = [kind.properties[name] for name in kind.featured or tuple(kind.properties)[:8] if name in kind.properties]
    held = [(prop, entity.properties[prop.name]) for prop in shown if prop.name in entity.properties and prop.type != "long_text"]
    return [{"label": _(prop.label), "values": values_of(prop, said)} for prop, said in held]


def common(found: Iterable[Common]) -> list[dict[str, Any]]:
    """Return what too many things share, in words."""
    return [{"text": each.text, "found": each.found, "name": not each.key} for each in found]


def shared(found: Iterable[Shared]) -> list[dict[str, Any]]:
    """Return the rare numbers that things beside a profile share with others."""
    return [
        {
            "text": each.text,
            "near": {"name": named(each.near), "kind": kind_label(each.near)},
            "others": [entry(one) for one in each.others],
        }
        for each in found
    ]
