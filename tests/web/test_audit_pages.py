"""The auditor's pages: a person's looks, a record's readers, alerts; for control only, and written down themselves."""

import uuid

import pytest

from isotrace.desk import alerts as desk
from isotrace.engine import clock
from isotrace.handling import audit
from isotrace.handling.audit import sealing
from isotrace.handling.audit.models import AuditAlert, AuditEntry
from isotrace.handling.context import acting_as
from isotrace.records import queries as records
from isotrace.records.queries import Filters
from tests.worlds.filled import report

ONLY = "The trail is for control only"


@pytest.fixture
def looks(committed):
    """A report read by two people, refused to a third, searched for by one."""
    one = report(committed, "MDA", "mda.officer", title="Sample gauge")
    for who in ("mda.officer", "geo.officer"):
        with acting_as(committed.viewer(who)) as viewer:
            records.report(viewer, one.id)
    with acting_as(committed.viewer("geo.officer")) as viewer:
        records.reports(viewer, Filters(text="Sample gauge"))
        audit.record(viewer, "report.read", "report", uuid.UUID(int=5), outcome="refused")
    return one


def rows(page):
    return page.text.count('<th scope="row"')


def test_trail_shows_a_person_s_looks(looks, committed, client_for):
    page = client_for("auditor").get("/audit/", {"person": "geo.officer@example.org"})
    assert (page.status_code, rows(page), ONLY in page.text, "Sample Geo.Officer" in page.text) == (200, 3, True, True)
    refused = client_for("auditor").get("/audit/", {"person": "geo.officer@example.org", "outcome": "refused"})
    assert rows(refused) == 1


def test_trail_shows_a_record_s_readers_by_the_address_of_its_page(looks, client_for):
    page = client_for("auditor").get("/audit/", {"record": f"https://isotrace.example.org/reports/{looks.id}", "act": "read"})
    assert (rows(page), "Sample Mda.Officer" in page.text, "Sample Geo.Officer" in page.text, "Sample gauge" in page.text) == (
        2,
        True,
        True,
        False,
    )


def test_trail_is_narrowed_to_days(looks, client_for):
    day = clock.today().isoformat()
    client = client_for("auditor")
    assert rows(client.get("/audit/", {"since": day, "until": day, "act": "read"})) == 3
    assert rows(client.get("/audit/", {"until": "2020-01-01"})) == 0


@pytest.mark.parametrize("asked", [{"person": "nobody@example.org"}, {"record": "nonsense"}, {"act": "x"}, {"since": "x"}])
def test_filter_that_makes_no_sense_is_told(looks, client_for, asked):
    page = client_for("auditor").get("/audit/", asked)
    assert (page.status_code, "There is a problem" in page.text) == (200, True)


def test_pages_of_the_trail_follow_each_other(committed, client_for):
    with acting_as(committed.viewer("geo.officer")) as viewer:
        for number in range(120):
            audit.record(viewer, "report.read", "report", count=number)
    client, seen, address = client_for("auditor"), [], "?act=read&person=geo.officer@example.org"
    while address:
        page = client.get(f"/audit/{address}")
        seen += [row["url"] for row in page.context["rows"]]
        address = page.context["older"]
    assert (len(seen), len(set(seen))) == (120, 120)


def test_entry_shows_the_words_of_a_search(looks, client_for):
    entry = AuditEntry.objects.using("jobs").get(act="report.list")
    page = client_for("auditor").get(f"/audit/entries/{entry.pk}")
    assert (page.status_code, "Sample gauge" in page.text, "Sample Geo.Officer" in page.text, ONLY in page.text) == (200, True, True, True)


@pytest.mark.parametrize("entry", [999_999_999, 10**30])
def test_entry_that_never_was_is_not_found(committed, client_for, entry):
    assert client_for("auditor").get(f"/audit/entries/{entry}").status_code == 404


def test_looks_of_the_auditor_are_written_down(looks, committed, client_for):
    client = client_for("auditor")
    client.get("/audit/", {"record": str(looks.id)})
    client.get(f"/audit/entries/{AuditEntry.objects.using('jobs').order_by('id').first().pk}")
    client.get("/audit/alerts/")
    mine = AuditEntry.objects.using("jobs").filter(person=committed.people["auditor"].id, kind__startswith="audit").order_by("id")
    assert [(entry.act, entry.record) for entry in mine] == [("trail.trace", looks.id), ("trail.read", None), ("alert.list", None)]


def test_alert_is_looked_into_on_its_page(committed, client_for):
    with acting_as(committed.viewer("mda.officer")) as viewer:
        records.reports(viewer, Filters(text="Sample Mda.Second"))
    desk.tell_auditors()
    alert = AuditAlert.objects.using("jobs").get()
    client = client_for("auditor")
    home = client.get("/")
    assert (f"/audit/alerts/{alert.id}" in home.text, "Look into an alert of the audit trail" in home.text, ONLY in home.text) == (
        True,
        True,
        True,
    )
    page = client.get(f"/audit/alerts/{alert.id}")
    assert ("Looked for a colleague" in page.text, "Sample Mda.Second" in page.text, ONLY in page.text) == (True, True, True)
    assert client.post(f"/audit/alerts/{alert.id}", {}).status_code == 422
    assert client.post(f"/audit/alerts/{alert.id}", {"outcome": "unclear"}).status_code == 302
    assert ("No alerts" in client.get("/audit/alerts/").text, rows(client.get("/audit/alerts/?closed=1"))) == (True, 1)
    again = client.post(f"/audit/alerts/{alert.id}", {"outcome": "misuse"})
    assert again.status_code == 422


@pytest.mark.parametrize("who", ["mda.officer", "fra.border", "analyst", "donor", "control"])
@pytest.mark.parametrize("address", ["/audit/", "/audit/alerts/", f"/audit/alerts/{uuid.UUID(int=3)}", "/audit/entries/1"])
def test_pages_are_not_there_for_other_roles(committed, client_for, who, address):
    assert client_for(who).get(address).status_code == 404


def test_home_of_the_auditor_says_how_far_the_chain_reaches(looks, client_for):
    sealing.seal_all(settling="0 seconds")
    page = client_for("auditor").get("/")
    assert ("entries sealed" in page.text, "Alerts" in page.text, "Audit trail" in page.text) == (True, True, True)


def test_signing_in_and_out_is_written_down(committed, client_for):
    from isotrace.handling.audit.models import AuditEntry as Entry

    client = client_for("mda.officer")
    client.logout()
    client.login(email="mda.officer@example.org", password="not the password")
    client.login(email="nobody@example.org", password="not the password")
    found = Entry.objects.using("jobs").filter(kind="account").order_by("id")
    person = committed.people["mda.officer"].id
    assert [(entry.act, entry.outcome, entry.person, entry.record) for entry in found] == [
        ("session.begin", "allowed", person, person),
        ("session.end", "allowed", person, person),
        ("session.begin", "refused", person, person),
    ]
