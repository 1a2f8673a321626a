"""The kinds of record that are asked about, renewed and deleted as a whole; all else goes with one of them."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import CASCADE, ForeignKey, Model, QuerySet

from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.text import N_
from isotrace.handling.filters import visible
from isotrace.handling.models import Owned
from isotrace.handling.rights import owned_models
from isotrace.notices import renewing as notices
from isotrace.notices.models import Notice
from isotrace.records import queries as records
from isotrace.records import renewing as reports
from isotrace.records.models import Report
from isotrace.screening.models import Hit

Renew = Callable[[Viewer, Any, date | None], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Root:
    """One kind: `label` is a message id, `url_name` its page, `recorded` the column that says since when it is held.

    `renew` writes a new end into a record after all checks of its entry; None for a kind that nobody is asked about.
    """

    model: type[Owned]
    label: str
    url_name: str = ""
    recorded: str = ""
    personal: Callable[[Viewer, Any], bool] = lambda _viewer, _record: True
    renew: Renew | None = None

    @property
    def kind(self) -> str:
        """The word for it in tasks, audit and proofs."""
        return self.model._meta.model_name or ""

    def since(self, record: Owned) -> date:
        """Return the day on which the record was made; the first of all days where its kind doesn't say."""
        return getattr(record, self.recorded).date() if self.recorded else date.min

    def held(self, using: str = "default") -> QuerySet[Owned]:
        """Return all records of the kind, with their owners."""
        return self.model._default_manager.using(using).select_related("owner")


def _report_on_persons(viewer: Viewer, report: Report) -> bool:
    return reports.names_persons(report, records.contents(viewer, report))


_NAMED = (
    Root(Report, N_("Report"), "report", "filed_at", _report_on_persons, reports.renew),
    Root(Notice, N_("Notice"), "notice", "created_at", renew=notices.renew),
    Root(Hit, N_("Hit"), "hit", "at"),
)


def _hangs_on_another(model: type[Model]) -> bool:
    """Whether rows go with a row of another owned table: then that one's time counts."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return any(key.remote_field.on_delete is CASCADE and issubclass(key.related_model, Owned) for key in keys)


@cache
def roots() -> tuple[Root, ...]:
    """Return every kind: those named here, and each other owned table that hangs on none, which goes by its date alone."""
    named = {root.model for root in _NAMED}
    others = (model for model, _ in owned_models() if issubclass(model, Owned) and model not in named and not _hangs_on_another(model))
    return (*_NAMED, *(Root(model, str(model._meta.verbose_name)) for model in others))


def root_of(kind: str) -> Root:
    """Return a kind by its word. Raises KeyError."""
    return {root.kind: root for root in roots()}[kind]


def find(viewer: Viewer, record_id: uuid.UUID, verb: Verb = Verb.FIND) -> tuple[Root, Owned] | None:
    """Return the record with this id among the kinds, as far as `viewer` may do `verb` with it."""
    for root in roots():
        found = visible(root.held(), viewer, verb).filter(pk=record_id).first()
        if found is not None:
            return root, found
    return None


def labels(counts: Iterable[str]) -> dict[str, str]:
    """Return the message id of each model ("app.Model") in a count."""
    return {name: LABELS.get(name, name.rpartition(".")[2]) for name in counts}


LABELS = {
    "records.Report": N_("Reports"),
    "records.Entity": N_("Persons and things that it names"),
    "records.Link": N_("Links between them"),
    "records.Place": N_("Places on the map"),
    "records.Grading": N_("Grades"),
    "identity.Judgement": N_("Judgements on whether things are the same"),
    "records.SensitiveDatum": N_("Sensitive data"),
    "records.SensitiveOpening": N_("Openings of sensitive data"),
    "files.Attachment": N_("Files"),
    "files.AttachmentPart": N_("Parts of files"),
    "intake.Arrival": N_("What arrived"),
    "intake.Attachment": N_("Files that arrived"),
    "intake.Decision": N_("Decisions on what arrived"),
    "intake.Gap": N_("Open questions"),
    "intake.GapAnswer": N_("Reports tied to open questions"),
    "imports.Upload": N_("Files to import"),
    "imports.UploadPart": N_("Parts of files to import"),
    "imports.SavedMapping": N_("Mappings"),
    "imports.Batch": N_("Imports"),
    "imports.BadRow": N_("Rows that were not imported"),
    "imports.RowStatement": N_("What imported rows said"),
    "intake.CaseRequest": N_("Requests about cases"),
    "intake.Confirmation": N_("What States say of it"),
    "notices.Notice": N_("Notices"),
    "notices.NoticeEvent": N_("Steps in the life of the notice"),
    "screening.Hit": N_("Hits"),
    "screening.HitAnswer": N_("Answers to hits"),
    "desk.Task": N_("Tasks"),
    "handling.Consent": N_("Consents asked or given"),
    "handling.Acknowledgement": N_("Acknowledged conditions"),
    "handling.Export": N_("Entries on copies taken"),
    "records.Revision": N_("What it said before it was corrected"),
    "records.StatusChange": N_("Changes of the status of a person"),
    "desk.Correction": N_("Proposed corrections"),
    "desk.Challenge": N_("Challenges"),
    "desk.Raising": N_("Raised markings"),
    "desk.Forwarding": N_("Entries on passing it on"),
    "desk.BrokenGlass": N_("Openings for an imminent threat"),
    "privacy.Renewal": N_("Renewals"),
    "privacy.Reminder": N_("Questions about how long it is kept"),
    "privacy.PersonRequest": N_("Requests of persons"),
    "privacy.Case": N_("Cases of the control body"),
    "privacy.CaseRecord": N_("Mentions in cases of the control body"),
    "privacy.Consultation": N_("Questions of the control body"),
}
"""What a count calls the rows of each table."""
