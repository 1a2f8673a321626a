"""Groups by judgements: what joins, what contradicts, and that taking back undoes exactly."""

import uuid

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from isotrace.engine.identity.judging import Groups, Said, Verdict, against, chain

THINGS = [uuid.UUID(int=number) for number in range(1, 9)]
SAME, DIFFERENT, UNDECIDED = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNDECIDED


def said(left: int, right: int, verdict: Verdict = SAME, number: int = 0) -> Said:
    return Said(uuid.UUID(int=1000 + number), THINGS[left], THINGS[right], verdict)


def naive(judgements, start):
    """The group by plain search: what a reader would do on paper."""
    group = {start}
    while True:
        more = {end for each in judgements if each.verdict is SAME and each.pair & group for end in each.pair} - group
        if not more:
            return frozenset(group)
        group |= more


pairs = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] != pair[1])
many = st.lists(st.tuples(pairs, st.sampled_from(Verdict)), max_size=14).map(
    lambda found: [said(*pair, verdict, number) for number, (pair, verdict) in enumerate(found)]
)


@given(many)
def test_groups_are_what_a_plain_search_finds(judgements):
    groups = Groups(judgements)
    assert {thing: groups.of(thing) for thing in THINGS} == {thing: naive(judgements, thing) for thing in THINGS}


@given(many, st.randoms(use_true_random=False))
def test_groups_depend_on_no_order(judgements, draw):
    shuffled = draw.sample(judgements, len(judgements))
    assert [Groups(judgements).of(thing) for thing in THINGS] == [Groups(shuffled).of(thing) for thing in THINGS]


@given(many)
def test_contradictions_are_the_differences_inside_a_group(judgements):
    found = list(Groups(judgements).contradictions())
    inside = [each for each in judgements if each.verdict is DIFFERENT and each.right in naive(judgements, each.left)]
    assert [each.different for each in found] == inside


@given(many)
def test_chain_leads_from_one_end_to_the_other(judgements):
    start, end = THINGS[0], THINGS[1]
    steps, here = chain(judgements, start, end), start
    for step in steps:
        assert step.verdict is SAME
        assert here in step.pair
        (here,) = step.pair - {here}
    assert here == (end if end in naive(judgements, start) else start)


@given(many)
def test_new_judgement_without_anything_against_it_makes_no_contradiction(judgements):
    """A warning is raised exactly when the new judgement would leave more contradictions than there were."""
    before = len(list(Groups(judgements).contradictions()))
    for verdict in Verdict:
        made = said(0, 1, verdict, 999)
        after = len(list(Groups([*judgements, made]).contradictions()))
        warned = bool(against(verdict, made.left, made.right, judgements))
        assert (after > before) <= warned
        assert not warned or after > before or Groups(judgements).joined(made.left, made.right)


def test_same_between_two_groups_is_warned_of_a_difference_between_them():
    judgements = [said(0, 1, number=1), said(2, 3, number=2), said(1, 3, DIFFERENT, 3)]
    assert against(SAME, THINGS[0], THINGS[2], judgements) == (judgements[2],)


def test_different_inside_a_group_is_warned_of_the_chain():
    judgements = [said(0, 1, number=1), said(1, 2, number=2), said(4, 5, number=3)]
    assert against(DIFFERENT, THINGS[0], THINGS[2], judgements) == tuple(judgements[:2])


def test_undecided_joins_nothing_and_contradicts_nothing():
    judgements = [said(0, 1, UNDECIDED), said(0, 1, DIFFERENT, 1)]
    assert Groups(judgements).of(THINGS[0]) == {THINGS[0]}
    assert against(UNDECIDED, THINGS[0], THINGS[1], judgements) == ()


class Judging(RuleBasedStateMachine):
    """Judge and take back in any order: the groups are always those of what stands, and taking all back leaves nothing."""

    def __init__(self):
        super().__init__()
        self.standing: list[Said] = []
        self.states: dict[frozenset[Said], list[frozenset[uuid.UUID]]] = {}
        self.number = 0

    @rule(pair=pairs, verdict=st.sampled_from(Verdict))
    def judge(self, pair, verdict):
        self.number += 1
        self.standing.append(said(*pair, verdict, self.number))

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def take_back(self, data):
        self.standing.remove(data.draw(st.sampled_from(self.standing)))

    @precondition(lambda self: len(self.standing) > 1)
    @rule(data=st.data())
    def split_and_join_again(self, data):
        """Taking one back and saying it again leads exactly to where it was."""
        before = self.groups()
        one = data.draw(st.sampled_from(self.standing))
        self.standing.remove(one)
        self.standing.append(Said(uuid.uuid4(), one.right, one.left, one.verdict))
        assert self.groups() == before

    def groups(self):
        groups = Groups(self.standing)
        return [groups.of(thing) for thing in THINGS]

    @invariant()
    def same_judgements_make_the_same_groups(self):
        key = frozenset(self.standing)
        assert self.states.setdefault(key, self.groups()) == self.groups()
        assert self.groups() == [naive(self.standing, thing) for thing in THINGS]


TestJudging = Judging.TestCase
TestJudging.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
