"""Judging two things and taking it back: who may, what is kept, what is warned of."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.http import Http404

from isotrace.engine.errors import InputError
from isotrace.handling.audit.models import AuditEntry
from isotrace.handling.context import acting_as
from isotrace.handling.queries import UnacknowledgedError
from isotrace.identity import actions, queries
from isotrace.identity.actions import ContradictionError, Verdicts
from isotrace.identity.models import Judgement
from isotrace.records.models import Report
from tests.identity.build import judged, taken_back, thing, things


def group(world, who, one):
    with acting_as(world.viewer(who)) as viewer:
        return {each.id for each in queries.profile(viewer, one.id).things}


def test_judgement_joins_two_things_of_two_bureaus_and_keeps_who_and_why(world):
    one, other = thing(world, "MDA"), thing(world, "GEO")
    made = judged(world, "analyst", other, one)
    kept = Judgement.objects.using("default")
    with acting_as(world.viewer("fra.officer")):
        found = kept.get()
    assert (found.left_id, found.right_id) == tuple(sorted((one.id, other.id)))
    assert (found.verdict, found.reason, found.judged_by) == ("same", "Sample reason", world.people["analyst"].id)
    assert (found.owner_id, found.id) == (world.organisations["radnuc"].id, made.id)
    assert group(world, "fra.officer", one) == group(world, "fra.officer", other) == {one.id, other.id}


def test_judgement_lies_under_the_stricter_of_both_ends(world):
    ukraine = {"audience": "only", "audience_countries": ["FRA"], "classification": 2, "retention_until": date(2028, 1, 1)}
    one, other = thing(world, "MDA", **ukraine), thing(world, "GEO", denied_countries=["KEN"])
    # the officer of France sees both
    made = judged(world, "fra.officer", one, other)
    assert (made.owner_id, made.owner_country) == (world.organisations["FRA"].id, "FRA")
    assert (made.audience, made.audience_countries, made.classification) == ("only", ["FRA"], 2)
    owners = sorted((world.organisations["MDA"].id, world.organisations["GEO"].id), key=str)
    assert (made.audience_organisations, made.denied_countries, made.retention_until) == (owners, ["KEN"], date(2028, 1, 1))


def test_judgement_again_by_the_same_organisation_ends_the_first(world):
    one, other = things(world, "MDA", 2)
    first = judged(world, "mda.officer", one, other)
    second = judged(world, "mda.second", one, other, "different", reason="Sample other reason")
    with acting_as(world.viewer("mda.officer")) as viewer:
        kept = {each.id: each for each in queries.history(viewer, one.id, other.id)}
    assert {key: each.standing for key, each in kept.items()} == {first.id: False, second.id: True}
    assert (kept[second.id].replaces_id, kept[first.id].end_reason) == (first.id, "Sample other reason")
    assert group(world, "mda.officer", one) == {one.id}


def test_same_judgement_twice_is_one(world):
    one, other = things(world, "MDA", 2)
    assert judged(world, "mda.officer", one, other).id == judged(world, "mda.officer", other, one).id


def test_judgements_of_two_organisations_on_a_pair_stand_side_by_side(world):
    one, other = things(world, "MDA", 2)
    judged(world, "mda.officer", one, other)
    ours = judged(world, "analyst", one, other)
    taken_back(world, "analyst", ours)
    assert group(world, "fra.officer", one) == {one.id, other.id}


def test_taking_back_leads_to_exactly_the_former_state_and_stays_in_the_history(world):
    a, b, c = things(world, "MDA", 3)
    judged(world, "mda.officer", a, b)
    before = [group(world, "fra.officer", each) for each in (a, b, c)]
    made = judged(world, "analyst", b, c)
    assert group(world, "fra.officer", a) == {a.id, b.id, c.id}
    taken_back(world, "analyst", made)
    assert [group(world, "fra.officer", each) for each in (a, b, c)] == before
    with acting_as(world.viewer("analyst")) as viewer:
        (kept,) = queries.history(viewer, b.id, c.id)
    assert (kept.standing, kept.end_reason, kept.ended_by) == (False, "Sample end", viewer.person)


def test_taking_back_twice_is_refused(world):
    made = judged(world, "mda.officer", *things(world, "MDA", 2))
    taken_back(world, "mda.officer", made)
    with pytest.raises(InputError, match="taken back already"):
        taken_back(world, "mda.officer", made)


def test_nobody_but_the_owner_takes_a_judgement_back(world):
    made = judged(world, "mda.officer", *things(world, "MDA", 2))
    with pytest.raises(PermissionError, match="owner"):
        taken_back(world, "analyst", made)
    with acting_as(world.viewer("analyst")):
        assert Judgement.objects.filter(pk=made.pk).update(ended_by=world.people["analyst"].id) == 0


def test_judgement_against_a_visible_one_warns_before_it_is_saved(world):
    a, b, c = things(world, "MDA", 3)
    judged(world, "mda.officer", a, b)
    different = judged(world, "mda.officer", b, c, "different")
    with acting_as(world.viewer("analyst")) as viewer:
        with pytest.raises(ContradictionError) as raised:
            actions.judge(viewer, a.id, c.id, Verdicts("same", "Sample reason"))
        assert (raised.value.against, raised.value.field, Judgement.objects.count()) == ((different.id,), "insist", 2)
        actions.judge(viewer, a.id, c.id, Verdicts("same", "Sample reason", insist=True))
        (found,) = queries.profile(viewer, a.id).contradictions
    assert found.different.id == different.id


def test_different_warns_of_the_chain_that_says_the_same(world):
    a, b, c = things(world, "MDA", 3)
    chain = {judged(world, "mda.officer", a, b).id, judged(world, "mda.officer", b, c).id}
    with acting_as(world.viewer("analyst")) as viewer, pytest.raises(ContradictionError) as raised:
        actions.judge(viewer, a.id, c.id, Verdicts("different", "Sample reason"))
    assert set(raised.value.against) == chain


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Verdicts("same", ""), "reason"),
        (Verdicts("same", "x" * 2001), "reason"),
        (Verdicts("same", "Sample\x00reason"), "reason"),
        (Verdicts("merged", "Sample reason"), "verdict"),
    ],
    ids=["no-reason", "long-reason", "nul", "verdict"],
)
def test_what_cannot_be_judged_is_refused_and_changes_nothing(world, said, field):
    one, other = things(world, "MDA", 2)
    with acting_as(world.viewer("mda.officer")) as viewer:
        with pytest.raises(InputError) as raised:
            actions.judge(viewer, one.id, other.id, said)
        assert (raised.value.field, Judgement.objects.count()) == (field, 0)


def test_a_thing_is_judged_neither_with_itself_nor_with_another_kind(world):
    one = thing(world, "MDA")
    other = thing(world, "MDA", kind="RadiologicalIncident", said={"title": "Sample", "type": "theft", "country": "MDA"})
    for second in (one, other):
        with pytest.raises(InputError) as raised:
            judged(world, "mda.officer", one, second)
        assert raised.value.field == "right"


def test_who_may_only_consult_judges_nothing(world):
    one, other = things(world, "MDA", 2)
    with acting_as(replace(world.viewer("fra.officer"), verbs=frozenset({"consult"}))) as viewer:
        with pytest.raises(PermissionError, match="may consult here, not record"):
            actions.judge(viewer, one.id, other.id, Verdicts("same", "Sample reason"))
        assert Judgement.objects.count() == 0


def test_conditions_of_an_end_are_accepted_before_it_is_judged(world):
    one, other = thing(world, "MDA"), thing(world, "GEO", conditions=["lead_only"])
    with pytest.raises(UnacknowledgedError) as raised:
        judged(world, "fra.officer", one, other)
    assert (raised.value.kind, raised.value.record) == ("report", other.report_id)


def test_looks_and_judgements_are_written_down(world):
    one, other = things(world, "MDA", 2)
    made = judged(world, "analyst", one, other)
    group(world, "analyst", one)
    taken_back(world, "analyst", made)
    said = AuditEntry.objects.using("default")
    with acting_as(world.viewer("auditor")):
        acts = set(said.filter(record__in=[made.id, one.id]).values_list("act", "kind"))
    assert acts == {
        ("judgement.make", "judgement"),
        ("profile.read", "entity"),
        ("judgement.read", "judgement"),
        ("judgement.end", "judgement"),
    }


def test_hidden_thing_and_one_that_never_was_are_refused_alike(world):
    one, hidden = thing(world, "MDA"), thing(world, "GEO", audience="only")
    with acting_as(world.viewer("mda.officer")) as viewer:
        for missing in (hidden.id, uuid.uuid4()):
            with pytest.raises(Http404):
                actions.judge(viewer, one.id, missing, Verdicts("same", "Sample reason"))
            with pytest.raises(Http404):
                queries.profile(viewer, missing)


def test_profile_counts_the_reports_whose_conditions_are_not_accepted(world):
    one, other = thing(world, "MDA"), thing(world, "MDA", conditions=["lead_only"])
    judged(world, "mda.officer", one, other)
    with acting_as(world.viewer("fra.officer")) as viewer:
        found = queries.profile(viewer, one.id)
    assert ([each.id for each in found.things], [each.id for each in found.sealed]) == ([one.id], [other.report_id])


def test_deleting_a_report_takes_the_judgements_on_its_things_along(committed):
    one, other = things(committed, "MDA", 2)
    judged(committed, "mda.officer", one, other)
    Report.objects.using("jobs").get(pk=one.report_id).delete(using="jobs")
    assert (Judgement.objects.using("jobs").count(), group(committed, "fra.officer", other)) == (0, {other.id})
