"""Searching everything: words, numbers, names, facets; and nothing of what is hidden, in whatever a page holds."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.finding import queries
from isotrace.finding.asking import Asked
from isotrace.handling.actions import acknowledge
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry
from tests.finding.build import incident, published
from tests.worlds.filled import report

PERSON = {
    "names": ["Ибрагим Тестов"],
    "birth_date": "1970-05-02",
    "documents": [{"number": "AO 12345", "kind": "passport", "country": "MDA"}],
}


def found(world, who, **asked):
    viewer = world.viewer(who)
    with acting_as(viewer):
        return queries.search_for(viewer, Asked.of(asked))


def titles(answer):
    return [getattr(row, "title", None) or row.number for row in answer.records]


def test_search_finds_reports_and_notices_by_words_the_newest_first(world):
    incident(world, "Sample barge")
    published(world, "G-2026-0042", "Sample Exemplar")
    report(world, "GEO", "geo.officer", title="Sample tram")
    assert titles(found(world, "geo.officer", text="barge")) == ["G-2026-0042", "Sample barge"]
    assert titles(found(world, "geo.officer", text="barge", record="report")) == ["Sample barge"]
    assert titles(found(world, "geo.officer", text="barge", record="notice")) == ["G-2026-0042"]
    assert titles(found(world, "geo.officer", text="barge", material="Cs-137")) == ["Sample barge"]


def test_search_goes_on_page_by_page_through_reports_and_notices(world):
    for number in range(3):
        report(world, "MDA", "mda.officer", title=f"Sample barge {number}")
        published(world, f"G-2026-000{number}", "Sample Exemplar")
    viewer, seen, after = world.viewer("geo.officer"), [], ""
    with acting_as(viewer):
        for _ in range(4):
            page = queries.search_for(viewer, Asked(text="barge"), after, limit=2)
            seen += titles(page)
            after = page.after
            if not after:
                break
    assert seen == [name for number in (2, 1, 0) for name in (f"G-2026-000{number}", f"Sample barge {number}")]


@pytest.mark.parametrize(
    ("asked", "value", "reason"),
    [
        ("SN-001", "SN-0O1", "The number is the same, if characters that look alike were confused."),
        ("sn 0o1", "SN-0O1", "The number is the same."),
        ("AO12345", "AO 12345", "The number is the same."),
        ("A0-I2345", "AO 12345", "The number is the same, if characters that look alike were confused."),
    ],
)
def test_search_leads_to_a_number_however_it_was_read(world, asked, value, reason):
    incident(world, "Sample barge", person=PERSON, serial=["SN-0O1"])
    [lead] = found(world, "geo.officer", text=asked).numbers
    assert (lead.value, [str(each) for each in lead.reasons]) == (value, [reason])


@pytest.mark.parametrize("asked", ["Ibrahim Testov", "Testow, Ibragim", "Ибрагим Тестов", "IBRAGIM TESTOV"])
def test_search_leads_to_a_name_in_any_script_with_reasons(world, asked):
    _, persons = incident(world, "Sample barge", person=PERSON)
    [lead] = found(world, "geo.officer", text=asked).names
    assert (lead.record.pk, lead.value, lead.kind) == (persons.pk, "Ибрагим Тестов", "Person")
    assert str(lead.reasons[-1]) == "Only the name agrees. No date of birth or document was compared."


def test_search_leads_to_published_notices_by_name_and_document(committed):
    one = published(committed, "G-2026-0042", "Ибрагим Тестов")
    published(committed, "G-2026-0043", "Ибрагим Тестов", audience="only")
    assert [lead.record.pk for lead in found(committed, "geo.officer", text="Ibrahim Testov").names] == [one.pk]
    assert [lead.record.pk for lead in found(committed, "geo.officer", text="AO54321").numbers] == [one.pk]


def test_leads_are_narrowed_by_facets(world):
    incident(world, "Sample barge", person=PERSON)
    assert len(found(world, "geo.officer", text="Ibrahim Testov", country="MDA").names) == 1
    assert found(world, "geo.officer", text="Ibrahim Testov", country="GEO").names == []


def test_counts_are_those_of_what_is_found(world):
    incident(world, "Sample barge", person=PERSON)
    one = published(world, "G-2026-0042", "Sample Exemplar")
    viewer = world.viewer("geo.officer")
    with acting_as(viewer):
        counted = queries.counts(viewer, Asked(text="barge"))
    owner = str(one.owner_id)
    assert {facet: codes for facet, codes in counted.items() if codes} == {
        "": {"": 3}, "record": {"report": 2, "notice": 1}, "kind": {"police": 1, "persons": 1, "green": 1}, "country": {"MDA": 2},
        "type": {"theft": 2}, "owner": {owner: 3}, "material": {"Cs-137": 1}, "year": {"2026": 2}, "group": {"I": 1}, "category": {"3": 1},
        "thing": {"Person": 1, "RadioactiveMaterial": 1, "RadiologicalIncident": 2}, "state": {"published": 1}}  # fmt: skip


def test_passages_show_only_what_the_viewer_may_read(world):
    incident(world, "Sample barge", serial=["QX7719"], conditions=("no_forward",))
    viewer = world.viewer("geo.officer")
    assert [found(world, "geo.officer", text=text).passages for text in ("barge", "QX7719")] == [{}, {}]
    assert titles(found(world, "geo.officer", text="QX7719")) == []
    with acting_as(viewer):
        [one] = queries.search_for(viewer, Asked(text="barge")).records
        acknowledge(viewer, "report", one.pk)
    assert found(world, "geo.officer", text="QX7719").passages == {one.pk: [("QX7719", True)]}


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
HIDDEN = {"audience": Audience.ALL, "denied_countries": ("GEO",)}


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "zeppelin"},
        {"text": "QX-7719"},
        {"text": "Ibrahim Testov"},
        {"text": "G-2026-0099"},
        {"text": "", "material": "Cs-137"},
        {"text": "", "area": "46,28,48,29"},
        {"text": "", "since": "2026-05", "until": "2026-05"},
    ],
    ids=["word", "serial", "name", "number", "facet", "area", "days"],
)
def test_page_is_byte_for_byte_and_query_for_query_as_if_hidden_records_never_were(world, client_for, asked):
    browser = client_for("geo.officer")
    browser.get("/search/", asked)

    def shown():
        with CaptureQueriesContext(connection) as made:
            pages = [browser.get("/search/", asked | more) for more in ({}, {"only": "facets"})]
        return [TOKEN.sub("", page.content.decode()) for page in pages], len(made)

    before = shown()
    incident(world, "Sample zeppelin", person=PERSON, serial=["QX-7719"], **HIDDEN)
    published(world, "G-2026-0099", "Ибрагим Тестов", denied_countries=["GEO"])
    assert shown() == before
    assert len(found(world, "fra.officer", **asked).records) > 0 or found(world, "fra.officer", **asked).names


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"text": "x" * 301}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"record": "hit"}, "record"),
        ({"owner": "GEO"}, "owner"),
        ({"country": "<b>"}, "country"),
        ({"since": "2026-13"}, "since"),
        ({"since": "2026", "until": "2025"}, "until"),
        ({"area": "1,2,3"}, "area"),
        ({"area": "50,1,40,2"}, "area"),
        ({"area": "nan,1,40,2"}, "area"),
    ],
)
def test_asking_what_cannot_be_is_refused_naming_the_field(raw, field):
    with pytest.raises(InputError) as refused:
        Asked.of(raw)
    assert refused.value.field == field


def test_asked_is_read_again_from_what_it_says():
    raw = {"text": "barge", "country": "MDA", "grade": "B2", "since": "2024-05", "until": "2025", "area": "-10,170,10,-170"}
    assert Asked.of(raw).raw() == raw
    assert Asked.of(Asked.of(raw).raw()) == Asked.of(raw)
    assert not Asked.of({"text": "  "})


def test_search_is_written_down_with_purpose_words_and_what_it_showed(world):
    viewer = world.viewer("geo.officer")
    incident(world, "Sample barge")
    found(world, "geo.officer", text="barge", country="MDA")
    entry = AuditEntry.objects.using("owner").filter(person=viewer.person, act="search.list").latest("id")
    assert (entry.purpose, entry.detail["count"], entry.detail["by"]) == ("INFO", 1, ["country", "text"])
    assert "terms" in entry.detail
    assert "barge" not in str(entry.detail)


def test_search_of_the_api_answers_like_the_page(world, program):
    incident(world, "Sample barge", person=PERSON, serial=["SN-0O1"])
    client = program("geo.officer")
    answer = client.get("/api/v1/search", {"text": "SN-001", "facets": "true"}).json()
    assert [(each["value"], each["reasons"]) for each in answer["numbers"]] == [
        ("SN-0O1", ["The number is the same, if characters that look alike were confused."])
    ]
    answer = client.get("/api/v1/search", {"text": "barge", "facets": "true"}).json()
    assert ([each["title"] for each in answer["records"]], answer["total"], answer["facets"]["group"]) == (
        ["Sample barge"] * 2,
        2,
        {"I": 1},
    )
    refused = client.get("/api/v1/search", {"area": "north"})
    assert (refused.status_code, "area" in refused.content.decode()) == (422, True)


def test_search_page_offers_the_field_to_whose_role_searches(world, client_for):
    for who, offered in (("geo.officer", True), ("analyst", True), ("fra.border", False), ("donor", False)):
        assert (b'id="find"' in client_for(who).get("/", follow=True).content) is offered


def test_retention_day_of_a_notice_ends_its_being_found(world):
    published(world, "G-2026-0042", "Sample Exemplar", retention_until=clock.today() - timedelta(days=1))
    assert titles(found(world, "geo.officer", text="barge")) == []
