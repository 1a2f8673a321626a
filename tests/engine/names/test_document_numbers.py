import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.names.travel import DocumentEvidence, DocumentLevel, document_evidence, document_key, document_number, is_telling

NUMBERS = st.text("ABCDO01234567859ISZ -", max_size=12)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("AB123456", "A8123456"), ("a b-123/456", "A8123456"), ("АВ123456", "A8123456"), ("O0QD", "0000"), ("1IL", "111"), ("Z2S5G6B8", "22556688"),
        ("٤٥٦", "456"), ("", ""), ("-- ", ""),
    ],
)  # fmt: skip
def test_document_key_is_the_same_for_what_readers_confuse(number, key):
    assert document_key(number) == key


def test_document_number_is_what_an_officer_would_type():
    assert [document_number(number) for number in ("а 123-456", "ab 12", "№ 12")] == ["A123456", "AB12", "NO12"]


@pytest.mark.parametrize(
    ("one", "other", "level", "strong"),
    [
        ("AB123456", "ab 123-456", DocumentLevel.EQUAL, True),
        ("AB123456", "АВ123456", DocumentLevel.EQUAL, True),
        ("AB103456", "A8I03456", DocumentLevel.FOLDED, True),
        ("AB103456", "ABLO3456", DocumentLevel.FOLDED, True),
        ("L898902C3", "L898902C3K", DocumentLevel.NEAR, False),
        ("AB173456", "AB113456", DocumentLevel.NEAR, False),
        ("AB173456", "AB713456", DocumentLevel.NEAR, False),
        ("AB173456", "AB173459", DocumentLevel.DIFFERENT, False),
        ("AB173456", "AB17345", DocumentLevel.DIFFERENT, False),
        ("AB173456", "AB643171", DocumentLevel.DIFFERENT, False),
        ("1234", "1234", DocumentLevel.EQUAL, False),
        ("12345", "I2345", DocumentLevel.FOLDED, False),
        ("12745", "12145", DocumentLevel.DIFFERENT, False),
        ("123456", "123456", DocumentLevel.EQUAL, False),
        ("00000000", "OOOOOOOO", DocumentLevel.FOLDED, False),
        ("UNKNOWN", "UNKNOWN", DocumentLevel.EQUAL, False),
        ("", "AB123456", DocumentLevel.UNKNOWN, False),
        ("", "", DocumentLevel.UNKNOWN, False),
    ],
)
def test_document_evidence_by_level(one, other, level, strong):
    assert document_evidence(one, other) == document_evidence(other, one) == DocumentEvidence(level, strong)


@pytest.mark.parametrize(
    ("number", "telling"),
    [("A123456", True), ("173950", True), ("17395", False), ("123456789", False), ("987654321", False), ("567890", False), ("111222", False), ("NONUMBER", False)],
)  # fmt: skip
def test_document_number_is_telling_if_it_is_long_and_varied(number, telling):
    assert is_telling(number) is telling


@given(NUMBERS, NUMBERS)
def test_document_evidence_is_symmetric_and_agrees_with_the_key(one, other):
    evidence = document_evidence(one, other)
    assert evidence == document_evidence(other, one)
    assert (evidence.level in (DocumentLevel.EQUAL, DocumentLevel.FOLDED)) == (document_key(one) == document_key(other) != "")


@given(NUMBERS)
def test_document_number_equals_itself(number):
    assert document_evidence(number, number).level is (DocumentLevel.EQUAL if document_number(number) else DocumentLevel.UNKNOWN)


@given(st.text(max_size=40), st.text(max_size=40))
def test_document_evidence_of_any_text_is_an_answer(one, other):
    assert document_evidence(one, other).strong <= document_evidence(one, other).agrees
