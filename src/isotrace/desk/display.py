"""What pages about any record show: uses with their reasons, steps, and questions in words."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from isotrace.desk import consents, raisings
from isotrace.desk.asking import ANSWERED_WITHIN
from isotrace.desk.models import BrokenGlass, Challenge, Raising
from isotrace.desk.pages import PAGES, STATES, Page
from isotrace.desk.queries import Asked
from isotrace.engine.policy import CLASSIFICATION_LABELS, VERB_LABELS, Classification, OrganisationKind, Verb, Viewer, decide
from isotrace.engine.text import N_
from isotrace.handling import subjects
from isotrace.handling.counter import may_release
from isotrace.handling.filters import visible
from isotrace.handling.models import Owned
from isotrace.handling.subjects import Subject
from isotrace.handling.viewers import informed

SHOWN_VERBS = (Verb.CITE, Verb.REPURPOSE, Verb.FORWARD, Verb.PUBLISH, Verb.EXPORT)


def uses(viewer: Viewer, record: Owned) -> list[dict[str, Any]]:
    """Return what may be done with a record beyond reading: each with yes or no, why not, and the way to ask where consent is missing."""
    knowing, missing = informed(viewer), consents.askable(viewer, record)
    asked = {verb: use for use, verb in consents.USES.items()}
    code = record._meta.model_name or ""
    return [
        {
            "label": VERB_LABELS[verb],
            "allowed": decision.allowed,
            "reasons": [reason.message for reason in decision.against],
            "ask": reverse("record_ask", args=[code, record.pk, asked[verb]]) if asked.get(verb) in missing else "",
        }
        for verb in SHOWN_VERBS
        for decision in (decide(knowing, record.envelope, verb),)
    ]


def steps(viewer: Viewer, subject: Subject, record: Owned) -> list[dict[str, str]]:
    """Return the addresses of what this viewer can do about a record, with their labels."""
    own = record.owner_id == viewer.organisation
    return [{"url": url, "label": label} for url, label in _steps(viewer, subject, record, own=own)]


def _steps(viewer: Viewer, subject: Subject, record: Owned, *, own: bool) -> Iterator[tuple[str, str]]:
    place = [subject.code, record.pk]
    yield reverse("record_access", args=place), _("Who may see it, and why")
    if own and subject.change is not None:
        yield reverse("record_envelope", args=place), _("Change who may see it")
    if own and subject.edit:
        yield reverse(subject.edit, args=[record.pk]), _("Correct it")
    if viewer.kind in (OrganisationKind.SECRETARIAT, OrganisationKind.BUREAU, OrganisationKind.NATIONAL_ENTITY):
        yield reverse("record_forward", args=place), _("Pass it on")
        if own and may_release(viewer):
            yield reverse("released_reference", args=place), _("Release a reference to this record")
        if not own:
            yield reverse("record_propose", args=place), _("Propose a correction")
            yield reverse("record_challenge", args=place), _("Challenge it")
    if not own and raisings.may_raise(viewer) and record.classification < max(Classification):
        yield reverse("record_raise", args=place), _("Raise its marking")


def asked_rows(asked: Asked) -> list[dict[str, Any]]:
    """Return the questions about a record, newest first, each with its state and its page."""
    found = [(name, each) for name in PAGES for each in getattr(asked, f"{name}s", ())] + [("raising", each) for each in asked.raisings]
    rows = [_row(name, each) for name, each in found] + [_opened(each) for each in asked.openings]
    return sorted(rows, key=lambda row: row["at"], reverse=True)


def challenge_rows(found: Iterable[Challenge]) -> list[dict[str, Any]]:
    """Return challenged records as the task list shows them: whose record, whose doubt, since when."""
    return [
        {
            "url": reverse("challenge", args=[each.pk]),
            "title": _("%(kind)s of %(owner)s") % {"kind": _(subjects.get(each.record_kind).label), "owner": each.owner.name},
            "detail": each.asker.name,
            "due": each.asked_at + ANSWERED_WITHIN,
            "tag": _(STATES[each.state][0]),
            "tone": STATES[each.state][1],
        }
        for each in found
    ]


def _row(name: str, found: Any) -> dict[str, Any]:
    state, tone = STATES[found.state] if name in PAGES else (RAISED, "info")
    title = str(PAGES[name].heading) if name in PAGES else _(RAISED)
    return {
        "url": reverse(name, args=[found.pk]),
        "title": title,
        "who": found.asker.name,
        "at": found.asked_at,
        "state": _(state),
        "tone": tone,
    }


RAISED = N_("The marking was raised")


def _opened(found: BrokenGlass) -> dict[str, Any]:
    return {
        "url": reverse("glass", args=[found.pk]),
        "title": _("Opened for an imminent threat"),
        "who": found.organisation.name,
        "at": found.opened_at,
        "state": "",
        "tone": "bad",
    }


def address(viewer: Viewer, kind: str, record_id: uuid.UUID) -> dict[str, str]:
    """Return the page and the name of a record as far as this viewer may find it, its kind alone otherwise."""
    subject = subjects.get(kind)
    found = visible(subject.among(), viewer, Verb.FIND).filter(pk=record_id).first()
    if found is None:
        return {"label": subject.label, "url": "", "title": ""}
    return {"label": subject.label, "url": reverse(subject.page, args=[found.pk]), "title": subject.title(found)}


def question(viewer: Viewer, page: Page, found: Any) -> dict[str, Any]:
    """Return what the page of a question shows."""
    state, tone = STATES[found.state]
    subject, own = subjects.get(found.record_kind), found.owner_id == viewer.organisation
    mends = own and found.state in ("accepted", "upheld") and subject.edit
    return {
        "found": found,
        "heading": page.heading,
        "address": address(viewer, found.record_kind, found.record),
        "rows": list(page.rows(found)),
        "state": _(state),
        "tone": tone,
        "edit": reverse(subject.edit, args=[found.record]) if mends else "",
    }


def raising(viewer: Viewer, found: Raising) -> dict[str, Any]:
    """Return what the page of a raised marking shows."""
    labels = {int(level): _(label) for level, label in CLASSIFICATION_LABELS.items()}
    return {
        "found": found,
        "address": address(viewer, found.record_kind, found.record),
        "before": labels[found.before],
        "after": labels[found.after],
    }
