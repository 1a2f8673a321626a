"""What is told without being asked: mails, tasks, and the answer of a border check to whoever a notice is kept from."""

import uuid

import pytest
from django.core import mail

from isotrace.desk.jobs import mail_waiting, remind
from isotrace.desk.models import Task
from isotrace.handling.audit.models import AuditEntry
from isotrace.records.models import Report
from isotrace.screening.models import Hit
from tests.walk.asking import Ask
from tests.walk.classified import PAGES
from tests.walk.conftest import PEOPLE
from tests.walk.hidden import OWN_PEOPLE, word
from tests.walk.leaks import leaks

CHECKERS = ("fra.border", "fra.officer", "mda.officer", "duty")
LISTED = f"{word('notices.Notice')} Vlimmerach"
BODY = "Sign in to see it: http://localhost:8350\n\nThis message holds nothing else on purpose."


def test_mail_about_hidden_tasks_says_nothing_and_goes_to_their_owner(walk):
    mail.outbox = []
    for task in walk.hidden.of("desk.Task"):
        mail_waiting(task=str(task))
    assert [(message.to, message.subject, message.body) for message in mail.outbox] == [
        (["ken.officer@example.org"], "Isotrace: something waits for you", BODY)
    ] * len(walk.hidden.of("desk.Task"))


def test_reminder_of_hidden_tasks_says_nothing_and_goes_to_their_owner(walk):
    hidden = Task.objects.using("jobs").filter(pk__in=walk.hidden.of("desk.Task"))
    others = Task.objects.using("jobs").exclude(pk__in=walk.hidden.of("desk.Task")).filter(reminded_at=None)
    waiting = list(others.values_list("pk", flat=True))
    others.update(reminded_at=hidden[0].created_at)
    mail.outbox = []
    remind(0)
    Task.objects.using("jobs").filter(pk__in=waiting).update(reminded_at=None)
    hidden.update(reminded_at=None)
    told = {(tuple(message.to), message.subject, message.body) for message in mail.outbox}
    assert told == {(("ken.officer@example.org",), "Isotrace: something is overdue", BODY)}


@pytest.mark.parametrize("who", PEOPLE)
def test_desk_shows_nobody_the_tasks_of_others(walk, who):
    home = walk.pages[who].ask(Ask("GET", "/"), {})
    tasks = walk.programs[who].ask(Ask("GET", "/api/v1/tasks"), {})
    assert leaks(walk, who, home.said() + tasks.said()) == []


@pytest.mark.parametrize("who", CHECKERS)
@pytest.mark.parametrize("api", [False, True], ids=["page", "program"])
@pytest.mark.parametrize(
    "more", [{}, {"born": "1944-04-14"}, {"born": "1944-04-14", "nationality": "KEN"}], ids=["name", "born", "nationality"]
)
def test_check_of_a_hidden_person_answers_as_for_nobody(walk, who, api, more):
    """Nobody has the other name; both have as many letters."""
    asker, path = (walk.programs[who], "/api/v1/checks") if api else (walk.pages[who], "/checks/")
    nobody = "".join(chr((ord(letter) - 97 + 13) % 26 + 97) if letter.islower() else letter for letter in LISTED)
    hidden, unknown = (asker.ask(Ask("POST", path, sent={"text": "{name}", **more}), {"name": name}) for name in (LISTED, nobody))
    assert (hidden, hidden.status) == (unknown, 200)
    assert leaks(walk, who, hidden.body) == []


def test_check_of_a_hidden_person_is_a_hit_to_its_owner(walk):
    """The person is on the list: whoever may know of the notice gets the hit."""
    answer = walk.programs["ken.officer"].ask(Ask("POST", "/api/v1/checks", sent={"text": LISTED, "born": "1944-04-14"}), {})
    assert (answer.status, b'"leads": []' in answer.body, b"ZQX-7719-N0" in answer.body) == (200, False, True)


def test_owner_is_told_nothing_of_a_check_that_a_restriction_kept_from_a_hit(walk):
    """No task, no hit, and of the trail nothing that he can read."""
    before = (Task.objects.using("jobs").count(), Hit.objects.using("jobs").count())
    for who in CHECKERS:
        _kept(walk, who)
    assert (Task.objects.using("jobs").count(), Hit.objects.using("jobs").count()) == before
    assert AuditEntry.objects.using("jobs").filter(organisation=walk.world.organisations["KEN"].id, act="check").count() == 0


def _kept(walk, who):
    from isotrace.handling.context import acting_as
    from isotrace.screening import actions

    assert who not in OWN_PEOPLE
    with acting_as(walk.world.viewer(who)) as viewer:
        assert actions.check(viewer, walk.world.people[who], LISTED, born="1944-04-14").leads == ()


def test_glass_tells_nothing_of_what_it_does_not_open(walk):
    """What is marked above the duty officer's clearance, or blocked, is answered as what never was."""
    hidden, never = walk.hidden.of("records.Report")[-1], uuid.uuid4()
    row = Report.objects.using("owner").filter(pk=hidden)
    sent = PAGES["glass_new"].sent
    for kept in ({"classification": 3}, {"blocked": True}):
        row.update(**kept)
        answers = [walk.pages["duty"].ask(Ask("POST", "/records/openings/new/", sent=sent), {"report": one}) for one in (hidden, never)]
        row.update(classification=2, blocked=False)
        assert (answers[0], answers[0].status) == (answers[1], 422)
