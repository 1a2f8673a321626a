"""Questions that the unit wants answered: opened, tied to the reports that answer them, ended with a conclusion."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext

from isotrace.bureaus.models import Account
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask, finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.intake import gaps as rules
from isotrace.engine.intake.gaps import RANK, GapState, Priority, Theme
from isotrace.engine.policy import Audience, OrganisationKind, Verb, Viewer
from isotrace.engine.schema import countries
from isotrace.engine.schema.plain import SHORT
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.actions import require, rewrap
from isotrace.handling.envelopes import Choice, columns
from isotrace.handling.filters import visible
from isotrace.handling.queries import one
from isotrace.handling.subjects import Subject
from isotrace.intake.gap_models import Gap, GapAnswer
from isotrace.intake.tasks import TIED, role_for
from isotrace.intake.wording import words
from isotrace.records import queries as records
from isotrace.records.models import Report

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Asking:
    """A question: `countries` are alpha-3 codes, `responsible` the address of a colleague, "" for whoever opens it."""

    question: str
    about: str = ""
    countries: tuple[str, ...] = ()
    theme: str = Theme.OTHER
    priority: str = Priority.MEDIUM
    answer_by: date | None = None
    responsible: str = ""
    envelope: Choice = field(default_factory=Choice)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of questions is narrowed to; "" is not asked."""

    country: str = ""
    theme: str = ""
    state: str = GapState.OPEN


def may_ask(viewer: Viewer) -> bool:
    """Whether `viewer` opens questions: the analysts of the secretariat."""
    return viewer.kind == OrganisationKind.SECRETARIAT and viewer.role == Role.ANALYST


def gaps(viewer: Viewer, asked: Filters | None = None) -> list[Gap]:
    """Return the questions that `viewer` may see, the most pressing first."""
    chosen = asked or Filters()
    found = visible(Gap.objects.all(), viewer).select_related("owner")
    found = found.filter(countries__contains=[chosen.country]) if chosen.country else found
    found = found.filter(theme=chosen.theme) if chosen.theme else found
    rows = list((found.filter(state=chosen.state) if chosen.state else found)[:SHOWN])
    by = [name for name in ("country", "theme", "state") if getattr(chosen, name)]
    audit.record(viewer, "gap.list", "gap", count=len(rows), by=by)
    return rows


def gap(viewer: Viewer, gap_id: uuid.UUID) -> Gap:
    """Return one question and write the look down; whoever keeps it has seen what was tied to it. Raises Http404."""
    found = one(Gap.objects.select_related("owner"), viewer, gap_id, "gap.read")
    if found.owner_id == viewer.organisation:
        finish(viewer, ("gap", found.id), TIED.code)
    return found


def answers(viewer: Viewer, found: Gap) -> list[GapAnswer]:
    """Return the reports that are tied to a question, as far as `viewer` may see them: of the others nothing is said."""
    return list(_tied(viewer).filter(gap=found))


def answered_by(viewer: Viewer, report: Report) -> list[Gap]:
    """Return the questions that a report answers, as far as `viewer` may see them."""
    tied = _tied(viewer).filter(report=report).values_list("gap_id", flat=True)
    return list(visible(Gap.objects.filter(pk__in=list(tied)), viewer))


def _tied(viewer: Viewer) -> QuerySet[GapAnswer]:
    return visible(GapAnswer.objects.filter(ended_at=None), viewer).select_related("report", "report__owner", "owner")


def open_gap(viewer: Viewer, said: Asking) -> Gap:
    """Open a question. Raises PermissionError for everybody but analysts of the secretariat, InputError naming the field."""
    _require(viewer, "gap.open", None)
    wanted = {**_checked(viewer, said), **columns(viewer, said.envelope, personal=False)}
    with transaction.atomic():
        made = Gap.objects.create(**wanted, opened_at=clock.now(), opened_by=viewer.person)
        audit.record(viewer, "gap.open", "gap", made.id, theme=made.theme, priority=made.priority)
    return made


def edit(viewer: Viewer, gap_id: uuid.UUID, said: Asking) -> Gap:
    """Write a question anew, by its owner; who sees it is changed apart. Raises like `open_gap`, and Http404."""
    found = _own(viewer, gap_id, "gap.edit")
    wanted = _checked(viewer, said)
    with transaction.atomic():
        for name, value in wanted.items():
            setattr(found, name, value)
        found.save(update_fields=list(wanted))
        audit.record(viewer, "gap.edit", "gap", found.id)
    return found


def end(viewer: Viewer, gap_id: uuid.UUID, state: str, conclusion: str) -> Gap:
    """End a question with what is known now, or open it again; by its owner. Raises Http404, PermissionError, InputError."""
    found = _own(viewer, gap_id, "gap.end")
    after = rules.ended(found.state, state)
    said = words(conclusion, "conclusion", rules.MOST_WORDS, 0 if after is GapState.OPEN else rules.LEAST_CONCLUSION, lines=True)
    with transaction.atomic():
        found.state, found.conclusion = after, said or found.conclusion
        found.ended_at = None if after is GapState.OPEN else clock.now()
        found.save(update_fields=["state", "conclusion", "ended_at"])
        audit.record(viewer, "gap.end", "gap", found.id, state=after)
    return found


def tie(viewer: Viewer, gap_id: uuid.UUID, report_id: uuid.UUID, note: str = "") -> GapAnswer:
    """Say that a report answers a question: by whoever keeps the question or owns the report.

    Raises Http404 for a question that the viewer may not see, InputError (field `report`) for a report that he may not see, that is
    tied already, or that is neither his nor his question's.
    """
    found, report = gap(viewer, gap_id), _report(viewer, report_id)
    said = words(note, "note", SHORT, 0)
    if viewer.organisation not in {found.owner_id, report.owner_id}:
        raise InputError(N_("Only whoever keeps the question or owns the report ties them. Tell its owner."), field="report")
    if _tied(viewer).filter(gap=found, report=report).exists():
        raise InputError(N_("This report is tied to the question already."), field="report")
    with transaction.atomic():
        made = GapAnswer.objects.create(
            **_beside(viewer, found), gap=found, report=report, note=said, tied_at=clock.now(), tied_by=viewer.person
        )
        audit.record(viewer, "gap.tie", "gap", found.id, report=report.id)
        if found.owner_id != viewer.organisation:
            ask(viewer, TIED.code, ("gap", found.id), found.owner, role=role_for(found.owner))
    return made


def untie(viewer: Viewer, gap_id: uuid.UUID, answer_id: uuid.UUID) -> GapAnswer:
    """Take back that a report answers a question: by whoever said so. Raises Http404, PermissionError."""
    found = gap(viewer, gap_id)
    answer = _tied(viewer).filter(gap=found, pk=answer_id).first()
    if answer is None:
        audit.record(viewer, "gap.untie", "gap", found.id, outcome="refused")
        raise Http404
    require(viewer, answer, Verb.EDIT)
    with transaction.atomic():
        answer.ended_at, answer.ended_by = clock.now(), viewer.person
        answer.save(update_fields=["ended_at", "ended_by"])
        audit.record(viewer, "gap.untie", "gap", found.id, report=answer.report_id)
    return answer


def change_envelope(viewer: Viewer, gap_id: uuid.UUID, choice: Choice) -> Gap:
    """Give a question another envelope, by its owner. Raises Http404, PermissionError, InputError naming the field."""
    found = gap(viewer, gap_id)
    rewrap(viewer, found, columns(viewer, replace(choice, retention_until=None), personal=False))
    return gap(viewer, gap_id)


def _report(viewer: Viewer, report_id: uuid.UUID) -> Report:
    try:
        return records.report(viewer, report_id)
    except Http404:
        raise InputError(N_("There is no report with this number, or you may not see it."), field="report") from None


def _beside(viewer: Viewer, found: Gap) -> dict[str, Any]:
    """Owned by whoever tied; seen by whoever sees the question, its keeper included."""
    named = set(found.audience_organisations) | ({found.owner_id} if found.audience == Audience.ONLY else set())
    mine = {"owner_id": viewer.organisation, "owner_country": viewer.country, "conditions": []}
    return {**found.envelope_columns(), **mine, "audience_organisations": sorted(named, key=str)}


def _checked(viewer: Viewer, said: Asking) -> dict[str, Any]:
    rules.check(said.theme, said.priority)
    if len(said.countries) > rules.MOST_COUNTRIES:
        raise InputError(N_("Name at most %(most)d countries, or none for all."), field="countries", most=rules.MOST_COUNTRIES)
    return {
        "question": words(said.question, "question", rules.MOST_QUESTION, rules.LEAST_QUESTION),
        "about": words(said.about, "about", rules.MOST_WORDS, 0, lines=True),
        "countries": _countries(said.countries),
        "theme": said.theme,
        "priority": said.priority,
        "rank": RANK[said.priority],
        "answer_by": said.answer_by,
        "responsible": _responsible(viewer, said.responsible),
    }


def _countries(codes: tuple[str, ...]) -> list[str]:
    try:
        return sorted({countries.parse(code) for code in codes})
    except InputError as error:
        error.field = "countries"
        raise


def _responsible(viewer: Viewer, address: str) -> uuid.UUID:
    if not address:
        return viewer.person
    account = Account.objects.filter(organisation_id=viewer.organisation, email__iexact=address).first()
    if account is None or account.lapsed:
        raise InputError(N_("Nobody of your organisation has this address."), field="responsible")
    return account.pk


def _own(viewer: Viewer, gap_id: uuid.UUID, act: str) -> Gap:
    found = gap(viewer, gap_id)
    _require(viewer, act, found.id)
    require(viewer, found, Verb.EDIT)
    return found


def _require(viewer: Viewer, act: str, gap_id: uuid.UUID | None) -> None:
    if not may_ask(viewer):
        audit.record(viewer, act, "gap", gap_id, outcome="refused")
        raise PermissionError(gettext("Only the analysts of the secretariat keep questions."))


def named(text: str) -> QuerySet[Gap]:
    """Return the question with this id, of whatever owner, through the jobs role."""
    found = Gap.objects.using("jobs").select_related("owner")
    try:
        return found.filter(pk=uuid.UUID(text))
    except ValueError:
        return found.none()


SUBJECT = Subject(
    code="gap",
    model=Gap,
    page="gap",
    label=N_("Open question"),
    among=lambda: Gap.objects.select_related("owner"),
    title=lambda found: found.question,
    named=named,
    change=change_envelope,
)
