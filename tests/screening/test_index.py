"""The published list: it follows every publication and withdrawal, and hides what its owner keeps from a country."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from isotrace.engine import clock
from isotrace.engine.names.person import Query
from isotrace.engine.names.result import Band
from isotrace.handling.context import acting_as
from isotrace.notices import actions as notices
from isotrace.notices.models import Notice
from isotrace.notices.queries import epoch
from isotrace.privacy.jobs import expire
from isotrace.screening import hits, index
from isotrace.screening.actions import CheckAnswer
from isotrace.screening.models import Hit
from tests.notices.build import PERSON, act, drafted, published, reviewed, submitted
from tests.screening.build import BORN, DOCUMENT, NAME, ZONES, check, seen_by

NOTHING = CheckAnswer(Band.NO_MATCH)
REASON = "The assessment is no longer valid."
TRAVELLERS = [(NAME, {}), (NAME, {"born": BORN}), (DOCUMENT, {}), (ZONES["TD3"], {})]


def bands(world, who="fra.border"):
    """The answers to all ways to ask for the person on the notice, and how many hits came of them."""
    return [check(world, text, who, **beside).band for text, beside in TRAVELLERS], Hit.objects.using("jobs").count()


SILENT = [Band.NO_MATCH] * 4, 0


@pytest.mark.parametrize("state", [drafted, submitted, reviewed])
def test_notice_that_is_not_out_yields_no_hit(committed, state):
    assert state(committed).published_at is None
    assert bands(committed) == SILENT


def test_notice_enters_the_list_with_its_publication_and_leaves_it_with_its_withdrawal(committed):
    waiting = reviewed(committed)
    before = epoch()
    assert check(committed, DOCUMENT) == NOTHING
    act(committed, "reviewer", notices.publish, waiting.id)
    assert (epoch() > before, check(committed, DOCUMENT).band) == (True, Band.DOCUMENT_MATCH)
    between = epoch()
    act(committed, "mda.officer", notices.withdraw, waiting.id, REASON)
    Hit.objects.using("jobs").all().delete()
    assert (epoch() > between, bands(committed)) == (True, SILENT)


def test_list_is_read_once_an_epoch(committed, notice):
    held = index.current()
    assert (index.current() is held, held.epoch, [listed.number for listed in held.notices.values()]) == (True, epoch(), [notice.number])
    published(committed)
    assert (index.current() is held, index.current().epoch, len(index.current().index)) == (False, epoch(), 2)


def test_change_rolled_back_leaves_the_list_as_it_was(committed, notice):
    held = index.current()
    with acting_as(committed.viewer("mda.officer")) as viewer:
        notices.withdraw(viewer, notice.id, REASON)
        assert index.current() is held, "what is not committed is not on the list of others"
        transaction.set_rollback(True)
    assert (index.current() is held, check(committed, DOCUMENT).band) == (True, Band.DOCUMENT_MATCH)


def test_many_threads_share_one_reading(committed, notice):
    keeper, found = index.Keeper(), []

    def ask():
        found.append(keeper.current())
        for connection in connections.all(initialized_only=True):
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len({id(each) for each in found})) == (6, 1)


def test_emptied_list_is_empty(committed, notice):
    assert len(index.current().index) == 1
    Notice.objects.using("owner").all().delete()
    assert (dict(index.current().notices), bands(committed)) == ({}, SILENT)


# --- retention -------------------------------------------------------------------------------------------------------


def test_expired_notice_yields_no_hit_from_the_day_after(committed):
    published(committed, retention_until="2027-06-30")
    with clock.frozen(datetime(2027, 6, 30, 23, 59, tzinfo=UTC)):
        held = index.current()
        assert check(committed, DOCUMENT).band is Band.DOCUMENT_MATCH
    Hit.objects.using("jobs").all().delete()
    with clock.frozen(datetime(2027, 7, 1, tzinfo=UTC)):
        assert index.current() is held, "the list itself did not change"
        assert bands(committed) == SILENT
        expire()
        assert (dict(index.current().notices), bands(committed)) == ({}, SILENT)


def test_hit_goes_with_its_notice(committed):
    published(committed, retention_until="2027-06-30")
    check(committed, DOCUMENT)
    with clock.frozen(datetime(2027, 7, 1, tzinfo=UTC)):
        expire()
    assert Hit.objects.using("jobs").count() == 0


# --- restrictions ----------------------------------------------------------------------------------------------------


def wish(world, audience, *codes):
    """The audience that an owner wishes: three capital letters are a country, anything else an organisation."""
    ids = [str(world.organisations[code.removeprefix("bureau:")].id) for code in codes if not code.isupper()]
    return {"audience": audience, "countries": [code for code in codes if code.isupper()], "organisations": ids}


@pytest.mark.parametrize(
    ("audience", "named"),
    [
        ("except", ("FRA",)),
        ("except", ("bureau:FRA",)),
        ("except", ("FRA-border",)),
        ("only", ("GEO",)),
        ("only", ("bureau:KEN",)),
    ],
)
def test_notice_kept_from_the_checking_side_yields_no_hit_and_no_hint(committed, audience, named):
    published(committed, **wish(committed, audience, *named))
    assert bands(committed) == SILENT
    assert check(committed, NAME, "fra.border", born=BORN) == NOTHING == check(committed, "Somebody Elsewhere")


@pytest.mark.parametrize("named", [("FRA",), ("bureau:FRA",)])
def test_notice_kept_from_a_bureau_stays_hidden_while_others_get_the_hit(committed, named):
    published(committed, **wish(committed, "except", *named))
    assert (bands(committed, "fra.officer"), check(committed, DOCUMENT, "geo.officer").band) == (SILENT, Band.DOCUMENT_MATCH)
    assert seen_by(committed, Hit) == {"geo.officer": 1, "mda.officer": 1, "mda.second": 1}


@pytest.mark.parametrize(("audience", "named"), [("only", ("FRA",)), ("only", ("FRA-border",)), ("except", ("GEO",)), ("all", ())])
def test_notice_for_the_checking_side_yields_a_hit(committed, audience, named):
    published(committed, **wish(committed, audience, *named))
    assert check(committed, DOCUMENT).band is Band.DOCUMENT_MATCH


def test_notice_marked_above_the_officer_yields_no_hit(committed, notice):
    Notice.objects.using("owner").filter(pk=notice.pk).update(classification=3)
    assert bands(committed) == SILENT


def test_hidden_notice_is_not_counted_among_the_leads(committed, monkeypatch):
    from isotrace.screening import actions

    monkeypatch.setattr(actions, "MOST_LEADS", 1)
    published(committed)
    for named in ("FRA", "bureau:FRA", "FRA-border"):
        published(committed, **wish(committed, "except", named))
    answer = check(committed, NAME)
    assert (len(answer.leads), answer.more) == (1, 0)


def test_owner_that_narrows_the_audience_ends_the_hits_of_those_left_out(committed, notice):
    check(committed, NAME)
    Notice.objects.using("owner").filter(pk=notice.pk).update(audience="except", audience_countries=["FRA"])
    listed = index.current().standing(notice.pk)
    assert listed is not None
    assert {who: hits.may_know(committed.viewer(who), listed) for who in ("fra.border", "fra.officer", "geo.officer", "mda.officer")} == {
        "fra.border": False, "fra.officer": False, "geo.officer": True, "mda.officer": True,
    }  # fmt: skip


# --- what is held of a notice ----------------------------------------------------------------------------------------


def test_person_of_a_notice_is_held_with_all_that_identifies_him(committed):
    person = {
        **PERSON,
        "names": ["Exemplar Testov", "Sample Alias"],
        "name_original_script": "Экземпляр Тестов",
        "nationalities": ["MDA", "GEO"],
    }
    notice = published(committed, person=person)
    listed = index.current().standing(notice.id)
    assert listed is not None
    subject = listed.subject
    assert subject.names == ("Exemplar Testov", "Sample Alias", "Экземпляр Тестов")
    assert (str(subject.births[0]), subject.nationalities, subject.documents, subject.sex) == (
        BORN, frozenset({"MDA", "GEO"}), frozenset({(DOCUMENT, "MDA")}), "M",
    )  # fmt: skip
    assert listed.allowed_actions == ("note_presence", "inform_bureau")
    assert [match.band for match, _listed in index.current().find(Query(name="Тестов Экземпляр"))] == [Band.SAME_NAME]
    assert check(committed, "Sample Alias").band is Band.SAME_NAME


def test_matcher_is_warmed_without_a_database():
    index.warm()
