"""Cases written by hand from the rule book: for each row who of thirteen people is let through, and the rule that says so."""

import uuid
from dataclasses import replace

import pytest

from isotrace.engine.policy import ANONYMOUS, Audience, Classification, Condition, Envelope, Purpose, Verb, Viewer, decide
from isotrace.engine.policy import OrganisationKind as Kind

UNIT, MDA, REGULATOR, GEO, FRA, FRA_BORDER, PARTNER, CONTROL = (uuid.UUID(int=n) for n in range(1, 9))
RECORD, CIRCLE = uuid.UUID(int=50), uuid.UUID(int=60)
HERE = frozenset({RECORD})
CONSENTED = dict.fromkeys(("acknowledged", "may_cite", "may_repurpose", "may_forward", "may_publish"), HERE)


def person(organisation, kind, country="", clearance=2, purpose=Purpose.INFO, **more) -> Viewer:
    return Viewer(
        person=uuid.UUID(int=99),
        organisation=organisation,
        country=country,
        kind=kind,
        clearance=clearance,
        purpose=purpose,
        databases=frozenset({"incidents", "sensitive"}),
        **more,
    )


PEOPLE = {
    "analyst": person(UNIT, Kind.SECRETARIAT, clearance=3, purpose=Purpose.ANALYSIS, role="analyst"),
    "duty": person(UNIT, Kind.SECRETARIAT, clearance=3, purpose=Purpose.WARN, role="duty_officer", glass=HERE),
    "mda": person(MDA, Kind.BUREAU, "MDA", role="bureau_officer"),
    "regulator": person(REGULATOR, Kind.NATIONAL_ENTITY, "MDA", role="bureau_officer"),
    "geo": person(GEO, Kind.BUREAU, "GEO", communities=frozenset({CIRCLE})),
    "fra": person(FRA, Kind.BUREAU, "FRA", **CONSENTED),
    "low": person(FRA, Kind.BUREAU, "FRA", clearance=1),
    "border": person(FRA_BORDER, Kind.NATIONAL_ENTITY, "FRA", purpose=Purpose.BORDER, role="border_officer"),
    "consulting": person(REGULATOR, Kind.NATIONAL_ENTITY, "MDA", verbs=frozenset({"consult"})),
    "partner": person(PARTNER, Kind.PARTNER),
    "control": person(CONTROL, Kind.CONTROL_BODY, purpose="", cases=HERE),
    "idle": person(CONTROL, Kind.CONTROL_BODY),
    "nobody": ANONYMOUS,
}
OURS = Envelope(owner=MDA, owner_country="MDA", database="incidents", root=RECORD)
ALL = {"audience": Audience.ALL}
POLICE = {"analyst", "duty", "mda", "regulator", "geo", "fra", "low", "border", "consulting"}
ABOVE = {"mda", "duty", "control"}
"""The owner, who opened it against the restriction, and who examines it."""

ROWS = [
    # rule, what the envelope says, verb, who may
    ("R3.01", ALL, Verb.FIND, POLICE | {"control"}),
    ("R3.01", {}, Verb.FIND, ABOVE),
    ("R3.01", {"organisations": frozenset({UNIT})}, Verb.FIND, ABOVE | {"analyst"}),
    ("R3.01", {"organisations": frozenset({PARTNER})}, Verb.FIND, ABOVE | {"partner"}),
    ("R3.02", {"countries": frozenset({"FRA"})}, Verb.FIND, ABOVE | {"fra", "low", "border"}),
    ("R3.01", {"countries": frozenset({""})}, Verb.FIND, ABOVE),
    ("R3.01", {"kinds": frozenset({Kind.BUREAU})}, Verb.FIND, ABOVE | {"geo", "fra", "low"}),
    ("R3.01", {"kinds": frozenset({Kind.PARTNER})}, Verb.FIND, ABOVE | {"partner"}),
    ("R3.01", {"communities": frozenset({CIRCLE})}, Verb.FIND, ABOVE | {"geo"}),
    ("R3.02", {"audience": Audience.EXCEPT, "countries": frozenset({"FRA"})}, Verb.FIND, (POLICE | {"control"}) - {"fra", "low", "border"}),
    ("R3.01", {"audience": Audience.EXCEPT, "organisations": frozenset({GEO})}, Verb.FIND, (POLICE | {"control"}) - {"geo"}),
    ("R3.01", {"audience": Audience.EXCEPT, "communities": frozenset({CIRCLE})}, Verb.FIND, (POLICE | {"control"}) - {"geo"}),
    ("R3.02", ALL | {"denied_countries": frozenset({"FRA"})}, Verb.FIND, (POLICE | {"control"}) - {"fra", "low", "border"}),
    ("R3.02", ALL | {"denied_organisations": frozenset({UNIT})}, Verb.FIND, (POLICE | {"control"}) - {"analyst"}),
    ("R3.02", ALL | {"denied_kinds": frozenset({Kind.NATIONAL_ENTITY})}, Verb.FIND, (POLICE | {"control"}) - {"regulator", "border", "consulting"}),
    ("R3.02", ALL | {"denied_communities": frozenset({CIRCLE})}, Verb.FIND, (POLICE | {"control"}) - {"geo"}),
    ("R3.03", {"organisations": frozenset({GEO}), "denied_countries": frozenset({"GEO"})}, Verb.FIND, ABOVE),
    ("R1.08", ALL | {"denied_organisations": frozenset({MDA}), "denied_countries": frozenset({"MDA"})}, Verb.FIND, (POLICE | {"control"}) - {"regulator", "consulting"}),
    ("R3.12", ALL | {"classification": Classification.RESTRICTED}, Verb.FIND, (POLICE | {"control"}) - {"low"}),
    ("R3.12", ALL | {"classification": Classification.CONFIDENTIAL}, Verb.FIND, {"analyst", "duty", "control"}),
    ("R3.11", ALL | {"classification": Classification.CONFIDENTIAL}, Verb.KNOW, {"analyst", "duty", "control"}),
    ("R3.11", ALL | {"classification": Classification.RESTRICTED}, Verb.KNOW, POLICE | {"control"}),
    ("R4.27", ALL | {"purpose": Purpose.ANALYSIS}, Verb.FIND, (POLICE | {"control"}) - {"border"}),
    ("R4.12", ALL | {"blocked": True}, Verb.FIND, {"mda", "control"}),
    ("R4.12", ALL | {"blocked": True}, Verb.KNOW, {"mda", "control"}),
    ("R3.03", ALL | {"database": "notices"}, Verb.FIND, set()),
    ("R3.06", {"database": "sensitive"}, Verb.FIND, {"mda", "control"}),
    ("R1.06", {"owner": REGULATOR}, Verb.FIND, ABOVE | {"regulator", "consulting"}),
    ("R1.06", {"owner": REGULATOR}, Verb.EDIT, {"regulator"}),
    ("R1.04", {"owner": REGULATOR}, Verb.FILE, {"regulator"}),
    ("R3.13", ALL, Verb.READ, POLICE | {"control"}),
    ("R3.13", ALL | {"conditions": frozenset({Condition.TELL_FIRST})}, Verb.READ, {"mda", "fra", "control"}),
    ("R3.13", ALL | {"conditions": frozenset({Condition.TELL_FIRST})}, Verb.FIND, POLICE | {"control"}),
    ("R3.18", ALL, Verb.CITE, POLICE),
    ("R3.18", ALL | {"conditions": frozenset({Condition.LEAD_ONLY})}, Verb.CITE, {"mda", "fra"}),
    ("R2.03", ALL, Verb.REPURPOSE, {"mda", "fra"}),
    ("R3.15", ALL, Verb.FORWARD, POLICE),
    ("R3.15", ALL | {"conditions": frozenset({Condition.NO_FORWARD})}, Verb.FORWARD, {"mda", "fra"}),
    ("R3.17", ALL, Verb.EXPORT, POLICE),
    ("R3.17", ALL | {"conditions": frozenset({Condition.NO_COPY})}, Verb.EXPORT, {"mda"}),
    ("R3.17", ALL | {"classification": Classification.CONFIDENTIAL}, Verb.EXPORT, set()),
    ("R3.16", ALL, Verb.PUBLISH, set()),
    ("R3.16", ALL | {"owner": UNIT, "owner_country": ""}, Verb.PUBLISH, {"analyst", "duty"}),
    ("R3.16", ALL | {"owner": UNIT, "owner_country": "", "classification": Classification.RESTRICTED}, Verb.PUBLISH, set()),
    ("R1.01", ALL, Verb.FILE, {"mda"}),
    ("R1.01", ALL | {"owner": PARTNER, "owner_country": ""}, Verb.FILE, set()),
    ("R1.09", ALL, Verb.EDIT, {"mda"}),
    ("R3.12", ALL | {"classification": Classification.CONFIDENTIAL}, Verb.EDIT, set()),
    ("R2.31", ALL, Verb.REGRADE, {"mda", "analyst"}),
    ("R3.09", ALL, Verb.RAISE, {"mda", "analyst", "duty"}),
    ("R3.07", ALL, Verb.LOWER, {"mda"}),
    ("R4.06", ALL, Verb.DELETE, {"mda"}),
    ("P.08", ALL | {"blocked": True}, Verb.DELETE, set()),
    ("R1.13", ALL, Verb.BLOCK, POLICE | {"control"}),
    ("R1.14", {"kinds": frozenset({Kind.PARTNER})}, Verb.BLOCK, ABOVE),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "verb", "allowed"), ROWS)
def test_who_is_let_through(rule, changes, verb, allowed):
    envelope = replace(OURS, **changes)
    assert {name for name, who in PEOPLE.items() if decide(who, envelope, verb).allowed} == allowed, rule


def test_cases_are_many_and_each_rule_is_one_of_the_book():
    from tests.shared import SHARED

    assert len(ROWS) * len(PEOPLE) >= 700
    book = SHARED / "domain" / "rules.csv"
    if book.is_file():
        known = {line.split(",")[0] for line in book.read_text(encoding="utf-8").splitlines()}
        assert {row[0] for row in ROWS} - known == set()
