"""An answered request is kept six months: the control body is asked, keeps it longer or lets it go, and no backup brings it back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from isotrace.bureaus.models import Account
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy.retention import end_of_request
from isotrace.handling.context import acting_as
from isotrace.handling.viewers import viewer_for
from isotrace.privacy import case_keeping, cases, deletion, proof, requests
from isotrace.privacy.case_models import Case, CaseRecord, Consultation, PersonRequest
from isotrace.privacy.models import Reminder, Renewal, Tombstone
from isotrace.privacy.requests import Intake
from isotrace.records.models import Report
from tests.worlds.filled import report

ANSWERED = datetime(2026, 11, 24, 9, tzinfo=UTC)
END = date(2027, 5, 24)
NAME = "Testov Exemplar"
WHY = "The conviction that it rests on was quashed."
TABLES = (PersonRequest, Case, CaseRecord, Consultation, Task, Renewal, Reminder)


@pytest.fixture(autouse=True)
def _own_list(settings, tmp_path):
    settings.LEDGER = tmp_path / "forgotten.jsonl"


def control(world):
    return acting_as(viewer_for(Account.objects.select_related("organisation").get(pk=world.people["control"].pk)))


def received(world) -> PersonRequest:
    with acting_as(world.viewer("geo.officer")) as viewer:
        requests.pass_on(viewer, Intake(person_name=NAME, contact="Sample street 1", wish="deletion"))
    return PersonRequest.objects.using("owner").get(state="received")


def decided(world) -> PersonRequest:
    """A request whose case named one report, about which its owner was asked."""
    with clock.frozen(ANSWERED):
        mine, asked = report(world, "MDA", "mda.officer"), received(world)
        with control(world) as officer:
            case = requests.admit(officer, asked.pk)
            named = cases.add(officer, case.pk, "report", mine.pk)
        with control(world) as officer:
            cases.consult(officer, named.pk, f"Does the conviction of {NAME} still stand?")
            cases.decide(officer, case.pk, {named.pk: "keep"}, WHY)
    return PersonRequest.objects.using("owner").get()


def refused(world) -> PersonRequest:
    with clock.frozen(ANSWERED):
        asked = received(world)
        with control(world) as officer:
            requests.refuse(officer, asked.pk, "The person cannot be identified.")
    return PersonRequest.objects.using("owner").get()


def held() -> dict[str, int]:
    return {model.__name__: count for model in TABLES if (count := model.objects.using("owner").count())}


def on(day: date):
    return clock.frozen(datetime(day.year, day.month, day.day, 6, tzinfo=UTC))


@pytest.mark.parametrize("answer", [decided, refused])
def test_answered_request_is_kept_six_months_and_gone_on_the_day_after(committed, answer):
    asked = answer(committed)
    assert (asked.closed_on, asked.retention_until, end_of_request(ANSWERED.date())) == (ANSWERED.date(), END, END)
    with on(END):
        assert (case_keeping.expire(), PersonRequest.objects.using("owner").count()) == (0, 1)
    with on(END + timedelta(days=1)):
        assert (case_keeping.expire(), held(), Report.objects.using("owner").count()) == (1, {}, 1 if answer is decided else 0)
        assert case_keeping.expire() == 0


def test_request_that_is_not_answered_stays(committed):
    with clock.frozen(ANSWERED):
        asked = received(committed)
    with on(END + timedelta(days=900)):
        assert (case_keeping.expire(), case_keeping.ask()) == (0, 0)
        with control(committed) as officer, pytest.raises(InputError, match="not answered yet"):
            case_keeping.keep(officer, asked.pk, END + timedelta(days=1000), WHY)
    with pytest.raises(IntegrityError, match="answered_request_has_an_end"), transaction.atomic(using="owner"):
        PersonRequest.objects.using("owner").update(state="decided")


def test_proof_stays_without_content_and_is_the_control_bodys(committed):
    asked = decided(committed)
    with on(END + timedelta(days=1)):
        case_keeping.expire()
        stone = Tombstone.objects.using("owner").get()
        assert proof.check(stone, asked.pk) == proof.Check(sealed=True, matches=True, gone=True)
        assert proof.stone_of(asked.pk) == (stone, asked.pk)
    assert (stone.record_kind, stone.owner.kind, stone.ground, stone.recorded_on, stone.until) == (
        "personrequest", "control_body", "expired", ANSWERED.date(), END,
    )  # fmt: skip
    assert stone.counts == {
        "desk.Task": 2,
        "privacy.Case": 1,
        "privacy.CaseRecord": 1,
        "privacy.Consultation": 1,
        "privacy.PersonRequest": 1,
    }
    with control(committed) as officer:
        from isotrace.privacy import queries

        assert [each.pk for each in queries.proofs(officer)] == [stone.pk]
    with acting_as(committed.viewer("mda.officer")) as other:
        assert queries.proofs(other) == []


def test_control_body_is_asked_on_every_rung_once(committed):
    asked = decided(committed)
    days = {}
    for day in range(1, 183):
        with on(ANSWERED.date() + timedelta(days=day)):
            if went := case_keeping.ask():
                days[(END - clock.today()).days] = went
    assert days == {180: 1, 90: 1, 30: 1, 7: 1}
    waiting = Task.objects.using("owner").filter(kind="request.keep", done_at=None)
    assert [(each.subject_id, each.addressee.kind, each.role) for each in waiting.select_related("addressee")] == [
        (asked.pk, "control_body", "control_officer")
    ]


def test_control_body_keeps_it_longer_with_a_reason(committed):
    asked, until = decided(committed), date(2027, 12, 1)
    with on(END - timedelta(days=20)):
        assert case_keeping.ask() == 1
        for wrong in ((END - timedelta(days=30), WHY), (None, WHY), (until, "Later."), (date(2036, 1, 1), WHY)):
            with control(committed) as officer, pytest.raises(InputError):
                case_keeping.keep(officer, asked.pk, *wrong)
        with control(committed) as officer:
            case_keeping.keep(officer, asked.pk, until, "A revision is asked for on new facts.")
        assert Task.objects.using("owner").filter(kind="request.keep", done_at=None).count() == 0
    with on(END + timedelta(days=1)):
        assert (case_keeping.expire(), case_keeping.ask()) == (0, 0)
    with on(until - timedelta(days=90)):
        assert case_keeping.ask() == 1
    with on(until + timedelta(days=1)):
        assert (case_keeping.expire(), held()) == (1, {})


def test_question_about_a_record_of_another_case_stays(committed):
    asked = decided(committed)
    with clock.frozen(ANSWERED + timedelta(days=30)):
        other = received(committed)
        with control(committed) as officer:
            cases.add(officer, requests.admit(officer, other.pk).pk, "report", Report.objects.using("owner").get().pk)
    with on(END + timedelta(days=1)):
        assert case_keeping.expire() == 1
    assert {model.__name__: model.objects.using("owner").count() for model in (PersonRequest, Case, CaseRecord, Consultation)} == {
        "PersonRequest": 1, "Case": 1, "CaseRecord": 1, "Consultation": 1,
    }  # fmt: skip
    assert PersonRequest.objects.using("owner").get().pk == other.pk != asked.pk


def test_request_that_a_backup_brings_back_goes_again_under_its_proof(committed):
    asked = decided(committed)
    kept = {model: list(model.objects.using("owner").all()) for model in (PersonRequest, Case, CaseRecord, Consultation)}
    with on(END + timedelta(days=1)):
        case_keeping.expire()
        stone = Tombstone.objects.using("owner").get()
    Tombstone.objects.using("owner").all().delete()
    for model, rows in kept.items():
        model.objects.using("owner").bulk_create(rows)
    with on(END + timedelta(days=9)):
        assert (deletion.present(), deletion.forget_again(), deletion.present(), held()) == (1, 1, 0, {})
        again = Tombstone.objects.using("owner").get()
        assert (again.pk, again.deleted_at, proof.check(again, asked.pk).holds) == (stone.pk, stone.deleted_at, True)


def test_control_body_sees_and_moves_the_end_on_its_page(committed, client_for):
    asked = refused(committed)
    with on(END - timedelta(days=20)):
        page, browser = f"/requests/{asked.pk}/", client_for("control")
        assert "kept through" in browser.get(page).content.decode()
        assert browser.post(page, {"step": "keep", "until": "2027-04-01", "reason": WHY}).url == page
        assert browser.post(page, {"step": "keep", "until": "", "reason": WHY}).status_code == 422
        assert PersonRequest.objects.using("owner").get().retention_until == END
        assert browser.post(page, {"step": "keep", "until": "2027-12-01", "reason": WHY}).url == page
        assert PersonRequest.objects.using("owner").get().retention_until == date(2027, 12, 1)
