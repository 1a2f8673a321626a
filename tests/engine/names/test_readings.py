import pytest

from isotrace.engine.names.letters import Kind, readings
from isotrace.engine.names.tokens import forms, words


def latin(word):
    return ["".join(reading.symbols) for reading in readings(word) if reading.kind is Kind.LATIN]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Ünal Ŝample", ["unal", "sample"]),
        ("Иван Петрович Тестов", ["ivan", "petrovich", "testov"]),
        ("Γιώργος", ["giorgos"]),
        ("محمد علي", ["mhmd", "aly"]),
        ("אברהם", ["abrhm"]),
        ("გიორგი", ["giorgi"]),
        ("Նարեկ", ["narek"]),
        ("गोपाल शर्मा", ["gopal", "sharma"]),
        ("মমতা", ["mamata"]),
        ("สมชาย", ["smchay"]),
        ("アンナ", ["ana"]),
        ("さくら", ["sakura"]),
        ("አበበ", ["abebe"]),
    ],
)
def test_name_is_read_in_every_script(name, read):
    assert [latin(word)[0] for word in words(name)] == read


def test_korean_surname_has_the_spellings_of_passports():
    assert latin("이")[:3] == ["le", "yi", "rhe"]


def test_chinese_word_is_read_in_mandarin_cantonese_and_japanese():
    assert latin("黃")[:2] == ["huang", "wong"]
    assert "matsui" in latin("松井")


def test_unspaced_east_asian_name_is_parted_at_its_surname():
    assert forms("孫依诺")[0] == ("孫", "依诺")
    assert ("松井", "凛") in forms("松井凛")
    assert forms("권지우")[0] == ("권", "지우")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abdurrahman", "Abd al-Rahman"),
        ("Abdul Aziz", "Abdulaziz"),
        ("Hidayat Ullah", "Hidayatullah"),
        ("Salah al-Din", "Salah Uddin"),
        ("O’Neil", "ONEIL"),
        ("ГАЛИМОB", "Галимов"),
        ("Козло́в", "Козлов"),
        ("کریم", "كريم"),
        ("Sample\u200f\u200bName", "SampleName"),
    ],
)
def test_name_is_the_same_words_however_it_is_written(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize("name", ["", "   ", "😀", "\u200f", "--,.", "\x00\x01", "’"])
def test_name_without_letters_has_no_words(name):
    assert words(name) == ()


def test_long_name_is_cut_in_bounded_time():
    assert len(words("Sample " * 5_000)) == 10
