"""Victims, witnesses and minors: what every view of them says first, and what is never asked of anybody about them."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.bureaus.keys import issue
from isotrace.engine import clock
from isotrace.engine.notices import KINDS
from isotrace.engine.notices.caveats import CAVEATS, Caveat, explained, in_words, may_be_minor, of_person
from isotrace.engine.notices.wording import coercive_words
from isotrace.engine.policy import Envelope
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.notices import actions as notices
from isotrace.records import actions, queries
from isotrace.records.correcting import correct
from isotrace.records.filing import Filing, Involved
from isotrace.screening.guidance import guidance
from isotrace.screening.index import Listed
from isotrace.screening.models import Hit
from tests.notices.build import ANSWERS, NOW, PERSON, act

VICTIM, WITNESS, MINOR = "Victim: no coercive measure", "Witness: no coercive measure", "Minor, or may have been one at the time"


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


def filed(world, status="victim", born="1970-05-02", day="2026-05-12"):
    filing = Filing(
        incident={
            "title": "Invented find in a yard",
            "type": "discovery",
            "country": "MDA",
            "event_date": day,
            "summary": "A gauge was found.",
        },
        involved=Involved(person=PERSON | {"birth_date": born}, involvement={"role": "finder", "status": status}),
        envelope=Choice(audience="all"),
        persons_envelope=Choice(audience="all", retention_until=date(2030, 1, 1)),
        lawful=True,
    )
    return act(world, "mda.officer", actions.file_incident, filing)


@pytest.mark.parametrize(
    ("status", "born", "caveats"),
    [
        ("victim", "1970-05-02", [VICTIM]),
        ("witness", "1970", [WITNESS]),
        ("suspect", "1970-05-02", []),
        ("suspect", "2008-05-12", []),
        ("suspect", "2008-05-13", [MINOR]),
        ("witness", "2008", [WITNESS, MINOR]),
        ("victim", "2015-01", [VICTIM, MINOR]),
    ],
)
def test_every_view_of_a_report_carries_the_caveats_of_its_person(committed, client_for, status, born, caveats):
    event, persons = filed(committed, status, born)
    assert event.caveats == []
    client = client_for("geo.officer")
    page, listed, home = (client.get(url).text for url in (f"/reports/{persons.id}/", "/reports/", "/"))
    for caveat in (VICTIM, WITNESS, MINOR):
        shown = int(caveat in caveats)
        assert (page.count(caveat), listed.count(caveat), home.count(caveat)) == (shown, shown, shown), caveat
    program = _program(committed, "geo.officer")
    rows = {row["id"]: row["caveats"] for row in program.get("/api/v1/reports").json()["reports"]}
    assert rows == {str(event.id): [], str(persons.id): caveats}
    assert program.get(f"/api/v1/reports/{persons.id}").json()["caveats"] == caveats


def _program(world, who):
    from django.test import Client

    with acting_as(world.viewer(who)):
        return Client(headers={"Authorization": f"Bearer {issue(world.people[who], 'caveats')}"})


def test_corrected_date_of_birth_carries_the_caveat(committed):
    _event, persons = filed(committed, "suspect")
    with acting_as(committed.viewer("mda.officer")) as officer:
        person = next(each for each in queries.contents(officer, persons).entities if each.kind == "Person")
        correct(officer, persons.id, person.id, person.properties | {"birth_date": "2010-01-01"})
        assert queries.report(officer, persons.id).caveats == ["minor"]


def published(world, report, **changes):
    shown = {"classification": 1} | changes
    draft = act(world, "mda.officer", notices.draft, ANSWERS | shown, report.id)
    act(world, "analyst", actions.grade, report.id, scheme="admiralty", source_grade="B", information_grade="2")
    for who, take in (("mda.officer", notices.submit), ("reviewer", notices.review), ("reviewer", notices.publish)):
        draft = act(world, who, take, draft.id)
    return draft


def test_every_view_of_a_notice_and_of_a_hit_carries_the_caveats(committed, client_for):
    _event, persons = filed(committed, "witness")
    notice = published(committed, persons, minor=True, allowed_actions=["note_presence", "enhanced_check", "inform_bureau"])
    reader, border = client_for("geo.officer"), client_for("fra.border")
    pages = [
        reader.get(f"/notices/{notice.id}/"),
        reader.get("/notices/"),
        border.post("/checks/", {"text": "Exemplar Testov", "born": "1970-05-02"}),
    ]
    hit = Hit.objects.using("jobs").get()
    assert sorted(hit.caveats) == ["minor", "witness"]
    pages += [client_for(who).get(url) for who in ("fra.officer", "mda.officer") for url in (f"/checks/hits/{hit.id}", "/checks/hits/")]
    assert [(page.status_code, page.text.count(WITNESS), page.text.count(MINOR)) for page in pages] == [(200, 1, 1)] * len(pages)
    assert "Check more closely" not in pages[2].text
    program = _program(committed, "mda.officer")
    assert program.get(f"/api/v1/notices/{notice.id}").json()["caveats"] == [WITNESS, MINOR]
    assert [each["caveats"] for each in program.get("/api/v1/notices").json()["notices"]] == [[WITNESS, MINOR]]
    assert [each["caveats"] for each in program.get("/api/v1/hits").json()["hits"]] == [[WITNESS, MINOR]]
    answer = _program(committed, "fra.border").post("/api/v1/checks", {"text": "Exemplar Testov"}, content_type="application/json").json()
    assert [lead["caveats"] for lead in answer["leads"]] == [[WITNESS, MINOR]]


def test_notice_about_one_of_two_persons_carries_his_caveats_alone(committed):
    from isotrace.records.models import Entity, Link

    _event, persons = filed(committed, "victim")
    with acting_as(committed.viewer("mda.officer")):
        envelope = persons.envelope_columns()
        other = Entity.objects.create(**envelope, report=persons, kind="Person", properties={"names": ["Sample Other"]}, schema_version="1")
        incident = Entity.objects.get(report=persons, kind="RadiologicalIncident")
        Link.objects.create(
            **envelope,
            report=persons,
            kind="Involvement",
            source=other,
            target=incident,
            properties={"role": "seller", "status": "suspect"},
            schema_version="1",
        )
    about = act(committed, "mda.officer", notices.draft, ANSWERS | {"person": {"names": ["Sample Other"]}}, persons.id)
    assert about.caveats == []
    assert act(committed, "mda.officer", notices.draft, ANSWERS, persons.id).caveats == ["victim"]


LISTED = Listed(
    id=None,
    number="G-2026-0001",
    kind="green",
    envelope=Envelope(owner=None, owner_country="MDA", database="notices"),
    allowed_actions=(),
    caveats=frozenset(),
    subject=None,
)


@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize("code", list(KINDS))
@pytest.mark.parametrize(
    "caveats",
    [set(some) for number in range(4) for some in combinations(map(str, Caveat), number)],
    ids=lambda caveats: "-".join(sorted(caveats)),
)
def test_guidance_offers_no_coercive_word_and_no_touch_to_whom_it_must_not(code, agreed, caveats):
    everything = tuple(action.code for action in KINDS[code].actions)
    said = guidance(replace(LISTED, kind=code, allowed_actions=everything, caveats=frozenset(caveats)), agreed=agreed, told=agreed)
    assert [words for line in said.to_do if (words := coercive_words(str(line)))] == []
    touches = [line for line in said.to_do if "more closely" in str(line)]
    asks = any(action.code == "enhanced_check" for action in KINDS[code].actions)
    assert len(touches) == int(asks and agreed and not {"victim", "witness"} & caveats)
    assert said.caveats == in_words(caveats)


def test_caveats_themselves_ask_for_nothing_coercive():
    assert [coercive_words(f"{text.label} {text.meaning}") for text in CAVEATS.values()] == [()] * 3
    assert [str(label) for label, _meaning in explained(["minor", "victim"])] == [VICTIM, MINOR]
    assert in_words(["none"]) == ()


@given(birth=st.dates(date(1900, 1, 1), date(2026, 1, 1)), event=st.dates(date(1900, 1, 1), date(2030, 1, 1)))
def test_less_known_of_a_birth_marks_never_less(birth, event):
    known = [may_be_minor(f"{birth:%Y-%m-%d}"[:length], event) for length in (10, 7, 4)]
    assert known == sorted(known)
    assert (Caveat.MINOR in of_person((), f"{birth:%Y-%m-%d}", event)) == known[0]


def test_nothing_is_marked_where_nothing_is_known():
    assert (of_person(["suspect"], "", date(2026, 1, 1)), of_person(["victim"], "2015"), of_person([])) == ((), (Caveat.VICTIM,), ())
