"""The rule book: every rule that code enforces has its row and a test that exists, and nothing else is called enforced."""

from pathlib import Path

import pytest

from isotrace.engine.errors import InputError
from isotrace.engine.notices import KINDS, conditions
from isotrace.engine.policy.book import GROUPS, SURE, SWITCHES, Asked, Protects, Sure, access_rules, book, narrowed, switch, switches_of
from isotrace.engine.policy.retention import GROUNDS
from isotrace.engine.policy.rules import RULES
from tests.engine.notices.build import TODAY, draft

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = [each for kind in KINDS.values() for each in kind.requirements]
ENFORCED = (
    {rule.rule for rules in RULES.values() for rule in rules} | {each.rule for each in REQUIREMENTS} | {g.rule for g in GROUNDS.values()}
)


def test_book_holds_every_rule_once_in_known_parts():
    rows = list(book().values())
    assert (len(rows), {row.group for row in rows}) == (184, set(GROUPS))
    assert [row.rule for row in rows if not row.words.endswith(".") or "|" in row.words] == []


def test_rule_of_the_code_has_its_row_with_a_test():
    assert sorted(rule for rule in ENFORCED if rule not in book() or not book()[rule].enforced) == []


def test_test_that_a_row_names_exists():
    named = {test for row in book().values() for test in row.tests}
    assert sorted(test for test in named if not there(test)) == []
    assert len(named) > 50


def there(test: str) -> bool:
    path, _, function = test.partition("::")
    return (ROOT / path).is_file() and f"def {function}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("test", ["tests/engine/policy/test_book.py::test_nothing", "tests/none.py::test_x", "x"])
def test_test_that_does_not_exist_is_noticed(test):
    assert there(test) is False


def test_rule_from_memory_or_of_our_own_cites_no_article():
    for row in book().values():
        if set(row.sure) & {Sure.MEMORY, Sure.UNSURE, Sure.OURS}:
            assert row.cites == ""
    assert {rule: book()[rule].cites for rule in ("R1.03", "R2.04", "R1.08", "R4.03", "H.06")} == {
        "R1.03": "21",
        "R2.04": "",
        "R1.08": "",
        "R4.03": "50",
        "H.06": "",
    }
    assert [row.rule for row in book().values() if not row.sure or set(row.sure) - set(SURE)] == []


def test_rule_that_protects_or_decides_access_has_no_switch():
    fixed = {row.rule for row in book().values() if row.protects is not Protects.NOBODY}
    assert access_rules() <= fixed
    assert fixed & {each.rule for each in SWITCHES.values()} == set()


def test_switch_is_of_advice_and_of_nothing_that_binds():
    advice = {each.check: each.rule for each in REQUIREMENTS if not each.binding}
    assert {code: each.rule for code, each in SWITCHES.items()} == {code: advice[code] for code in ("neutrality_words", "reassessment")}
    assert [each.code for each in switches_of("R2.04")] == ["neutrality_words"]


def test_rule_without_a_switch_is_not_switched():
    with pytest.raises(InputError) as refused:
        switch("R3.03")
    assert str(refused.value.message) == "This rule cannot be switched off. It changes only with a new version of this product."


def test_switched_off_advice_is_not_given_and_what_binds_still_is():
    whole = [each.check for each in KINDS["green"].requirements]
    rules = [each.rule for each in conditions(draft(), TODAY)]
    silent = [each.rule for each in conditions(draft(), TODAY, {"reassessment", "neutrality_words"})]
    assert (len(rules), len(silent)) == (len(whole), len(whole) - 2)
    assert (rules.count("R2.04"), silent.count("R2.04"), silent.count("G.10")) == (2, 1, 0)
    assert conditions(draft(), TODAY, set(whole)) == tuple(each for each in conditions(draft(), TODAY) if each.binding)


@pytest.mark.parametrize(
    ("asked", "first", "count"),
    [
        (Asked(), "R1.01", 184),
        (Asked(text="TRADE-UNION membership"), "R2.18", 1),
        (Asked(text="r4.03"), "R4.03", 1),
        (Asked(group="G"), "G.01", 13),
        (Asked(group="G", enforced="no"), "G.09", 2),
        (Asked(sure="M?", group="R1"), "R1.05", 2),
        (Asked(text="no such words"), None, 0),
    ],
)
def test_book_is_narrowed(asked, first, count):
    found = list(narrowed(asked))
    assert (found[0].rule if found else None, len(found)) == (first, count)
