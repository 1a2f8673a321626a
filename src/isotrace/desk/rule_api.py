"""The rule book over the API."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from isotrace.engine.policy.book import Asked, Row, narrowed, switches_of
from isotrace.handling import audit, rulebook
from isotrace.handling.api import REFUSALS
from isotrace.handling.middleware import viewer

router = Router(tags=["Rules"])


class SwitchOut(Schema):
    """Advice that two people of the secretariat can switch, and whether it is given now."""

    code: str
    on: bool


class RuleOut(Schema):
    """One rule. `sure` are marks: T read in the text, S second hand, M from memory, M? from memory and not sure, P ours.

    `article` is "" for a rule that was not read; `tests` prove it, and without one it is not enforced.
    """

    rule: str
    group: str
    words: str
    article: str
    sure: list[Literal["T", "S", "M", "M?", "P"]]
    protects: Literal["owner", "person", "access", ""]
    enforced: bool
    tests: list[str]
    switches: list[SwitchOut]


class RulesOut(Schema):
    """Rules, in the order of the book."""

    rules: list[RuleOut]


class RulesQuery(Schema):
    """What the book is narrowed to."""

    text: Annotated[str, Field(max_length=100)] = ""
    enforced: Literal["", "yes", "no"] = ""
    sure: Literal["", "T", "S", "M", "M?", "P"] = ""
    group: Annotated[str, Field(max_length=4)] = ""


class RuleChangeOut(Schema):
    """A change of a rule; `effect` is what it touched when it was proposed: [what, count]."""

    id: uuid.UUID
    code: str
    rule: str
    wanted: bool
    reason: str
    effect: list[tuple[str, int]]
    state: Literal["proposed", "confirmed", "refused", "withdrawn"]
    proposed_at: datetime
    decided_at: datetime | None


class RuleChangesOut(Schema):
    """Changes, the newest first."""

    changes: list[RuleChangeOut]


@router.get("/rules", response={200: RulesOut, **REFUSALS}, operation_id="list_rules")
def list_rules(request: HttpRequest, asked: Query[RulesQuery]) -> Any:  # noqa: ARG001  # the key alone is asked for
    """List the rules: in words, how sure each is, whether it is enforced and which test proves it."""
    off = rulebook.switched_off()
    return {"rules": [_rule(row, off) for row in narrowed(Asked(**asked.dict()))]}


def _rule(row: Row, off: frozenset[str]) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("rule", "group", "words", "sure", "protects", "enforced", "tests")}
    return plain | {"article": row.cites, "switches": [{"code": s.code, "on": s.code not in off} for s in switches_of(row.rule)]}


@router.get("/rules/changes", response={200: RuleChangesOut, **REFUSALS}, operation_id="list_rule_changes")
def list_rule_changes(request: HttpRequest) -> Any:
    """List the changes of rules that were proposed, the last hundred; for police organisations."""
    found = list(rulebook.changes(viewer(request))[:100])
    audit.record(viewer(request), "rule.list", "rulechange", count=len(found))
    return {"changes": found}
