"""Who looks, and under which envelope a record lies."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

from isotrace.engine.text import N_

NOBODY = uuid.UUID(int=0)


class Verb(StrEnum):
    """What somebody wants to do with a record.

    KNOW is to learn that it exists, FIND to have it in a list, READ to open it, CITE to use it as evidence, REPURPOSE to use it
    for another purpose, FORWARD to pass it on, PUBLISH to put it before the public, EXPORT to take a copy out of the system,
    BLOCK to keep it from use while a doubt is examined.
    """

    KNOW = "know"
    FIND = "find"
    READ = "read"
    CITE = "cite"
    REPURPOSE = "repurpose"
    FORWARD = "forward"
    PUBLISH = "publish"
    EXPORT = "export"
    FILE = "file"
    EDIT = "edit"
    REGRADE = "regrade"
    RAISE = "raise"
    LOWER = "lower"
    DELETE = "delete"
    BLOCK = "block"


VERB_LABELS: dict[Verb, str] = {
    Verb.KNOW: N_("Know that it exists"),
    Verb.FIND: N_("Find it"),
    Verb.READ: N_("Read it"),
    Verb.CITE: N_("Use it as evidence"),
    Verb.REPURPOSE: N_("Use it for another purpose"),
    Verb.FORWARD: N_("Forward it"),
    Verb.PUBLISH: N_("Publish an extract"),
    Verb.EXPORT: N_("Export it"),
    Verb.FILE: N_("File it"),
    Verb.EDIT: N_("Change it"),
    Verb.REGRADE: N_("Grade it"),
    Verb.RAISE: N_("Raise its marking"),
    Verb.LOWER: N_("Lower its marking"),
    Verb.DELETE: N_("Delete it"),
    Verb.BLOCK: N_("Block it"),
}


class Purpose(StrEnum):
    """The closed list of purposes (police-rules 2.1); one for every record and every query."""

    WANTED = "WANTED"
    LOCATE = "LOCATE"
    INFO = "INFO"
    WARN = "WARN"
    IDENT = "IDENT"
    FORENSIC = "FORENSIC"
    SECCHECK = "SECCHECK"
    BORDER = "BORDER"
    ANALYSIS = "ANALYSIS"


PURPOSE_LABELS: dict[Purpose, str] = {
    Purpose.WANTED: N_("Find a wanted person"),
    Purpose.LOCATE: N_("Locate a person or an object of police interest"),
    Purpose.INFO: N_("Give or obtain information on an investigation"),
    Purpose.WARN: N_("Warn of a person, event, object or way of working linked to crime"),
    Purpose.IDENT: N_("Identify a person or a dead body"),
    Purpose.FORENSIC: N_("Forensic analysis"),
    Purpose.SECCHECK: N_("Security check for international police cooperation"),
    Purpose.BORDER: N_("Border management and border control"),
    Purpose.ANALYSIS: N_("Identify threats, crime trends and criminal networks"),
}


class Classification(IntEnum):
    """Three markings; the first is the default when nothing is said (R3.07)."""

    OFFICIAL_USE_ONLY = 1
    RESTRICTED = 2
    CONFIDENTIAL = 3


CLASSIFICATION_LABELS: dict[Classification, str] = {
    Classification.OFFICIAL_USE_ONLY: N_("OFFICIAL USE ONLY"),
    Classification.RESTRICTED: N_("RESTRICTED"),
    Classification.CONFIDENTIAL: N_("CONFIDENTIAL"),
}


class Audience(StrEnum):
    """How the lists of an envelope are meant; ONLY with empty lists is nobody but the owner."""

    ALL = "all"
    ONLY = "only"
    EXCEPT = "except"


AUDIENCE_LABELS: dict[Audience, str] = {
    Audience.ALL: N_("All police organisations"),
    Audience.ONLY: N_("Only these"),
    Audience.EXCEPT: N_("All but these"),
}


class OrganisationKind(StrEnum):
    """What kind of organisation somebody works for."""

    SECRETARIAT = "secretariat"
    BUREAU = "bureau"
    NATIONAL_ENTITY = "national_entity"
    CONTROL_BODY = "control_body"
    PARTNER = "partner"
    DONOR = "donor"


class Condition(StrEnum):
    """What an owner asks of everybody who uses a record; acknowledged before it is first read (R3.13)."""

    LEAD_ONLY = "lead_only"
    TELL_FIRST = "tell_first"
    NOT_TO_SUBJECT = "not_to_subject"
    NO_FORWARD = "no_forward"
    NO_COPY = "no_copy"
    OTHER = "other"


CONDITION_LABELS: dict[Condition, str] = {
    Condition.LEAD_ONLY: N_("A lead only: not to be used as evidence without the owner's consent"),
    Condition.TELL_FIRST: N_("Tell the owner before you act on it"),
    Condition.NOT_TO_SUBJECT: N_("Do not tell the person whom it concerns"),
    Condition.NO_FORWARD: N_("Do not pass it on without the owner's consent"),
    Condition.NO_COPY: N_("Take no copy out of this system"),
    Condition.OTHER: N_("As the owner's note says"),
}


class DatabaseVerb(StrEnum):
    """What a grant lets a national entity do in a database (R1.03)."""

    CONSULT = "consult"
    RECORD = "record"


Ids = frozenset[uuid.UUID]
_ALL_VERBS: frozenset[str] = frozenset(DatabaseVerb)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a person of one organisation, with a role, for a purpose.

    `databases` are the kinds of record that role and grant open, `verbs` what they let do there. `glass` holds the records that
    a duty officer opened against a restriction, `cases` those that the control body examines, both by the id of their root.
    `acknowledged` and the `may_*` sets hold the records whose conditions this person accepted and for which the owner consented.
    """

    person: uuid.UUID = NOBODY
    organisation: uuid.UUID = NOBODY
    country: str = ""
    kind: str = ""
    role: str = ""
    clearance: int = 0
    databases: frozenset[str] = frozenset()
    purpose: str = ""
    verbs: frozenset[str] = _ALL_VERBS
    communities: Ids = frozenset()
    glass: Ids = frozenset()
    cases: Ids = frozenset()
    acknowledged: Ids = frozenset()
    may_cite: Ids = frozenset()
    may_repurpose: Ids = frozenset()
    may_forward: Ids = frozenset()
    may_publish: Ids = frozenset()

    def fields(self) -> dict[str, Any]:
        """Return the flat fields that terms read; nobody's organisation is empty."""
        plain = {name: getattr(self, name) for name in _VIEWER_FIELDS}
        return {**plain, "signed_in": "" if self.organisation == NOBODY else "yes"}


_VIEWER_FIELDS = tuple(Viewer.__dataclass_fields__)


ANONYMOUS = Viewer()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Under which rules a record lies. The owner supplied it and stays in control of it.

    `root` is the record that decides: a report for everything that it says. The lists of the audience let in or, with EXCEPT,
    leave out; the `denied_*` lists leave out always.
    """

    owner: uuid.UUID
    owner_country: str
    database: str
    purpose: Purpose = Purpose.INFO
    classification: Classification = Classification.OFFICIAL_USE_ONLY
    audience: Audience = Audience.ONLY
    countries: frozenset[str] = frozenset()
    organisations: Ids = frozenset()
    kinds: frozenset[str] = frozenset()
    communities: Ids = frozenset()
    denied_countries: frozenset[str] = frozenset()
    denied_organisations: Ids = frozenset()
    denied_kinds: frozenset[str] = frozenset()
    denied_communities: Ids = frozenset()
    conditions: frozenset[str] = frozenset()
    blocked: bool = False
    root: uuid.UUID = NOBODY
    retention_until: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Return the flat fields that terms read, named like the columns."""
        return {
            "owner_id": self.owner,
            "owner_country": self.owner_country,
            "database": self.database,
            "purpose": str(self.purpose),
            "classification": int(self.classification),
            "audience": str(self.audience),
            "audience_countries": self.countries,
            "audience_organisations": self.organisations,
            "audience_kinds": self.kinds,
            "audience_communities": self.communities,
            "denied_countries": self.denied_countries,
            "denied_organisations": self.denied_organisations,
            "denied_kinds": self.denied_kinds,
            "denied_communities": self.denied_communities,
            "conditions": self.conditions,
            "blocked": self.blocked,
            "root": self.root,
            **self.extra,
        }
