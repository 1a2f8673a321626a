"""The counter: who releases, who reads, what a reference opens, what is taken back; and counts of incidents pushed to it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import Http404

from isotrace.bureaus.keys import issue
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling import counter
from isotrace.handling.context import acting_as
from isotrace.handling.counter import Audience, Counts
from isotrace.handling.models import AuditEntry, Released
from isotrace.records import actions, statistics
from isotrace.records.filing import Filing
from isotrace.records.models import Report
from isotrace.records.queries import Filters
from tests.notices.build import NOW, act
from tests.worlds.filled import envelope
from tests.worlds.filled import report as bare_report

DONORS = Audience(kinds=("donor",))
TEXT = "How a portal monitor is tested every morning, in five steps."
COUNTS = Counts(
    rows=((("country", "MDA"),), (("country", "GEO"),)),
    columns=((("text", "2024"),), (("text", "2025"),)),
    cells=((7, 2), (9, 8)),
    unit="Reports",
)
READERS = ("donor", "member", "manager")


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


def words(response) -> str:
    page = response.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])).split())


def seen(world, people=("donor", "member", "manager", "fra.officer", "mda.officer", "analyst", "control")) -> dict[str, int]:
    found = {}
    for who in people:
        with acting_as(world.viewer(who)):
            found[who] = Released.objects.count()
    return found


def paper(world, who="analyst", audience=DONORS, title="Testing a portal monitor"):
    return act(world, who, counter.release_paper, title, TEXT, "records", audience)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (lambda world: DONORS, {"donor"}),
        (lambda world: Audience(kinds=("partner", "secretariat")), {"member", "manager", "analyst"}),
        (lambda world: Audience(organisations=(world.organisations["partner"].id,)), {"member"}),
        (lambda world: Audience(countries=("FR",)), {"fra.officer"}),
    ],
)
def test_paper_is_read_by_whom_it_is_released_to_and_by_its_owner(committed, audience, readers):
    paper(committed, "mda.officer", audience(committed))
    assert seen(committed) == {
        who: int(who in readers | {"mda.officer"})
        for who in ("donor", "member", "manager", "fra.officer", "mda.officer", "analyst", "control")
    }


def test_taken_back_is_seen_by_its_owner_alone(committed):
    found = paper(committed)
    assert seen(committed, ("donor", "analyst")) == {"donor": 1, "analyst": 1}
    with pytest.raises((PermissionError, Http404)):
        act(committed, "donor", counter.withdraw, found.id)
    assert act(committed, "analyst", counter.withdraw, found.id).withdrawn is True
    assert seen(committed, ("donor", "analyst")) == {"donor": 0, "analyst": 1}
    with pytest.raises(Http404):
        act(committed, "donor", counter.one_released, found.id)
    assert act(committed, "analyst", counter.withdraw, found.id).withdrawn_at == NOW


@pytest.mark.parametrize("who", ["donor", "member", "manager", "fra.border", "auditor", "control"])
def test_others_release_nothing(committed, who):
    with pytest.raises(PermissionError, match="Only police organisations release anything here"):
        paper(committed, who)
    with acting_as(committed.viewer("auditor")):
        assert AuditEntry.objects.filter(act="released.release", outcome="refused", person=committed.people[who].id).exists()


def test_database_lets_others_release_nothing_and_nobody_rewrite(committed):
    found = paper(committed)
    for who in ("donor", "member"):
        with pytest.raises(ProgrammingError, match="row-level security"), acting_as(committed.viewer(who)) as viewer, transaction.atomic():
            Released.objects.create(
                kind="paper",
                title="Sample",
                room="x",
                owner_id=viewer.organisation,
                released_by=viewer.person,
                at=NOW,
                audience_kinds=["donor"],
            )
    for change in ("body = '{}'", "audience_kinds = '{partner}'", "title = 'Another'", "withdrawn = true, title = 'Another'"):
        with pytest.raises(ProgrammingError, match="never rewritten"), acting_as(committed.viewer("analyst")), transaction.atomic():
            connection.cursor().execute(f"update handling_released set {change} where id = '{found.id}'")
    with acting_as(committed.viewer("donor")), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update handling_released set withdrawn = true")
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    ("title", "text", "audience", "field"),
    [
        ("x", TEXT, DONORS, "title"),
        ("Testing", "short", DONORS, "text"),
        ("Testing", TEXT, Audience(), "audience"),
        ("Testing", TEXT, Audience(kinds=("press",)), "audience"),
        ("Testing", TEXT, Audience(countries=("Atlantis",)), "countries"),
    ],
)
def test_bad_release_names_its_field_and_stores_nothing(committed, title, text, audience, field):
    with pytest.raises(InputError) as refused:
        act(committed, "analyst", counter.release_paper, title, text, "records", audience)
    assert (refused.value.field or "countries", Released.objects.using("jobs").count()) == (field, 0)


def test_statistic_is_stored_without_the_small_counts(committed):
    found = act(committed, "analyst", counter.release_statistic, "Incidents", COUNTS, "records", DONORS)
    assert found.body == {
        "again": False,
        "unit": "Reports",
        "rows": [[["country", "MDA"]], [["country", "GEO"]]],
        "columns": [[["text", "2024"]], [["text", "2025"]]],
        "cells": [["held", "few"], ["held", "held"]],
        "row_totals": [9, 17],
        "column_totals": [16, 10],
        "total": 26,
    }
    with pytest.raises(InputError) as refused:
        act(committed, "analyst", counter.release_statistic, "Incidents", Counts((), (), (), "Reports"), "records", DONORS)
    assert refused.value.field == "counts"


def again(world, *cells, rows=COUNTS.rows, who="analyst"):
    found = act(world, who, counter.release_statistic, "Incidents", replace(COUNTS, rows=rows, cells=cells), "records", DONORS)
    return found.body["again"], found.body["cells"], found.body["row_totals"], found.body["total"]


def test_statistic_that_went_out_before_is_not_subtracted_from_it(committed):
    assert again(committed, (20, 30), (40, 50)) == (False, [[20, 30], [40, 50]], [50, 90], 140)
    assert again(committed, (22, 30), (45, 50)) == (True, [["held", 30], [45, 50]], ["held", 95], "held")
    act(committed, "analyst", counter.withdraw, Released.objects.using("owner").order_by("at").first().id)
    georgia = (COUNTS.rows[1],)
    assert again(committed, (47, 55), rows=georgia) == (True, [["held", 55]], ["held"], "held")
    new = ((("country", "KEN"),),)
    assert again(committed, (8, 9), rows=new) == (False, [[8, 9]], [17], 17)
    assert again(committed, (20, 30), (8, 12), rows=(COUNTS.rows[0], *new)) == (True, [[20, 30], [8, "held"]], [50, "held"], "held")


def test_statistic_with_small_counts_gives_none_away_when_it_goes_out_again(committed):
    assert again(committed, (7, 2), (9, 8))[1] == [["held", "few"], ["held", "held"]]
    assert again(committed, (7, 2), (9, 8)) == (True, [["held", "few"], ["held", "held"]], ["held", "held"], "held")
    assert again(committed, (7, 12), (9, 8))[1] == [["held", 12], ["held", "held"]]


def test_page_says_of_a_table_that_figures_went_out_before(committed, client_for):
    many(committed, 8)
    release = client_for("analyst").get("/reports/release/")
    assert "Some of these figures went out before" not in release.text
    act(committed, "analyst", statistics.release, Filters(), "Sample counts", DONORS)
    assert "Some of these figures went out before" in client_for("analyst").get("/reports/release/").text


def test_reference_opens_for_whom_the_policy_allows_and_says_the_same_to_all_others(committed, client_for):
    hidden = bare_report(committed, "MDA", "mda.officer", audience="only", audience_organisations=[committed.organisations["radnuc"].id])
    found = act(
        committed,
        "mda.officer",
        counter.release_reference,
        "A case in point",
        "report",
        hidden.id,
        "records",
        Audience(kinds=("bureau", "secretariat", "donor")),
    )
    address = f"/released/{found.id}/open/"
    assert client_for("analyst").get(address)["Location"] == f"/reports/{hidden.id}/"
    for who in ("fra.officer", "donor"):
        client = client_for(who)
        assert "A case in point" in words(client.get(f"/released/{found.id}/"))
        shut, unknown = client.get(address), client.get(f"/released/{hidden.id}/open/")
        assert (shut.status_code, unknown.status_code, words(shut)) == (404, 404, words(unknown))
    with pytest.raises(PermissionError, match="Only its owner releases a reference"):
        act(committed, "analyst", counter.release_reference, "A case in point", "report", hidden.id, "records", DONORS)
    with pytest.raises(Http404):
        act(committed, "fra.officer", counter.release_reference, "A case in point", "report", hidden.id, "records", DONORS)
    text = paper(committed)
    assert client_for("donor").get(f"/released/{text.id}/open/").status_code == 404


def filed(world, who, country, day, **more):
    filing = Filing(
        incident={"title": "Invented find", "type": "discovery", "country": country, "event_date": day, "summary": "Invented."},
        lawful=True,
        **more,
    )
    with acting_as(world.viewer(who)) as viewer:
        from isotrace.handling.envelopes import Choice

        return actions.file_incident(
            viewer, Filing(**{**{f: getattr(filing, f) for f in Filing.__dataclass_fields__}, "envelope": Choice(audience="all")})
        )[0]


def many(world, number, **changes):
    """Reports as their owner filed them, without the form."""
    with acting_as(world.viewer("mda.officer")):
        Report.objects.bulk_create(
            Report(
                **envelope(world, "MDA"),
                kind=changes.get("kind", "police"),
                title="Sample report",
                schema_version="1",
                filed_at=NOW,
                filed_by=world.people["mda.officer"].id,
                country=changes.get("country", "MDA"),
                incident_type=changes.get("incident_type", "theft"),
                countable=changes.get("countable", True),
                event_from=date(changes.get("year", 2024), 1, 1),
                event_to=date(changes.get("until", changes.get("year", 2024)), 12, 31),
            )
            for _each in range(number)
        )


def test_only_events_that_their_owner_lets_be_counted_are(committed):
    many(committed, 6)
    many(committed, 3, countable=False)
    many(committed, 2, kind="persons")
    many(committed, 7, country="GEO", incident_type="scam", year=2025)
    many(committed, 8, year=2023, until=2024)
    found = act(committed, "analyst", statistics.counts, Filters())
    assert found.rows == ((("country", "GEO"), ("word", "Scam")), (("country", "MDA"), ("word", "Theft")))
    assert found.columns == ((("text", "2024"),), (("text", "2025"),), (("word", "not known"),))
    assert found.cells == ((0, 7, 0), (6, 0, 8))
    assert act(committed, "analyst", statistics.counts, Filters(country="GEO")).cells == ((7,),)


def test_owner_lets_an_event_be_counted_and_nobody_else_does(committed, client_for):
    event = filed(committed, "mda.officer", "MDA", "2024-05")
    assert event.countable is False
    address = f"/reports/{event.id}/countable/"
    assert client_for("geo.officer").post(address, {"countable": "yes"}).status_code == 404
    owner = client_for("mda.officer")
    assert "Let it be counted" in owner.get(f"/reports/{event.id}/").text
    assert owner.post(address, {"countable": "yes"}).status_code == 302
    assert "Counted, without persons" in owner.get(f"/reports/{event.id}/").text
    assert "Let it be counted" not in client_for("geo.officer").get(f"/reports/{event.id}/").text
    with acting_as(committed.viewer("mda.officer")):
        assert Report.objects.get(pk=event.id).countable is True
    assert filed(committed, "mda.officer", "MDA", "2024-06", countable=True).countable is True


def test_report_on_persons_is_never_counted(committed):
    many(committed, 1, kind="persons")
    found = Report.objects.using("jobs").get()
    with pytest.raises(PermissionError, match="A report on persons is never counted"):
        act(committed, "mda.officer", statistics.let_be_counted, found.id, countable=True)


def test_analyst_releases_counts_from_the_list_and_readers_find_them_at_home(committed, client_for):
    many(committed, 12)
    many(committed, 2, year=2025)
    many(committed, 9, country="GEO", year=2025)
    many(committed, 15, country="GEO")
    analyst = client_for("analyst")
    assert 'href="/reports/release/?country=GEO"' in analyst.get("/reports/?country=GEO").text
    shown = words(analyst.get("/reports/release/"))
    assert "Moldova · Theft withheld fewer than 5 14" in shown
    bad = analyst.post("/reports/release/", {"title": "Incidents of two years"})
    assert (bad.status_code, "Say to whom it is released." in words(bad)) == (422, True)
    made = analyst.post("/reports/release/", {"title": "Incidents of two years", "kinds": ["donor", "partner", "secretariat"]})
    page = made["Location"]
    for who in READERS:
        client = client_for(who)
        assert "Released to you Incidents of two years" in words(client.get("/")), who
        said = words(client.get(page))
        assert "fewer than 5" in said
        assert "Take it back" not in said
    assert "Released to Donor Partner organisation Unit of the secretariat Take it back" in words(analyst.get(page))
    assert client_for("donor").post(f"{page}withdraw/").status_code == 404
    assert analyst.post(f"{page}withdraw/").status_code == 302
    assert client_for("donor").get(page).status_code == 404
    assert "Nothing yet." in words(client_for("donor").get("/"))


@pytest.mark.parametrize("who", ["mda.officer", "reviewer", "manager", "donor"])
def test_others_release_no_counts(committed, client_for, who):
    many(committed, 6)
    assert client_for(who).get("/reports/release/").status_code == 404
    with pytest.raises(PermissionError, match="Only the analysts of the secretariat"):
        act(committed, who, statistics.counts, Filters())


def test_paper_and_reference_go_out_through_the_pages(committed, client_for):
    event = filed(committed, "mda.officer", "MDA", "2024-05")
    officer = client_for("mda.officer")
    assert f'href="/released/new/report/{event.id}/"' in officer.get(f"/records/report/{event.id}/").text
    made = officer.post(f"/released/new/report/{event.id}/", {"title": "A find", "countries": ["GEO"]})
    assert client_for("geo.officer").get(f"{made['Location']}open/")["Location"] == f"/reports/{event.id}/"
    sent = officer.post("/released/new/", {"title": "Testing a portal monitor", "text": TEXT, "kinds": ["donor"]})
    assert TEXT in words(client_for("donor").get(sent["Location"]))
    assert client_for("donor").get("/released/new/").status_code == 404
    assert client_for("geo.officer").get(f"/released/new/report/{event.id}/").status_code == 404


def test_api_reads_what_was_released(committed):
    from django.test import Client

    found = act(committed, "analyst", counter.release_statistic, "Incidents", COUNTS, "records", DONORS)
    clients = {}
    for who in ("donor", "member"):
        with acting_as(committed.viewer(who)):
            clients[who] = Client(headers={"Authorization": f"Bearer {issue(committed.people[who], 'released')}"})
    listed = clients["donor"].get("/api/v1/released").json()["released"]
    assert [(each["title"], each["kind"], each["owner"]) for each in listed] == [
        ("Incidents", "statistic", "Radiological and Nuclear Unit")
    ]
    assert clients["donor"].get(f"/api/v1/released/{found.id}").json()["body"]["cells"] == [["held", "few"], ["held", "held"]]
    assert clients["member"].get("/api/v1/released").json() == {"released": []}
    assert clients["member"].get(f"/api/v1/released/{found.id}").status_code == 404
