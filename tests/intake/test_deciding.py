"""Deciding on what arrived: coded, graded, filed or not, with a reason and a clock; what is late goes before somebody else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.schema import SchemaErrors
from isotrace.handling.audit.models import AuditEntry
from isotrace.intake import actions, jobs, queries
from isotrace.intake.actions import Deciding
from isotrace.intake.models import Arrival, Decision
from isotrace.privacy import jobs as privacy
from isotrace.records.models import Grading, Report
from tests.intake.build import WHY, arrived, as_, filing, waiting

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def decided(world, made, kind, who="mda.officer", **more):
    return as_(world, who, actions.decide, made.id, Deciding(kind, WHY, **more))


def stored(made) -> Arrival:
    return Arrival.objects.using("owner").get(pk=made.pk)


def test_filed_message_becomes_a_graded_report_that_the_unit_assesses(world):
    made = arrived(world)
    decided(world, made, "file", filing=filing(), source_grade="B", information_grade="2")
    kept, report = stored(made), Report.objects.using("owner").get()
    assert (kept.state, kept.record, kept.due_at) == ("filed", report.pk, None)
    assert (report.kind, report.title, report.citations) == ("police", "Invented gauge at the crossing", [])
    grading = Grading.objects.using("owner").get()
    assert (grading.scheme, grading.source_grade, grading.information_grade) == ("admiralty", "B", "2")
    assert (waiting(world, "MDA"), waiting(world, "radnuc")) == ([], [("report.assess", "report", "analyst")])


def test_filed_article_cites_where_it_was_published(world):
    with clock.frozen(NOW):
        made = arrived(world, "analyst", channel="press", citation={"title": "Sample Gazette", "url": "https://gazette.example/1"})
        decided(world, made, "file", "analyst", filing=filing())
    report = Report.objects.using("owner").get()
    cited = [{"title": "Sample Gazette", "url": "https://gazette.example/1", "retrieved": "2026-11-21"}]
    assert (report.kind, report.citations) == ("open_source", cited)


def test_what_is_filed_is_kept_with_its_reports_and_goes_with_them(committed):
    with clock.frozen(NOW):
        made = arrived(committed)
        decided(committed, made, "file", filing=filing(person=True, until=date(2027, 5, 1)))
    assert stored(made).retention_until == date(2027, 5, 1)
    event = Report.objects.using("owner").get(kind="police")
    from isotrace.privacy.deletion import erase
    from isotrace.privacy.roots import root_of

    erase(root_of("report"), event.pk, "not_relevant")
    assert Arrival.objects.using("owner").count() == 0


def test_what_is_not_filed_goes_after_thirty_days_and_what_is_filed_stays(committed):
    with clock.frozen(NOW):
        gone, stays, undecided = arrived(committed), arrived(committed), arrived(committed)
        decided(committed, gone, "none")
        decided(committed, stays, "file", filing=filing())
    with clock.frozen(NOW + timedelta(days=30)):
        privacy.expire()
        assert Arrival.objects.using("owner").filter(pk=gone.pk).count() == 1
    with clock.frozen(NOW + timedelta(days=31)):
        assert privacy.expire() == {"arrival": 1}
    assert set(Arrival.objects.using("owner").values_list("pk", flat=True)) == {stays.pk, undecided.pk}
    assert Decision.objects.using("owner").count() == 1


@pytest.mark.parametrize(
    ("kind", "state", "task", "span"),
    [("ask", "asked", "intake.decide", timedelta(days=10)), ("triage", "triage", "intake.triage", timedelta(hours=24))],
)
def test_what_leads_on_has_its_own_clock(world, kind, state, task, span):
    with clock.frozen(NOW):
        made = arrived(world)
        decided(world, made, kind)
    assert (stored(made).state, stored(made).due_at) == (state, NOW + span)
    open_task = Task.objects.using("owner").get(done_at=None)
    assert (open_task.kind, open_task.due_at) == (task, NOW + span)
    decided(world, made, "none")
    assert (stored(made).state, waiting(world, "MDA")) == ("closed", [])


def test_proposing_files_first_and_asks_for_a_notice_on_the_person(world):
    from isotrace.notices import actions as notices

    made = arrived(world)
    with pytest.raises(InputError, match="A notice is about a person"):
        decided(world, made, "propose", filing=filing())
    with clock.frozen(NOW):
        decided(world, made, "propose", filing=filing(person=True, until=date(2028, 1, 1)))
    persons = Report.objects.using("owner").get(kind="persons")
    task = Task.objects.using("owner").get(kind="intake.propose")
    assert (task.subject_id, task.addressee.code, task.due_at) == (persons.pk, "MDA", NOW + timedelta(days=7))
    as_(world, "mda.officer", notices.draft, None, persons.pk)
    assert [kind for kind, _of, _role in waiting(world, "MDA")] == []


def test_decision_needs_a_reason_a_form_and_known_codes(world):
    made = arrived(world)
    for said, field in (
        (Deciding("file", WHY), ""),
        (Deciding("none", "too short"), "reason"),
        (Deciding("burn", WHY), "kind"),
        (Deciding("none", WHY, source_grade="B"), "information_grade"),
        (Deciding("none", WHY, source_grade="Q", information_grade="2"), "source_grade"),
    ):
        with pytest.raises(InputError) as caught:
            as_(world, "mda.officer", actions.decide, made.id, said)
        assert caught.value.field == field
    with pytest.raises(SchemaErrors):
        decided(world, made, "file", filing=filing(incident={"title": "Sample"}))
    assert (stored(made).state, Report.objects.using("owner").count(), Decision.objects.using("owner").count()) == ("waiting", 0, 0)


def test_decided_is_decided(world):
    made = arrived(world)
    decided(world, made, "none")
    with pytest.raises(InputError, match="decided already"):
        decided(world, made, "file", filing=filing())
    with pytest.raises(InputError, match="decided already"):
        decided(world, made, "none")


def test_nobody_else_decides(world):
    made = arrived(world)
    for who in ("geo.officer", "analyst", "duty"):
        with pytest.raises(Http404):
            decided(world, made, "none", who)
    assert stored(made).state == "waiting"


def test_what_was_coded_is_kept_for_a_colleague(world):
    made = arrived(world)
    as_(world, "mda.officer", actions.code, made.id, {"incident_title": ["Sample"], "incident_place": [""], "lawful": ["on"]})
    assert as_(world, "mda.second", queries.arrival, made.id).coded == {"incident_title": ["Sample"], "lawful": ["on"]}
    with pytest.raises(InputError, match="too much to keep"):
        as_(world, "mda.officer", actions.code, made.id, {"incident_summary": ["x" * 200_001]})


def test_decision_is_written_down_without_its_words(world):
    made = arrived(world)
    decided(world, made, "none")
    entry = AuditEntry.objects.using("owner").get(act="arrival.decide")
    assert (entry.record, entry.detail) == (made.id, {"decision": "none", "report": None})


@pytest.mark.parametrize(
    ("who", "house", "role"),
    [("analyst", "radnuc", "duty_officer"), ("mda.officer", "MDA", "bureau_officer")],
)
def test_what_is_late_goes_before_somebody_else_once(committed, who, house, role):
    with clock.frozen(NOW):
        made = arrived(committed, who, urgency="now")
        jobs.escalate(0)
        assert ("intake.overdue", "arrival", role) not in waiting(committed, house)
    with clock.frozen(NOW + timedelta(hours=2, minutes=1)):
        jobs.escalate(0)
        jobs.escalate(0)
    assert [each for each in waiting(committed, house) if each[0] == "intake.overdue"] == [("intake.overdue", "arrival", role)]
    decided(committed, made, "none", who)
    assert waiting(committed, house) == []


def test_entity_is_put_before_its_bureau_which_reads_and_does_not_decide(committed):
    from isotrace.bureaus.models import Account

    like = committed.people["fra.border"]
    officer = Account(email="fra.entity@example.org", name="Sample Entity", organisation=like.organisation, role="bureau_officer")
    officer.confirmed_on = like.confirmed_on
    officer.set_unusable_password()
    officer.save(using="owner")
    committed.people["fra.entity"] = officer
    try:
        with clock.frozen(NOW):
            made = arrived(committed, "fra.entity", urgency="now")
        with clock.frozen(NOW + timedelta(hours=3)):
            jobs.escalate(0)
        assert waiting(committed, "FRA") == [("intake.overdue", "arrival", "bureau_officer")]
        assert as_(committed, "fra.officer", queries.arrival, made.id).pk == made.pk
        with pytest.raises(PermissionError, match="Only its owner"):
            decided(committed, made, "none", "fra.officer")
    finally:
        Account.objects.using("owner").filter(pk=officer.pk).delete()


def test_mail_says_only_that_something_waits(committed):
    from isotrace.desk.jobs import notify

    mail.outbox = []
    made = arrived(committed, title="Invented secret title", sender="Invented secret sender")
    task = Task.objects.using("owner").get(subject_id=made.pk)
    notify(task, overdue=False)
    assert {message.body for message in mail.outbox} == {
        "Sign in to see it: http://localhost:8350\n\nThis message holds nothing else on purpose."
    }
