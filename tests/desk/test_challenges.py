"""A challenged record: blocked at once, decided by its owner, seen again or gone."""

from datetime import timedelta

import pytest
from django.http import Http404

from isotrace.desk import asking, challenges, jobs, queries
from isotrace.desk.models import Challenge
from isotrace.engine.errors import InputError
from isotrace.handling.context import acting_as
from isotrace.notices.actions import withdraw
from isotrace.notices.queries import epoch, published
from isotrace.records.correcting import correct
from isotrace.records.models import Entity, Report
from isotrace.records.queries import report as read
from tests.privacy.build import filed, hit
from tests.privacy.build import notice as listed_notice
from tests.worlds.filled import notice, report

WHY = "Our own file says that he died in 2019."
ANSWER = "The death was another person's; see our file."


def challenged(world, record, kind="report", who="geo.officer") -> Challenge:
    with acting_as(world.viewer(who)) as viewer:
        return challenges.challenge(viewer, kind, record.id, WHY)


def sees(world, record, *who: str) -> set[str]:
    seen = set()
    for each in who:
        with acting_as(world.viewer(each)):
            if type(record).objects.filter(pk=record.pk).exists():
                seen.add(each)
    return seen


EVERYBODY = ("mda.officer", "geo.officer", "fra.officer", "analyst", "duty", "reviewer", "control")


def test_challenge_blocks_at_once_for_all_but_the_owner(world):
    mine = report(world, "MDA", "mda.officer")
    with acting_as(world.viewer("mda.officer")):
        Entity.objects.create(**mine.envelope_columns(), report=mine, kind="Person", schema_version="1")
    assert sees(world, mine, *EVERYBODY) == set(EVERYBODY) - {"control"}
    made = challenged(world, mine)
    assert sees(world, mine, *EVERYBODY) == {"mda.officer"}
    with acting_as(world.viewer("analyst")):
        assert Entity.objects.count() == 0
    with acting_as(world.viewer("mda.officer")):
        assert [row.blocked for model in (Report, Entity) for row in model.objects.all()] == [True, True]
    with acting_as(world.viewer("geo.officer")) as viewer, pytest.raises(Http404):
        read(viewer, made.record)


def test_challenge_starts_the_owners_clock_and_tells_the_duty_officer(world):
    mine = report(world, "MDA", "mda.officer")
    made = challenged(world, mine)
    with acting_as(world.viewer("mda.officer")) as owner:
        (task,) = queries.waiting(owner)
        assert (task.kind, task.subject_id, task.due_at - task.created_at) == ("challenge.answer", made.id, timedelta(days=10))
    with acting_as(world.viewer("duty")) as duty:
        assert [each.kind for each in queries.waiting(duty)] == ["challenge.duty"]
        assert [each.id for each in queries.open_challenges(duty)] == [made.id]
        assert asking.look(duty, Challenge, made.id).reason == WHY
        assert queries.waiting(duty) == []
    for who in ("fra.officer", "analyst", "reviewer", "auditor"):
        with acting_as(world.viewer(who)):
            assert Challenge.objects.count() == 0, who


def test_published_notice_leaves_the_list_and_returns(committed):
    mine = notice(committed, "MDA", "mda.officer", content={"person": {"names": ["Testov Exemplar"]}})
    before = epoch()
    assert [each.id for each in published()] == [mine.id]
    made = challenged(committed, mine, "notice")
    assert published() == []
    assert epoch() > before
    blocked = epoch()
    with acting_as(committed.viewer("mda.officer")) as owner:
        challenges.dismiss(owner, made.id, ANSWER)
    jobs.settle(challenge=str(made.id))
    assert [each.id for each in published()] == [mine.id]
    assert epoch() > blocked


def test_dismissed_challenge_opens_the_record_again(committed):
    mine = report(committed, "MDA", "mda.officer")
    with acting_as(committed.viewer("mda.officer")):
        Entity.objects.create(**mine.envelope_columns(), report=mine, kind="Person", schema_version="1")
    made = challenged(committed, mine)
    jobs.settle(challenge=str(made.id))
    assert sees(committed, mine, *EVERYBODY) == {"mda.officer"}, "not decided yet"
    with acting_as(committed.viewer("geo.officer")) as viewer, pytest.raises(PermissionError):
        challenges.dismiss(viewer, made.id, ANSWER)
    with acting_as(committed.viewer("mda.officer")) as owner:
        with pytest.raises(InputError):
            challenges.dismiss(owner, made.id, "No.")
        challenges.dismiss(owner, made.id, ANSWER)
    jobs.settle(challenge=str(made.id))
    assert sees(committed, mine, *EVERYBODY) == set(EVERYBODY) - {"control"}
    with acting_as(committed.viewer("geo.officer")) as viewer:
        assert Entity.objects.count() == 1
        assert [task.kind for task in queries.waiting(viewer)] == ["challenge.told"]
        assert asking.look(viewer, Challenge, made.id).answer == ANSWER


def test_second_challenge_keeps_the_record_blocked(committed):
    mine = report(committed, "MDA", "mda.officer")
    first = challenged(committed, mine)
    Challenge.objects.using("owner").create(
        record_kind="report",
        record=mine.id,
        owner=first.owner,
        asker=committed.organisations["FRA"],
        reason=WHY,
        asked_by=committed.people["fra.officer"].id,
        asked_at=first.asked_at,
    )
    with acting_as(committed.viewer("mda.officer")) as owner:
        challenges.dismiss(owner, first.id, ANSWER)
    jobs.settle(challenge=str(first.id))
    assert sees(committed, mine, *EVERYBODY) == {"mda.officer"}


def upheld(world, record, kind="report") -> Challenge:
    made = challenged(world, record, kind)
    with acting_as(world.viewer("mda.officer")) as owner:
        challenges.uphold(owner, made.id, "")
    return made


def corrects(world, mine) -> None:
    with acting_as(world.viewer("mda.officer")) as owner:
        thing = Entity.objects.get(report=mine, kind="RadiologicalIncident")
        assert correct(owner, mine.id, thing.id, thing.properties | {"title": "Sample case, corrected"}) is not None


def test_upheld_challenge_stays_blocked_until_corrected(committed):
    mine = filed(committed)[0]
    corrects(committed, mine)
    made = challenged(committed, mine)
    with acting_as(committed.viewer("mda.officer")) as owner:
        challenges.uphold(owner, made.id, "")
        assert "challenge.mend" in [task.kind for task in queries.waiting(owner)]
    jobs.settle(challenge=str(made.id))
    assert sees(committed, mine, *EVERYBODY) == {"mda.officer"}
    with acting_as(committed.viewer("mda.officer")) as owner, pytest.raises(InputError, match="Nothing in the record was corrected"):
        challenges.corrected(owner, made.id)
    with acting_as(committed.viewer("geo.officer")) as asker, pytest.raises(PermissionError):
        challenges.corrected(asker, made.id)
    with acting_as(committed.viewer("mda.officer")) as owner:
        thing = Entity.objects.get(report=mine, kind="RadiologicalIncident")
        correct(owner, mine.id, thing.id, thing.properties | {"title": "Sample case, corrected again"})
        challenges.corrected(owner, made.id)
        assert queries.waiting(owner) == []
    jobs.settle(challenge=str(made.id))
    assert sees(committed, mine, *EVERYBODY) == set(EVERYBODY) - {"control"}
    with acting_as(committed.viewer("geo.officer")) as asker:
        assert "challenge.told" in [task.kind for task in queries.waiting(asker)]
        assert asking.look(asker, Challenge, made.id).state == "corrected"


def test_upheld_challenge_of_a_notice_is_mended_by_taking_it_back(committed):
    listed = listed_notice(committed)
    made = upheld(committed, listed, "notice")
    with acting_as(committed.viewer("mda.officer")) as owner:
        with pytest.raises(InputError, match="Nothing in the record was corrected"):
            challenges.corrected(owner, made.id)
        withdraw(owner, listed.pk, "The sighting was another person's.")
        assert challenges.corrected(owner, made.id).state == "corrected"


def test_of_a_hit_the_owner_says_in_words_what_he_corrected(committed):
    lead = hit(committed, listed_notice(committed), shared=True)
    with acting_as(committed.viewer("mda.officer")) as viewer:
        made = challenges.challenge(viewer, "hit", lead.id, WHY)
    with acting_as(committed.viewer("fra.border")) as owner:
        challenges.uphold(owner, made.id, "")
        with pytest.raises(InputError) as short:
            challenges.corrected(owner, made.id, "Done.")
        assert short.value.field == "text"
        assert challenges.corrected(owner, made.id, "The post was wrong; it is told to the bureau.").state == "said"
    jobs.settle(challenge=str(made.id))
    assert sees(committed, lead, "mda.officer") == {"mda.officer"}
    with acting_as(committed.viewer("mda.officer")) as asker:
        assert asking.look(asker, Challenge, made.id).answer == "The post was wrong; it is told to the bureau."


def test_nobody_lifts_a_block_by_hand(world):
    from django.db import ProgrammingError, transaction

    mine = report(world, "MDA", "mda.officer")
    challenged(world, mine)
    with (
        acting_as(world.viewer("mda.officer")),
        pytest.raises(ProgrammingError, match="nobody lifts a block by hand"),
        transaction.atomic(),
    ):
        Report.objects.filter(pk=mine.pk).update(blocked=False)


@pytest.mark.parametrize("who", ["mda.officer", "member", "donor", "auditor", "manager"])
def test_who_may_not_challenge(world, who):
    mine = report(world, "MDA", "mda.officer")
    with acting_as(world.viewer(who)) as viewer, pytest.raises((InputError, Http404)):
        challenges.challenge(viewer, "report", mine.id, WHY)
    assert sees(world, mine, "geo.officer") == {"geo.officer"}


def test_challenge_asks_first_and_then_blocks(world, client_for):
    mine = report(world, "MDA", "mda.officer", title="Sample doubted report")
    page = f"/records/report/{mine.id}/challenge/"
    client = client_for("geo.officer")
    assert "Challenge this record?" in client.get(page).content.decode()
    assert client.post(page, {"reason": "short"}).status_code == 422
    done = client.post(page, {"reason": WHY})
    with acting_as(world.viewer("mda.officer")):
        made = Challenge.objects.get()
    assert (done.status_code, done.url) == (302, f"/records/challenges/{made.id}/")
    after = client.get(done.url).content.decode()
    assert "Sample doubted report" not in after
    assert client.get(f"/reports/{mine.id}/").status_code == 404
    owner = client_for("mda.officer")
    assert "Sample doubted report" in owner.get(done.url).content.decode()
    assert owner.post(done.url, {"answer": "uphold", "text": ""}).status_code == 302
    assert f"/reports/{mine.id}/edit/" in owner.get(done.url).content.decode()
    assert client_for("fra.officer").get(done.url).status_code == 404
