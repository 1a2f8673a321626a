import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.names.fold import fold, fold_number

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Testov,  Exemplar ", ("testov", "exemplar")),
        ("O\u2019Sample-M\u00fcller", ("osample", "muller")),
        ("ТЕСТОВ Иван", ("testov", "ivan")),
        ("al-Mithāl", ("al", "mithal")),
        ("İnvented", ("invented",)),
        ("ＴＥＳＴ", ("test",)),
        ("TESTOV<<IVAN<SAMPLE", ("testov", "ivan", "sample")),
        ("بيتر", ("bytr",)),
        ("\u200fTes\u200dtov\u202e", ("testov",)),
        ("😀 ???", ()),
        ("", ()),
        ("\x00\ud800", ()),
    ],
)
def test_fold_gives_plain_words(text, words):
    assert fold(text) == words


@pytest.mark.parametrize(
    ("number", "folded"), [("a 123-456", "A123456"), ("АВ 12/3", "AV123"), ("１２3", "123"), ("٤٥6", "456"), ("--", "")]
)
def test_fold_number_keeps_letters_and_digits(number, folded):
    assert fold_number(number) == folded


@given(ANY_TEXT)
def test_fold_twice_changes_nothing_and_never_raises(text):
    words = fold(text)
    assert fold(" ".join(words)) == words
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)


@given(ANY_TEXT, ANY_TEXT)
def test_fold_keeps_the_order_of_words(one, other):
    assert fold(f"{one} {other}") == fold(one) + fold(other)


@given(st.text(max_size=40))
def test_fold_is_blind_to_how_accents_are_stored(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(max_codepoint=0x24F), max_size=40))
def test_fold_is_blind_to_case_of_plain_letters(text):
    plain = "".join(char for char in text if char.isascii())
    assert fold(plain.upper()) == fold(plain.lower())
