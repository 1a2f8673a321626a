"""What was taken back or blocked and stands as before, as after restoring an older backup, is taken back once more."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from isotrace.desk import challenges, consents, jobs
from isotrace.desk.models import Challenge, Task
from isotrace.engine import clock
from isotrace.handling import counter
from isotrace.handling.exports import exported
from isotrace.handling.models import AuditEntry, Consent
from isotrace.handling.released import Released
from isotrace.notices.actions import withdraw
from isotrace.notices.models import Notice
from isotrace.notices.queries import published
from isotrace.privacy import deletion, withheld
from isotrace.privacy.models import Recall
from isotrace.records.models import Report
from tests.privacy.build import do, filed, notice

WHY = "Our own file says that he died in 2019."
RELEASE = {"title": "Sample paper", "text": "A sample text of more than twenty characters."}


@pytest.fixture(autouse=True)
def _own_list(settings, tmp_path):
    settings.LEDGER = tmp_path / "forgotten.jsonl"


def test_withdrawn_notice_that_is_published_again_is_withdrawn_with_its_copies(committed):
    listed = notice(committed)
    do(committed, "geo.officer", exported, listed, "json")
    before = {name: getattr(listed, name) for name in ("state", "audience", "audience_countries", "audience_organisations")}
    do(committed, "mda.officer", withdraw, listed.pk, "The sighting was another person's.")
    assert (withheld.present(), withheld.again()) == (0, 0)
    listed.events.using("owner").filter(action="withdraw").delete()
    Recall.objects.using("owner").all().delete()
    Notice.objects.using("owner").filter(pk=listed.pk).update(**before)
    assert ([each.pk for each in published()], withheld.present(), deletion.present()) == ([listed.pk], 1, 1)
    assert deletion.forget_again() == 1
    assert (published(), withheld.present(), Notice.objects.using("owner").get().state) == ([], 0, "withdrawn")
    assert [each.holder.code for each in Recall.objects.using("owner").select_related("holder")] == ["GEO"]
    assert list(Task.objects.using("owner").filter(kind="retention.recall", done_at=None).values_list("addressee__code", flat=True)) == [
        "GEO",
        "GEO",
    ]
    acts = AuditEntry.objects.using("owner").filter(act="notice.withdraw", record=listed.pk)
    assert [entry.organisation for entry in acts] == [listed.owner_id] * 2
    assert withheld.again() == 0


def test_block_comes_back_with_a_question_to_the_owner_and_ends_with_his_answer(committed):
    mine = filed(committed)[0]
    do(committed, "geo.officer", challenges.challenge, "report", mine.pk, WHY)
    Challenge.objects.using("owner").all().delete()
    Task.objects.using("owner").all().delete()
    Report.objects.using("owner").filter(pk=mine.pk).update(blocked=False)
    assert (withheld.present(), withheld.again()) == (1, 1)
    asked = Challenge.objects.using("owner").get()
    assert (asked.reason, asked.asker.code, Report.objects.using("owner").get(pk=mine.pk).blocked) == (withheld.LOST, "GEO", True)
    do(committed, "mda.officer", challenges.dismiss, asked.pk, "Georgia says that its doubt is settled.")
    jobs.settle(challenge=str(asked.pk))
    assert (Report.objects.using("owner").get(pk=mine.pk).blocked, withheld.present()) == (False, 0)


def test_block_whose_question_is_there_asks_nothing_anew(committed):
    mine = filed(committed)[0]
    do(committed, "geo.officer", challenges.challenge, "report", mine.pk, WHY)
    Report.objects.using("owner").filter(pk=mine.pk).update(blocked=False)
    assert withheld.again() == 1
    assert [each.reason for each in Challenge.objects.using("owner").all()] == [WHY]


def test_consent_that_was_taken_back_is_not_given_again(committed):
    mine = filed(committed)[0]
    Report.objects.using("owner").filter(pk=mine.pk).update(conditions=["no_forward"])
    asked = Consent.objects.using("owner").create(
        record_kind="report", record=mine.pk, owner_id=mine.owner_id, asker=committed.organisations["GEO"], use="forward",
        reason=WHY, state="granted", asked_by=uuid.uuid4(), asked_at=clock.now(),
    )  # fmt: skip
    do(committed, "mda.officer", consents.end, asked.pk, "The case is closed by now.")
    Consent.objects.using("owner").update(state="granted")
    assert (withheld.present(), withheld.again(), Consent.objects.using("owner").get().state) == (1, 1, "ended")


def test_released_paper_that_was_withdrawn_is_not_shown_again(committed):
    donors = counter.Audience(kinds=("donor",))
    made = do(committed, "analyst", counter.release_paper, RELEASE["title"], RELEASE["text"], "library", donors)
    do(committed, "analyst", counter.withdraw, made.pk)
    Released.objects.using("owner").all().delete()
    made.save(using="owner", force_insert=True)
    assert (withheld.present(), withheld.again(), Released.objects.using("owner").get().withdrawn) == (1, 1, True)


def test_step_whose_line_cannot_be_written_changes_nothing(committed, settings):
    from isotrace.privacy.ledger import LedgerError

    listed = notice(committed)
    settings.LEDGER.mkdir()
    with pytest.raises(LedgerError), transaction.atomic():
        do(committed, "mda.officer", withdraw, listed.pk, "The sighting was another person's.")
    assert [each.pk for each in published()] == [listed.pk]


def test_what_is_deleted_later_is_not_asked_for(committed):
    listed = notice(committed)
    with clock.frozen(clock.now() + timedelta(days=1)):
        do(committed, "mda.officer", withdraw, listed.pk, "The sighting was another person's.")
        Notice.objects.using("owner").all().delete()
        assert (withheld.present(), withheld.again()) == (0, 0)
