"""Where the law of a country does not let a confirmed hit go by itself, it waits until the bureau releases it."""

from datetime import timedelta

import pytest
from django.http import Http404

from isotrace.bureaus.models import SheetEntry
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.notices import add_months
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry
from isotrace.notices import actions as notices
from isotrace.screening import actions, queries
from isotrace.screening.models import Hit
from tests.notices.build import act
from tests.screening.build import BORN, DOCUMENT, NAME, NOW, check, confirm, hit_of, seen_by

CHECKING = {"fra.officer": 1, "fra.border": 1}
WAITS = "The owner of the notice is told once your national central bureau releases the hit."


@pytest.fixture
def waiting_country(committed):
    """The world with a national sheet of France that says no to automatic sightings."""
    made = SheetEntry.objects.using("owner").create(
        country="FRA", item="automatic_sightings", value="no", reference="Sample Act, section 2", at=clock.now()
    )
    yield committed
    made.delete(using="owner")


def _tasks():
    rows = Task.objects.using("jobs").filter(subject_kind="hit").order_by("kind")
    return [(task.kind, task.addressee.code, task.done_at is not None) for task in rows]


def _release(world, hit_id, who="fra.officer"):
    with acting_as(world.viewer(who)) as viewer:
        return actions.release(viewer, hit_id)


def test_confirmed_hit_waits_for_the_bureau_and_the_owner_knows_nothing(waiting_country, notice):
    answer = check(waiting_country, DOCUMENT)
    hit = hit_of(answer)
    assert (hit.state, hit.shared_at, hit.audience_organisations, answer.leads[0].agreed) == ("agreed", None, [], True)
    assert _tasks() == [("hit.look", "FRA", False), ("hit.release", "FRA", False)]
    assert seen_by(waiting_country, Hit) == CHECKING
    assert str(answer.leads[0].guidance.to_do[-1]) == WAITS


def test_release_tells_the_owner_and_closes_the_task(waiting_country, notice):
    hit = hit_of(check(waiting_country, DOCUMENT))
    released = _release(waiting_country, hit.id)
    assert (released.shared_at, released.audience_organisations) == (NOW, [waiting_country.organisations["MDA"].id])
    assert _tasks() == [("hit.answer", "MDA", False), ("hit.look", "FRA", False), ("hit.release", "FRA", True)]
    assert seen_by(waiting_country, Hit) == CHECKING | {"mda.officer": 1, "mda.second": 1}
    acts = AuditEntry.objects.using("jobs").filter(record=hit.id, person=waiting_country.people["fra.officer"].id).order_by("id")
    assert [(row.act, row.outcome) for row in acts if row.kind == "hit"] == [("hit.release", "allowed")] * 2 + [("hit.share", "allowed")]
    with pytest.raises(InputError, match="Nothing of this hit waits"):
        _release(waiting_country, hit.id)


def test_second_identifier_says_that_the_owner_is_told_later(waiting_country, notice):
    hit = hit_of(check(waiting_country, NAME))
    done = confirm(waiting_country, hit.id, born=BORN)
    assert (done.outcome, str(done.message)) == ("agrees", f"It agrees with the notice. {WAITS}")
    assert _tasks() == [("hit.look", "FRA", False), ("hit.release", "FRA", False)]


def test_second_look_within_ten_minutes_asks_the_bureau_once(waiting_country, notice):
    for _look in range(2):
        check(waiting_country, DOCUMENT)
    assert _tasks() == [("hit.look", "FRA", False), ("hit.release", "FRA", False)]


@pytest.mark.parametrize("who", ["fra.border", "fra.admin"])
def test_nobody_but_an_officer_of_the_bureau_releases(waiting_country, notice, who):
    hit = hit_of(check(waiting_country, DOCUMENT))
    with pytest.raises((PermissionError, Http404)):
        _release(waiting_country, hit.id, who)
    assert Hit.objects.using("jobs").get().shared_at is None


@pytest.mark.parametrize("who", ["mda.officer", "ken.officer", "analyst"])
def test_somebody_elses_release_finds_nothing(waiting_country, notice, who):
    hit = hit_of(check(waiting_country, DOCUMENT))
    with pytest.raises(Http404):
        _release(waiting_country, hit.id, who)


def test_lead_that_is_not_confirmed_cannot_be_released(waiting_country, notice):
    hit = hit_of(check(waiting_country, NAME))
    with pytest.raises(InputError, match="Nothing of this hit waits"):
        _release(waiting_country, hit.id)


def test_hit_on_a_withdrawn_notice_is_not_released(waiting_country, notice):
    hit = hit_of(check(waiting_country, DOCUMENT))
    act(waiting_country, "mda.officer", notices.withdraw, notice.id, "The assessment is no longer valid.")
    with pytest.raises(InputError, match="no longer published"):
        _release(waiting_country, hit.id)


def test_dismissal_takes_the_task_away(waiting_country, notice):
    hit = hit_of(check(waiting_country, DOCUMENT))
    with acting_as(waiting_country.viewer("fra.border")) as viewer:
        actions.dismiss(viewer, hit.id)
    with acting_as(waiting_country.viewer("fra.officer")) as viewer:
        queries.hit(viewer, hit.id)
    assert Hit.objects.using("jobs").get().state == "dismissed"


def test_page_of_the_hit_releases_it_for_the_bureau_only(waiting_country, notice, client_for):
    hit = hit_of(check(waiting_country, DOCUMENT))
    page = client_for("fra.border").get(f"/checks/hits/{hit.id}").content.decode()
    assert ("Tell the owner" in page, "it waits for its release" in page) == (False, True)
    client = client_for("fra.officer")
    assert "Tell the owner" in client.get(f"/checks/hits/{hit.id}").content.decode()
    client.post(f"/checks/hits/{hit.id}/release")
    assert "Tell the owner" not in client.get(f"/checks/hits/{hit.id}").content.decode()
    assert Hit.objects.using("jobs").get().shared_at == NOW


def test_country_without_a_sheet_waits(committed, notice):
    held = SheetEntry.objects.using("owner").filter(country="KEN")
    before = list(held)
    held.delete()
    try:
        hit = hit_of(check(committed, DOCUMENT, who="ken.officer"))
        assert (hit.state, hit.shared_at) == ("agreed", None)
        assert _tasks() == [("hit.release", "KEN", False)]
    finally:
        SheetEntry.objects.using("owner").bulk_create(before)


def test_confirmed_hit_is_kept_no_longer_than_the_country_lets_it(committed, notice):
    made = SheetEntry.objects.using("owner").create(
        country="FRA", item="retention_months", value="2", reference="Sample Act, section 3", at=clock.now()
    )
    try:
        assert hit_of(check(committed, DOCUMENT)).retention_until == add_months(clock.today(), 2)
        assert hit_of(check(committed, NAME, who="fra.officer")).retention_until == clock.today() + timedelta(days=30)
    finally:
        made.delete(using="owner")
