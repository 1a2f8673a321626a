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
    """What somebody wants to do with a record."""

    FIND = "find"
    READ = "read"
    FILE = "file"
    EDIT = "edit"


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
    PARTNER = "partner"
    DONOR = "donor"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a person of one organisation, with a role, for a purpose."""

    person: uuid.UUID = NOBODY
    organisation: uuid.UUID = NOBODY
    country: str = ""
    kind: str = ""
    role: str = ""
    clearance: int = 0
    databases: frozenset[str] = frozenset()
    purpose: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the flat fields that terms read; nobody's organisation is empty."""
        return {
            "organisation": self.organisation,
            "signed_in": "" if self.organisation == NOBODY else "yes",
            "country": self.country,
            "kind": self.kind,
            "clearance": self.clearance,
            "databases": self.databases,
        }


ANONYMOUS = Viewer()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Under which rules a record lies. The owner supplied it and stays in control of it."""

    owner: uuid.UUID
    owner_country: str
    database: str
    purpose: Purpose = Purpose.INFO
    classification: Classification = Classification.OFFICIAL_USE_ONLY
    audience: Audience = Audience.ONLY
    countries: frozenset[str] = frozenset()
    organisations: frozenset[uuid.UUID] = frozenset()
    retention_until: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Return the flat fields that terms read, named like the columns."""
        return {
            "owner_id": self.owner,
            "owner_country": self.owner_country,
            "database": self.database,
            "classification": int(self.classification),
            "audience": str(self.audience),
            "audience_countries": self.countries,
            "audience_organisations": self.organisations,
            **self.extra,
        }
