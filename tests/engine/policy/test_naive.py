"""The definition and a second reading of the rule book, written apart, say the same; and each clause of it is needed."""

import random
from dataclasses import dataclass

import pytest

from isotrace.engine.policy import Verb, decide
from tests.engine.policy import draws, naive
from tests.engine.policy.mutants import mutants

PAIRS = 50_000


@dataclass(frozen=True)
class Pair:
    viewer: object
    envelope: object
    seen: dict
    record: dict
    expected: dict


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    draw, made = random.Random(20261124), []
    for _ in range(PAIRS // 50):
        viewer = draws.viewer(draw)
        plain, seen = draws.plain_viewer(viewer), viewer.fields()
        for _ in range(50):
            envelope = draws.envelope(draw)
            told = draws.plain_envelope(envelope)
            expected = {verb: reading(plain, told) for verb, reading in naive.READINGS.items()}
            made.append(Pair(viewer, envelope, seen, envelope.fields(), expected))
    return made


def test_every_verb_has_a_second_reading():
    assert set(naive.READINGS) == {str(verb) for verb in Verb}


def test_decision_says_what_the_plain_reading_says(pairs):
    for pair in pairs[:: max(1, PAIRS // 6_000)]:
        said = {str(verb): decide(pair.viewer, pair.envelope, verb).allowed for verb in Verb}
        assert said == pair.expected, pair


@pytest.mark.parametrize("verb", list(Verb))
def test_verb_is_allowed_to_some_and_refused_to_others(pairs, verb):
    allowed = sum(pair.expected[verb] for pair in pairs)
    assert 0 < allowed < len(pairs)


def test_changed_clause_in_the_decision_is_found(pairs):
    survivors = [name for name, verb, term in mutants() if all(term.holds(pair.seen, pair.record) == pair.expected[verb] for pair in pairs)]
    assert survivors == []
