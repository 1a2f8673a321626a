"""Registering what arrives: in a minute, by whoever opens it, before anything is decided."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import sheet
from isotrace.bureaus.roles import Role
from isotrace.desk.actions import ask
from isotrace.engine import clock, uploads
from isotrace.engine.errors import InputError
from isotrace.engine.intake import CHANNELS, Channel, Urgency, alike, deciding, files
from isotrace.engine.policy import NOBODY, Audience, Classification, Envelope, OrganisationKind, Purpose, Verb, Viewer, decide
from isotrace.engine.schema.plain import ADDRESS, NAME, clean_text
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.envelopes import Choice, columns
from isotrace.intake.models import Arrival, Attachment
from isotrace.intake.tasks import DECIDE, SUBJECT, role_for

ROLES = frozenset({Role.ANALYST, Role.BUREAU_OFFICER, Role.DUTY_OFFICER})
"""Who registers what arrives and decides on it."""
AHEAD = timedelta(minutes=5)
"""How far clocks of two houses may differ."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its name, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Arriving:
    """What is said of something that arrives. `citation` is {"title", "url", "published"} of what was published, empty for all else."""

    title: str
    sender: str
    text: str = ""
    channel: str = Channel.POLICE
    urgency: str = Urgency.ROUTINE
    received_at: datetime | None = None
    reference: str = ""
    purpose: str = Purpose.INFO
    classification: int = Classification.OFFICIAL_USE_ONLY
    citation: Mapping[str, str] = field(default_factory=dict)
    upload: Upload | None = None


def may_take_in(viewer: Viewer) -> bool:
    """Whether `viewer` registers what arrives and decides on it: for his own organisation."""
    envelope = Envelope(owner=viewer.organisation, owner_country=viewer.country, database="incidents")
    return viewer.organisation != NOBODY and viewer.role in ROLES and decide(viewer, envelope, Verb.FILE).allowed


def require(viewer: Viewer, act: str) -> None:
    """Raise PermissionError for whoever takes nothing in; the refusal is written down."""
    if not may_take_in(viewer):
        audit.record(viewer, act, SUBJECT, outcome="refused")
        raise PermissionError(gettext("Your role does not take in what arrives. Hand it to an officer of your bureau or an analyst."))


def register(viewer: Viewer, said: Arriving) -> Arrival:
    """Register what arrived at the viewer's organisation and put it on the desk there; nobody else sees it.

    Raises PermissionError for whoever takes nothing in, InputError naming the field for what cannot be.
    """
    require(viewer, "arrival.register")
    attachment = _attachment(said.upload) if said.upload else None
    made = _arrival(viewer, said, attachment)
    with transaction.atomic():
        made.save()
        if attachment:
            for name, value in made.envelope_columns().items():
                setattr(attachment, name, value)
            attachment.arrival = made
            attachment.save()
        audit.record(viewer, "arrival.register", SUBJECT, made.id, channel=made.channel, file=attachment.kind if attachment else "")
        home = Organisation.objects.get(pk=viewer.organisation)
        ask(viewer, DECIDE.code, (SUBJECT, made.id), home, role=role_for(home), due_at=made.due_at)
    return made


def _arrival(viewer: Viewer, said: Arriving, attachment: Attachment | None) -> Arrival:
    received, text = _received(said.received_at), _text(said.text, attachment)
    found = alike.sketch(text)
    return Arrival(
        **_envelope(viewer, said),
        channel=_channel(viewer, said.channel),
        title=_words(said.title, "title", N_("Say in a few words what it is about.")),
        sender=_words(said.sender, "sender", N_("Say from whom it came: an organisation or a post.")),
        reference=_words(said.reference, "reference", "", 80),
        received_at=received,
        urgency=said.urgency,
        due_at=deciding.due(said.urgency, clock.now()),
        text=text,
        citation=_citation(said),
        digest=alike.digest(text) or (attachment.digest if attachment else ""),
        sketch=list(found.smallest),
        runs=found.runs,
        registered_at=clock.now(),
        registered_by=viewer.person,
    )


def _envelope(viewer: Viewer, said: Arriving) -> dict[str, Any]:
    until = deciding.kept("", clock.today(), months_of(viewer))
    choice = Choice(purpose=said.purpose, classification=said.classification, audience=Audience.ONLY, retention_until=until)
    return columns(viewer, choice, personal=True)


def months_of(viewer: Viewer) -> int:
    """Return for how many months the law of the viewer's country lets data on persons be kept, 60 at most."""
    return sheet(viewer.country).retention_months


def _channel(viewer: Viewer, raw: str) -> Channel:
    if raw not in CHANNELS:
        raise InputError(N_("Choose from the list on which way it came."), field="channel")
    if raw == Channel.IAEA and viewer.kind != OrganisationKind.SECRETARIAT:
        raise InputError(N_("Only the unit takes in what the IAEA sends. Choose another way."), field="channel")
    return Channel(raw)


def _received(raw: datetime | None) -> datetime:
    now = clock.now()
    if raw is not None and raw.tzinfo is None:
        raise InputError(N_("Say in which time zone it was received."), field="received_at")
    if raw is not None and raw > now + AHEAD:
        raise InputError(N_("This moment is in the future. Check it."), field="received_at")
    return raw or now


def _text(raw: str, attachment: Attachment | None) -> str:
    try:
        text = clean_text(raw, files.MOST_TEXT, lines=True)
    except InputError as error:
        error.field = "text"
        raise
    if not text and attachment is None:
        raise InputError(N_("Paste the text, or choose the file that came."), field="text")
    return text or (files.text_of(attachment.name, attachment.kind, bytes(attachment.content)) if attachment else "")


def _attachment(upload: Upload) -> Attachment:
    name = uploads.clean_name(upload.name)
    kind = files.kind_of(name, upload.content)
    digest = hashlib.sha256(upload.content).hexdigest()
    return Attachment(name=name, kind=kind.code, size=len(upload.content), digest=digest, content=upload.content)


def _citation(said: Arriving) -> dict[str, str]:
    """What was published is cited (R2.21); nothing else is."""
    given = {name: _words(said.citation.get(name, ""), f"citation_{name}", "", most) for name, most in _CITED.items()}
    if said.channel != Channel.PRESS:
        return {}
    if not given["title"]:
        raise InputError(N_("Say where it was published: what is public is cited."), field="citation_title")
    if given["url"] and not given["url"].startswith(("https://", "http://")):
        raise InputError(N_("Write the whole address, beginning with https://."), field="citation_url")
    kept = {name: value for name, value in given.items() if value}
    return kept | {"retrieved": str(clock.today())}


_CITED = {"title": NAME, "url": ADDRESS}


def _words(raw: str, field: str, missing: str, most: int = NAME) -> str:
    try:
        text = clean_text(raw, most)
    except InputError as error:
        error.field = field
        raise
    if missing and not text:
        raise InputError(missing, field=field)
    return text
