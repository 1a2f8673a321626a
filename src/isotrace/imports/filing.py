"""From drafts to reports: which rows are new, which say something else than last time, and writing both."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Bad, Draft, RowError
from isotrace.engine.notices import grades
from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.schema.plain import shown as quoted
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.bulk import insert, maker
from isotrace.handling.envelopes import columns
from isotrace.handling.filters import visible
from isotrace.imports import checks, orders
from isotrace.imports.models import Batch, RowStatement
from isotrace.records import origins
from isotrace.records.many import Manner, file_many, grade_of, references_in_use, shown
from isotrace.records.models import Report, ReportKind
from isotrace.records.restating import restate

MOST_KEY = 300


@dataclass(slots=True)
class Outcome:
    """What some rows did, or would do."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: list[Bad] = field(default_factory=list)
    examples: list[dict[str, Any]] = field(default_factory=list)


class Filer:
    """Takes the drafts of a batch; without `writes` it only says what each would do, by the same steps."""

    def __init__(self, viewer: Viewer, batch: Batch, *, writes: bool) -> None:
        """Ask the policy once for the envelope of all. Raises InputError naming the field."""
        self._viewer, self._batch, self._writes = viewer, batch, writes
        choice = orders.restored(batch.choice)
        self._choice = choice
        self._envelope = columns(viewer, choice, personal=False)
        origins.check(viewer, origins.origin_of(viewer, batch.kind), self._envelope)
        self._unfit: InputError | None = None
        try:
            columns(viewer, choice, personal=True)
        except InputError as error:
            self._unfit = error
        self._makes: Callable[..., RowStatement] | None = None
        self._manner = Manner(self._envelope, batch.kind, batch.grade, batch.retrieved)

    def problems(self, draft: Draft) -> Iterator[InputError]:
        """Yield what stands against filing a draft by itself; fields are named things.NAME.property."""
        if self._batch.kind == ReportKind.OPEN_SOURCE and not draft.report.get("citations"):
            yield InputError(N_("Say where it was published: what is public is cited."), field="citations")
        if self._unfit is not None and checks.personal(draft):
            yield self._unfit
        if len(draft.key) > MOST_KEY:
            yield InputError(N_("The key of this row is too long. Shorten it to at most %(most)d characters."), most=MOST_KEY)
        codes = grade_of(draft, self._batch.grade)
        if codes:
            try:
                grades.check(codes["scheme"], codes["source_grade"], codes["information_grade"])
            except InputError as error:
                yield InputError(error.message.msgid, field="report.source_grade", **error.message.params)
        yield from checks.problems(draft, self._choice)

    def take(self, drafts: Sequence[Draft]) -> Outcome:
        """File what is new, change what says something else, leave the rest."""
        outcome = Outcome()
        known = self._known(drafts)
        new = [draft for draft in drafts if draft.key not in known]
        self._file(self._free(new, outcome), outcome)
        for draft in drafts:
            before = known.get(draft.key)
            if before is not None and bytes(before.digest) == draft.digest:
                outcome.unchanged += 1
            elif before is not None:
                self._change(before, draft, outcome)
        return outcome

    def _known(self, drafts: Sequence[Draft]) -> dict[str, RowStatement]:
        """The current statements of these keys in the own organisation."""
        keys = [draft.key for draft in drafts]
        found = RowStatement.objects.filter(owner_id=self._viewer.organisation, current=True, key__in=keys)
        return {each.key: each for each in visible(found, self._viewer).select_related("report")}

    def _free(self, drafts: Sequence[Draft], outcome: Outcome) -> list[Draft]:
        """Those whose reference no other report of the own organisation has; the others are refused."""
        wanted = [str(draft.report.get("reference", "")) for draft in drafts]
        used: dict[str, uuid.UUID | None] = dict(references_in_use(self._viewer, wanted))
        free = []
        for draft, reference in zip(drafts, wanted, strict=True):
            if reference and reference in used:
                outcome.bad.append(_refused(draft, reference))
            else:
                free.append(draft)
                used |= {reference: None} if reference else {}
        return free

    def _file(self, drafts: Sequence[Draft], outcome: Outcome) -> None:
        outcome.new += len(drafts)
        outcome.examples += [_example(each) for each in drafts[:5]]
        if not self._writes or not drafts:
            return
        filed = file_many(self._viewer, drafts, self._manner)
        insert([self._statement(each.report, draft, each.ids()) for draft, each in zip(drafts, filed, strict=True)])

    def _statement(self, report: Report, draft: Draft, ids: Mapping[str, str], gone: Sequence[uuid.UUID] = ()) -> RowStatement:
        """What a row said of its report: as long there as the report, for the own organisation alone."""
        if self._makes is None:
            same = self._batch.envelope_columns() | {"batch_id": self._batch.pk, "made_at": clock.now()}
            self._makes = maker(RowStatement, same)
        return self._makes(
            retention_until=report.retention_until,
            classification=max(report.classification, self._batch.classification),
            report_id=report.pk,
            row=draft.number,
            key=draft.key,
            digest=draft.digest,
            said=draft.statement(),
            things=dict(ids),
            gone=list(gone),
        )

    def _change(self, before: RowStatement, draft: Draft, outcome: Outcome) -> None:
        """Bring a report to what its row says now; in a check the same is done and undone."""
        said, after = before.said, draft.statement()
        try:
            with transaction.atomic():
                self._restate(before, draft)
                if not self._writes:
                    transaction.set_rollback(True)
        except (InputError, PermissionError) as error:
            outcome.bad.append(_not_changed(draft, error))
            return
        outcome.updated += 1
        if len(outcome.examples) < 50:
            outcome.examples.append(
                {"row": draft.number, "act": "updated", "title": shown(after)["title"], "changes": list(differing(said, after))}
            )

    def _restate(self, before: RowStatement, draft: Draft) -> None:
        report = visible(Report.objects.all(), self._viewer, Verb.EDIT).filter(pk=before.report_id).first()
        if report is None:
            raise InputError(N_("The report of this row is blocked or belongs to somebody else now. Leave the row out."))
        self._reference_is_free(report, draft)
        done = restate(report, before.things, before.said, draft.statement(), person=self._viewer.person)
        RowStatement.objects.filter(pk=before.pk).update(current=False)
        self._statement(report, draft, done.ids, done.gone).save(force_insert=True)
        audit.record(self._viewer, "report.correct", "report", report.id, batch=self._batch.id)

    def _reference_is_free(self, report: Report, draft: Draft) -> None:
        reference = str(draft.report.get("reference", ""))
        if reference and references_in_use(self._viewer, [reference]).get(reference, report.id) != report.id:
            raise InputError(_IN_USE, field="reference")


_IN_USE = N_("Your organisation has filed a report with this reference already. Open that one, or change the reference.")


def _example(draft: Draft) -> dict[str, Any]:
    return {"row": draft.number, "act": "new", "title": shown(draft.statement())["title"], "changes": []}


def _refused(draft: Draft, reference: str) -> Bad:
    return Bad(draft.row, (RowError("reference", quoted(reference, 100), InputError(_IN_USE).message),))


def _not_changed(draft: Draft, error: Exception) -> Bad:
    if not isinstance(error, InputError):
        error = InputError(N_("This report may not be changed by you. Leave the row out."))
    found = getattr(error, "errors", None) or [error]
    return Bad(draft.row, tuple(RowError(each.field, "", each.message) for each in found))


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each property that two statements say otherwise, as {"thing", "kind", "property", "before", "after"}."""
    empty: dict[str, Any] = {"properties": {}}
    for name in dict.fromkeys([*before["things"], *after["things"]]):
        was, now = before["things"].get(name, empty), after["things"].get(name, empty)
        for each in dict.fromkeys([*was["properties"], *now["properties"]]):
            if was["properties"].get(each) != now["properties"].get(each):
                kind = now.get("kind") or was.get("kind")
                values = {"before": was["properties"].get(each), "after": now["properties"].get(each)}
                yield {"thing": name, "kind": kind, "property": each, **values}
