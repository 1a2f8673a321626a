"""Notices over the API."""

import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from isotrace.engine.clock import today
from isotrace.engine.notices import CAVEAT, completeness, kind
from isotrace.engine.notices.caveats import in_words
from isotrace.engine.policy import Viewer
from isotrace.engine.text import Message
from isotrace.handling.api import REFUSALS
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer
from isotrace.notices import actions, contents, queries, seen, steps
from isotrace.notices.api_types import DraftIn, EditIn, NoticeReasonIn, NoticesOut, ProposeIn, WholeNoticeOut
from isotrace.notices.display import name_of
from isotrace.notices.models import Notice

router = Router(tags=["Notices"])
_ONE: dict[int, Any] = {200: WholeNoticeOut, **REFUSALS}
_MADE: dict[int, Any] = {201: WholeNoticeOut, **REFUSALS}
_SAID = (
    "possible_threat",
    "assessment_number",
    "assessment_author",
    "assessment_date",
    "ground",
    "conviction_court",
    "conviction_date",
    "conviction_offence",
    "conviction_sentence",
    "ground_narrative",
    "offence",
    "scam_justification",
    "what_done",
    "risk_now",
    "asked",
    "not_to_do",
    "neutrality",
    "minor",
    "certified",
)


class NoticesQuery(Schema):
    """How a list is narrowed; `number` is a beginning."""

    state: Literal["", "proposed", "draft", "submitted", "reviewed", "published", "withdrawn", "declined"] = ""
    whose: Literal["", "mine", "review", "published"] = ""
    number: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")] = ""
    after: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.get("/notices", response={200: NoticesOut, **REFUSALS}, operation_id="list_notices")
def list_notices(request: HttpRequest, asked: Query[NoticesQuery]) -> Any:
    """List the notices that you may see, the last changed first."""
    page = queries.notices(viewer(request), **asked.dict())
    return {"notices": [_row(found) for found in page.notices], "after": page.after}


def _row(notice: Notice) -> dict[str, Any]:
    names = ("id", "number", "kind", "state", "classification", "retention_until", "created_at", "changed_at", "published_at")
    return {name: getattr(notice, name) for name in names} | {
        "name": name_of(notice),
        "caveats": [sentence(line) for line in in_words(notice.bears)],
        "owner": notice.owner.name,
        "unit": notice.unit.name,
        "seen": seen.token(notice),
    }


@router.post("/notices", response=_MADE, operation_id="draft_notice")
def draft_notice(request: HttpRequest, body: DraftIn) -> Any:
    """Begin a notice of your own bureau; without `notice` it says what the report says."""
    made = actions.draft(viewer(request), body.notice.raw() if body.notice else None, body.report, body.person_id, body.kind)
    return Status(201, _whole(viewer(request), made))


@router.post("/notices/proposals", response=_MADE, operation_id="propose_notice")
def propose_notice(request: HttpRequest, body: ProposeIn) -> Any:
    """Draft a notice for the bureau that owns a report, and ask that bureau to adopt it; by the unit's analysts."""
    made = actions.propose(viewer(request), body.report, body.notice.raw() if body.notice else None, body.person_id, body.kind)
    return Status(201, _whole(viewer(request), made))


@router.get("/notices/{notice_id}", response=_ONE, operation_id="read_notice")
def read_notice(request: HttpRequest, notice_id: uuid.UUID) -> Any:
    """Read one notice; its owner and the unit also get its conditions, its history and what they can do."""
    return _whole(viewer(request), queries.notice(viewer(request), notice_id))


@router.put("/notices/{notice_id}", response=_ONE, operation_id="edit_notice")
def edit_notice(request: HttpRequest, notice_id: uuid.UUID, body: EditIn) -> Any:
    """Write a notice anew, as a whole; what is left out is empty afterwards."""
    return _taken(request, actions.edit, notice_id, body.raw(), seen.moment(body.seen))


@router.post("/notices/{notice_id}/adopt", response=_ONE, operation_id="adopt_notice")
def adopt_notice(request: HttpRequest, notice_id: uuid.UUID) -> Any:
    """Make a proposed notice your bureau's own draft."""
    return _taken(request, actions.adopt, notice_id)


@router.post("/notices/{notice_id}/decline", response=_ONE, operation_id="decline_notice")
def decline_notice(request: HttpRequest, notice_id: uuid.UUID, body: NoticeReasonIn) -> Any:
    """Turn a proposed notice down for good, with a reason for the unit."""
    return _taken(request, actions.decline, notice_id, body.reason)


@router.post("/notices/{notice_id}/submit", response=_ONE, operation_id="submit_notice")
def submit_notice(request: HttpRequest, notice_id: uuid.UUID) -> Any:
    """Put a draft forward for review; refused with all that is missing while a condition does not hold."""
    return _taken(request, actions.submit, notice_id)


@router.post("/notices/{notice_id}/return", response=_ONE, operation_id="return_notice")
def return_notice(request: HttpRequest, notice_id: uuid.UUID, body: NoticeReasonIn) -> Any:
    """Give a submitted or reviewed notice back to its bureau, with reasons."""
    return _taken(request, actions.return_, notice_id, body.reason)


@router.post("/notices/{notice_id}/review", response=_ONE, operation_id="review_notice")
def review_notice(request: HttpRequest, notice_id: uuid.UUID) -> Any:
    """Confirm, as a reviewer who had no hand in it, that a submitted notice may go out."""
    return _taken(request, actions.review, notice_id)


@router.post("/notices/{notice_id}/sign", response=_ONE, operation_id="sign_notice")
def sign_notice(request: HttpRequest, notice_id: uuid.UUID) -> Any:
    """Sign, as a reviewer who had no hand in it, that nothing in it helps to build or use a device."""
    return _taken(request, actions.sign, notice_id)


@router.post("/notices/{notice_id}/publish", response=_ONE, operation_id="publish_notice")
def publish_notice(request: HttpRequest, notice_id: uuid.UUID) -> Any:
    """Publish a reviewed notice: it gets its number, and border checks find it at once."""
    return _taken(request, actions.publish, notice_id)


@router.post("/notices/{notice_id}/withdraw", response=_ONE, operation_id="withdraw_notice")
def withdraw_notice(request: HttpRequest, notice_id: uuid.UUID, body: NoticeReasonIn) -> Any:
    """Take a notice of your bureau back for good: border checks no longer find it."""
    return _taken(request, actions.withdraw, notice_id, body.reason)


def _taken(request: HttpRequest, action: Callable[..., Notice], notice_id: uuid.UUID, *told: Any) -> dict[str, Any]:
    return _whole(viewer(request), action(viewer(request), notice_id, *told))


def _whole(who: Viewer, notice: Notice) -> dict[str, Any]:
    said, report = notice.content, queries.report_of(who, notice)
    grade = said.get("report_information_grade")
    return (
        _row(notice)
        | {name: said[name] for name in _SAID if name in said}
        | {
            "caveat": sentence(Message(CAVEAT)),
            "instruction": sentence(Message(kind(notice.kind).officer_instruction)),
            "person": said.get("person", {}),
            "holdings": said.get("holdings", []),
            "allowed_actions": said.get("allowed_actions", []),
            "said": said.get("said", {}),
            "grade": dict(zip(("scheme", "source_grade", "information_grade"), grade, strict=True)) if grade else None,
            "audience": {
                "audience": notice.audience,
                "countries": notice.audience_countries,
                "organisations": notice.audience_organisations,
            },
            "report": report.id if report else None,
            "pen": _pen(who, notice) if queries.holds_pen(who, notice) else None,
        }
    )


def _pen(who: Viewer, notice: Notice) -> dict[str, Any]:
    met, total = completeness(contents.from_json(notice.kind, notice.content), today())
    wish = {"audience": notice.wide_audience, "countries": notice.wide_countries, "organisations": notice.wide_organisations}
    return {
        "met": met,
        "total": total,
        "wish": wish if notice.content.get("restrictions_set") else None,
        "conditions": [
            {"rule": each.rule, "text": sentence(each.text), "met": each.met, "binding": each.binding}
            | {"field": actions.field_of(each), "missing": sentence(each.missing) if each.missing else ""}
            for each in steps.checklist(notice)
        ],
        "history": [
            {"action": each.event.action, "from_state": each.event.from_state, "to_state": each.event.to_state}
            | {"reason": each.event.reason, "at": each.event.at, "who": each.who}
            for each in queries.events(who, notice)
        ],
        "offers": [
            {"action": each.action, "needs_reason": each.needs_reason, "refusal": sentence(each.refusal) if each.refusal else ""}
            for each in steps.offers(who, notice)
        ],
    }
