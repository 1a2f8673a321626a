"""Searching reports: what is found is what the rules let find, in every language, page by page."""

import random
import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.policy import Verb, decide
from isotrace.handling import search
from isotrace.handling.actions import acknowledge
from isotrace.handling.context import acting_as
from isotrace.records import queries
from isotrace.records.models import Entity, Place, Report
from isotrace.records.queries import MOST_COUNTED, Filters
from tests.worlds import policies
from tests.worlds.filled import report


def titles(viewer, **asked):
    """What a viewer finds, newest first."""
    with acting_as(viewer):
        return [row.title for row in queries.reports(viewer, Filters(**asked)).reports]


def test_search_finds_what_the_decision_allows_on_random_worlds(committed):
    draw, differences, seen = random.Random(20261124), [], 0
    organisations = list(Organisation.objects.all())
    circles = [uuid.UUID(int=draw.getrandbits(128), version=4) for _ in range(4)]
    held = policies.reports(draw, organisations, circles, 200)
    for each in held:
        each.title, each.summary = draw.choice(["Sample barge", "Sample tram"]), draw.choice(["A barge was seen.", "Nothing was seen."])
    Report.objects.using("owner").bulk_create(held)
    for viewer in policies.viewers(draw, organisations, circles, held, 40):
        policies.remember(viewer, held, organisations[0])
        said = {
            each.id
            for each in held
            if decide(viewer, each.envelope, Verb.FIND).allowed
            and ("barge" in each.title or ("barge" in each.summary and decide(viewer, each.envelope, Verb.READ).allowed))
        }
        with acting_as(viewer):
            found = set(search.found(Report, search.Asked("barge"), 1000))
            counted = search.counted(Report, search.Asked("barge"), 1000)
        seen += len(said)
        if found != said or counted != len(said):
            differences.append((viewer, len(found ^ said), counted, len(said)))
        policies.forget()
    assert differences == []
    assert seen > 1000


def test_nobody_finds_anything_without_a_viewer(committed):
    report(committed, "MDA", "mda.officer", title="Sample barge")
    assert (search.found(Report, search.Asked("barge"), 10), search.counted(Report, search.Asked("barge"), 10)) == ([], 0)


def test_words_of_a_forbidden_report_are_not_found_shown_or_counted(world):
    report(world, "MDA", "mda.officer", title="Sample zeppelin", audience="only")
    one = report(world, "MDA", "mda.officer", title="Sample balloon")
    for who, asked, expected in [
        ("mda.officer", "zeppelin", ["Sample zeppelin"]),
        ("geo.officer", "zeppelin", []),
        ("geo.officer", "balloon", ["Sample balloon"]),
    ]:
        viewer = world.viewer(who)
        assert titles(viewer, text=asked) == expected
        with acting_as(viewer):
            assert queries.total(viewer, Filters(text=asked)) == len(expected)
            assert queries.passages(viewer, [one], "zeppelin") == {}


def test_words_of_an_unread_report_are_found_only_in_what_a_list_shows(world):
    one = report(
        world,
        "MDA",
        "mda.officer",
        title="Sample balloon",
        summary="It carried a theodolite.",
        location="Samplebourg",
        conditions=["no_forward"],
    )
    viewer = world.viewer("geo.officer")
    assert (titles(viewer, text="balloon"), titles(viewer, text="theodolite"), titles(viewer, text="Samplebourg")) == (
        ["Sample balloon"],
        [],
        [],
    )
    with acting_as(viewer):
        assert queries.total(viewer, Filters(text="theodolite")) == 0
        assert queries.passages(viewer, [one], "balloon theodolite") == {}
        acknowledge(viewer, "report", one.id)
        assert queries.passages(viewer, [one], "theodolite") == {one.id: [("Samplebourg · It carried a ", False), ("theodolite", True)]}
    assert titles(viewer, text="theodolite") == ["Sample balloon"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Stolen radioactive sources", "source stolen"),
        ("A truck at the crossing", "crossings"),
        ("Deux voitures volées", "voiture volée"),
        ("Jauge au césium", "cesium"),
        ("Jauge au cesium", "césium"),
        ("Fuentes robadas en Peñascal", "fuente penascal"),
        ("Похищены источники излучения", "источник"),
        ("المصادر المشعة المفقودة", "مصادر"),
        ("Tâmplăria din Chișinău", "chisinau"),
        ("Sample of Ir-192", "ir 192"),
        ("Sample of Ir-192", "IR-192"),
        ("Sample depleted_uranium", "uranium"),
        ("Sample warehouse", "wareh"),
        ("Sample theft of a gauge", "the theft of the gauge"),
    ],
)
def test_search_reads_words_in_the_languages_of_reports(world, said, asked):
    report(world, "MDA", "mda.officer", title="Sample other")
    report(world, "MDA", "mda.officer", title=said)
    assert titles(world.viewer("geo.officer"), text=asked) == [said]


@pytest.mark.parametrize("asked", ["", " ", "!", "& | ! ( ) :* <->", "'", "\\", "%", "sample ' or 1=1 --", "x" * 3000])
def test_search_takes_every_text_as_words(world, asked):
    report(world, "MDA", "mda.officer", title="Sample other")
    viewer = world.viewer("geo.officer")
    with acting_as(viewer):
        assert search.found(Report, search.Asked(asked), 10) == []


def test_search_finds_a_part_of_a_reference_and_no_pattern(world):
    report(world, "MDA", "mda.officer", title="Sample one", reference="MDA/2026/0417-B")
    report(world, "MDA", "mda.officer", title="Sample two", reference="MDA_2025")
    viewer = world.viewer("geo.officer")
    found = [titles(viewer, text=asked) for asked in ("2026/04", "mda/2026", "417-b", "0_17", "%17", "MDA_2025")]
    assert found == [["Sample one"], ["Sample one"], ["Sample one"], [], [], ["Sample two"]]


def test_search_narrows_by_everything_else_too(world):
    plain = {"country": "MDA", "incident_type": "theft", "event_from": "2024-03-01", "event_to": "2025-02-01"}
    report(world, "MDA", "mda.officer", title="Sample barge", **plain)
    viewer, asked = world.viewer("geo.officer"), {"text": "barge"}
    for fitting in ({"country": "MDA"}, {"kind": "police"}, {"incident_type": "theft"}, {"year": 2024}, {"year": 2025}):
        assert titles(viewer, **asked, **fitting) == ["Sample barge"], fitting
    for other in ({"country": "GEO"}, {"kind": "regulator"}, {"incident_type": "loss"}, {"year": 2023}, {"year": 2026}):
        assert titles(viewer, **asked, **other) == [], other


@pytest.mark.parametrize("text", ["", "barge"])
def test_pages_by_key_leave_nothing_out_and_show_nothing_twice(world, text):
    moment = clock.now()
    for number in range(11):
        forbidden = {"audience": "only"} if number % 4 == 3 else {}
        one = report(world, "MDA", "mda.officer", title=f"Sample barge {number}", **forbidden)
        with acting_as(world.viewer("mda.officer")):
            Report.objects.filter(pk=one.pk).update(filed_at=moment + timedelta(seconds=number // 3))
    viewer, after, shown = world.viewer("geo.officer"), "", []
    with acting_as(viewer):
        for _ in range(5):
            page = queries.reports(viewer, Filters(text=text), after, 2)
            shown += page.reports
            after = page.after
            if not after:
                break
    expected = sorted(shown, key=lambda row: (row.filed_at, row.id), reverse=True)
    assert [row.id for row in shown] == [row.id for row in expected]
    assert sorted(row.title for row in shown) == sorted(f"Sample barge {number}" for number in range(11) if number % 4 != 3)


def test_passages_are_marked_on_the_list_and_escaped(world, client_for):
    report(world, "MDA", "mda.officer", title="Sample balloon", summary="A <b>barge</b> & two barges of 5 < 6 m were seen")
    page = client_for("geo.officer").get("/reports/", {"text": "barge"}).content.decode()
    assert "<bdi><mark>barge</mark>  &amp; two <mark>barges</mark> of 5 &lt; 6 m were seen</bdi>" in page
    assert "1 report<" in page


COPIES = """insert into records_report (id, filed_at, {same})
select gen_random_uuid(), filed_at + n * interval '1 minute', {same} from records_report, generate_series(1, %s) as n where id = %s"""


def test_long_list_walks_its_index_and_says_how_many_up_to_a_limit(committed, client_for):
    one = report(committed, "MDA", "mda.officer")
    report(committed, "MDA", "mda.officer", audience="only")
    viewer = committed.viewer("geo.officer")
    with connections["owner"].cursor() as cursor:
        same = ", ".join(each.column for each in Report._meta.concrete_fields if each.name not in ("id", "filed_at"))
        cursor.execute(COPIES.format(same=same), [MOST_COUNTED - 1, one.pk])
        cursor.execute("analyze records_report")
    with acting_as(viewer):
        assert queries.total(viewer) == queries.total(viewer, Filters(text="sample")) == MOST_COUNTED
        plan = queries._found(viewer, Filters(), most=51).explain()
    assert ("reports_newest" in plan, "Sort" in plan) == (True, False)
    browser = client_for("geo.officer")
    assert "?text=sample&amp;only=count" in browser.get("/reports/", {"text": "sample"}).content.decode()
    assert browser.get("/reports/", {"only": "count"}).content.decode() == "10,000 reports"
    report(committed, "MDA", "mda.officer")
    assert browser.get("/reports/", {"text": "sample", "only": "count"}).content.decode() == "10,000+ reports"
    with connections["owner"].cursor() as cursor:
        cursor.execute("select detail ->> 'count' from handling_auditentry where act = 'report.count' order by id desc limit 2")
        assert cursor.fetchall() == [("10001",), ("10000",)]


def test_map_shows_a_place_only_with_its_report(world):
    open_one = report(world, "MDA", "mda.officer", title="Sample open", country="MDA")
    closed = report(world, "MDA", "mda.officer", title="Sample closed", audience="only")
    with acting_as(world.viewer("mda.officer")):
        for one in (open_one, closed):
            held = one.envelope_columns()
            thing = Entity.objects.create(**held, report=one, kind="RadiologicalIncident", schema_version="1")
            Place.objects.create(
                **(held | {"audience": "all"}), report=one, entity=thing, latitude=1, longitude=2, precision="city", filed_at=one.filed_at
            )
    for who, expected in (("mda.officer", ["Sample closed", "Sample open"]), ("geo.officer", ["Sample open"])):
        viewer = world.viewer(who)
        with acting_as(viewer):
            assert [place.report.title for place in queries.points(viewer)] == expected
    viewer = world.viewer("geo.officer")
    with acting_as(viewer):
        assert [len(queries.points(viewer, Filters(country=code))) for code in ("MDA", "GEO")] == [1, 0]
        assert [len(queries.points(viewer, Filters(text=word))) for word in ("open", "closed")] == [1, 0]


def test_words_follow_a_change_of_the_report(world):
    one = report(world, "MDA", "mda.officer", title="Sample balloon")
    with acting_as(world.viewer("mda.officer")):
        Report.objects.filter(pk=one.pk).update(title="Sample barge")
    viewer = world.viewer("geo.officer")
    assert (titles(viewer, text="balloon"), titles(viewer, text="barge")) == ([], ["Sample barge"])
    with acting_as(viewer), connection.cursor() as cursor:
        cursor.execute("select words_listed from records_report")
        assert cursor.fetchall() == [("'barg' 'barge' 'sampl' 'sample'",)]
