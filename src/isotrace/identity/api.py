"""Profiles, suggestions and judgements over the API."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from isotrace.engine.identity.facts import Says, gathered
from isotrace.handling.api import REFUSALS, In, Long, Made
from isotrace.handling.middleware import viewer
from isotrace.identity import actions, display, queries, suggesting
from isotrace.identity.actions import Verdicts
from isotrace.identity.models import Judgement
from isotrace.identity.suggesting import Suggested
from isotrace.records.models import Entity

router = Router(tags=["Identity"])
Reason = Annotated[Long, Field(max_length=2_000)]


class JudgementIn(In):
    """What you say of two things of one kind; `insist` where judgements that you see stand against it."""

    left: uuid.UUID
    right: uuid.UUID
    verdict: Literal["same", "different", "undecided"]
    reason: Reason
    insist: bool = False


class EndIn(In):
    """Why a judgement is taken back."""

    reason: Reason


class JudgementOut(Schema):
    """One judgement; `ended_at` says that it was taken back or replaced."""

    id: uuid.UUID
    left: uuid.UUID
    right: uuid.UUID
    verdict: str
    reason: str
    owner: str
    judged_at: datetime
    ended_at: datetime | None
    end_reason: str


class EntryOut(Schema):
    """One entry of a report: what one owner says of a thing."""

    id: uuid.UUID
    kind: str
    name: str
    report: uuid.UUID
    owner: str
    filed_at: datetime


class ValueOut(Schema):
    """One value and the entries that say so."""

    value: Any
    by: list[uuid.UUID]


class FactOut(Schema):
    """All values of one property; `differ` where not all of them can be true."""

    property: str
    differ: bool
    values: list[ValueOut]


class ProfileOut(Schema):
    """What is known of a thing as far as you may see it; `conditions` are reports whose conditions you have not accepted."""

    entries: list[EntryOut]
    facts: list[FactOut]
    judgements: list[JudgementOut]
    contradicted: list[uuid.UUID]
    conditions: list[uuid.UUID]
    whole: bool


class SuggestionOut(Schema):
    """Two things that may be the same: the numbers that both have, the band of their names, and the reasons in words."""

    left: EntryOut
    right: EntryOut
    numbers: list[str]
    band: str
    reasons: list[str]


class CommonOut(Schema):
    """What too many things share to tell anything: a number, or a name where `name` is true."""

    text: str
    name: bool
    found: int


class SuggestionsOut(Schema):
    """Suggestions, the strongest first, and what is too common; `after` asks for more."""

    suggestions: list[SuggestionOut]
    common: list[CommonOut]
    after: str


def _judgement(found: Judgement) -> dict[str, Any]:
    plain = ("id", "verdict", "reason", "judged_at", "ended_at", "end_reason")
    return {name: getattr(found, name) for name in plain} | {"left": found.left_id, "right": found.right_id, "owner": found.owner.name}


def _entry(entity: Entity) -> dict[str, Any]:
    report = entity.report
    said = {"id": entity.id, "kind": entity.kind, "name": display.named(entity)}
    return said | {"report": report.id, "owner": report.owner.name, "filed_at": report.filed_at}


def _suggested(found: Suggested) -> dict[str, Any]:
    rows = [
        {
            "left": _entry(found.things[each.left]),
            "right": _entry(found.things[each.right]),
            "numbers": [text for _label, text in found.numbers(each)],
            "band": str(each.result.band) if each.result else "",
            "reasons": display.why(found.things[each.left], found.things[each.right]),
        }
        for each in found.suggestions
    ]
    common = [{"text": each.text, "name": not each.key, "found": each.found} for each in found.common]
    return {"suggestions": rows, "common": common, "after": found.after}


@router.get("/things/{uuid:entity_id}/profile", response={200: ProfileOut, **REFUSALS}, operation_id="read_profile")
def read_profile(request: HttpRequest, entity_id: uuid.UUID) -> Any:
    """Read the profile of a thing: all entries judged to be the same as far as you may see, each fact with who says so."""
    found = queries.profile(viewer(request), entity_id)
    facts = gathered(Says(each.id, each.kind, each.properties) for each in found.things)
    return {
        "entries": [_entry(each) for each in found.things],
        "facts": [
            {
                "property": each.property.name,
                "differ": each.differ,
                "values": [{"value": one.value, "by": list(one.by)} for one in each.values],
            }
            for each in facts
        ],
        "judgements": [_judgement(each) for each in found.judgements],
        "contradicted": [each.different.id for each in found.contradictions],
        "conditions": [each.id for each in found.sealed],
        "whole": found.whole,
    }


@router.get("/things/{uuid:entity_id}/suggestions", response={200: SuggestionsOut, **REFUSALS}, operation_id="list_suggestions_for")
def list_suggestions_for(request: HttpRequest, entity_id: uuid.UUID) -> Any:
    """List what may be the same as a thing, by rare numbers and names, and what it shares that is too common."""
    return _suggested(suggesting.of_profile(viewer(request), entity_id))


class SuggestionsQuery(Schema):
    """Where a page of suggestions begins."""

    after: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""


@router.get("/suggestions", response={200: SuggestionsOut, **REFUSALS}, operation_id="list_suggestions")
def list_suggestions(request: HttpRequest, asked: Query[SuggestionsQuery]) -> Any:
    """List what may be the same among the newest reports that you may read."""
    return _suggested(suggesting.queue(viewer(request), asked.after))


@router.get(
    "/things/{uuid:left_id}/judgements/{uuid:right_id}", response={200: list[JudgementOut], **REFUSALS}, operation_id="list_judgements"
)
def list_judgements(request: HttpRequest, left_id: uuid.UUID, right_id: uuid.UUID) -> Any:
    """List every judgement on two things that you see, the newest first."""
    who = viewer(request)
    left, right = (queries.thing(who, each, "compare.read") for each in (left_id, right_id))
    return [_judgement(each) for each in queries.history(who, left.id, right.id)]


@router.post("/judgements", response={201: Made, **REFUSALS}, operation_id="judge")
def judge(request: HttpRequest, body: JudgementIn) -> Any:
    """Judge whether two things are the same. Where judgements that you see stand against it, say `insist` to keep it all the same."""
    said = Verdicts(body.verdict, body.reason, body.insist)
    return Status(201, actions.judge(viewer(request), body.left, body.right, said))


@router.get("/judgements/{uuid:judgement_id}", response={200: JudgementOut, **REFUSALS}, operation_id="read_judgement")
def read_judgement(request: HttpRequest, judgement_id: uuid.UUID) -> Any:
    """Read one judgement, also one that was taken back."""
    return _judgement(queries.judgement(viewer(request), judgement_id))


@router.post("/judgements/{uuid:judgement_id}/end", response={200: JudgementOut, **REFUSALS}, operation_id="end_judgement")
def end_judgement(request: HttpRequest, judgement_id: uuid.UUID, body: EndIn) -> Any:
    """Take a judgement of your organisation back."""
    return _judgement(actions.take_back(viewer(request), judgement_id, body.reason))


@router.post("/judgements/{uuid:judgement_id}/keep", response={200: JudgementOut, **REFUSALS}, operation_id="keep_judgement")
def keep_judgement(request: HttpRequest, judgement_id: uuid.UUID) -> Any:
    """Say that a judgement of your organisation stands after another look."""
    return _judgement(actions.keep(viewer(request), judgement_id))
