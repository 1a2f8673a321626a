"""The register of copies that left the system: every export of the product asks here first, and is written down here."""

from django.db.models import QuerySet

from isotrace.engine import clock
from isotrace.engine.policy import Verb, Viewer, decide
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.forms import sentence
from isotrace.handling.models import Export, Owned
from isotrace.handling.viewers import informed


def may_export(viewer: Viewer, record: Owned) -> bool:
    """Whether `viewer` may take a copy of a record out of the system."""
    return decide(informed(viewer), record.envelope, Verb.EXPORT).allowed


def exported(viewer: Viewer, record: Owned, form: str) -> Export:
    """Write down that `viewer` takes a copy of `record` in `form` (json, csv, pdf ...); call it before the copy is made.

    Raises PermissionError, with the words of the rules that stand against it.
    """
    decision = decide(informed(viewer), record.envelope, Verb.EXPORT)
    kind, root = record._meta.model_name or "", record.envelope.root
    outcome = "allowed" if decision.allowed else "refused"
    audit.record(viewer, f"{kind}.export", kind, root, outcome=outcome, form=form)
    if not decision.allowed:
        raise PermissionError(" ".join(sentence(reason.message) for reason in decision.against))
    return Export.objects.create(
        record_kind=kind,
        record=root,
        owner_id=record.owner_id,
        taker_id=viewer.organisation,
        person=viewer.person,
        purpose=viewer.purpose,
        form=form,
        at=clock.now(),
    )


def copies(viewer: Viewer, record: Owned) -> QuerySet[Export]:
    """Return the copies of a record that `viewer` may know of, the newest first: all for its owner, else his organisation's."""
    return visible(Export.objects.filter(record=record.envelope.root), viewer).select_related("taker")
