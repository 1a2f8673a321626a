"""Pairs: who is shown which, and who is told."""

import pytest
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.handling.actions import acknowledge
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.models import AuditEntry
from isotrace.identity import actions as identity
from isotrace.identity.actions import Verdicts
from isotrace.records.control import change_envelope
from isotrace.tracing import actions, display, jobs, queries
from isotrace.tracing.models import Trace
from tests.tracing.build import FIND, FOUND, GAUGE, LOSS, filed, only

EVERYBODY = ("mda.officer", "geo.officer", "fra.officer", "analyst")


def pairs(world, who, **page):
    with acting_as(world.viewer(who)) as viewer:
        return [(pair.find.report_id, pair.loss.report_id) for pair in queries.overview(viewer, **page).pairs]


def of(world, who, report):
    with acting_as(world.viewer(who)) as viewer:
        found = queries.of_report(viewer, report.id)[1]
        return [[(pair.find.report_id, pair.loss.report_id) for pair in each.pairs] for each in found]


def tasks():
    return sorted(Task.objects.using("owner").filter(kind=jobs.COMPARE).values_list("addressee__code", "subject_id"))


def test_pair_is_shown_to_whoever_reads_both_ends_from_both_ends(world):
    loss, find = filed(world, "mda.officer", LOSS), filed(world, "geo.officer", FIND, FOUND)
    for who in EVERYBODY:
        assert pairs(world, who) == of(world, who, find)[0] == of(world, who, loss)[0] == [(find.id, loss.id)]
    with acting_as(world.viewer("fra.officer")) as viewer:
        pair = queries.overview(viewer).pairs[0]
        assert display.likelihood(pair.probability) == {"label": "Very likely the same, 98 %", "tone": "warn"}
        assert str(pair.reasons[0]) == "The serial number was read as A8 12?45, which fits AB-12345."


def test_pair_with_a_hidden_end_is_shown_to_nobody_else_and_counted_for_nobody(world):
    loss = filed(world, "mda.officer", LOSS, envelope=only(world, "GEO"))
    find = filed(world, "geo.officer", FIND, FOUND)
    assert (pairs(world, "mda.officer"), pairs(world, "geo.officer")) == ([(find.id, loss.id)], [(find.id, loss.id)])
    for who in ("fra.officer", "analyst"):
        assert (pairs(world, who), of(world, who, find)) == ([], [[]])
        with acting_as(world.viewer(who)) as viewer, pytest.raises(Http404):
            queries.of_report(viewer, loss.id)
        with acting_as(world.viewer(who)) as viewer:
            assert queries.overview(viewer).losses == 0
            assert queries.of_report(viewer, find.id)[1][0].among == 0


def test_probability_is_reckoned_from_what_the_viewer_reads_alone(world):
    """A hidden loss that is as likely leaves the answer as it would be without it."""
    plain = FOUND | {"serial": []}
    loss, _find = filed(world, "mda.officer", LOSS), filed(world, "geo.officer", FIND | {"country": "MDA", "point": LOSS["point"]}, plain)
    with acting_as(world.viewer("fra.officer")) as viewer:
        before = queries.overview(viewer).pairs[0].probability
    twin = filed(world, "mda.officer", LOSS, GAUGE | {"serial": ["AB-99999"]}, envelope=only(world, "GEO"))
    with acting_as(world.viewer("fra.officer")) as viewer:
        assert [pair.probability for pair in queries.overview(viewer).pairs] == [before]
    with acting_as(world.viewer("geo.officer")) as viewer:
        both = {pair.loss.report_id: pair.probability for pair in queries.overview(viewer).pairs}
    assert set(both) == {loss.id, twin.id}
    assert both[loss.id] < before


def test_conditions_of_use_stand_before_a_pair(world):
    loss = filed(world, "mda.officer", LOSS)
    find = filed(world, "geo.officer", FIND, FOUND, envelope=Choice(audience="all", conditions=("lead_only",)))
    assert (pairs(world, "geo.officer"), pairs(world, "mda.officer")) == ([(find.id, loss.id)], [])
    with acting_as(world.viewer("mda.officer")) as viewer:
        acknowledge(viewer, "report", find.id)
    assert pairs(world, "mda.officer") == [(find.id, loss.id)]


def test_reports_of_one_thing_as_lost_and_found_again_are_no_pair(world):
    found_again = filed(world, "mda.officer", LOSS, GAUGE, GAUGE)
    assert of(world, "mda.officer", found_again) == [[], []]


def test_looks_are_written_down_with_how_many_pairs_were_shown(committed):
    find = filed(committed, "geo.officer", FIND, FOUND)
    filed(committed, "mda.officer", LOSS)
    pairs(committed, "fra.officer")
    of(committed, "fra.officer", find)
    entries = AuditEntry.objects.using("owner").filter(act="lost_found.list").order_by("id")
    assert [(entry.record, entry.detail["count"]) for entry in entries] == [(None, 1), (find.id, 1)]


def test_both_owners_are_told_once_of_a_confident_pair(committed):
    loss, find = filed(committed, "mda.officer", LOSS), filed(committed, "geo.officer", FIND, FOUND)
    jobs.check(str(find.id))
    assert tasks() == [("GEO", find.id), ("MDA", loss.id)]
    jobs.check(str(loss.id))
    assert len(tasks()) == 2
    with acting_as(committed.viewer("mda.officer")) as viewer:
        actions.looked(viewer, loss.id)
    jobs.check(str(find.id))
    jobs.again(0)
    assert len(tasks()) == 2
    assert [task.done_at is None for task in Task.objects.using("owner").filter(kind=jobs.COMPARE).order_by("addressee__code")] == [
        True,
        False,
    ]


def test_owner_of_a_hidden_loss_alone_is_told_of_a_find_that_everybody_sees(committed):
    loss = filed(committed, "mda.officer", LOSS, envelope=only(committed))
    find = filed(committed, "geo.officer", FIND, FOUND)
    jobs.check(str(find.id))
    assert tasks() == [("MDA", loss.id)]


def test_nobody_is_told_where_each_hides_his_end(committed):
    filed(committed, "mda.officer", LOSS, envelope=only(committed))
    find = filed(committed, "geo.officer", FIND, FOUND, envelope=only(committed))
    jobs.check(str(find.id))
    assert tasks() == []


def test_nobody_is_told_where_a_colleague_may_not_read_both_ends(committed):
    officer = committed.people["mda.officer"]
    type(officer).objects.using("owner").filter(organisation=officer.organisation).update(clearance=2)
    loss = filed(committed, "mda.officer", LOSS)
    filed(committed, "geo.officer", FIND, FOUND, envelope=only(committed, "MDA", classification=2))
    type(officer).objects.using("owner").filter(email="mda.second@example.org").update(clearance=1)
    jobs.check(str(loss.id))
    assert [code for code, _report in tasks()] == ["GEO"]
    type(officer).objects.using("owner").filter(organisation=officer.organisation).update(clearance=1)


def test_pair_that_is_not_sure_is_listed_and_told_to_nobody(committed):
    filed(committed, "mda.officer", LOSS)
    find = filed(committed, "geo.officer", FIND, FOUND | {"serial": [], "manufacturer": None})
    jobs.check(str(find.id))
    assert tasks() == []


def test_sharing_a_report_later_has_it_checked_again_by_night(committed):
    loss = filed(committed, "mda.officer", LOSS, envelope=only(committed))
    find = filed(committed, "geo.officer", FIND, FOUND, envelope=only(committed))
    with acting_as(committed.viewer("mda.officer")) as viewer:
        change_envelope(viewer, loss.id, Choice(audience="all"))
    assert Trace.objects.using("owner").get(report=loss).audience == "all"
    jobs.check(str(loss.id))
    assert tasks() == [("GEO", find.id)]


def test_pair_judged_different_is_listed_no_longer_and_told_to_nobody(committed):
    loss, find = filed(committed, "mda.officer", LOSS), filed(committed, "geo.officer", FIND, FOUND)
    with acting_as(committed.viewer("mda.officer")) as viewer:
        ends = [Trace.objects.get(report=report).entity_id for report in (loss, find)]
        identity.judge(viewer, *ends, Verdicts("different", "Sample reason: another gauge"))
        assert queries.overview(viewer).pairs == []
        shown = display.compared(queries.of_report(viewer, loss.id)[1])[0]["rows"][0]
    assert shown["judged"] == {"label": "Not the same", "tone": "still"}
    jobs.check(str(find.id))
    assert [code for code, _report in tasks()] in ([], ["GEO"])


def test_finds_are_paged_by_their_key(world):
    loss = filed(world, "mda.officer", LOSS)
    finds = [filed(world, "geo.officer", FIND, FOUND) for _each in range(3)]
    with acting_as(world.viewer("geo.officer")) as viewer:
        first = queries.overview(viewer, limit=2)
        rest = queries.overview(viewer, first.after, limit=2)
    assert (first.finds, rest.finds, rest.after) == (2, 1, "")
    assert {pair.find.report_id for pair in (*first.pairs, *rest.pairs)} == {find.id for find in finds}
    assert {pair.loss.report_id for pair in first.pairs} == {loss.id}
    with acting_as(world.viewer("geo.officer")) as viewer:
        assert queries.overview(viewer, "nonsense~", limit=2).finds == 2
