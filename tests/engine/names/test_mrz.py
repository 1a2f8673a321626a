import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine import clock
from isotrace.engine.names.mrz import MrzDocument, MrzError, check_digit, looks_like, parse
from isotrace.engine.schema.partial import PartialDate
from tests.engine.names.zones import FIELDS, KINDS, digit, make
from tests.shared import SHARED, needs_shared

# The specimen of Doc 9303-4.
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(NOW):
        yield


def refusal(text):
    with pytest.raises(MrzError) as refused:
        parse(text)
    return str(refused.value)


def test_mrz_passport_of_the_standard_is_read():
    document = parse(PASSPORT)
    assert document == MrzDocument(
        kind="TD3",
        document_code="P",
        issuer="UTO",
        number="L898902C3",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        nationality="UTO",
        birth=PartialDate(1974, 8, 12),
        sex="F",
        expiry=PartialDate(2012, 4, 15),
        optional="ZE184226B",
    )
    assert (document.checks_ok, document.name, document.country) == (True, "ANNA MARIA ERIKSSON", None)


@pytest.mark.parametrize(
    "noisy",
    [
        PASSPORT.replace("\n", ""),
        PASSPORT.replace("\n", "\r\n") + "\r\n",
        PASSPORT.lower(),
        "\x02" + PASSPORT + "\x03",
        PASSPORT.replace("<", "< "),
        PASSPORT.replace("<", " "),
        PASSPORT.replace("<<", "«"),
        PASSPORT.replace("<" * 19, ""),
        "  " + PASSPORT.replace("\n", "  \n   "),
        PASSPORT.replace("<", "＜"),
    ],
    ids=["joined", "crlf", "small", "framed", "spread", "blanks", "guillemets", "trimmed", "indented", "wide"],
)
def test_mrz_with_the_noise_of_a_keyboard_reader_reads_the_same(noisy):
    assert parse(noisy) == parse(PASSPORT)


@given(st.sampled_from(KINDS), FIELDS)
def test_mrz_made_from_fields_gives_them_back(kind, fields):
    document = parse("\n".join(make(kind, **fields)))
    surname, _, given_names = fields["names"].partition("<<")
    assert (document.kind, document.number, document.sex) == (kind, fields["number"], fields["sex"].strip("<"))
    assert (document.surname, document.given_names) == (surname.replace("<", " "), given_names.replace("<", " "))
    assert str(document.birth)[2:].replace("-", "") == fields["birth"]
    assert document.birth.first <= NOW.date()


@given(st.sampled_from(KINDS), FIELDS, st.integers(0, 5), st.integers(1, 9))
def test_mrz_with_one_digit_of_the_birth_misread_is_always_noticed(kind, fields, place, shift):
    lines = make(kind, **fields)
    start = 0 if kind == "TD1" else 13
    wrong = str((int(lines[1][start + place]) + shift) % 10)
    lines[1] = lines[1][: start + place] + wrong + lines[1][start + place + 1 :]
    assert refusal("\n".join(lines)) == (
        "Line 2: the check digit of the date of birth does not fit. Scan the document again, or type name and date of birth."
    )
    assert "birth" in parse("\n".join(lines), strict=False).failed_checks


@given(st.text("0123456789ABCXYZ<", max_size=30))
def test_check_digit_follows_the_standard(field):
    assert str(check_digit(field)) == digit(field)


@pytest.mark.parametrize("number", ["D23145890734", "AB1234567890123", "1234567890"])
def test_mrz_long_number_of_an_identity_card_goes_on_in_the_optional_data(number):
    document = parse("\n".join(make("TD1", number=number, optional="X1")))
    assert (document.number, document.optional) == (number, "X1")


@pytest.mark.parametrize(
    ("field", "birth"),
    [
        ("7408<<", PartialDate(1974, 8)),
        ("74<<<<", PartialDate(1974)),
        ("740000", PartialDate(1974)),
        ("<<<<<<", None),
        ("261121", PartialDate(2026, 11, 21)),
        ("261122", PartialDate(1926, 11, 22)),
        ("000229", PartialDate(2000, 2, 29)),
    ],
)
def test_mrz_birth_keeps_what_is_unknown_and_is_never_in_the_future(field, birth):
    assert parse("\n".join(make("TD3", birth=field))).birth == birth


@pytest.mark.parametrize(("field", "year"), [("761231", 2076), ("771231", 1977), ("960101", 1996), ("261120", 2026)])
def test_mrz_expiry_lies_at_most_fifty_years_ahead(field, year):
    assert parse("\n".join(make("TD3", expiry=field))).expiry.year == year


@pytest.mark.parametrize(
    ("code", "nationality", "country"),
    [("D", "DEU", "DEU"), ("GBD", "GBR", "GBR"), ("RKS", "RKS", None), ("XXA", "XXA", None), ("MDA", "MDA", "MDA")],
)
def test_mrz_country_codes_of_the_standard_are_told_from_countries(code, nationality, country):
    document = parse("\n".join(make("TD3", nationality=code, issuer=code)))
    assert (document.issuer, document.nationality, document.country) == (nationality, nationality, country)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PASSPORT.replace("L898902C36", "L898902C46"), "Line 2: the check digit of the document number does not fit. Scan the document again, or type the number."),
        (PASSPORT.replace("1204159", "1204158"), "Line 2: the check digit of the date of expiry does not fit. Scan the document again, or type the number."),
        (PASSPORT[:-2] + "20", "Line 2: the check digit of the optional data does not fit. Scan the document again, or type the number."),
        (PASSPORT[:-1] + "1", "Line 2: the overall check digit does not fit. Scan the document again, or type the number."),
        (PASSPORT.replace("ANNA", "ANN4"), "Line 1: there is a digit in the name. Scan the document again, or type the name."),
        (PASSPORT.replace("ANNA", "ANN*"), "Line 1: * does not occur in a machine-readable zone. Scan the document again."),
        (PASSPORT.replace("P<UTO", "X<UTO"), "Line 1 begins with X, which no document of this size does. Scan the document again, from the first line."),
        (PASSPORT[:-1], "Line 2 has 43 characters, it must have 44. Scan the document again, or type the number."),
        (
            PASSPORT.splitlines()[0],
            "This machine-readable zone has 44 characters. Documents have three lines of 30, or two of 36 or 44. Scan the document again, or type the number or the name.",
        ),
        ("", "This machine-readable zone has 0 characters. Documents have three lines of 30, or two of 36 or 44. Scan the document again, or type the number or the name."),
        (PASSPORT + "\x00", "This is not a machine-readable zone. Scan the document again, or type the number or the name."),
        ("<" * 501, "This is not a machine-readable zone. Scan the document again, or type the number or the name."),
        ("\n".join(make("TD3", birth="990231")), "Line 2: there is no such date of birth. Scan the document again, or type name and date of birth."),
        ("\n".join(make("TD1", expiry="991301")), "Line 2: there is no such date of expiry. Scan the document again, or type the number."),
        ("\n".join(make("TD3", birth="7<0812")), "Line 2: there is no such date of birth. Scan the document again, or type name and date of birth."),
    ],
    ids=lambda value: value[-24:] if isinstance(value, str) else None,
)  # fmt: skip
def test_mrz_broken_is_refused_saying_where_and_what_to_do(text, message):
    assert refusal(text) == message


@given(st.text(max_size=120) | st.text("P<ID0123ABC\n ", max_size=120))
def test_mrz_any_text_is_read_or_refused(text):
    try:
        parse(text, strict=False)
    except MrzError as refused:
        assert str(refused)  # noqa: PT017


@pytest.mark.parametrize(("text", "zone"), [(PASSPORT, True), ("TESTOV<<IVAN", False), ("A1234567", False), ("x" * 90, False)])
def test_looks_like_a_zone_by_fillers_and_length(text, zone):
    assert looks_like(text) is zone


@needs_shared
def test_mrz_specimens_are_all_read_and_the_two_bad_ones_flagged():
    rows = [json.loads(line) for line in (SHARED / "data/screening/mrz_specimens.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = [parse(row["mrz"], strict=False) for row in rows]
    names = {"doc": "number", "dob": "birth", "exp": "expiry", "comp": "composite"}
    for row, document in zip(rows, documents, strict=True):
        assert {name: name_of not in document.failed_checks for name, name_of in names.items() if name in row["check_digits"]} == row[
            "check_digits"
        ]
        assert document.kind[:3] in row["type"].replace("-", "")
    flagged = [(document.issuer, document.failed_checks) for document in documents if not document.checks_ok]
    assert flagged == [
        ("BAD", ("number", "birth", "expiry", "composite", "birth_date", "expiry_date", "name")),
        ("INP", ("expiry", "composite")),
    ]
