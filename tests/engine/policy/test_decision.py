"""Cases written by hand from the rules: who may find, file and change what."""

import uuid
from dataclasses import replace

import pytest

from isotrace.engine.policy import ANONYMOUS, Audience, Envelope, OrganisationKind, Verb, Viewer, decide, who_sees

UNIT, MDA, GEO, FRA, FRA_BORDER, PARTNER = (uuid.UUID(int=n) for n in range(1, 7))
POLICE = frozenset({"incidents", "notices"})


def viewer(organisation, kind, country="", clearance=2, databases=POLICE) -> Viewer:
    return Viewer(
        person=uuid.UUID(int=99),
        organisation=organisation,
        country=country,
        kind=kind,
        clearance=clearance,
        databases=databases,
        purpose="INFO",
    )


VIEWERS = {
    "unit": viewer(UNIT, OrganisationKind.SECRETARIAT, clearance=3),
    "mda": viewer(MDA, OrganisationKind.BUREAU, "MDA"),
    "geo": viewer(GEO, OrganisationKind.BUREAU, "GEO"),
    "fra": viewer(FRA, OrganisationKind.BUREAU, "FRA"),
    "fra_border": viewer(FRA_BORDER, OrganisationKind.NATIONAL_ENTITY, "FRA"),
    "partner": viewer(PARTNER, OrganisationKind.PARTNER),
    "nobody": ANONYMOUS,
}
RECORD = Envelope(owner=MDA, owner_country="MDA", database="incidents")


def finders(envelope: Envelope) -> set[str]:
    return {name for name, who in VIEWERS.items() if decide(who, envelope, Verb.FIND).allowed}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"audience": Audience.ALL}, {"unit", "mda", "geo", "fra", "fra_border"}),
        ({"audience": Audience.ONLY}, {"mda"}),
        ({"audience": Audience.ONLY, "organisations": frozenset({UNIT})}, {"mda", "unit"}),
        ({"audience": Audience.ONLY, "organisations": frozenset({PARTNER})}, {"mda", "partner"}),
        ({"audience": Audience.ONLY, "countries": frozenset({"FRA"})}, {"mda", "fra", "fra_border"}),
        ({"audience": Audience.ONLY, "countries": frozenset({""})}, {"mda"}),
        ({"audience": Audience.EXCEPT, "countries": frozenset({"FRA"})}, {"unit", "mda", "geo"}),
        ({"audience": Audience.EXCEPT, "organisations": frozenset({UNIT})}, {"mda", "geo", "fra", "fra_border"}),
        ({"audience": Audience.EXCEPT, "organisations": frozenset({MDA})}, {"unit", "mda", "geo", "fra", "fra_border"}),
        ({"audience": Audience.ALL, "classification": 3}, {"unit"}),
        ({"audience": Audience.ALL, "database": "hits"}, set()),
        ({"owner": FRA_BORDER, "owner_country": "FRA"}, {"fra_border", "fra"}),
    ],
)
def test_finders_of_a_record(changes, expected):
    assert finders(replace(RECORD, **changes)) == expected


def test_only_the_owner_files_and_changes():
    open_to_all = replace(RECORD, audience=Audience.ALL)
    for verb in (Verb.FILE, Verb.EDIT):
        assert {name for name, who in VIEWERS.items() if decide(who, open_to_all, verb).allowed} == {"mda"}


def test_decision_carries_every_reason():
    decision = decide(VIEWERS["fra"], replace(RECORD, classification=3), Verb.READ)
    assert decision.allowed is False
    assert [(reason.rule, reason.favour) for reason in decision.reasons] == [
        ("R1.15", True),
        ("R1.03", True),
        ("R3.03", True),
        ("R2.02", True),
        ("R4.27", True),
        ("R3.12", False),
        ("R3.01", False),
        ("R3.02", True),
        ("R4.12", True),
        ("R3.13", True),
    ]
    assert [str(reason.message) for reason in decision.against] == [
        "Its marking is above your clearance. Ask your bureau's administrator.",
        "Its owner does not share it with your organisation. Ask the owner.",
    ]


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, ["Bureau owns it and decides who sees it.", "Nobody else sees it."]),
        ({"audience": Audience.ALL}, ["Bureau owns it and decides who sees it.", "All police organisations"]),
        (
            {"countries": frozenset({"GEO", "FRA"}), "organisations": frozenset({UNIT})},
            ["Bureau owns it and decides who sees it.", "Only these see it as well: France, Georgia, Unit."],
        ),
        (
            {"audience": Audience.EXCEPT, "countries": frozenset({"FRA"})},
            ["Bureau owns it and decides who sees it.", "All police organisations see it but these: France."],
        ),
    ],
)
def test_who_sees_in_words(changes, lines):
    said = who_sees(replace(RECORD, **changes), {MDA: "Bureau", UNIT: "Unit"}, {"GEO": "Georgia", "FRA": "France"})
    assert [str(line) for line in said] == lines
