"""Misuse that the trail shows by itself, and the auditor who is asked to look into it."""

import uuid
from datetime import timedelta

import pytest
from django.http import Http404

from isotrace.bureaus.models import Account
from isotrace.desk import alerts
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling import audit
from isotrace.handling.audit import queries, watch
from isotrace.handling.audit.models import AuditAlert, AuditEntry
from isotrace.handling.context import acting_as
from isotrace.records import queries as records
from isotrace.records.queries import Filters
from isotrace.screening import actions as screening


def search(world, text, who="mda.officer"):
    with acting_as(world.viewer(who)) as viewer:
        records.reports(viewer, Filters(text=text))


def check(world, text, who="fra.border", **beside):
    with acting_as(world.viewer(who)) as viewer:
        screening.check(viewer, world.people[who], text, **beside)


def raised():
    found = AuditAlert.objects.using("jobs").order_by("at", "id")
    return [(each.kind, each.person, each.about, each.count) for each in found]


def name_of(world, who):
    return world.people[who].name


def test_own_name_in_a_search_raises_an_alert_on_its_entry(committed):
    search(committed, name_of(committed, "mda.officer"))
    person = committed.people["mda.officer"].id
    assert raised() == [("self", person, None, 1)]
    alert = AuditAlert.objects.using("jobs").get()
    assert AuditEntry.objects.using("jobs").get(pk=alert.entry).act == "report.list"
    assert (alert.organisation, alert.country) == (committed.organisations["MDA"].id, "MDA")


def test_colleague_s_name_in_a_search_raises_an_alert(committed):
    search(committed, f"  {name_of(committed, 'mda.second').upper()} Sample  ")
    assert raised() == [("colleague", committed.people["mda.officer"].id, committed.people["mda.second"].id, 1)]


def test_own_name_in_a_border_check_raises_an_alert(committed):
    check(committed, name_of(committed, "fra.border"))
    assert [(kind, person) for kind, person, *_ in raised()] == [("self", committed.people["fra.border"].id)]


@pytest.mark.parametrize("text", ["Sample", "Somebody Elsewhere", "", "Sample Geo.Officer"])
def test_other_words_raise_none(committed, text):
    search(committed, text)
    assert raised() == []


def test_very_many_looks_in_an_hour_raise_one_alert_an_hour(committed, settings):
    settings.AUDIT_BULK = 5
    with acting_as(committed.viewer("mda.officer")) as viewer:
        for _ in range(5):
            audit.record(viewer, "report.read", "report", uuid.uuid4())
        for _ in range(9):
            audit.record(viewer, "report.grade", "report", uuid.uuid4())
    assert (watch.patterns(), raised()) == (0, [])
    with acting_as(committed.viewer("mda.officer")) as viewer:
        audit.record(viewer, "report.read", "report", uuid.uuid4())
    person = committed.people["mda.officer"].id
    assert (watch.patterns(), watch.patterns(), raised()) == (1, 0, [("bulk", person, None, 6)])
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert watch.patterns() == 0


def test_same_traveller_again_and_again_raises_one_alert_a_day(committed):
    for _ in range(4):
        check(committed, "Q7654321")
        check(committed, "Q7654322", "fra.officer")
    assert watch.patterns() == 0
    check(committed, "q 765 4321")
    assert (watch.patterns(), watch.patterns()) == (1, 0)
    assert raised() == [("traveller", committed.people["fra.border"].id, None, 5)]
    assert AuditAlert.objects.using("jobs").get().mark == AuditEntry.objects.using("jobs").latest("id").detail["traveller"]


# --- whose desk, and what is found ------------------------------------------------------------------------------------


def test_alert_becomes_a_task_of_the_secretariat_where_the_bureau_has_no_auditor(committed):
    search(committed, name_of(committed, "mda.officer"))
    assert (alerts.tell_auditors(), alerts.tell_auditors()) == (1, 0)
    task = Task.objects.using("jobs").get()
    alert = AuditAlert.objects.using("jobs").get()
    assert (task.kind, task.subject_id, task.addressee.code, task.role, task.sender.code) == (
        "audit.alert",
        alert.id,
        "radnuc",
        "auditor",
        "MDA",
    )


def test_alert_becomes_a_task_of_the_bureau_s_own_auditor(committed):
    own = Account(email="mda.auditor@example.org", name="Sample Own Auditor", organisation=committed.organisations["MDA"], role="auditor")
    own.save(using="owner")
    try:
        search(committed, name_of(committed, "mda.officer"))
        alerts.tell_auditors()
        assert Task.objects.using("jobs").get().addressee.code == "MDA"
        with acting_as(committed.viewer("mda.officer").__class__(person=own.id, organisation=own.organisation_id, country="MDA", kind="bureau", role="auditor", databases=frozenset({"audit", "desk"}))) as viewer:  # fmt: skip
            assert [entry.act for entry in queries.entries(viewer).entries] == ["task.ask", "report.list"]
    finally:
        Account.objects.using("owner").filter(pk=own.pk).delete()


def alert_about(world, who="mda.officer"):
    search(world, name_of(world, who), who)
    alerts.tell_auditors()
    return AuditAlert.objects.using("jobs").get()


def test_auditor_closes_an_alert_and_its_task(committed):
    alert = alert_about(committed)
    with acting_as(committed.viewer("auditor")) as viewer:
        assert queries.open_alerts(viewer) == 1
        assert [each.id for each in queries.alerts(viewer).alerts] == [alert.id]
        alerts.close(viewer, alert.id, "justified")
        assert (queries.open_alerts(viewer), queries.alerts(viewer).alerts) == (0, [])
        assert [each.outcome for each in queries.alerts(viewer, closed=True).alerts] == ["justified"]
        with pytest.raises(InputError, match="already"):
            alerts.close(viewer, alert.id, "misuse")
        with pytest.raises(InputError, match="Choose what you found"):
            alerts.close(viewer, alert.id, "perhaps")
    assert Task.objects.using("jobs").get().done_by == committed.people["auditor"].id
    acts = AuditEntry.objects.using("jobs").filter(person=committed.people["auditor"].id).order_by("id").values_list("act", flat=True)
    assert list(acts) == ["alert.list", "alert.read", "task.finish", "alert.close", "alert.list", "alert.list", "alert.read", "alert.read"]


def test_nobody_sees_or_closes_an_alert_about_himself(committed):
    with acting_as(committed.viewer("auditor")) as viewer:
        audit.record(viewer, "report.list", "report", terms={"text": name_of(committed, "auditor")})
    alert = AuditAlert.objects.using("jobs").get()
    with acting_as(committed.viewer("auditor")) as viewer:
        assert (queries.open_alerts(viewer), AuditAlert.objects.update(outcome="justified")) == (0, 0)
        with pytest.raises(Http404):
            alerts.close(viewer, alert.id, "justified")


@pytest.mark.parametrize("who", ["mda.officer", "mda.admin", "fra.border", "analyst", "reviewer", "manager", "donor", "duty", "control"])
def test_other_roles_control_nothing(committed, who):
    alert = alert_about(committed)
    with acting_as(committed.viewer(who)) as viewer:
        for look in (
            lambda: queries.entries(viewer),
            lambda: queries.alerts(viewer),
            lambda: queries.alert(viewer, alert.id),
            lambda: queries.entry(viewer, alert.entry),
        ):
            with pytest.raises(Http404):
                look()
        assert (AuditEntry.objects.count(), AuditAlert.objects.count(), queries.open_alerts(viewer)) == (0, 0, 0)
    refused = AuditEntry.objects.using("jobs").filter(person=committed.people[who].id, outcome="refused")
    assert [entry.act for entry in refused.order_by("id")] == ["trail.trace", "alert.list", "alert.read", "trail.read"]
