"""Sifting by words, facets, days and areas: what is found and counted is what the rules let find, on random worlds."""

import random
import uuid
from datetime import date, timedelta

import pytest

from isotrace.bureaus.models import Organisation
from isotrace.engine import clock
from isotrace.engine.policy import Verb, decide
from isotrace.handling import sifting
from isotrace.handling.context import acting_as
from isotrace.handling.sifting import Sieve
from isotrace.notices.models import Notice
from isotrace.records.models import Entity, Grading, Place, Report
from tests.worlds import policies
from tests.worlds.filled import notice, report

MATERIALS = ["Cs-137", "Ir-192", "Co-60"]


def random_reports(draw, organisations, circles, count):
    held = policies.reports(draw, organisations, circles, count)
    for number, each in enumerate(held):
        each.title, each.summary = draw.choice(["Sample barge", "Sample tram"]), draw.choice(["A barge was seen.", "Nothing was seen."])
        each.country, each.incident_type = draw.choice(["MDA", "GEO", "FRA"]), draw.choice(["theft", "loss"])
        each.materials, each.category = draw.sample(MATERIALS, draw.randint(0, 2)), draw.choice(["", "1", "2"])
        each.incident_group, each.kinds = draw.choice(["I", "II", ""]), draw.choice([["Person"], ["Person", "RadiologicalIncident"]])
        each.event_from = date(2020 + number % 3, 12, 1)
        each.event_to = each.event_from + timedelta(days=draw.choice([0, 60]))
        each.filed_at = clock.now() - timedelta(minutes=number)
    return held


def counted(found, readable):
    """The counts that the rules allow: of reports that may be found but not read, only what a list shows."""
    wanted = {"": {"": len(found)}} if found else {"": {"": 0}}

    def count(facet, *codes):
        for code in codes:
            wanted.setdefault(facet, {}).setdefault(code, 0)
            wanted[facet][code] += 1

    for each in found:
        count("kind", each.kind), count("owner", str(each.owner_id)), count("material", *each.materials)
        count("country", each.country), count("type", each.incident_type)
        count("year", *(str(year) for year in range(each.event_from.year, each.event_to.year + 1)))
        if each.pk in readable:
            count("group", *filter(None, [each.incident_group])), count("category", *filter(None, [each.category]))
            count("thing", *each.kinds)
    return wanted


def plain(found):
    return {facet: codes for facet, codes in found.items() if codes}


def test_sifting_finds_and_counts_what_the_decision_allows_on_random_worlds(committed):
    draw, differences, seen = random.Random(20261201), [], 0
    organisations = list(Organisation.objects.all())
    circles = [uuid.UUID(int=draw.getrandbits(128), version=4) for _ in range(4)]
    held = random_reports(draw, organisations, circles, 150)
    Report.objects.using("owner").bulk_create(held)
    for viewer in policies.viewers(draw, organisations, circles, held, 30):
        policies.remember(viewer, held, organisations[0])
        may_find = [each for each in held if decide(viewer, each.envelope, Verb.FIND).allowed]
        readable = {each.pk for each in held if decide(viewer, each.envelope, Verb.READ).allowed}
        barges = [e for e in may_find if "barge" in e.title or ("barge" in e.summary and e.pk in readable)]
        worst = [e for e in barges if e.category == "1" and e.pk in readable and "Cs-137" in e.materials]
        with acting_as(viewer):
            for sieve, wanted in (
                (Sieve(), may_find),
                (Sieve("barge"), barges),
                (Sieve("barge", {"category": "1", "material": "Cs-137"}), worst),
                (Sieve("barge", days=(date(2022, 1, 1), None)), [e for e in barges if e.event_to >= date(2022, 1, 1)]),
            ):
                found = [pk for pk, _ in sifting.sifted(Report, sieve, 1000)]
                if found != [e.pk for e in wanted] or plain(sifting.facets(Report, sieve)) != plain(counted(wanted, readable)):
                    differences.append((viewer, sieve, len(found), len(wanted)))
                if set(sifting.among(Report, sieve, [e.pk for e in held])) != {e.pk for e in wanted}:
                    differences.append((viewer, sieve, "among"))
                first = sifting.sifted(Report, sieve, 5)
                if first:
                    moment, last = first[-1][1], first[-1][0]
                    rest = sifting.sifted(Report, Sieve(sieve.words, sieve.facets, sieve.days, after=(moment, last)), 1000)
                    differences += [] if [pk for pk, _ in first + rest] == [e.pk for e in wanted] else [(viewer, "pages")]
        seen += len(may_find)
        policies.forget()
    assert differences == []
    assert seen > 500


def test_sifting_shows_nobody_anything(committed):
    report(committed, "MDA", "mda.officer", title="Sample barge")
    assert sifting.sifted(Report, Sieve("barge"), 10) == []
    assert sifting.among(Report, Sieve(), list(Report.objects.using("owner").values_list("pk", flat=True))) == []
    assert plain(sifting.facets(Report, Sieve("barge"))) == {"": {"": 0}}


@pytest.mark.parametrize(
    "given",
    [{"country": "' or true --"}, {"category": "%L"}, {"material": "$1"}, {"grade": "{}"}],
    ids=["quote", "percent", "dollar", "brace"],
)
def test_sifting_takes_any_code_for_what_it_is(world, given):
    report(world, "MDA", "mda.officer", title="Sample barge")
    with acting_as(world.viewer("mda.officer")):
        for words in ("", "barge' or '", "% $1 \\ %L"):
            assert sifting.sifted(Report, Sieve(words, given), 10) == []
            assert plain(sifting.facets(Report, Sieve(words, given))) == {"": {"": 0}}


def graded(world, one, who, code, **changes):
    viewer = world.viewer(who)
    with acting_as(viewer):
        Grading.objects.create(
            **one.envelope_columns() | {"owner_id": viewer.organisation, "owner_country": viewer.country} | changes,
            report=one, scheme="admiralty", source_grade=code[0], information_grade=code[1], graded_at=clock.now(), graded_by=viewer.person,
        )  # fmt: skip


def test_facet_of_grades_counts_only_the_newest_grade_that_the_viewer_may_read(world):
    one = report(world, "MDA", "mda.officer", title="Sample barge")
    graded(world, one, "mda.officer", "B2")
    graded(world, one, "analyst", "F6", audience="only", audience_organisations=[world.organisations["FRA"].id])
    for who, code in (("geo.officer", "B2"), ("fra.officer", "F6")):
        with acting_as(world.viewer(who)):
            assert sifting.facets(Report, Sieve("barge"))["grade"] == {code: 1}
            assert [len(sifting.sifted(Report, Sieve("", {"grade": asked}), 9)) for asked in ("B2", "F6")] == [code == "B2", code == "F6"]


@pytest.mark.parametrize(
    ("box", "found"), [((45, 25, 50, 30), 1), ((45, 29, 50, 40), 0), ((-90, 20, 90, -170), 1), ((-90, 170, 90, -170), 0)]
)
def test_sifting_by_an_area_of_the_map(world, box, found):
    one = report(world, "MDA", "mda.officer", title="Sample barge")
    with acting_as(world.viewer("mda.officer")):
        thing = Entity.objects.create(**one.envelope_columns(), report=one, kind="RadiologicalIncident", schema_version="1")
        Place.objects.create(
            **one.envelope_columns(), report=one, entity=thing, latitude=47, longitude=28, precision="city", filed_at=one.filed_at
        )
        assert len(sifting.sifted(Report, Sieve(box=box), 10)) == found
        assert sifting.facets(Report, Sieve("barge", box=box))[""] == {"": found}


def test_notices_are_sifted_by_number_and_words_until_their_retention_ends(world):
    kept = notice(
        world, "MDA", "mda.officer", number="G-2026-0007", content={"person": {"names": ["Sample Zeppelin"]}, "what_done": "A barge."}
    )
    notice(
        world,
        "MDA",
        "mda.officer",
        number="G-2026-0008",
        retention_until=clock.today() - timedelta(days=1),
        content={"what_done": "A barge."},
    )
    notice(world, "MDA", "mda.officer", state="draft", number=None, audience="only", content={"what_done": "A barge."})
    with acting_as(world.viewer("geo.officer")):
        for words in ("barge", "zeppelin", "G-2026-0007", ""):
            assert [pk for pk, _ in sifting.sifted(Notice, Sieve(words), 10)] == [kept.pk]
        assert plain(sifting.facets(Notice, Sieve("barge"))) == {
            "": {"": 1}, "kind": {"green": 1}, "state": {"published": 1}, "owner": {str(kept.owner_id): 1}}  # fmt: skip
