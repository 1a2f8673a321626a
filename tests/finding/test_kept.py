"""Searches that a person keeps: nobody else sees them, and they tell only that something waits."""

from datetime import timedelta

import pytest
from django.core import mail
from django.http import Http404

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.finding import actions, jobs
from isotrace.finding.asking import Asked
from isotrace.finding.models import SavedSearch
from isotrace.handling.context import acting_as
from tests.worlds.filled import report


def keep(world, who="geo.officer", text="barge", **more):
    viewer = world.viewer(who)
    with acting_as(viewer):
        return actions.keep(viewer, Asked(text=text), "Sample barges", **more)


def waits(world, who="geo.officer"):
    with acting_as(world.viewer(who)):
        return actions.waiting(world.viewer(who))


def test_kept_search_is_seen_by_its_person_alone(world):
    saved = keep(world, "mda.officer")
    for who in ("mda.second", "geo.officer", "analyst", "duty"):
        viewer = world.viewer(who)
        with acting_as(viewer):
            assert list(SavedSearch.objects.all()) == []
            for step in (actions.one, actions.open_again, actions.drop):
                with pytest.raises(Http404):
                    step(viewer, saved.pk)
    with acting_as(world.viewer("mda.officer")):
        assert [each.name for each in SavedSearch.objects.all()] == ["Sample barges"]


@pytest.mark.parametrize(
    ("asked", "name"), [(Asked(), "Sample"), (Asked(text="x"), " "), (Asked(text="x"), "x" * 121), (Asked(text="x"), "a\nb")]
)
def test_keeping_what_cannot_be_kept_is_refused(world, asked, name):
    viewer = world.viewer("geo.officer")
    with acting_as(viewer), pytest.raises(InputError) as refused:
        actions.keep(viewer, asked, name)
    assert refused.value.field == "name"


def test_job_tells_of_what_is_new_and_nothing_more(committed):
    report(committed, "MDA", "mda.officer", title="Sample barge one")
    saved = keep(committed)
    jobs.look(0)
    assert (waits(committed), mail.outbox) == (0, [])
    report(committed, "MDA", "mda.officer", title="Sample barge hidden", audience="only")
    report(committed, "MDA", "mda.officer", title="Sample tram")
    jobs.look(0)
    assert (waits(committed), mail.outbox) == (0, [])
    new = report(committed, "MDA", "mda.officer", title="Sample barge two")
    jobs.look(0)
    jobs.look(0)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["geo.officer@example.org"], "Isotrace: something waits for you")
    assert "barge" not in sent.body.lower()
    assert waits(committed) == 1
    viewer = committed.viewer("geo.officer")
    with acting_as(viewer):
        assert actions.open_again(viewer, saved.pk).fresh == [new.pk]
    assert waits(committed) == 0


def test_job_tells_of_an_old_report_that_was_shared_only_now(committed):
    one = report(committed, "MDA", "mda.officer", title="Sample barge", audience="only")
    keep(committed)
    type(one).objects.using("owner").filter(pk=one.pk).update(audience="all")
    jobs.look(0)
    assert waits(committed) == 1


def test_job_looks_for_nobody_whose_search_is_switched_off_or_whose_account_ended(committed):
    keep(committed, "geo.officer", alerts=False)
    keep(committed, "ken.officer")
    account = committed.people["ken.officer"]
    type(account).objects.using("owner").filter(pk=account.pk).update(is_active=False)
    try:
        report(committed, "MDA", "mda.officer", title="Sample barge")
        jobs.look(0)
    finally:
        type(account).objects.using("owner").filter(pk=account.pk).update(is_active=True)
    assert (mail.outbox, list(SavedSearch.objects.using("jobs").exclude(waiting_since=None))) == ([], [])


def test_dropped_search_is_gone_and_one_that_nobody_opens_ends(committed):
    one, other = keep(committed), keep(committed, "mda.officer")
    viewer = committed.viewer("geo.officer")
    with acting_as(viewer):
        actions.drop(viewer, one.pk)
    assert [each.pk for each in SavedSearch.objects.using("jobs")] == [other.pk]
    SavedSearch.objects.using("jobs").update(used_at=clock.now() - timedelta(days=181))
    jobs.look(0)
    assert SavedSearch.objects.using("jobs").count() == 0


def test_pages_keep_open_switch_and_drop_a_search(world, client_for):
    browser = client_for("geo.officer")
    report(world, "MDA", "mda.officer", title="Sample barge")
    kept = browser.post("/search/keep", {"text": "barge", "name": "Sample barges", "alerts": "on"})
    assert (kept.status_code, kept.url) == (302, "/search/?text=barge")
    with acting_as(world.viewer("geo.officer")):
        saved = SavedSearch.objects.get()
    assert b"Sample barges" in browser.get("/search/").content
    report(world, "MDA", "mda.officer", title="Sample barge two")
    opened = browser.post(f"/search/kept/{saved.pk}/open")
    assert opened.url == f"/search/?text=barge&kept={saved.pk}"
    assert browser.get(opened.url).content.count(b">New</span>") == 1
    assert browser.post(f"/search/kept/{saved.pk}/alerts", {"alerts": "off"}).status_code == 302
    assert b"Tell me what is new" in browser.get("/search/").content
    refused = browser.post("/search/keep", {"text": "", "name": "Nothing"})
    assert "Search for something first" in browser.get(refused.url).content.decode()
    assert client_for("mda.officer").post(f"/search/kept/{saved.pk}/open").status_code == 404
