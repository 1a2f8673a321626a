"""The envelope of a notice stays in its owner's hands, before and after it is published."""

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.queries import UnacknowledgedError
from isotrace.notices import queries
from isotrace.notices.control import change_envelope, choice
from isotrace.notices.models import Notice
from tests.worlds.filled import notice

SEEN_BY = ("mda.officer", "geo.officer", "fra.officer", "ken.officer", "reviewer", "member")


def sees(world, record) -> set[str]:
    seen = set()
    for who in SEEN_BY:
        with acting_as(world.viewer(who)):
            if Notice.objects.filter(pk=record.pk).exists():
                seen.add(who)
    return seen


def change(world, record, **changes) -> Notice:
    with acting_as(world.viewer("mda.officer")) as owner:
        return change_envelope(owner, record.id, Choice(**changes))


def test_published_notice_is_seen_by_whom_its_owner_chooses_now(world):
    mine = notice(world, "MDA", "mda.officer")
    assert sees(world, mine) == {"mda.officer", "geo.officer", "fra.officer", "ken.officer", "reviewer"}
    change(world, mine, audience=Audience.ONLY, countries=("GEO",))
    assert sees(world, mine) == {"mda.officer", "geo.officer", "reviewer"}
    change(world, mine, audience=Audience.ALL, denied_countries=("GEO",))
    assert sees(world, mine) == {"mda.officer", "fra.officer", "ken.officer", "reviewer"}
    now = change(world, mine, audience=Audience.ONLY, kinds=("bureau",), denied_organisations=(world.organisations["KEN"].id,))
    assert sees(world, mine) == {"mda.officer", "geo.officer", "fra.officer", "reviewer"}
    assert (choice(now).kinds, choice(now).denied_countries) == (("bureau",), ("KEN",))


def test_draft_keeps_its_narrow_audience_whatever_is_wished(world):
    mine = notice(
        world, "MDA", "mda.officer", state="draft", number=None, audience="only", audience_organisations=[world.organisations["radnuc"].id]
    )
    now = change(world, mine, audience=Audience.ALL, conditions=("tell_first",))
    assert sees(world, mine) == {"mda.officer", "reviewer"}
    assert (now.wide_audience, now.audience, now.conditions) == ("all", "only", ["tell_first"])


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": Audience.ALL, "denied_kinds": ("secretariat",)},
        {"audience": Audience.EXCEPT, "kinds": ("secretariat",)},
    ],
)
def test_unit_that_publishes_is_never_left_out(world, changes):
    mine = notice(world, "MDA", "mda.officer")
    with pytest.raises(InputError, match="cannot be left out"):
        change(world, mine, **changes)
    assert "reviewer" in sees(world, mine)


def test_unit_does_not_change_whom_a_bureau_lets_in(world):
    mine = notice(world, "MDA", "mda.officer")
    with acting_as(world.viewer("reviewer")) as viewer, pytest.raises(PermissionError, match="Only its owner"):
        change_envelope(viewer, mine.id, Choice(audience=Audience.ONLY))


def test_conditions_of_a_notice_stand_before_its_first_reading(world, client_for):
    mine = notice(world, "MDA", "mda.officer", content={"person": {"names": ["Testov Exemplar"]}})
    change(world, mine, audience=Audience.ALL, conditions=("not_to_subject",))
    with acting_as(world.viewer("geo.officer")) as viewer, pytest.raises(UnacknowledgedError):
        queries.notice(viewer, mine.id)
    asked = client_for("geo.officer").get(f"/notices/{mine.id}/")
    assert (asked.status_code, asked.url) == (302, f"/records/notice/{mine.id}/conditions/?next=%2Fnotices%2F{mine.id}%2F")


def test_change_of_a_published_notice_reaches_the_list(committed):
    mine = notice(committed, "MDA", "mda.officer", content={"person": {"names": ["Testov Exemplar"]}})
    before = queries.epoch()
    change(committed, mine, audience=Audience.ALL, denied_countries=("FRA",))
    assert queries.epoch() > before
    assert [each.denied_countries for each in queries.published()] == [["FRA"]]
