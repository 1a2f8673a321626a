from itertools import product

import pytest

from isotrace.engine.notices import SCHEMES, GradeError
from isotrace.engine.notices.grades import cannot_be_judged, check, corroborated_or_better


def every(judge):
    return {
        f"{code}:{s}{i}" for code, scheme in SCHEMES.items() for s, i in product(scheme.sources, scheme.information) if judge(code, s, i)
    }


def test_schemes_hold_their_codes():
    assert {code: ("".join(s.sources), "".join(s.information), list(s.handling)) for code, s in SCHEMES.items()} == {
        "uk_5x5x5": ("ABCDE", "12345", ["1", "2", "3", "4", "5"]),
        "uk_3x5x2": ("123", "ABCDE", ["P", "C"]),
        "europol_4x4": ("ABCX", "1234", ["H1", "H2", "H3"]),
        "admiralty": ("ABCDEF", "123456", []),
    }


def test_cannot_be_judged_is_one_pair_in_each_scheme():
    assert every(cannot_be_judged) == {"uk_5x5x5:E4", "uk_3x5x2:2D", "europol_4x4:X4", "admiralty:F6"}


def test_corroborated_or_better_takes_first_hand_knowledge_only_from_reliable_sources():
    confirmed = {f"uk_5x5x5:{s}{i}" for s in "ABCDE" for i in "13"} | {f"uk_3x5x2:{s}B" for s in "123"}
    confirmed |= {f"europol_4x4:{s}{i}" for s in "ABCX" for i in "13"} | {f"admiralty:{s}1" for s in "ABCDEF"}
    first_hand = {"uk_5x5x5:A2", "uk_5x5x5:B2", "uk_3x5x2:1A", "europol_4x4:A2", "europol_4x4:B2", "admiralty:A2", "admiralty:B2"}
    assert every(corroborated_or_better) == confirmed | first_hand


def test_no_grade_both_corroborates_and_cannot_be_judged():
    assert every(cannot_be_judged) & every(corroborated_or_better) == set()


@pytest.mark.parametrize(
    ("triple", "field", "message"),
    [
        (("tarot", "A", "1"), "scheme", "This grading scheme is not known. Choose one of: uk_5x5x5, uk_3x5x2, europol_4x4, admiralty."),
        (("europol_4x4", "D", "1"), "source_grade", "This source grade is not in the scheme. Choose one of: A, B, C, X."),
        (("uk_3x5x2", "1", "4"), "information_grade", "This information grade is not in the scheme. Choose one of: A, B, C, D, E."),
    ],
)
def test_check_refuses_codes_that_the_scheme_lacks(triple, field, message):
    with pytest.raises(GradeError) as caught:
        check(*triple)
    assert (caught.value.field, str(caught.value)) == (field, message)
