"""No copy leaves the system unless the rules let it, and each is written down."""

import pytest

from isotrace.engine import clock
from isotrace.engine.policy import Condition
from isotrace.handling.context import acting_as
from isotrace.handling.exports import copies, exported, may_export
from isotrace.handling.models import Acknowledgement, AuditEntry, Export
from tests.worlds.filled import report


def test_copy_is_written_down_for_its_owner_and_who_took_it(world):
    one = report(world, "MDA", "mda.officer")
    with acting_as(world.viewer("geo.officer")) as taker:
        made = exported(taker, one, "json")
        assert list(copies(taker, one)) == [made]
    assert (made.record_kind, made.record, made.form, made.taker_id, made.purpose) == (
        "report",
        one.id,
        "json",
        world.organisations["GEO"].id,
        "INFO",
    )
    with acting_as(world.viewer("mda.officer")) as owner:
        assert list(copies(owner, one)) == [made]
    with acting_as(world.viewer("fra.officer")) as other:
        assert list(copies(other, one)) == []
        assert Export.objects.count() == 0


def test_copy_against_the_owners_condition_is_refused_in_words_and_written_down(committed):
    one = report(committed, "MDA", "mda.officer", conditions=[Condition.NO_COPY])
    with acting_as(committed.viewer("geo.officer")) as taker:
        Acknowledgement.objects.create(person=taker.person, record=one.id, at=clock.now())
        assert may_export(taker, one) is False
        with pytest.raises(PermissionError, match=r"^No copy may leave the system\.$"):
            exported(taker, one, "json")
        assert Export.objects.count() == 0
    assert list(AuditEntry.objects.using("owner").filter(act="report.export").values_list("record", "outcome")) == [(one.id, "refused")]


def test_copy_before_the_conditions_are_acknowledged_is_refused(world):
    one = report(world, "MDA", "mda.officer", conditions=[Condition.LEAD_ONLY])
    with acting_as(world.viewer("geo.officer")) as taker, pytest.raises(PermissionError, match="Acknowledge them first"):
        exported(taker, one, "json")
