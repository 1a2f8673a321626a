"""What notices look like in lists and on pages: labels from the engine, values for the template to format."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from isotrace.desk import kinds
from isotrace.desk.models import Task
from isotrace.engine.notices import GROUNDS, KINDS, SCHEMES, STATE_LABELS, Action, Condition, Kind, NoticeDraft, Offer, State, kind
from isotrace.engine.notices.caveats import in_words
from isotrace.engine.notices.hazard import hazard
from isotrace.engine.notices.kinds import Asks, Question
from isotrace.engine.text import N_, Message
from isotrace.handling.forms import sentence
from isotrace.handling.queries import readers
from isotrace.notices import actions, contents, steps
from isotrace.notices.forms import HOLDING_LABELS, WHOSE_LABELS, NoticeForm
from isotrace.notices.models import Notice
from isotrace.notices.queries import Happened, Waiting
from isotrace.records import said_display as records
from isotrace.records.models import Entity
from isotrace.records.queries import Contents

TONES = {
    State.PROPOSED: "info",
    State.DRAFT: "still",
    State.SUBMITTED: "warn",
    State.REVIEWED: "info",
    State.PUBLISHED: "good",
    State.WITHDRAWN: "still",
    State.DECLINED: "still",
}
DONE = {
    Action.BEGIN: N_("Draft begun"),
    Action.PROPOSE: N_("Proposed to the bureau"),
    Action.ADOPT: N_("Adopted by the bureau"),
    Action.DECLINE: N_("Declined by the bureau"),
    Action.EDIT: N_("Changed"),
    Action.SUBMIT: N_("Submitted for review"),
    Action.RETURN: N_("Returned with reasons"),
    Action.REVIEW: N_("Reviewed"),
    Action.SIGN: N_("Technical review signed"),
    Action.PUBLISH: N_("Published"),
    Action.WITHDRAW: N_("Withdrawn"),
}
SERIOUS = frozenset({Action.DECLINE, Action.WITHDRAW})

Row = dict[str, Any]
_LONGEST_NAME = 80


def name_of(notice: Notice) -> str:
    """Return the first name of the notice's person, for a matter the beginning of what happened, "" where nothing is written."""
    names = (notice.content.get("person") or {}).get("names") or [""]
    if names[0] or kind(notice.kind).needs_person:
        return str(names[0])
    return Truncator(notice.content.get("what_done", "")).chars(_LONGEST_NAME)


def row(notice: Notice) -> Row:
    """Return what a list shows of a notice."""
    return {
        "url": reverse("notice", args=[notice.id]),
        "number": notice.number,
        "name": name_of(notice),
        "caveats": in_words(notice.bears),
        "kind": _(kind(notice.kind).label),
        "state": _(STATE_LABELS[State(notice.state)]),
        "tone": TONES[State(notice.state)],
        "owner": notice.owner.name,
        "changed": notice.changed_at,
    }


def queue(waiting: Iterable[Waiting]) -> list[Row]:
    """Return what the reviewers' queue shows of each notice."""
    return [
        row(each.notice)
        | {"due": each.due_at, "met": each.met, "total": each.total, "whole": each.met == each.total, "touched": each.touched}
        for each in waiting
    ]


def chips(asked: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the active filters, each with the address that takes it off."""
    from urllib.parse import urlencode

    shown: dict[str, Callable[[str], Any]] = {"whose": lambda code: WHOSE_LABELS[code], "state": lambda code: _(STATE_LABELS[State(code)])}
    return [
        {
            "label": str(shown.get(name, str)(value)),
            "url": "?" + urlencode({other: kept for other, kept in asked.items() if other != name}),
        }
        for name, value in asked.items()
    ]


def kinds_to_choose(chosen: str) -> list[Row]:
    """Return the kinds that can be issued here, with the one in hand marked."""
    issued = [each for each in KINDS.values() if each.on and not each.diffusion]
    return [{"code": each.code, "label": each.label, "summary": each.summary, "current": each.code == chosen} for each in issued]


def sections(notice: Notice) -> list[Row]:
    """Return what the notice says: titles with rows of a label and values; what is not written is left out."""
    draft, chosen = contents.from_json(notice.kind, notice.content), kind(notice.kind)
    whole = [
        {"title": _("The person"), "rows": _person(draft)},
        {"title": _("What the notice says"), "rows": list(_texts(draft, chosen))},
        {"title": _("More about it"), "rows": list(_answers(draft, chosen))},
        {"title": _("The authority's assessment"), "rows": list(_assessment(draft))},
    ]
    return [section for section in whole if section["rows"]]


def _row(label: str, *values: Any, how: str = "text") -> Row:
    return {"label": label, "values": [{"type": how, "value": value} for value in values]}


def _person(draft: NoticeDraft) -> list[Row]:
    said = Contents(entities=[Entity(kind="Person", properties=dict(draft.person))], links=[], gradings=[])
    rows: list[Row] = list(records.things(said)[0]["rows"]) if draft.person else []
    if draft.minor:
        rows.append(_row(_("Age"), _("The person was, or may have been, a minor at the time")))
    if draft.holdings:
        rows.append(_row(_("Identity material on file"), *(str(HOLDING_LABELS[code]) for code in sorted(draft.holdings))))
    return rows


def _texts(draft: NoticeDraft, chosen: Kind) -> Iterator[Row]:
    for rule in chosen.texts:
        if text := getattr(draft, rule.field):
            yield _row(_(rule.label), text, how="long_text")
    if draft.allowed_actions:
        asked = (_(action.sentence) for action in chosen.actions if action.code in draft.allowed_actions)
        yield _row(_("What the reader may do"), *asked)
    for offence in chosen.offences:
        if offence.code == draft.offence:
            yield _row(_("What it is about"), _(offence.label))
    if draft.scam_justification:
        yield _row(_("Why a scam without material is a threat"), draft.scam_justification, how="long_text")


def _answers(draft: NoticeDraft, chosen: Kind) -> Iterator[Row]:
    """What only this kind asks, and how dangerous a radioactive source is by what is said of it."""
    how = {Asks.DAY: "partial_date", Asks.TEXT: "long_text"}
    for question in chosen.questions:
        answer = draft.said.get(question.name)
        if answer not in (None, ""):
            yield _row(_(question.label), _shown(question, answer), how=how.get(question.asks, "text"))
    if chosen.question("activity") and draft.said.get("nuclide"):
        yield _row(_("Category of the radioactive source, worked out"), *(sentence(line) for line in hazard(draft.said)))


def _shown(question: Question, answer: Any) -> str:
    if answer is True:
        return _("Yes")
    return _(question.choices[answer]) if question.asks is Asks.CHOICE else str(answer)


def _assessment(draft: NoticeDraft) -> Iterator[Row]:
    date = draft.assessment_date.isoformat() if draft.assessment_date else ""
    ground = _(GROUNDS[draft.ground]) if draft.ground else ""
    shown = (
        (_("The person is considered a possible threat"), _("Yes") if draft.possible_threat else "", "text"),
        (_("Number of the assessment"), draft.assessment_number, "text"),
        (_("Authority that made it"), draft.assessment_author, "text"),
        (_("Date of the assessment"), date, "partial_date"),
        (_("It rests on"), ground, "text"),
        (_("Court"), draft.conviction_court, "text"),
        (_("Date of the conviction"), draft.conviction_date, "partial_date"),
        (_("Offence in the judgment"), draft.conviction_offence, "text"),
        (_("Sentence"), draft.conviction_sentence, "text"),
        (_("Other grounds, told in full"), draft.ground_narrative, "long_text"),
        (_("Grade of the information"), _grade(draft), "text"),
    )
    return (_row(label, value, how=how) for label, value, how in shown if value)


def _grade(draft: NoticeDraft) -> str:
    if draft.report_information_grade is None:
        return ""
    code, source, information = draft.report_information_grade
    scheme = SCHEMES[code]
    words = (_(scheme.label), _(scheme.sources[source]), _(scheme.information[information]))
    return f"{source}{information} · " + " · ".join(words)


def checklist(notice: Notice, judged: Iterable[Condition], form: NoticeForm | None) -> list[Row]:
    """Return the conditions as the checklist shows them; what is missing leads to the field of `form` that mends it."""
    address = reverse("notice_edit", args=[notice.id])
    return [
        {"text": each.text, "met": each.met, "missing": each.missing, "binding": each.binding, "url": _mends(each, form, address)}
        for each in judged
    ]


def _mends(condition: Condition, form: NoticeForm | None, address: str) -> str:
    anchor = form.anchor(actions.field_of(condition)) if form and not condition.met else ""
    return f"{address}#{anchor}" if anchor else ""


def history(happened: Iterable[Happened]) -> list[Row]:
    """Return what happened, for the timeline."""
    return [
        {"title": _(DONE[Action(each.event.action)]), "at": each.event.at, "who": each.who, "text": each.event.reason} for each in happened
    ]


def task_rows(tasks: Iterable[Task]) -> list[Row]:
    """Return the tasks on a notice, for the task list."""
    return [
        {"title": _(kinds.get(task.kind).label), "detail": task.addressee.name}
        | ({"tag": _("Done"), "tone": "good"} if task.done_at else {"due": task.due_at})
        for task in tasks
    ]


def offer_rows(notice: Notice, offers: Iterable[Offer], asks: frozenset[Action]) -> list[Row]:
    """Return the actions that are allowed, as buttons: a link to a page that asks more, or a step at once."""
    return [
        {
            "label": _(offer.label),
            "url": reverse("notice_edit", args=[notice.id])
            if offer.action is Action.EDIT
            else reverse("notice_step", args=[notice.id, offer.action]),
            "link": offer.action is Action.EDIT or offer.action in asks,
            "serious": offer.action in SERIOUS,
            "quiet": offer.action in {Action.EDIT, Action.RETURN},
        }
        for offer in offers
        if offer.allowed
    ]


def refusals(offers: Iterable[Offer]) -> list[Row]:
    """Return the actions that fit the state but not this viewer, grouped by the reason."""
    by_reason: dict[str, Row] = {}
    for offer in offers:
        if offer.refusal is not None:
            found = by_reason.setdefault(str(offer.refusal), {"labels": [], "reason": offer.refusal})
            found["labels"].append(_(offer.label))
    return list(by_reason.values())


def readers_then(notice: Notice) -> list[Message]:
    """Say who will see the notice once it is published, nothing while its owner has not said it."""
    if notice.state == State.PUBLISHED or not notice.content.get("restrictions_set"):
        return []
    out = copy(notice)
    out.state = State.PUBLISHED
    steps.address(out)
    return readers(out)
