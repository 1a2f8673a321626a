"""Hidden things and hidden judgements: no profile goes through them, no count holds them, no warning speaks of them."""

import uuid

import pytest
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.handling.context import acting_as
from isotrace.handling.filters import visible
from isotrace.identity import actions, jobs, queries
from isotrace.identity.actions import Verdicts
from isotrace.identity.models import Judgement
from isotrace.records.models import Entity
from tests.identity.build import judged, thing, things


def hide(judgement: Judgement) -> Judgement:
    """Its owner keeps a judgement to itself."""
    Judgement.objects.using("owner").filter(pk=judgement.pk).update(audience="only", audience_organisations=[], audience_countries=[])
    return judgement


def group(world, who, one):
    with acting_as(world.viewer(who)) as viewer:
        return {each.id for each in queries.profile(viewer, one.id).things}


@pytest.fixture
def bridge(committed):
    """Three things in a row, the middle one hidden from all but Georgia; the judgements are open to all."""
    a, c = things(committed, "MDA", 2)
    b = thing(committed, "GEO", audience="all")
    judged(committed, "geo.officer", a, b)
    judged(committed, "geo.officer", b, c)
    Judgement.objects.using("owner").update(audience="all")
    Entity.objects.using("owner").filter(pk=b.pk).update(audience="only")
    return a, b, c


def test_no_profile_goes_through_a_hidden_thing(committed, bridge):
    a, b, c = bridge
    assert [group(committed, "fra.officer", each) for each in (a, c)] == [{a.id}, {c.id}]
    assert group(committed, "geo.officer", a) == {a.id, b.id, c.id}


def test_no_profile_goes_through_a_hidden_judgement(committed):
    a, b, c = things(committed, "MDA", 3)
    judged(committed, "mda.officer", a, b)
    hide(judged(committed, "geo.officer", b, c))
    assert group(committed, "fra.officer", c) == {c.id}
    assert group(committed, "fra.officer", a) == {a.id, b.id}
    assert group(committed, "geo.officer", a) == {a.id, b.id, c.id}


def test_database_itself_walks_through_nothing_hidden(committed, bridge):
    a, _b, c = bridge
    with acting_as(committed.viewer("fra.officer")) as viewer:
        known = queries.around(viewer, [a.id, c.id])
        assert (known.judgements, Judgement.objects.count(), visible(Judgement.objects.all(), viewer).count()) == ([], 0, 0)


def test_judgement_on_a_hidden_thing_is_answered_as_one_that_never_was(committed, bridge):
    (hidden, _other) = Judgement.objects.using("owner").all()
    with acting_as(committed.viewer("fra.officer")) as viewer:
        for missing in (hidden.id, uuid.uuid4()):
            with pytest.raises(Http404):
                queries.judgement(viewer, missing)
            with pytest.raises(Http404):
                actions.take_back(viewer, missing, "Sample end")


def test_owner_of_a_judgement_loses_sight_of_it_with_an_end(committed):
    a, b = thing(committed, "MDA"), thing(committed, "GEO")
    made = judged(committed, "analyst", a, b)
    Entity.objects.using("owner").filter(pk=b.pk).update(audience="only")
    with acting_as(committed.viewer("analyst")) as viewer, pytest.raises(Http404):
        queries.judgement(viewer, made.id)


def test_hidden_difference_warns_nobody_and_its_owner_gets_a_task(committed):
    a, b, c = things(committed, "MDA", 3)
    judged(committed, "mda.officer", a, b)
    different = hide(judged(committed, "geo.officer", b, c, "different"))
    with acting_as(committed.viewer("analyst")) as viewer:
        made = actions.judge(viewer, a.id, c.id, Verdicts("same", "Sample reason"))
        assert queries.profile(viewer, a.id).contradictions == []
    jobs.tell_owners(judgement=str(made.id))
    jobs.tell_owners(judgement=str(made.id))
    (task,) = Task.objects.using("owner").filter(kind=jobs.LOOK_AGAIN)
    georgia = committed.organisations["GEO"].id
    assert (task.subject_kind, task.subject_id) == ("judgement", different.id)
    assert (task.addressee_id, task.sender_id, task.role) == (georgia, georgia, "bureau_officer")
    with acting_as(committed.viewer("analyst")) as viewer:
        assert visible(Task.objects.all(), viewer).count() == 0


def test_hidden_sameness_gets_its_owner_a_task_when_somebody_says_different(committed):
    a, b = things(committed, "MDA", 2)
    same = hide(judged(committed, "geo.officer", a, b))
    made = judged(committed, "analyst", a, b, "different", insist=False)
    jobs.tell_owners(judgement=str(made.id))
    assert list(Task.objects.using("owner").filter(kind=jobs.LOOK_AGAIN).values_list("subject_id", flat=True)) == [same.id]


def test_visible_contradiction_puts_nothing_on_a_desk(committed):
    a, b = things(committed, "MDA", 2)
    judged(committed, "geo.officer", a, b)
    made = judged(committed, "analyst", a, b, "different")
    jobs.tell_owners(judgement=str(made.id))
    assert Task.objects.using("owner").filter(kind=jobs.LOOK_AGAIN).count() == 0


def test_owner_who_no_longer_sees_his_own_judgement_is_told_nothing(committed):
    a, b, c = *things(committed, "MDA", 2), thing(committed, "MDA", audience="only", audience_countries=["GEO", "FRA"])
    judged(committed, "mda.officer", a, b)
    hide(judged(committed, "geo.officer", b, c, "different"))
    Entity.objects.using("owner").filter(pk=c.pk).update(audience_countries=["FRA"])
    made = judged(committed, "fra.officer", a, c)
    jobs.tell_owners(judgement=str(made.id))
    assert Task.objects.using("owner").filter(kind=jobs.LOOK_AGAIN).count() == 0


def test_keeping_or_taking_back_closes_the_task(committed):
    for settle in (lambda viewer, one: actions.keep(viewer, one), lambda viewer, one: actions.take_back(viewer, one, "Sample end")):
        a, b = things(committed, "MDA", 2)
        same = hide(judged(committed, "geo.officer", a, b))
        jobs.tell_owners(judgement=str(judged(committed, "analyst", a, b, "different").id))
        with acting_as(committed.viewer("geo.officer")) as viewer:
            settle(viewer, same.id)
        (task,) = Task.objects.using("owner").filter(kind=jobs.LOOK_AGAIN, subject_id=same.id)
        assert task.done_by == committed.people["geo.officer"].id


def test_many_hidden_judgements_change_no_number_of_queries(committed):
    """As many looks into the database whether nothing or ten hidden judgements hang on a thing."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one = thing(committed, "MDA")
    counts = []
    for _round in range(2):
        with acting_as(committed.viewer("fra.officer")) as viewer, CaptureQueriesContext(connection) as asked:
            queries.profile(viewer, one.id)
        counts.append(len(asked))
        for other in things(committed, "GEO", 10, audience="only", audience_countries=["MDA"]):
            judged(committed, "geo.officer", one, other)
    assert counts[0] == counts[1]
