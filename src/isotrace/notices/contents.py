"""What a notice says, between people and the engine: raw answers in, a checked draft out, JSON to keep.

Raw answers are what forms and the API hand over: the fields of `NoticeDraft` as text, lists and flags, with `grade`
({"scheme", "source_grade", "information_grade"}) for the report's grade, and of the envelope `classification` (a
number), `audience` ("", all, only, except), `countries` and `organisations`. What is left out is not answered yet.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

from isotrace.engine.errors import InputError
from isotrace.engine.notices import Grade, NoticeDraft, conditions, kind
from isotrace.engine.notices.draft import LONG_TEXTS
from isotrace.engine.notices.grades import check as check_grade
from isotrace.engine.notices.kinds import Asks, Question
from isotrace.engine.policy import Audience, Classification
from isotrace.engine.schema import PartialDate, SchemaErrors, registry
from isotrace.engine.schema.countries import parse as parse_country
from isotrace.engine.schema.plain import LONG, SHORT, clean_text
from isotrace.engine.text import N_

SHORT_TEXTS = ("assessment_number", "assessment_author", "conviction_court", "conviction_offence", "conviction_sentence")
CODES = ("ground", "offence", "neutrality")
FLAGS = ("possible_threat", "minor", "certified")
_RETENTION = "R4.01"
_MOST_LISTED = 400


@dataclass(frozen=True, slots=True)
class Wish:
    """Who shall see the notice once it is published: how the lists are meant, countries (alpha-3) and organisations."""

    audience: Audience
    countries: tuple[str, ...] = ()
    organisations: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A notice as somebody wrote it; marking and wish are None where nobody has decided them."""

    draft: NoticeDraft
    classification: Classification | None
    wish: Wish | None


class _Answers:
    """Reads raw answers one by one and gathers every error under its field."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.errors: list[InputError] = []

    def read(self, name: str, parse: Callable[[Any], Any], empty: Any) -> Any:
        value = self.raw.get(name)
        blank = value is None or value in ("", [], ())
        return empty if blank else self.attempt(name, lambda: parse(value), empty)

    def attempt(self, name: str, parse: Callable[[], Any], empty: Any) -> Any:
        try:
            return parse()
        except InputError as error:
            found: list[InputError] = getattr(error, "errors", None) or [error]
            for each in found:
                each.field = f"{name}.{each.field}" if each.field else name
            self.errors += found
            return empty

    def texts(self, names: tuple[str, ...], most: int, *, lines: bool = False) -> dict[str, str]:
        return {name: self.read(name, lambda value: clean_text(value, most, lines=lines), "") for name in names}


def read(code: str, raw: Mapping[str, Any], today: date) -> Written:
    """Return what was written for a notice of kind `code`, checked on `today`.

    Raises SchemaErrors with every answer that cannot be, or the engine's DraftError or GradeError; all name their fields.
    """
    answers = _Answers(raw)
    told = _told(code, answers)
    marked = answers.read("classification", _classification, None)
    wish = _wish(answers)
    if answers.errors:
        raise SchemaErrors(answers.errors)
    draft = NoticeDraft(kind=code, confidentiality_set=marked is not None, restrictions_set=wish is not None, **told)
    check_retention(draft, today)
    return Written(draft, marked, wish)


def _told(code: str, answers: _Answers) -> dict[str, Any]:
    """The draft's fields but those of the envelope."""
    told: dict[str, Any] = {name: bool(answers.raw.get(name)) for name in FLAGS}
    told["person"] = answers.attempt("person", lambda: _person(code, answers.raw.get("person") or {}), {})
    told |= answers.texts((*SHORT_TEXTS, *CODES), SHORT)
    told |= answers.texts(tuple(LONG_TEXTS), LONG, lines=True)
    told |= {name: answers.read(name, _day, None) for name in ("assessment_date", "retention_until")}
    told["conviction_date"] = answers.read("conviction_date", lambda value: str(PartialDate.parse(value)), "")
    told["holdings"] = answers.read("holdings", lambda value: frozenset(str(each) for each in value), frozenset())
    told["allowed_actions"] = answers.read("allowed_actions", lambda value: _actions(code, value), ())
    told["report_information_grade"] = answers.read("grade", _grade, None)
    told["said"] = _said(code, answers)
    return told


def _person(code: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The person's properties; a kind that needs no person may have none at all."""
    if not kind(code).needs_person and not any(given.values()):
        return {}
    return registry().clean("Person", given)


def _said(code: str, answers: _Answers) -> dict[str, Any]:
    """The answers to what only this kind asks; blank ones are left out."""
    given = answers.raw.get("said") or {}
    asked = {question.name: question for question in kind(code).questions}
    for name in sorted(set(given) - set(asked)):
        answers.errors.append(InputError(N_("This kind of notice does not ask for this. Leave it out."), field=f"said.{name[:40]}"))
    inner = _Answers(given)
    said = {name: inner.read(name, partial(_answer, question), None) for name, question in asked.items()}
    for error in inner.errors:
        error.field = f"said.{error.field}"
    answers.errors += inner.errors
    return {name: answer for name, answer in said.items() if answer not in (None, "", False)}


def _answer(question: Question, value: Any) -> Any:
    """One answer in the shape that the engine keeps. Raises InputError for what does not fit."""
    match question.asks:
        case Asks.TICK:
            return bool(value)
        case Asks.NUMBER:
            return _number(question, value)
        case Asks.DAY:
            return _day(value).isoformat()
        case Asks.CHOICE if value not in question.choices:
            raise InputError(N_("This answer is not in the list. Choose one of: %(codes)s."), codes=", ".join(question.choices))
        case Asks.CHOICE:
            return str(value)
    return clean_text(value, min(question.most, SHORT) if question.asks is Asks.LINE else question.most, lines=question.asks is Asks.TEXT)


def _number(question: Question, value: Any) -> int:
    try:
        found = int(str(value))
    except ValueError:
        found = -1
    if not question.least <= found <= question.most:
        raise InputError(N_("Write a whole number from %(least)s to %(most)s."), least=question.least, most=question.most)
    return found


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    found = PartialDate.parse(value)
    if found.precision != "day":
        raise InputError(N_("Give the day as well, for example 2026-09-01."))
    return found.first


def _actions(code: str, value: Any) -> tuple[str, ...]:
    known = [action.code for action in kind(code).actions]
    if any(each not in known for each in value):
        raise InputError(N_("This notice allows only these actions: %(codes)s. Remove the others."), codes=", ".join(known))
    return tuple(each for each in known if each in value)


def _grade(value: Mapping[str, Any]) -> Grade | None:
    parts = [str(value.get(name) or "").strip() for name in ("scheme", "source_grade", "information_grade")]
    return check_grade(*parts) if any(parts) else None


def _classification(value: Any) -> Classification:
    try:
        return Classification(int(value))
    except (TypeError, ValueError) as bad:
        raise InputError(N_("Choose one of the three markings.")) from bad


def _wish(answers: _Answers) -> Wish | None:
    """Read the audience: lists belong to "only" and "except", and a list says nothing without one of them."""
    audience = answers.read("audience", _audience, None)
    countries = answers.read("countries", lambda value: tuple(sorted({parse_country(each) for each in _few(value)})), ())
    organisations = answers.read("organisations", lambda value: tuple(sorted({_identity(each) for each in _few(value)})), ())
    listed = bool(countries or organisations)
    if audience is None:
        if listed:
            answers.errors.append(InputError(N_("Say how the list is meant: only these, or all but these."), field="audience"))
        return None
    if audience is Audience.ALL and listed:
        message = N_("All police organisations and a list contradict each other. Empty the list or choose another audience.")
        answers.errors.append(InputError(message, field="audience"))
    if audience is not Audience.ALL and not listed:
        answers.errors.append(InputError(N_("Name at least one country or organisation, or choose another audience."), field="countries"))
    return Wish(audience, countries, organisations)


def _few(value: Any) -> list[Any]:
    if len(value) > _MOST_LISTED:
        raise InputError(N_("These are %(count)d entries. Keep at most %(most)d."), count=len(value), most=_MOST_LISTED)
    return list(value)


def _audience(value: Any) -> Audience:
    try:
        return Audience(str(value))
    except ValueError as bad:
        raise InputError(N_("This answer is not in the list. Choose one of: %(codes)s."), codes=", ".join(Audience)) from bad


def _identity(value: Any) -> uuid.UUID:
    try:
        return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
    except ValueError as bad:
        raise InputError(N_("There is no such organisation. Choose one from the list.")) from bad


def check_retention(draft: NoticeDraft, today: date) -> None:
    """Refuse a retention date that the kind does not allow; none at all is allowed while it is a draft."""
    if draft.retention_until is None:
        return
    for condition in conditions(draft, today):
        if condition.rule == _RETENTION and condition.missing is not None:
            raise InputError(condition.missing.msgid, field="retention_until", **condition.missing.params)


def to_json(draft: NoticeDraft) -> dict[str, Any]:
    """Return the draft's fields as the notice's `content` keeps them; its kind is a column."""
    return {each.name: _plain(getattr(draft, each.name)) for each in fields(draft) if each.name != "kind"}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def from_json(code: str, content: Mapping[str, Any]) -> NoticeDraft:
    """Return the draft of kind `code` that `content` keeps."""
    told = dict(content)
    for name in ("assessment_date", "retention_until"):
        told[name] = date.fromisoformat(told[name]) if told.get(name) else None
    told["holdings"] = frozenset(told.get("holdings", ()))
    told["allowed_actions"] = tuple(told.get("allowed_actions", ()))
    grade = told.get("report_information_grade")
    told["report_information_grade"] = Grade(*grade) if grade else None
    told.setdefault("person", {})
    return NoticeDraft(kind=code, **told)
