"""Pages of lost and found, as officers and others get them."""

import pytest

from isotrace.bureaus import keys
from isotrace.bureaus.models import Account
from isotrace.tracing import jobs
from tests.tracing.build import FIND, FOUND, LOSS, filed, only


@pytest.fixture
def pair(committed):
    loss, find = filed(committed, "mda.officer", LOSS), filed(committed, "geo.officer", FIND, FOUND)
    jobs.check(str(find.id))
    return loss, find


def test_page_lists_pairs_with_reasons_and_both_ends(pair, client_for):
    page = client_for("fra.officer").get("/lost-and-found/").content.decode()
    for said in (
        "Sample gauge lost",
        "Sample gauge in scrap",
        "Very likely the same, 98 %",
        "The serial number was read as A8 12?45, which fits AB-12345.",
        "It was found 50 days after it was lost.",
        "1 find was compared",
        "with 1 loss.",
    ):
        assert said in page, said


def test_page_of_a_report_says_what_it_could_be_and_the_task_is_done_there(pair, client_for):
    loss, find = pair
    client = client_for("mda.officer")
    page = client.get(f"/lost-and-found/{loss.id}/").content.decode()
    assert ("Lost or stolen" in page, "Sample gauge in scrap" in page, "We have compared it" in page) == (True, True, True)
    assert client.post(f"/lost-and-found/{loss.id}/looked/").status_code == 302
    assert "We have compared it" not in client.get(f"/lost-and-found/{loss.id}/").content.decode()
    assert "We have compared it" not in client_for("fra.officer").get(f"/lost-and-found/{find.id}/").content.decode()


def test_page_of_the_report_itself_fetches_the_short_form(pair, client_for):
    _loss, find = pair
    client = client_for("geo.officer")
    assert f'hx-get="/lost-and-found/{find.id}/?only=short"' in client.get(f"/reports/{find.id}/").content.decode()
    short = client.get(f"/lost-and-found/{find.id}/?only=short").content.decode()
    assert ("Sample gauge lost" in short, "<html" in short) == (True, False)


def test_page_of_a_hidden_report_is_one_that_never_was(committed, client_for):
    loss = filed(committed, "mda.officer", LOSS, envelope=only(committed))
    client = client_for("fra.officer")
    assert [client.get(f"/lost-and-found/{loss.id}/").status_code, client.post(f"/lost-and-found/{loss.id}/looked/").status_code] == [
        404,
        404,
    ]
    assert "No pairs here" in client.get("/lost-and-found/").content.decode()


@pytest.mark.parametrize("who", ["fra.border", "donor", "member"])
def test_page_is_not_there_for_roles_that_open_no_reports(committed, client_for, who):
    assert client_for(who).get("/lost-and-found/").status_code == 404


def test_task_on_the_desk_leads_to_the_page(pair, client_for):
    loss, _find = pair
    home = client_for("mda.officer").get("/").content.decode()
    assert f"/lost-and-found/{loss.id}/" in home
    assert "Compare a report of yours with another" in home


def test_interface_lists_pairs_and_compares_a_report(pair, client):
    loss, find = pair
    headers = {"Authorization": f"Bearer {keys.issue(Account.objects.get(email='fra.officer@example.org'), 'Sample key')}"}
    listed = client.get("/api/v1/lost-and-found", headers=headers).json()
    assert (listed["finds"], listed["losses"], listed["after"], len(listed["pairs"])) == (1, 1, "", 1)
    one = listed["pairs"][0]
    assert (one["found"]["report"], one["lost"]["report"], one["probability"] > 0.95) == (str(find.id), str(loss.id), True)
    assert one["reasons"][1] == "Both are Cs-137."
    compared = client.get(f"/api/v1/reports/{loss.id}/lost-and-found", headers=headers).json()
    assert [(each["side"], each["among"], each["pairs"] == [one]) for each in compared] == [("lost", 1, True)]
