"""What must not stay or get out: a traveller without a lead, a dismissed one, another country's hit."""

import logging
import re
import uuid

import pytest
from django.core import mail
from django.db import connections

from isotrace.desk.jobs import mail_waiting
from isotrace.desk.models import Task
from isotrace.engine.errors import InputError
from isotrace.engine.names.result import Band
from isotrace.screening.actions import CheckAnswer
from isotrace.screening.models import Hit
from tests.cluster_fixture import session_cluster
from tests.screening.build import DOCUMENT, NAME, STRANGERS_WORDS, STRANGERS_ZONE, ZONES, check, hit_of

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
WAYS = {
    "name": ("Quintessa Nowherean", {"born": "1961-07-17", "nationality": "KEN"}),
    "document": ("Q7654321", {}),
    "zone": (STRANGERS_ZONE, {}),
}


def traces(*words: str) -> dict[str, int]:
    """The tables of the test database, all schemas, in which any of the words stands in any column; and how many rows."""
    found = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 2"
        )
        for schema, table in cursor.fetchall():
            conditions = " or ".join("row(t.*)::text ilike %s" for _ in words)
            cursor.execute(f'select count(*) from "{schema}"."{table}" t where {conditions}', [f"%{word}%" for word in words])
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def sent(client, way, to="/checks/"):
    """Post a check as a page or as a program does."""
    text, beside = WAYS[way]
    body = {"text": text, **beside}
    return client.post(to, body, content_type="application/json") if to.startswith("/api/") else client.post(to, body)


@pytest.mark.parametrize("way", WAYS)
def test_traveller_without_a_lead_leaves_no_trace_in_any_table(committed, notice, way):
    text, beside = WAYS[way]
    assert check(committed, text, **beside) == CheckAnswer(Band.NO_MATCH)
    assert traces(*STRANGERS_WORDS) == {}


@pytest.mark.parametrize("way", WAYS)
def test_traveller_without_a_lead_leaves_no_trace_of_a_page_visit(committed, notice, client_for, way, caplog):
    caplog.set_level(logging.DEBUG)
    offset = session_cluster().log.stat().st_size
    page = sent(client_for("fra.border"), way)
    assert (page.status_code, "No match" in page.text) == (200, True)
    assert traces(*STRANGERS_WORDS) == {}
    said = session_cluster().log.read_bytes()[offset:].decode(errors="replace").lower()
    kept = [record.getMessage().lower() for record in caplog.records if not record.name.startswith("django.db.backends")]
    assert [word for word in STRANGERS_WORDS if word in said or any(word in line for line in kept)] == []


def test_search_for_traces_finds_what_is_there(committed, notice):
    check(committed, NAME)
    assert traces("exemplar") == {"notices_notice": 1, "screening_hit": 1}
    assert traces("testov exemplar nobody") == {}


@pytest.mark.parametrize("beside", [{"born": "1961-02-31"}, {"nationality": "ZZZ"}, {"sex": "?"}])
def test_traveller_of_a_check_that_was_refused_leaves_no_trace(committed, notice, beside):
    with pytest.raises(InputError):
        check(committed, "Quintessa Nowherean", **beside)
    assert traces(*STRANGERS_WORDS) == {}


def test_dismissal_leaves_no_trace_of_the_traveller(committed, notice, client_for):
    hit = hit_of(check(committed, "Exemplaar Testov", born="1970-05-02"))
    assert traces("exemplaar") == {"screening_hit": 1}
    client_for("fra.border").post(f"/checks/hits/{hit.id}/dismiss")
    assert traces("exemplaar") == {}
    assert traces(str(hit.id))["screening_hit"] == 1


def test_second_identifier_that_does_not_agree_leaves_no_trace(committed, notice, client_for):
    hit = hit_of(check(committed, NAME))
    client_for("fra.border").post(f"/checks/hits/{hit.id}/confirm", {"document": "Q7654321", "born": "1961-07-17"})
    assert traces("q7654321", "1961-07-17") == {}


def test_mail_says_only_that_something_waits(committed, notice):
    hit = hit_of(check(committed, ZONES["TD3"]))
    for task in Task.objects.using("jobs").filter(subject_id=hit.id):
        mail_waiting(task=str(task.id))
    assert sorted((sorted(message.to), message.subject) for message in mail.outbox) == [
        (["fra.officer@example.org"], "Isotrace: something waits for you"),
        (["mda.officer@example.org"], "Isotrace: something waits for you"),
        (["mda.second@example.org"], "Isotrace: something waits for you"),
    ]
    body = "Sign in to see it: http://localhost:8350\n\nThis message holds nothing else on purpose."
    assert {message.body for message in mail.outbox} == {body}


def test_jobs_carry_ids_only(committed, notice):
    hit = hit_of(check(committed, ZONES["TD3"]))
    wanted = sorted(str(task.id) for task in Task.objects.using("jobs").filter(subject_id=hit.id))
    with connections["jobs"].cursor() as cursor:
        cursor.execute("select args->>'task' from procrastinate_jobs where args->>'task' = any(%s) order by 1", [wanted])
        assert [row[0] for row in cursor.fetchall()] == wanted
        cursor.execute("select count(*) from procrastinate_jobs where args::text ~* 'testov|x0000001|1970'")
        assert cursor.fetchone() == (0,)


def answers_of(client, number):
    """What all addresses of one hit answer, without what differs from request to request."""
    addresses = [("get", ""), ("get", "/dismiss"), ("post", "/dismiss"), ("post", "/confirm"), ("post", "/answer")]
    given = {"document": DOCUMENT, "answer": "denied"}
    pages = [getattr(client, method)(f"/checks/hits/{number}{end}", *([given] if method == "post" else [])) for method, end in addresses]
    return [(page.status_code, TOKEN.sub("", page.text).replace(str(number), "ID")) for page in pages]


@pytest.mark.parametrize("who", ["geo.officer", "mda.officer", "analyst", "reviewer", "donor"])
def test_hit_of_others_looks_like_one_that_never_was(committed, notice, client_for, who):
    hit = hit_of(check(committed, NAME))
    client = client_for(who)
    hidden, unknown = answers_of(client, hit.id), answers_of(client, uuid.uuid4())
    assert (hidden, {status for status, _page in hidden}) == (unknown, {404})
    assert [word for word in ("Testov", "Exemplar", notice.number, "Sample Airport") if any(word in page for _status, page in hidden)] == []
    assert Hit.objects.using("jobs").get().state == "lead"


@pytest.mark.parametrize("who", ["geo.officer", "ken.officer", "mda.officer"])
def test_lists_of_others_do_not_show_a_lead(committed, notice, client_for, who):
    check(committed, NAME)
    client = client_for(who)
    pages = [client.get(address).text for address in ("/checks/", "/checks/hits/", "/checks/hits/waiting", "/")]
    assert [
        address
        for page in pages
        for address in ("Sample Airport", "/checks/hits/" + str(Hit.objects.using("jobs").get().id))
        if address in page
    ] == []
    assert "No hits yet" in pages[1]


def test_restricted_notice_is_named_nowhere_to_those_it_is_kept_from(committed, client_for):
    from tests.notices.build import published

    hidden = published(committed, audience="except", countries=["FRA"])
    client = client_for("fra.border")
    page = client.post("/checks/", {"text": ZONES["TD3"]})
    other = client.post("/checks/", {"text": STRANGERS_ZONE})
    assert (hidden.number in page.text, "No match" in page.text) == (False, True)
    assert page.text.count("<") == other.text.count("<"), "the page is the same one that a stranger to every list gets"
    assert Hit.objects.using("jobs").count() == 0
