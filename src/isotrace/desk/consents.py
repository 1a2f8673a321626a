"""Asking the owner of a record for consent, and his answer: to pass it on, to use it as evidence or for another purpose, to publish."""

import uuid

from django.db import transaction

from isotrace.desk.asking import answered, look, put, require_police, words
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Classification, OrganisationKind, Verb, Viewer, decide
from isotrace.engine.text import N_
from isotrace.handling import subjects
from isotrace.handling.models import Consent, Owned
from isotrace.handling.signals import taken_back
from isotrace.handling.viewers import informed

USES: dict[str, Verb] = {"forward": Verb.FORWARD, "cite": Verb.CITE, "repurpose": Verb.REPURPOSE, "publish": Verb.PUBLISH}
"""What consent is asked for, and what it then lets the asker's organisation do."""
RULES = {"forward": "R3.15", "cite": "R3.18", "repurpose": "R2.03", "publish": "R3.16"}
"""The rule that the owner's consent meets."""
ASKED, GRANTED, REFUSED, ENDED = "asked", "granted", "refused", "ended"


def askable(viewer: Viewer, record: Owned) -> tuple[str, ...]:
    """Return the uses for which only the owner's consent is missing."""
    return tuple(use for use in USES if _missing_only(informed(viewer), record, use))


def _missing_only(viewer: Viewer, record: Owned, use: str) -> bool:
    against = {reason.rule for reason in decide(viewer, record.envelope, USES[use]).against}
    publishes = viewer.kind == OrganisationKind.SECRETARIAT and record.classification == Classification.OFFICIAL_USE_ONLY
    return against == {RULES[use]} and (use != "publish" or publishes)


def request(viewer: Viewer, code: str, record_id: uuid.UUID, use: str, reason: str) -> Consent:
    """Ask the owner whether one's organisation may use a record in a way that needs his word.

    Raises Http404 for a record that the viewer may not see, InputError where consent is not what is missing or was asked for already.
    """
    record = subjects.read(viewer, code, record_id)
    require_police(viewer)
    said = words(reason, "reason")
    if use not in USES:
        raise InputError(N_("Choose what you ask for from the list."), field="use")
    if Consent.objects.filter(record=record.pk, asker_id=viewer.organisation, use=use, state=ASKED).exists():
        raise InputError(N_("Your organisation has asked for this already. The owner's answer is awaited."), field="use")
    if use not in askable(viewer, record):
        raise InputError(
            N_("The owner's consent is not what is missing here: you may do it already, or another rule forbids it."), field="use"
        )
    with transaction.atomic():
        return put(viewer, Consent, record, use=use, reason=said, state=ASKED)


def answer(viewer: Viewer, consent_id: uuid.UUID, *, granted: bool, text: str) -> Consent:
    """Grant or refuse, as the owner, in words that the asker reads. Raises like `asking.answered`."""
    found = look(viewer, Consent, consent_id)
    answered(viewer, found, GRANTED if granted else REFUSED, words(text, "text", least=0 if granted else 20), within=(ASKED,))
    return found


def end(viewer: Viewer, consent_id: uuid.UUID, text: str) -> Consent:
    """Take a consent back, as the owner: from now on it holds no longer."""
    found = look(viewer, Consent, consent_id)
    with transaction.atomic():
        answered(viewer, found, ENDED, words(text, "text"), within=(GRANTED,))
        taken_back.send(Consent, kind="consent", record=found.pk, act="ended", by=viewer.organisation)
    return found
