"""Viewers and envelopes drawn at random, without a database; odd ones too, that no account makes but a rule must withstand."""

import random
import uuid

from isotrace.engine.policy import NOBODY, Envelope, Viewer

ORGANISATIONS = [uuid.UUID(int=n) for n in range(1, 9)]
KINDS = ["secretariat", "bureau", "bureau", "national_entity", "control_body", "partner", "donor"]
COUNTRIES = ["MDA", "GEO", "FRA", ""]
CIRCLES = [uuid.UUID(int=n) for n in range(101, 104)]
ROOTS = [uuid.UUID(int=n) for n in range(201, 206)]
DATABASES = ["incidents", "notices", "hits", "sensitive"]
CONDITIONS = ["lead_only", "tell_first", "not_to_subject", "no_forward", "no_copy"]
PURPOSES = ["INFO", "INFO", "WARN", "BORDER", "ANALYSIS"]


def some(draw: random.Random, pool: list, chance: float, most: int = 3) -> frozenset:
    return frozenset(draw.sample(pool, draw.randint(1, min(most, len(pool))))) if draw.random() < chance else frozenset()


def viewer(draw: random.Random) -> Viewer:
    return Viewer(
        person=uuid.UUID(int=900),
        organisation=draw.choice(ORGANISATIONS) if draw.random() < 0.96 else NOBODY,
        country=draw.choice(COUNTRIES),
        kind=draw.choice(KINDS),
        role=draw.choice(["analyst", "duty_officer", "bureau_officer", "reviewer"]),
        clearance=draw.choice([0, 1, 2, 2, 3, 3]),
        databases=frozenset(DATABASES) if draw.random() < 0.9 else some(draw, DATABASES, 0.5),
        purpose=draw.choice(PURPOSES) if draw.random() < 0.94 else "",
        verbs=frozenset({"consult", "record"}) if draw.random() < 0.85 else some(draw, ["consult", "record"], 0.6, 1),
        communities=some(draw, CIRCLES, 0.4),
        **{
            name: some(draw, ROOTS, 0.5)
            for name in ("glass", "cases", "acknowledged", "may_cite", "may_repurpose", "may_forward", "may_publish")
        },
    )


def envelope(draw: random.Random) -> Envelope:
    return Envelope(
        owner=draw.choice(ORGANISATIONS),
        owner_country=draw.choice(COUNTRIES),
        database=draw.choice(["incidents", "incidents", *DATABASES]),
        purpose=draw.choice(["INFO", "ANALYSIS", "WARN"]),
        classification=draw.choice([1, 1, 2, 2, 3]),
        audience=draw.choice(["all", "all", "only", "except"]),
        countries=some(draw, COUNTRIES, 0.4),
        organisations=some(draw, ORGANISATIONS, 0.4),
        kinds=some(draw, KINDS, 0.2, 2),
        communities=some(draw, CIRCLES, 0.3, 2),
        denied_countries=some(draw, COUNTRIES, 0.12, 2),
        denied_organisations=some(draw, ORGANISATIONS, 0.12, 2),
        denied_kinds=some(draw, KINDS, 0.06, 1),
        denied_communities=some(draw, CIRCLES, 0.1, 1),
        conditions=some(draw, CONDITIONS, 0.4),
        blocked=draw.random() < 0.12,
        root=draw.choice(ROOTS),
    )


def plain_viewer(viewer: Viewer) -> dict:
    return {**{name: getattr(viewer, name) for name in Viewer.__dataclass_fields__}, "signed_in": viewer.organisation != NOBODY}


def plain_envelope(envelope: Envelope) -> dict:
    return {name: getattr(envelope, name) for name in Envelope.__dataclass_fields__}
