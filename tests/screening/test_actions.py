"""Checks, the hits they lead to, and what each side may do with a hit."""

import re
from datetime import date, timedelta

import pytest
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.names.result import Band
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry
from isotrace.notices import actions as notices
from isotrace.screening import actions, queries
from isotrace.screening.actions import Outcome
from isotrace.screening.models import Hit, HitAnswer
from tests.notices.build import act, published
from tests.screening.build import BORN, DOCUMENT, NAME, NOW, ZONES, check, confirm, hit_of, reasons_for, seen_by

KEPT = {"name": NAME, "birth": BORN, "document": DOCUMENT, "document_country": "MDA", "nationality": "MDA", "sex": "M"}


def audited(who):
    """What the audit trail holds of a person's acts on checks and hits."""
    rows = AuditEntry.objects.using("jobs").filter(person=who.id, kind__in=("check", "hit")).order_by("id")
    return [(row.act, row.outcome, row.detail) for row in rows]


def tasks():
    rows = Task.objects.using("jobs").filter(subject_kind="hit").order_by("kind")
    return [(task.kind, task.addressee.code, task.role, task.due_at - task.created_at, task.done_at is not None) for task in rows]


LOOK = ("hit.look", "FRA", "bureau_officer", timedelta(minutes=10))
ANSWER = ("hit.answer", "MDA", "bureau_officer", timedelta(hours=4))


# --- the answer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "beside", "band", "agreed"),
    [
        (NAME, {}, Band.SAME_NAME, False),
        ("TESTOV, Exemplar", {}, Band.SAME_NAME, False),
        (NAME, {"nationality": "MD"}, Band.SAME_NAME, False),
        (NAME, {"born": "1970"}, Band.SAME_NAME, False),
        (NAME, {"born": "1970", "nationality": "MDA"}, Band.IDENTITY_LIKELY, True),
        (NAME, {"born": BORN}, Band.IDENTITY_LIKELY, True),
        (DOCUMENT, {}, Band.DOCUMENT_MATCH, True),
        ("x 000 0001", {}, Band.DOCUMENT_MATCH, True),
        (ZONES["TD1"], {}, Band.DOCUMENT_MATCH, True),
        (ZONES["TD3"], {}, Band.DOCUMENT_MATCH, True),
        (ZONES["TD3"].replace("\n", ""), {"born": BORN, "nationality": "MDA", "sex": "M"}, Band.DOCUMENT_MATCH, True),
    ],
)  # fmt: skip
def test_check_of_somebody_on_a_notice_answers_a_band(committed, notice, text, beside, band, agreed):
    answer = check(committed, text, **beside)
    (lead,) = answer.leads
    assert (answer.band, answer.more, lead.band, lead.agreed) == (band, 0, band, agreed)
    assert (lead.notice_number, lead.notice_kind, lead.owner, lead.bureau) == (
        notice.number, "green", "National Central Bureau of Moldova", "National Central Bureau of France",
    )  # fmt: skip


@pytest.mark.parametrize("born", ["1978-11-23", "1969"])
def test_check_with_another_birth_is_no_match(committed, notice, born):
    assert check(committed, NAME, born=born) == actions.CheckAnswer(Band.NO_MATCH)


def test_check_with_a_birth_one_slip_away_stays_a_lead(committed, notice):
    (lead,) = check(committed, NAME, born="1971-05-02").leads
    assert (lead.band, lead.agreed, str(lead.reasons[1])) == (
        Band.SAME_NAME,
        False,
        "Date of birth differs by one slip: 1971-05-02, on the notice 1970-05-02.",
    )


@pytest.mark.parametrize("text", ["Somebody Elsewhere", "Z9999999"])
def test_check_of_somebody_else_is_no_match(committed, notice, text):
    assert check(committed, text) == actions.CheckAnswer(Band.NO_MATCH)
    assert Hit.objects.using("jobs").count() == 0


def test_reasons_are_those_of_the_engine_and_kept_with_the_hit(committed, notice):
    answer = check(committed, ZONES["TD3"])
    (lead,) = answer.leads
    wanted = reasons_for(notice, document=DOCUMENT, country="MDA", born=BORN, nationality="MDA", sex="M", name="EXEMPLAR TESTOV")
    assert lead.reasons == wanted
    assert str(wanted[0]) == "Document number X0000001 is on the notice."
    assert hit_of(answer).reasons == [[reason.msgid, reason.params] for reason in wanted]
    assert set(hit_of(answer).agrees) == {"document", "name", "birth", "nationality", "sex"}


def test_best_lead_comes_first_and_gives_the_band(committed):
    other = {"names": [NAME], "family_name": "Testov", "given_names": "Exemplar", "sex": "M", "birth_date": "1991-01-09", "nationalities": ["GEO"],
             "documents": [{"number": "X0000002", "kind": "passport", "country": "GEO"}]}  # fmt: skip
    first, second = published(committed), published(committed, person=other)
    answer = check(committed, NAME)
    assert (answer.band, sorted(lead.notice_number for lead in answer.leads)) == (Band.SAME_NAME, sorted([first.number, second.number]))
    answer = check(committed, NAME, born="1991-01-09")
    assert [(lead.notice_number, lead.band) for lead in answer.leads] == [(second.number, Band.IDENTITY_LIKELY)]
    answer = check(committed, ZONES["TD1"])
    assert (answer.band, answer.leads[0].notice_number) == (Band.DOCUMENT_MATCH, first.number)


def test_leads_beyond_the_most_are_counted(committed, notice, monkeypatch):
    monkeypatch.setattr(actions, "MOST_LEADS", 1)
    second = published(committed)
    answer = check(committed, NAME)
    assert (len(answer.leads), answer.more, second.state) == (1, 1, "published")


# --- the hit ---------------------------------------------------------------------------------------------------------


def test_lead_is_a_hit_of_the_own_bureau_and_nobody_else(committed, notice):
    hit = hit_of(check(committed, NAME))
    assert seen_by(committed, Hit) == {"fra.officer": 1, "fra.border": 1}
    assert (hit.state, hit.band, hit.owner.code, hit.post, hit.country, hit.at) == (
        "lead",
        "same_name",
        "FRA-border",
        "Sample Airport, Hall 2",
        "FRA",
        NOW,
    )
    assert (hit.traveller, hit.purpose, hit.classification, hit.retention_until) == ({"name": NAME}, "BORDER", 1, date(2026, 12, 21))
    assert (hit.audience, hit.audience_countries, hit.audience_organisations, hit.shared_at) == ("only", [], [], None)
    assert tasks() == [(*LOOK, False)]
    for who in ("mda.officer", "geo.officer", "analyst", "reviewer"):
        with acting_as(committed.viewer(who)) as viewer, pytest.raises(Http404):
            queries.hit(viewer, hit.id)


def test_first_look_of_the_bureau_closes_its_task(committed, notice):
    hit = hit_of(check(committed, NAME))
    for who, done in (("fra.border", False), ("fra.officer", True)):
        with acting_as(committed.viewer(who)) as viewer:
            assert actions.look(viewer, hit.id).id == hit.id
        assert tasks() == [(*LOOK, done)]


@pytest.mark.parametrize("given", [{"document": DOCUMENT}, {"document": "X 0000001", "document_country": "MDA"}, {"born": BORN}])
def test_second_identifier_carries_the_hit_to_the_owner(committed, notice, given):
    hit = hit_of(check(committed, NAME))
    done = confirm(committed, hit.id, **given)
    hit.refresh_from_db(using="jobs")
    assert (done.outcome, hit.state, hit.shared_at) == (Outcome.AGREES, "agreed", NOW)
    assert (hit.audience_organisations, hit.retention_until) == ([committed.organisations["MDA"].id], date(2029, 11, 21))
    assert seen_by(committed, Hit) == {"fra.officer": 1, "fra.border": 1, "mda.officer": 1, "mda.second": 1}
    assert tasks() == [(*ANSWER, False), (*LOOK, False)]


def test_document_at_the_check_carries_the_hit_to_the_owner_at_once(committed, notice):
    hit = hit_of(check(committed, ZONES["TD1"]))
    assert (hit.state, hit.traveller) == ("agreed", KEPT | {"name": "EXEMPLAR TESTOV"})
    assert seen_by(committed, Hit) == {"fra.officer": 1, "fra.border": 1, "mda.officer": 1, "mda.second": 1}


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({"document": "Z9999999"}, Outcome.OPEN),
        ({"born": "1970"}, Outcome.OPEN),
        ({"born": "1982-03-04"}, Outcome.CONTRADICTS),
        ({"document": "Z9999999", "born": "1982-03-04"}, Outcome.CONTRADICTS),
    ],
)
def test_what_does_not_agree_is_not_kept_and_tells_nobody(committed, notice, given, outcome):
    hit = hit_of(check(committed, NAME))
    assert confirm(committed, hit.id, **given).outcome is outcome
    hit.refresh_from_db(using="jobs")
    assert (hit.state, hit.traveller, hit.shared_at) == ("lead", {"name": NAME}, None)
    assert seen_by(committed, Hit) == {"fra.officer": 1, "fra.border": 1}


def test_bureau_confirms_for_its_border_police(committed, notice):
    hit = hit_of(check(committed, NAME))
    assert confirm(committed, hit.id, "fra.officer", document=DOCUMENT).outcome is Outcome.AGREES
    assert seen_by(committed, Hit)["mda.officer"] == 1


def test_hit_is_confirmed_once(committed, notice):
    hit = hit_of(check(committed, DOCUMENT))
    with pytest.raises(InputError, match="agrees already"):
        confirm(committed, hit.id, born=BORN)


@pytest.mark.parametrize("who", ["mda.officer", "geo.officer", "analyst"])
def test_others_neither_confirm_nor_dismiss(committed, notice, who):
    hit = hit_of(check(committed, DOCUMENT))
    with acting_as(committed.viewer(who)) as viewer:
        with pytest.raises(Http404):
            actions.confirm(viewer, hit.id, document=DOCUMENT)
        with pytest.raises(Http404):
            actions.dismiss(viewer, hit.id)
    assert Hit.objects.using("jobs").get().state == "agreed"


def test_confirming_needs_something_to_compare(committed, notice):
    hit = hit_of(check(committed, NAME))
    for given, field in (
        ({}, "document"),
        ({"document": "<<"}, "document"),
        ({"born": "1970-02-31"}, "born"),
        ({"document_country": "XX"}, "document_country"),
    ):
        with pytest.raises(InputError) as caught:
            confirm(committed, hit.id, **given)
        assert caught.value.field == field


def test_confirming_a_withdrawn_notice_is_refused(committed, notice):
    hit = hit_of(check(committed, NAME))
    act(committed, "mda.officer", notices.withdraw, notice.id, "The assessment is no longer valid.")
    with pytest.raises(InputError, match="no longer published"):
        confirm(committed, hit.id, document=DOCUMENT)
    assert seen_by(committed, Hit) == {"fra.officer": 1, "fra.border": 1}


# --- the same check again --------------------------------------------------------------------------------------------


def test_second_look_at_the_same_traveller_renews_the_hit(committed, notice):
    first = hit_of(check(committed, NAME))
    with clock.frozen(NOW + timedelta(minutes=9)):
        again = hit_of(check(committed, ZONES["TD3"]))
    assert (again.id, again.state, again.band, again.at) == (first.id, "agreed", "document_match", NOW)
    assert again.traveller == KEPT | {"name": "EXEMPLAR TESTOV"}
    assert tasks() == [(*ANSWER, False), (*LOOK, False)]


def test_weaker_second_look_keeps_the_stronger_hit(committed, notice):
    first = hit_of(check(committed, NAME, born=BORN))
    again = hit_of(check(committed, NAME))
    assert (again.id, again.band, again.traveller) == (first.id, "identity_likely", {"name": NAME, "birth": BORN})
    assert len(tasks()) == 2


@pytest.mark.parametrize(
    ("minutes", "who", "beside"),
    [(11, "fra.border", {}), (1, "fra.officer", {}), (1, "fra.border", {"nationality": "KEN", "sex": "F"})],
)
def test_later_check_or_another_officer_or_traveller_is_another_hit(committed, notice, minutes, who, beside):
    check(committed, NAME, nationality="MDA", sex="M")
    with clock.frozen(NOW + timedelta(minutes=minutes)):
        answer = check(committed, DOCUMENT if beside else NAME, who, **beside)
    assert Hit.objects.using("jobs").count() == 2 == len({hit.id for hit in Hit.objects.using("jobs")} | {answer.leads[0].hit_id})


def test_check_after_dismissal_is_another_hit(committed, notice):
    first = hit_of(check(committed, NAME))
    with acting_as(committed.viewer("fra.border")) as viewer:
        actions.dismiss(viewer, first.id)
    assert hit_of(check(committed, NAME)).id != first.id


# --- the end ---------------------------------------------------------------------------------------------------------


def test_dismissal_deletes_what_is_held_of_the_traveller(committed, notice):
    hit = hit_of(check(committed, ZONES["TD3"]))
    with acting_as(committed.viewer("fra.border")) as viewer:
        actions.dismiss(viewer, hit.id)
    hit.refresh_from_db(using="jobs")
    assert (hit.state, hit.closed_at, hit.traveller, hit.reasons, hit.agrees, hit.retention_until) == (
        "dismissed", NOW, {}, [], [], date(2026, 12, 21),
    )  # fmt: skip
    with acting_as(committed.viewer("fra.border")) as viewer:
        for step in (lambda: actions.dismiss(viewer, hit.id), lambda: actions.confirm(viewer, hit.id, born=BORN)):
            with pytest.raises(InputError, match="closed"):
                step()
    with acting_as(committed.viewer("mda.officer")) as viewer, pytest.raises(InputError, match="closed"):
        actions.answer(viewer, hit.id, "denied")


def test_owner_answers_and_the_checking_side_reads_it(committed, notice):
    hit = hit_of(check(committed, DOCUMENT))
    for minute, (code, done) in enumerate((("acknowledged", False), ("confirmed", True))):
        with clock.frozen(NOW + timedelta(minutes=minute)), acting_as(committed.viewer("mda.second")) as viewer:
            actions.answer(viewer, hit.id, code, "Call the\nduty desk.")
        assert tasks() == [(*ANSWER, done), (*LOOK, False)]
    assert seen_by(committed, HitAnswer) == {"fra.officer": 2, "fra.border": 2, "mda.officer": 2, "mda.second": 2}
    with acting_as(committed.viewer("fra.border")) as viewer:
        assert [(each.answer, each.text, each.owner.code) for each in queries.answers(viewer, hit)] == [
            ("acknowledged", "Call the\nduty desk.", "MDA"),
            ("confirmed", "Call the\nduty desk.", "MDA"),
        ]


@pytest.mark.parametrize(
    ("answer", "text", "field"), [("perhaps", "", "answer"), ("denied", "a\x00b", "text"), ("denied", "x" * 2001, "text")]
)
def test_answer_that_cannot_be_kept_is_refused(committed, notice, answer, text, field):
    hit = hit_of(check(committed, DOCUMENT))
    with acting_as(committed.viewer("mda.officer")) as viewer, pytest.raises(InputError) as caught:
        actions.answer(viewer, hit.id, answer, text)
    assert (caught.value.field, HitAnswer.objects.using("jobs").count()) == (field, 0)


def test_only_the_owner_answers(committed, notice):
    lead, agreed = hit_of(check(committed, NAME, "fra.officer")), hit_of(check(committed, DOCUMENT))
    with acting_as(committed.viewer("fra.border")) as viewer, pytest.raises(PermissionError, match="Only the owner"):
        actions.answer(viewer, agreed.id, "denied")
    for who, hit in (("mda.officer", lead), ("geo.officer", agreed)):
        with acting_as(committed.viewer(who)) as viewer, pytest.raises(Http404):
            actions.answer(viewer, hit.id, "denied")
    assert HitAnswer.objects.using("jobs").count() == 0


# --- who checks, and what is written down ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["analyst", "reviewer", "manager", "auditor", "member", "donor"])
def test_other_roles_do_not_check(committed, notice, who):
    with acting_as(committed.viewer(who)) as viewer, pytest.raises(PermissionError, match="does not check travellers"):
        actions.check(viewer, committed.people[who], NAME)
    assert Hit.objects.using("jobs").count() == 0
    assert audited(committed.people[who]) == [("check", "refused", {"post": ""})]


def test_check_and_hit_are_written_down_without_the_traveller(committed, notice):
    hit = hit_of(check(committed, DOCUMENT))
    opened, shared, checked = audited(committed.people["fra.border"])
    mark = checked[2].pop("traveller")
    assert re.fullmatch("[0-9a-f]{32}", mark), "a keyed mark, which tells checks apart and nothing of the traveller"
    assert (opened, shared, checked) == (
        ("hit.open", "allowed", {"band": "document_match"}),
        ("hit.share", "allowed", {"owner": str(committed.organisations["MDA"].id)}),
        ("check", "allowed", {"post": "Sample Airport, Hall 2", "band": "document_match", "leads": 1}),
    )
    assert set(AuditEntry.objects.using("jobs").filter(act="hit.open").values_list("record", "purpose")) == {(hit.id, "BORDER")}


@pytest.mark.parametrize(
    ("text", "beside", "field", "words"),
    [
        ("", {}, "text", "Nothing to check."),
        ("   \n", {}, "text", "Nothing to check."),
        ("x" * 10_000_000, {}, "text", "10000000 characters"),
        ("Exemplar\x00Testov", {}, "text", "control characters"),
        ("Exemplar\x1bTestov", {}, "text", "control characters"),
        ("!!!", {}, "text", "neither a letter nor a digit"),
        (ZONES["TD3"][:-1] + "0", {}, "text", "check digit"),
        (ZONES["TD3"][:80], {}, "text", "characters"),
        (NAME, {"born": "1970-02-30"}, "born", "1970-02-30"),
        (NAME, {"born": "2027-01-01"}, "born", "future"),
        (NAME, {"born": "yesterday"}, "born", "yesterday"),
        (NAME, {"nationality": "ZZZ"}, "nationality", "ZZZ is not a country"),
        (NAME, {"nationality": "M\x00A"}, "nationality", "is not a country"),
        (NAME, {"document_country": "Atlantis"}, "document_country", "Atlantis is not a country"),
        (NAME, {"sex": "?"}, "sex", "F, M or X"),
        (ZONES["TD3"], {"born": "1970-05-03"}, "born", "1970-05-02"),
        (ZONES["TD3"], {"nationality": "KEN"}, "nationality", "MDA"),
    ],
    ids=range(17),
)  # fmt: skip
def test_bad_input_is_refused_in_words_and_stores_nothing(committed, notice, text, beside, field, words):
    before = AuditEntry.objects.using("jobs").count()
    with pytest.raises(InputError) as caught:
        check(committed, text, **beside)
    assert (caught.value.field, words in str(caught.value)) == (field, True), str(caught.value)
    assert (len(str(caught.value)) < 300, Hit.objects.using("jobs").count(), AuditEntry.objects.using("jobs").count()) == (True, 0, before)


def test_checks_are_counted_by_band(committed, notice):
    from isotrace.server.metrics import checks_total

    def counted():
        return [checks_total.labels(band)._value.get() for band in ("document_match", "no_match")]

    before = counted()
    check(committed, DOCUMENT)
    check(committed, "Somebody Elsewhere")
    assert [after - earlier for after, earlier in zip(counted(), before, strict=True)] == [1, 1]


def test_check_of_a_misread_zone_finds_the_person_and_says_what_was_repaired(committed, notice):
    answer = check(committed, ZONES["TD3"].replace(DOCUMENT, "XOOOOOO1"))
    assert (answer.band, [lead.hit_id for lead in answer.leads]) == (Band.DOCUMENT_MATCH, [hit_of(answer).id])
    assert [str(repair) for repair in answer.repairs] == [
        "Document number: XOOOOOO1< was read as X0000001<, since the check digit fits then. Compare it with the document."
    ]
    assert hit_of(answer).traveller["document"] == DOCUMENT
