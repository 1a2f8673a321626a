"""The national sheet: written by its bureau alone, kept with its history, and asked by the code."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from isotrace.bureaus.models import SheetEntry
from isotrace.bureaus.queries import sheet
from isotrace.bureaus.sheets import ITEMS, Sheet, checked
from isotrace.delegation import queries, sheets
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import add_months
from isotrace.engine.policy import Audience
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice, columns
from isotrace.records.control import change_envelope
from tests.worlds.filled import report

GOOD = {"value": "36", "reference": "Sample Act, section 30", "dated": date(2020, 9, 1)}


def _write(world, who="fra.admin", item="retention_months", **changes):
    with acting_as(world.viewer(who)) as viewer:
        return sheets.write(viewer, item, **GOOD | changes)


def test_every_item_of_the_sheet_is_one_that_the_code_can_ask():
    assert {item.code for item in ITEMS} == set(asdict(Sheet()))


def test_country_without_a_sheet_permits_nothing_and_the_usual_five_years(world):
    assert sheet("JPN") == Sheet(automatic_sightings=False, retention_months=60, own_stored_checks=False, companions=False, minimum_age=0)
    assert sheet("") == Sheet()
    assert sheet("FRA") == Sheet(automatic_sightings=True)


def test_newest_entry_holds_and_the_others_stay_as_history(world):
    _write(world, value="48")
    _write(world, value="24", note="Sample note")
    with acting_as(world.viewer("ken.officer")) as viewer:
        rows, history = queries.sheet_rows(viewer, "FRA")
    assert sheet("FRA").retention_months == 24
    assert [(entry.item, entry.value) for entry in history] == [
        ("retention_months", "24"),
        ("retention_months", "48"),
        ("automatic_sightings", "yes"),
    ]
    assert {row.item.code: row.entry.value for row in rows if row.entry} == {"retention_months": "24", "automatic_sightings": "yes"}
    assert history[0].person == world.people["fra.admin"].id


@pytest.mark.parametrize(
    ("item", "changes", "field"),
    [
        ("retention_months", {"value": "61"}, "value"),
        ("retention_months", {"value": "0"}, "value"),
        ("retention_months", {"value": "١٢"}, "value"),
        ("companions", {"value": "perhaps"}, "value"),
        ("weather", {}, "item"),
        ("retention_months", {"reference": ""}, "reference"),
        ("retention_months", {"dated": None}, "dated"),
        ("retention_months", {"dated": date(2100, 1, 1)}, "dated"),
    ],
)
def test_bad_entry_is_refused_in_words(world, item, changes, field):
    before = SheetEntry.objects.count()
    with pytest.raises(InputError) as caught:
        _write(world, item=item, **changes)
    assert (caught.value.field, SheetEntry.objects.count()) == (field, before)


def test_answers_are_stored_in_one_form():
    assert (checked("retention_months", "012"), checked("companions", "no")) == ("12", "no")


@pytest.mark.parametrize("who", ["fra.officer", "fra.border", "unit.admin", "analyst", "control", "donor"])
def test_whoever_is_not_the_administrator_of_a_bureau_writes_no_sheet(world, who):
    with pytest.raises(PermissionError):
        _write(world, who)
    with (
        acting_as(world.viewer(who)),
        pytest.raises(ProgrammingError, match="only an administrator"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select isotrace_viewer.write_sheet('companions', 'yes', 'x', '2020-01-01', '', now())")


def test_administrator_writes_his_own_countrys_sheet_only(world):
    _write(world, "mda.admin", "minimum_age", value="14")
    assert (sheet("MDA").minimum_age, sheet("FRA").minimum_age) == (14, 0)


def _until(world, who, until, *, personal=True):
    with acting_as(world.viewer(who)) as viewer:
        return columns(viewer, Choice(audience=Audience.ALL, retention_until=until), personal=personal)["retention_until"]


def test_shorter_retention_of_the_country_binds_its_people_and_its_entities(world):
    _write(world, value="12")
    last = add_months(clock.today(), 12)
    assert [_until(world, who, last) for who in ("fra.officer", "fra.border")] == [last, last]
    for who in ("fra.officer", "fra.border"):
        with pytest.raises(InputError, match="12 months at most") as caught:
            _until(world, who, last + timedelta(days=1))
        assert caught.value.field == "retention_until"
    assert _until(world, "mda.officer", add_months(clock.today(), 60)) == add_months(clock.today(), 60)
    assert _until(world, "fra.officer", last + timedelta(days=1), personal=False) == last + timedelta(days=1)


def test_record_that_is_kept_longer_than_a_new_law_lets_can_still_be_restricted(world):
    kept = report(world, "FRA", "fra.officer")
    _write(world, value="1")
    with acting_as(world.viewer("fra.officer")) as viewer:
        changed = change_envelope(viewer, kept.id, Choice(audience=Audience.ONLY))
    assert (changed.audience, changed.retention_until) == ("only", date(2030, 1, 1))


def test_pages_of_the_sheet_are_read_by_police_and_written_by_the_bureau(committed, client_for):
    client = client_for("fra.admin")
    form = {"value": "36", "reference": "Sample Act, section 30", "dated": "2020-09-01", "note": ""}
    try:
        assert client.post("/access/sheets/items/retention_months/", form | {"value": "70"}).status_code == 422
        assert client.post("/access/sheets/items/retention_months/", form).headers["Location"] == "/access/sheets/FRA/"
        page = client.get("/access/sheets/FRA/").content.decode()
        assert ("Sample Act, section 30" in page, "Sample Fra.Admin" in page) == (True, True)
        elsewhere = client_for("ken.officer").get("/access/sheets/FRA/").content.decode()
        assert ("Sample Act, section 30" in elsewhere, "Sample Fra.Admin" in elsewhere) == (True, False)
        assert "France" in client_for("fra.border").get("/access/sheets/").content.decode()
        assert client.get("/access/sheets/XXX/").status_code == 404
        assert client.get("/access/sheets/items/weather/").status_code == 404
        assert client_for("fra.officer").get("/access/sheets/items/companions/").status_code == 403
        assert client_for("donor").get("/access/sheets/FRA/").status_code == 403
    finally:
        SheetEntry.objects.using("owner").filter(item="retention_months").delete()


def test_sheet_and_register_are_read_over_the_api(world, client_for):
    from isotrace.bureaus import keys

    key = keys.issue(world.people["ken.officer"], "sample")
    header = {"Authorization": f"Bearer {key}"}
    client = client_for("ken.officer")
    said = client.get("/api/v1/access/sheets/FRA", headers=header).json()
    assert [(item["item"], item["value"]) for item in said["items"] if item["value"]] == [("automatic_sightings", "yes")]
    found = client.get("/api/v1/access/grants", headers=header).json()["grants"]
    assert [(each["country"], each["entity"], each["state"]) for each in found] == [
        ("FRA", "Border Police of France", "in_force"),
        ("MDA", "Regulator of Moldova", "in_force"),
    ]
    stranger = {"Authorization": f"Bearer {keys.issue(world.people['donor'], 'sample')}"}
    assert client.get("/api/v1/access/grants", headers=stranger).status_code == 403
    assert client.get("/api/v1/access/sheets/XXX", headers=header).status_code == 404
