"""Tasks: seen by those who have to do them, closed once, mailed without content."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction

from isotrace.desk import actions, jobs, kinds, queries
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.handling.context import acting_as

SUBJECT = ("report", uuid.UUID(int=7))


def ask(world, role="analyst") -> Task:
    viewer = world.viewer("mda.officer")
    with acting_as(viewer):
        return actions.ask(viewer, "report.assess", SUBJECT, world.organisations["radnuc"], role=role)


def test_task_has_the_clock_of_its_kind(world):
    moment = clock.now()
    with clock.frozen(moment):
        task = ask(world)
    assert task.due_at - task.created_at == kinds.get("report.assess").allowed == timedelta(hours=72)


def test_task_waits_for_the_role_it_is_for(world):
    task = ask(world)
    seen = {}
    for who in ("analyst", "analyst.second", "reviewer", "mda.officer", "geo.officer", "fra.border", "donor"):
        viewer = world.viewer(who)
        with acting_as(viewer):
            seen[who] = [found.id for found in queries.waiting(viewer)]
    assert seen == {who: [task.id] if who.startswith("analyst") else [] for who in seen}


def test_only_parties_see_and_close_a_task(world):
    ask(world)
    geo, analyst = world.viewer("geo.officer"), world.viewer("analyst")
    with acting_as(geo):
        assert Task.objects.count() == 0
        assert actions.finish(geo, SUBJECT, "report.assess") == 0
    with acting_as(analyst):
        assert actions.finish(analyst, SUBJECT, "report.assess") == 1
        assert actions.finish(analyst, SUBJECT, "report.assess") == 0
        assert queries.waiting(analyst) == []


def test_nobody_asks_in_the_name_of_another(world):
    with acting_as(world.viewer("geo.officer")), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        actions.ask(world.viewer("mda.officer"), "report.assess", SUBJECT, world.organisations["radnuc"])


def test_overdue_tasks_are_reminded_once(committed):
    task = ask(committed)
    with clock.frozen(task.due_at + timedelta(minutes=1)):
        jobs.remind(0)
        jobs.remind(0)
    assert sorted(message.to[0] for message in mail.outbox) == ["analyst.second@example.org", "analyst@example.org"]
    assert {message.subject for message in mail.outbox} == {"Isotrace: something is overdue"}


def test_mail_says_only_that_something_waits(committed):
    task = ask(committed)
    jobs.mail_waiting(task=str(task.id))
    body = mail.outbox[0].body
    assert body == f"Sign in to see it: {'http://localhost:8350'}\n\nThis message holds nothing else on purpose."


def test_done_task_sends_no_mail(committed):
    task = ask(committed)
    with acting_as(committed.viewer("analyst")) as viewer:
        actions.finish(viewer, SUBJECT, "report.assess")
    jobs.mail_waiting(task=str(task.id))
    assert mail.outbox == []
