"""What can be decided when, with which clock, and how long what arrived is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.intake import CHANNELS, DECISIONS, Kind, State, deciding

DAY = date(2026, 11, 21)
MOMENT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def test_every_decision_leads_somewhere_with_its_clock():
    assert {str(kind): (str(found.state), found.span) for kind, found in DECISIONS.items()} == {
        "file": ("filed", None),
        "ask": ("asked", timedelta(days=10)),
        "triage": ("triage", timedelta(hours=24)),
        "propose": ("filed", timedelta(days=7)),
        "none": ("closed", None),
    }


@pytest.mark.parametrize("state", ["filed", "closed"])
@pytest.mark.parametrize("kind", [str(kind) for kind in Kind])
def test_what_is_decided_is_not_decided_again(state, kind):
    with pytest.raises(InputError, match="decided already"):
        deciding.decide(state, kind)


@pytest.mark.parametrize("state", ["waiting", "asked", "triage"])
def test_open_arrivals_take_every_decision_but_triage_twice(state):
    taken = [str(kind) for kind in Kind if not (kind == "triage" and state == "triage")]
    assert [kind for kind in taken if deciding.decide(state, kind)] == taken
    with pytest.raises(InputError, match="Choose a decision"):
        deciding.decide(state, "burn")


def test_triage_is_not_sent_to_triage():
    with pytest.raises(InputError, match="in triage already"):
        deciding.decide(State.TRIAGE, Kind.TRIAGE)


@pytest.mark.parametrize(("urgency", "hours"), [("now", 2), ("day", 24), ("routine", 72)])
def test_deadline_follows_the_urgency(urgency, hours):
    assert deciding.due(urgency, MOMENT) == MOMENT + timedelta(hours=hours)


def test_unknown_urgency_is_refused():
    with pytest.raises(InputError) as caught:
        deciding.due("soon", MOMENT)
    assert caught.value.field == "urgency"


@pytest.mark.parametrize(
    ("kind", "months", "ends", "until"),
    [
        ("", 60, (), date(2027, 2, 19)),
        ("ask", 60, (), date(2027, 2, 19)),
        ("triage", 60, (), date(2027, 2, 19)),
        ("none", 60, (), date(2026, 12, 21)),
        ("file", 60, (), date(2031, 11, 21)),
        ("file", 60, (None,), date(2031, 11, 21)),
        ("file", 60, (None, date(2028, 1, 1)), date(2028, 1, 1)),
        ("propose", 24, (date(2031, 1, 1),), date(2028, 11, 21)),
        ("none", 0, (), date(2026, 11, 21)),
    ],
)
def test_kept_no_longer_than_needed(kind, months, ends, until):
    assert deciding.kept(kind, DAY, months, ends) == until


def test_channel_says_what_is_filed_from_it():
    assert {str(channel): (text.report_kind, text.origin) for channel, text in CHANNELS.items()} == {
        "police": ("police", ""),
        "regulator": ("regulator", ""),
        "iaea": ("notification", "iaea"),
        "press": ("open_source", ""),
        "public": ("police", ""),
    }
