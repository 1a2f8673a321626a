"""What a person can do with notices, each in one transaction."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import bureau_of, unit
from isotrace.desk.actions import finish
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import KINDS, Action, Condition, NotAllowed, add_months, kind
from isotrace.engine.notices.life import LEAST_REASON
from isotrace.engine.policy import Audience, Classification, OrganisationKind, Viewer
from isotrace.engine.schema import SchemaErrors, registry
from isotrace.engine.text import N_
from isotrace.handling.signals import taken_back
from isotrace.intake.tasks import PROPOSE
from isotrace.notices import contents, prefill, queries, steps
from isotrace.notices.contents import Written
from isotrace.notices.models import Notice
from isotrace.notices.signals import withdrawn
from isotrace.records import queries as records
from isotrace.records.caveats import of_report
from isotrace.records.models import Report
from isotrace.records.queries import Contents

GREEN = "green"


QUESTIONED = frozenset(question.name for each in KINDS.values() for question in each.questions)


class ConditionsNotMetError(SchemaErrors):
    """Conditions that must hold do not; each of `errors` names its field and says what is missing."""


def check_kind(code: str) -> str:
    """Return the code of a kind of notice that is on here. Raises InputError, field `kind`, for any other."""
    if not kind(code).on or kind(code).diffusion:
        raise InputError(N_("Notices of this kind are not issued here. Choose another kind."), field="kind")
    return code


def propose(
    viewer: Viewer, report_id: uuid.UUID, raw: Mapping[str, Any] | None = None, person_id: uuid.UUID | None = None, code: str = GREEN
) -> Notice:
    """Draft a notice for the bureau that owns a report, and ask that bureau to adopt it; by the unit's analysts.

    Without `raw` the notice says what the report says. Raises Http404 for a report that `viewer` may not see, NotAllowed
    for whoever may not propose, and InputError, naming the fields, for what cannot be.
    """
    report, said = _report(viewer, report_id)
    answers = prefill.from_report(check_kind(code), report, said, person_id) if raw is None else dict(raw)
    return _begin(viewer, Action.PROPOSE, owner_of(report), answers, check_kind(code), report, said)


def draft(
    viewer: Viewer,
    raw: Mapping[str, Any] | None = None,
    report_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    code: str = GREEN,
) -> Notice:
    """Begin a notice of one's own bureau, from one of its reports or from nothing; by the bureau's officers.

    Without `raw` the notice says what the report says. Raises like `propose`.
    """
    own = Organisation.objects.get(pk=viewer.organisation)
    if report_id is None:
        return _begin(viewer, Action.BEGIN, own, dict(raw or {}), check_kind(code))
    report, said = _report(viewer, report_id)
    check_own(viewer, report)
    answers = prefill.from_report(check_kind(code), report, said, person_id) if raw is None else dict(raw)
    return _begin(viewer, Action.BEGIN, own, answers, check_kind(code), report, said)


def edit(viewer: Viewer, notice_id: uuid.UUID, raw: Mapping[str, Any], seen: datetime | None = None) -> Notice:
    """Write a notice anew: by its bureau while it is a draft, by the unit while it is proposed.

    `seen` is the `changed_at` that the writer started from: somebody else's change in between is not overwritten.
    """

    def change(notice: Notice) -> None:
        if seen is not None and notice.changed_at != seen:
            raise NotAllowed(N_("Somebody else changed this notice meanwhile. Reload it, then enter your changes again."))
        _write(viewer, notice, raw, prefill.grade_of(viewer, notice))

    return steps.take(viewer, notice_id, Action.EDIT, change)


def adopt(viewer: Viewer, notice_id: uuid.UUID) -> Notice:
    """Make a proposed notice the bureau's own draft."""
    return steps.take(viewer, notice_id, Action.ADOPT)


def decline(viewer: Viewer, notice_id: uuid.UUID, reason: str) -> Notice:
    """Turn a proposed notice down for good, with a reason for the unit."""

    def change(_notice: Notice) -> None:
        if len(steps.cleaned_reason(reason)) < LEAST_REASON:
            raise NotAllowed(N_("Give a reason of at least %(least)s characters."), field="reason", least=LEAST_REASON)

    return steps.take(viewer, notice_id, Action.DECLINE, change, reason=reason)


def submit(viewer: Viewer, notice_id: uuid.UUID) -> Notice:
    """Put a draft forward for review. Raises ConditionsNotMetError while a binding condition does not hold."""
    return steps.take(viewer, notice_id, Action.SUBMIT, complete)


def return_(viewer: Viewer, notice_id: uuid.UUID, reason: str) -> Notice:
    """Give a submitted or reviewed notice back to its bureau, with reasons."""
    return steps.take(viewer, notice_id, Action.RETURN, reason=reason)


def review(viewer: Viewer, notice_id: uuid.UUID) -> Notice:
    """Confirm, as a reviewer who had no hand in it, that a submitted notice may go out."""
    return steps.take(viewer, notice_id, Action.REVIEW, complete)


def sign(viewer: Viewer, notice_id: uuid.UUID) -> Notice:
    """Sign, as a reviewer who had no hand in it, that nothing in it helps to build or use a device (U.05)."""

    def change(notice: Notice) -> None:
        notice.content["dual_use_signed"] = True

    return steps.take(viewer, notice_id, Action.SIGN, change)


def publish(viewer: Viewer, notice_id: uuid.UUID) -> Notice:
    """Publish a reviewed notice: it gets its number and the audience that its owner wishes."""
    return steps.take(viewer, notice_id, Action.PUBLISH, _publish)


def withdraw(viewer: Viewer, notice_id: uuid.UUID, reason: str) -> Notice:
    """Take a notice back for good, by its owner: it leaves the published list with this transaction."""
    with transaction.atomic():
        notice = steps.take(viewer, notice_id, Action.WITHDRAW, reason=reason)
        withdrawn.send(Notice, viewer=viewer, notice=notice)
        taken_back.send(Notice, kind="notice", record=notice.pk, act="withdrawn", by=viewer.organisation)
    return notice


def _report(viewer: Viewer, report_id: uuid.UUID) -> tuple[Report, Contents]:
    report = records.report(viewer, report_id)
    return report, records.contents(viewer, report)


def check_own(viewer: Viewer, report: Report) -> None:
    """Refuse, with an InputError, a report from another country: a bureau drafts from its own."""
    if report.owner_country != viewer.country:
        raise InputError(N_("This report belongs to somebody else. Draft from a report of your own, or ask its owner."), field="report")


def owner_of(report: Report) -> Organisation:
    """The bureau that will own a notice from this report: entities below a bureau ask through it (R5.01)."""
    owner = report.owner if report.owner.kind == OrganisationKind.BUREAU else bureau_of(report.owner_country)
    if owner is None:
        raise InputError(
            N_("No national central bureau stands behind this report, and only a bureau can own the notice. Choose a bureau's report."),
            field="report",
        )
    return owner


def _begin(
    viewer: Viewer,
    action: Action,
    owner: Organisation,
    raw: dict[str, Any],
    code: str,
    report: Report | None = None,
    said: Contents | None = None,
) -> Notice:
    notice = Notice(
        kind=code,
        owner=owner,
        owner_country=owner.country,
        unit=unit(),
        report=report,
        purpose=kind(code).purpose,
        classification=report.classification if report else Classification.OFFICIAL_USE_ONLY,
        wide_audience=Audience.ONLY,
        created_at=clock.now(),
    )
    _write(viewer, notice, raw, prefill.newest_grade(said) if said else None)
    if report and said:
        notice.caveats = _caveats(notice, report, said) if notice.content["person"] else []
        _not_twice(viewer, report, notice)
        finish(viewer, ("report", report.pk), PROPOSE.code)
    return steps.begin(viewer, notice, action)


def _caveats(notice: Notice, report: Report, said: Contents) -> list[str]:
    """Those of the person of the notice; those of everybody in the report where it is not clear which person that is."""
    people = [each for each in prefill.people(said) if each.properties.get("names") == notice.content["person"]["names"]]
    return of_report(report, people or said.entities, said.links)


def _not_twice(viewer: Viewer, report: Report, made: Notice) -> None:
    """The same facts do not sit in two open notices of one owner (R5.10)."""
    names = made.content["person"].get("names")
    for other in queries.of_report(viewer, report):
        if other.state in queries.OPEN and other.kind == made.kind and other.content["person"].get("names") == names:
            if names:
                raise NotAllowed(N_("This report has a notice on this person already. Continue with that one, or have it withdrawn first."))
            raise NotAllowed(N_("This report has a notice of this kind already. Continue with that one, or have it withdrawn first."))


def _write(viewer: Viewer, notice: Notice, raw: Mapping[str, Any], grade: dict[str, str] | None) -> None:
    """Write the checked answers into the notice. Raises InputError, naming the fields; then nothing is saved."""
    written = contents.read(notice.kind, {**raw, "grade": grade} if grade else raw, clock.today())
    if written.draft.certified and viewer.organisation != notice.owner_id:
        raise InputError(N_("Only the bureau that owns the notice certifies it. Leave this out."), field="certified")
    notice.content = contents.to_json(written.draft)
    ceiling = add_months(notice.created_at.date(), 12 * kind(notice.kind).retention_years)
    notice.retention_until = written.draft.retention_until or ceiling
    _mark(viewer, notice, written)
    _wish(notice, written)


def _mark(viewer: Viewer, notice: Notice, written: Written) -> None:
    if written.classification is None:
        return
    if written.classification > viewer.clearance:
        raise InputError(
            N_("This marking is above your clearance. Choose a lower one, or ask a colleague to write it."), field="classification"
        )
    if viewer.organisation != notice.owner_id and written.classification < notice.classification:
        raise InputError(N_("Only the owner lowers a marking. Keep it, or ask the bureau that owns the notice."), field="classification")
    notice.classification = written.classification


def _wish(notice: Notice, written: Written) -> None:
    """Keep whom the owner wants as readers; until somebody decided it, nobody but owner and unit."""
    wish = written.wish
    named = wish.organisations if wish else ()
    if wish and wish.audience is Audience.EXCEPT and notice.unit_id in named:
        raise InputError(N_("The unit that publishes the notice cannot be left out. Take it off the list."), field="organisations")
    if Organisation.objects.filter(id__in=named).count() != len(named):
        raise InputError(N_("One of the organisations is not known. Choose from the list."), field="organisations")
    notice.wide_audience = wish.audience if wish else Audience.ONLY
    notice.wide_countries = list(wish.countries) if wish else []
    notice.wide_organisations = list(named)


def field_of(condition: Condition) -> str:
    """Return the answer that a condition asks to mend, as raw answers name it."""
    if condition.field in registry().kinds["Person"].properties:
        return f"person.{condition.field}"
    if condition.field in QUESTIONED:
        return f"said.{condition.field}"
    return "grade.scheme" if condition.field == "report_information_grade" else condition.field


def complete(notice: Notice) -> None:
    """Refuse a notice of which a binding condition does not hold that its owner can meet. Raises ConditionsNotMetError."""
    missing = [condition for condition in steps.checklist(notice) if condition.blocks and not condition.late]
    if missing:
        raise ConditionsNotMetError(
            [InputError(c.missing.msgid, field=field_of(c), **c.missing.params) for c in missing if c.missing is not None]
        )


def _publish(notice: Notice) -> None:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("select nextval('notices_number')")
        (drawn,) = cursor.fetchone() or (0,)
    notice.number = f"{kind(notice.kind).letter}-{now.year}-{drawn:04d}"
    notice.published_at = now
