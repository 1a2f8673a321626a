"""Open questions: kept by the unit, shown as their envelope says, answered by reports that a viewer may see."""

import json
import uuid
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import Http404

from isotrace.bureaus.keys import issue
from isotrace.engine.errors import InputError
from isotrace.handling.audit.models import AuditEntry
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.intake import gaps
from isotrace.intake.gaps import Asking, Filters
from isotrace.intake.models import Gap, GapAnswer
from tests.intake.build import as_, waiting
from tests.worlds.filled import report

QUESTION = "Where do the invented gauges of the last year come from?"


def opened(world, audience="all", **said) -> Gap:
    return as_(world, "analyst", gaps.open_gap, Asking(**{"question": QUESTION, "envelope": Choice(audience=audience)} | said))


def seen(world, who, found) -> list:
    with acting_as(world.viewer(who)) as viewer:
        return [answer.report_id for answer in gaps.answers(viewer, found)]


def test_question_is_kept_with_all_that_was_said(world):
    made = opened(
        world,
        countries=("mda", "GE", "GEO"),
        theme="origin",
        priority="high",
        answer_by=date(2027, 1, 31),
        responsible="analyst.second@example.org",
    )
    kept = Gap.objects.using("owner").get()
    assert (kept.question, kept.countries, kept.theme, kept.priority, kept.rank, kept.state) == (
        QUESTION,
        ["GEO", "MDA"],
        "origin",
        "high",
        0,
        "open",
    )
    assert (kept.responsible, kept.opened_by, made.owner.code) == (
        world.people["analyst.second"].id,
        world.people["analyst"].id,
        "radnuc",
    )


@pytest.mark.parametrize("who", ["mda.officer", "reviewer", "duty", "manager", "fra.border", "donor", "control"])
def test_only_analysts_keep_questions(world, who):
    with pytest.raises(PermissionError, match="Only the analysts"):
        as_(world, who, gaps.open_gap, Asking(question=QUESTION))
    assert Gap.objects.using("owner").count() == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"question": "Why?"}, "question"),
        ({"question": "x" * 301}, "question"),
        ({"about": "nul \x00"}, "about"),
        ({"theme": "weather"}, "theme"),
        ({"priority": "now"}, "priority"),
        ({"countries": ("Atlantis",)}, "countries"),
        ({"responsible": "mda.officer@example.org"}, "responsible"),
        ({"envelope": Choice(classification=3)}, "classification"),
    ],
    ids=["short", "long", "control", "theme", "priority", "country", "stranger", "marking"],
)
def test_bad_question_changes_nothing(world, said, field):
    with pytest.raises(InputError) as caught:
        opened(world, **said)
    assert (caught.value.field, Gap.objects.using("owner").count()) == (field, 0)


def test_questions_are_shown_as_their_envelope_says(world):
    first, second = opened(world, countries=("MDA",), priority="low"), opened(world, "only", priority="high")
    third = opened(world, envelope=Choice(audience="only", countries=("GEO",)), theme="routes")
    lists = {
        who: [each.pk for each in as_(world, who, gaps.gaps, Filters())] for who in ("analyst", "mda.officer", "geo.officer", "fra.border")
    }
    assert lists == {
        "analyst": [second.pk, third.pk, first.pk],
        "mda.officer": [first.pk],
        "geo.officer": [third.pk, first.pk],
        "fra.border": [],
    }
    narrowed = [Filters(country="MDA"), Filters(theme="routes"), Filters(state="answered")]
    assert [[each.pk for each in as_(world, "analyst", gaps.gaps, asked)] for asked in narrowed] == [[first.pk], [third.pk], []]
    with pytest.raises(Http404):
        as_(world, "mda.officer", gaps.gap, second.pk)


def test_answer_is_seen_only_by_who_sees_question_and_report(world):
    found = opened(world)
    shared, ours = report(world, "MDA", "mda.officer"), report(world, "MDA", "mda.officer", audience="only")
    unit_too = report(world, "MDA", "mda.officer", audience="only", audience_organisations=[world.organisations["radnuc"].id])
    for each in (shared, ours, unit_too):
        as_(world, "mda.officer", gaps.tie, found.pk, each.pk)
    assert seen(world, "mda.officer", found) == [unit_too.pk, ours.pk, shared.pk]
    assert seen(world, "analyst", found) == [unit_too.pk, shared.pk]
    assert seen(world, "geo.officer", found) == [shared.pk]
    with acting_as(world.viewer("geo.officer")), connection.cursor() as cursor:
        cursor.execute("select report_id from intake_gapanswer")
        assert cursor.fetchall() == [(shared.pk,)], "the database itself asks both ends"


def test_bureau_ties_its_own_report_and_the_unit_is_told(world):
    found, mine = opened(world), report(world, "MDA", "mda.officer")
    as_(world, "mda.officer", gaps.tie, found.pk, mine.pk, "The maker is named.")
    assert waiting(world, "radnuc") == [("gap.tied", "gap", "analyst")]
    as_(world, "analyst", gaps.gap, found.pk)
    assert waiting(world, "radnuc") == []
    assert [each.pk for each in as_(world, "geo.officer", gaps.answered_by, mine)] == [found.pk]


def test_others_do_not_tie_and_nothing_is_tied_twice(world):
    found, mine, hidden = opened(world), report(world, "MDA", "mda.officer"), report(world, "MDA", "mda.officer", audience="only")
    for who, each, said in (
        ("geo.officer", mine.pk, "Only whoever keeps the question"),
        ("analyst", hidden.pk, "no report with this number, or you may not see it"),
        ("analyst", uuid.uuid4(), "no report with this number, or you may not see it"),
    ):
        with pytest.raises(InputError, match=said):
            as_(world, who, gaps.tie, found.pk, each)
    as_(world, "analyst", gaps.tie, found.pk, mine.pk)
    with pytest.raises(InputError, match="tied to the question already"):
        as_(world, "mda.officer", gaps.tie, found.pk, mine.pk)


def test_untied_report_answers_no_longer_and_can_be_tied_again(world):
    found, mine = opened(world), report(world, "MDA", "mda.officer")
    tied = as_(world, "analyst", gaps.tie, found.pk, mine.pk)
    with pytest.raises(PermissionError, match="Only its owner"):
        as_(world, "mda.officer", gaps.untie, found.pk, tied.pk)
    as_(world, "analyst", gaps.untie, found.pk, tied.pk)
    assert seen(world, "analyst", found) == []
    with pytest.raises(Http404):
        as_(world, "analyst", gaps.untie, found.pk, tied.pk)
    as_(world, "mda.officer", gaps.tie, found.pk, mine.pk)
    assert (seen(world, "analyst", found), GapAnswer.objects.using("owner").count()) == ([mine.pk], 2)


def test_question_ends_with_a_conclusion_and_opens_again(world):
    found = opened(world)
    for state, said, field in (("gone", "", "state"), ("open", "", "state"), ("answered", "short", "conclusion")):
        with pytest.raises(InputError) as caught:
            as_(world, "analyst", gaps.end, found.pk, state, said)
        assert caught.value.field == field
    as_(world, "analyst", gaps.end, found.pk, "answered", "All came from one invented maker.")
    with pytest.raises(InputError, match="Open the question again first"):
        as_(world, "analyst", gaps.end, found.pk, "dropped", "It is not asked any longer.")
    as_(world, "analyst", gaps.end, found.pk, "open", "")
    kept = Gap.objects.using("owner").get()
    assert (kept.state, kept.conclusion, kept.ended_at) == ("open", "All came from one invented maker.", None)
    with pytest.raises(PermissionError):
        as_(world, "mda.officer", gaps.end, found.pk, "answered", "All came from one invented maker.")


def test_narrower_envelope_takes_the_answers_along(world):
    found, shared = opened(world), report(world, "MDA", "mda.officer")
    as_(world, "mda.officer", gaps.tie, found.pk, shared.pk)
    as_(world, "analyst", gaps.change_envelope, found.pk, Choice(audience="only", countries=("MDA",)))
    assert [seen(world, who, found) for who in ("mda.officer", "analyst", "geo.officer")] == [[shared.pk], [shared.pk], []]


def test_database_refuses_a_tie_to_what_one_may_not_see(world):
    found, hidden = opened(world), report(world, "MDA", "mda.officer", audience="only")
    with acting_as(world.viewer("analyst")) as viewer, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        GapAnswer.objects.create(**found.envelope_columns(), gap=found, report_id=hidden.pk, tied_at=found.opened_at, tied_by=viewer.person)


def test_every_step_is_written_down(world):
    found, mine = opened(world), report(world, "MDA", "mda.officer")
    as_(world, "analyst", gaps.tie, found.pk, mine.pk)
    acts = AuditEntry.objects.using("owner").filter(kind="gap").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["gap.open", "gap.read", "gap.tie"]


def test_pages_open_tie_and_end(world, client_for):
    client, mine = client_for("analyst"), report(world, "MDA", "mda.officer", title="Invented report that answers")
    sent = {"question": QUESTION, "theme": "origin", "priority": "high", "countries": ["MDA"]}
    sent |= {"envelope_purpose": "ANALYSIS", "envelope_classification": "1", "envelope_audience": "all"}
    answer = client.post("/gaps/new/", sent)
    found = Gap.objects.using("owner").get()
    assert (answer.status_code, answer["Location"], found.purpose) == (302, f"/gaps/{found.pk}/", "ANALYSIS")
    assert client.post("/gaps/new/", sent | {"question": ""}).status_code == 422
    tied = client.post(f"/gaps/{found.pk}/tie/", {"report": f"http://localhost:8350/reports/{mine.pk}/", "note": "It says so."})
    assert tied.status_code == 302
    page = client.get(f"/gaps/{found.pk}/").content.decode()
    assert ("Invented report that answers" in page, "It says so." in page, "Republic of Moldova" in page or "Moldova" in page) == (
        True,
        True,
        True,
    )
    assert client.post(f"/gaps/{found.pk}/tie/", {"report": "no number"}).status_code == 422
    assert client.post(f"/gaps/{found.pk}/edit/", sent | {"question": "What else is not known of it?"}).status_code == 302
    assert (
        client.post(f"/gaps/{found.pk}/end/", {"state": "answered", "conclusion": "All came from one invented maker."}).status_code == 302
    )
    kept = Gap.objects.using("owner").get()
    assert (kept.question, kept.state) == ("What else is not known of it?", "answered")
    untie = f"/gaps/{found.pk}/answers/{GapAnswer.objects.using('owner').get().pk}/untie/"
    assert (client_for("mda.officer").post(untie).status_code, client.post(untie).status_code) == (403, 302)


def test_programs_open_tie_and_end(world, client):
    mine = report(world, "MDA", "mda.officer")
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {issue(world.people['analyst'], 'Sample')}", "content_type": "application/json"}

    def ask(verb, path, body=None):
        answer = getattr(client, verb)(f"/api/v1{path}", json.dumps(body) if body else None, **bearer)
        return answer.status_code, answer.json()

    status, made = ask("post", "/gaps", {"question": QUESTION, "countries": ["MDA"], "envelope": {"audience": "all"}})
    assert (status, made["state"], made["answers"]) == (201, "open", [])
    status, tied = ask("post", f"/gaps/{made['id']}/answers", {"report": str(mine.pk)})
    assert (status, [each["report"] for each in ask("get", f"/gaps/{made['id']}")[1]["answers"]]) == (201, [str(mine.pk)])
    assert ask("put", f"/gaps/{made['id']}", {"question": "What else is not known of it?"})[1]["countries"] == []
    assert ask("post", f"/gaps/{made['id']}/answers/{tied['id']}/end")[0] == 200
    assert (
        ask("post", f"/gaps/{made['id']}/state", {"state": "answered", "conclusion": "One invented maker made all."})[1]["state"]
        == "answered"
    )
    assert [ask("get", f"/gaps{asked}")[1]["gaps"] == [] for asked in ("", "?state=answered")] == [True, False]
