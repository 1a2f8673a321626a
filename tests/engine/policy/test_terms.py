"""Terms written in another way say the same."""

from hypothesis import given
from hypothesis import strategies as some

from isotrace.engine.policy import Verb
from isotrace.engine.policy.rules import term_for
from isotrace.engine.policy.terms import AllOf, AnyOf, Equal, Flag, Given, Not, Present, Record, Viewer, factored, replaced

NAMES = ("a", "b", "c")
LEAVES = some.sampled_from([*(Flag(Record(name)) for name in NAMES), *(Present(Viewer(name)) for name in NAMES)])
TERMS = some.recursive(
    LEAVES,
    lambda terms: some.one_of(
        some.lists(terms, min_size=1, max_size=4).map(lambda parts: AllOf(*parts)),
        some.lists(terms, min_size=1, max_size=4).map(lambda parts: AnyOf(*parts)),
        terms.map(Not),
    ),
    max_leaves=20,
)
FIELDS = some.fixed_dictionaries({name: some.booleans() for name in NAMES})


@given(TERMS, FIELDS, FIELDS)
def test_factored_term_holds_for_the_same(term, viewer, record):
    assert factored(term).holds(viewer, record) == term.holds(viewer, record)


def test_factored_term_asks_what_is_shared_once():
    a, b, c, d = (Flag(Record(name)) for name in "abcd")
    assert factored(AllOf(AnyOf(a, b), AllOf(d), AnyOf(a, c))) == AllOf(d, AnyOf(a, AllOf(b, c)))


def test_factored_rules_ask_less_and_no_owner_twice_over():
    owner = Equal(Record("owner_id"), Viewer("organisation"))
    counts = {}
    for name, term in (("rules", term_for(Verb.FIND)), ("factored", factored(term_for(Verb.FIND)))):
        counts[name] = str(term).count(str(owner))
    assert counts == {"rules": 3, "factored": 1}


@given(TERMS, FIELDS, FIELDS)
def test_term_with_given_values_holds_for_the_same(term, viewer, record):
    placed = replaced(term, lambda operand: Given(operand.name, 1) if isinstance(operand, Viewer) else operand)
    assert placed.holds(viewer, record) == term.holds(viewer, record)
