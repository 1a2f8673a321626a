from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.errors import InputError
from isotrace.engine.names.travel import Format, MrzError, Zone, check_digit, looks_like, parse
from isotrace.engine.names.travel.layout import layout_of
from isotrace.engine.schema.partial import PartialDate
from tests.engine.names.zones import FIELDS, KINDS, PASSPORT, VALUES, digit, joined, make

TODAY = date(2026, 11, 21)


def refusal(text):
    with pytest.raises(MrzError) as refused:
        parse(text, TODAY).relied_on()
    return str(refused.value)


def test_zone_of_the_standards_passport_is_read():
    zone = parse(PASSPORT, TODAY)
    assert zone == Zone(
        format=Format.TD3,
        lines=tuple(PASSPORT.splitlines()),
        document_code="P",
        issuing="UTO",
        number="L898902C3",
        primary="ERIKSSON",
        secondary="ANNA MARIA",
        truncated=False,
        nationality="UTO",
        birth=PartialDate(1974, 8, 12),
        sex="F",
        expiry=PartialDate(2012, 4, 15),
        optional="ZE184226B",
        checks=zone.checks,
        repairs=(),
    )
    assert [(check.name, check.holds) for check in zone.checks] == [
        (name, True) for name in ("number", "birth", "expiry", "optional", "composite", "birth_date", "expiry_date", "name")
    ]
    assert (zone.valid, zone.name, zone.issuing_country, zone.country) == (True, "ANNA MARIA ERIKSSON", None, None)


@given(st.sampled_from(KINDS), FIELDS)
def test_zone_made_from_fields_gives_them_back_and_nothing_is_repaired(kind, fields):
    zone = parse(joined(make(kind, **fields)), TODAY)
    primary, _, secondary = fields["names"].partition("<<")
    assert (zone.format, zone.number, zone.sex, zone.issuing, zone.nationality) == (
        kind,
        fields["number"],
        fields["sex"].strip("<"),
        fields["issuer"],
        fields["nationality"],
    )
    assert (zone.primary, zone.secondary, zone.truncated) == (primary.replace("<", " "), secondary.replace("<", " "), False)
    assert (str(zone.birth)[2:].replace("-", ""), str(zone.expiry)[2:].replace("-", "")) == (fields["birth"], fields["expiry"])
    assert (zone.optional, zone.failed, zone.repairs) == (fields["optional"], (), ())
    assert (zone.birth.first <= TODAY, zone.expiry.year <= 2076) == (True, True)


@given(st.sampled_from(KINDS), FIELDS, st.data())
def test_zone_with_one_character_of_a_checked_field_misread_is_flagged_or_said_to_be_repaired(kind, fields, data):
    """Check digits tell characters apart whose values differ by no multiple of ten."""
    lines = make(kind, **fields)
    spans = layout_of(tuple(lines)).spans
    span = data.draw(st.sampled_from([spans["number"], spans["birth"], spans["expiry"]]))
    line, at = span.line, data.draw(st.integers(span.start, span.end - 1))
    wrong = data.draw(st.sampled_from([char for char in VALUES if (VALUES[char] - VALUES[lines[line][at]]) % 10]))
    lines[line] = lines[line][:at] + wrong + lines[line][at + 1 :]
    zone = parse(joined(lines), TODAY)
    assert (zone.valid, bool(zone.repairs)) in {(False, False), (False, True), (True, True)}


@given(st.sampled_from(KINDS), FIELDS, st.integers(0, 5), st.integers(1, 9))
def test_zone_with_one_digit_of_the_birth_misread_is_always_refused(kind, fields, place, shift):
    lines = make(kind, **fields)
    start = 0 if kind == "TD1" else 13
    wrong = str((int(lines[1][start + place]) + shift) % 10)
    lines[1] = lines[1][: start + place] + wrong + lines[1][start + place + 1 :]
    assert refusal(joined(lines)) == (
        "Line 2: the check digit of the date of birth does not fit. Scan the document again, or type name and date of birth."
    )


@given(st.text("0123456789ABCXYZ<", max_size=30))
def test_check_digit_follows_the_standard(field):
    assert str(check_digit(field)) == digit(field)


@pytest.mark.parametrize("kind", ["TD1", "TD2"])
@pytest.mark.parametrize("number", ["D23145890734", "AB12345678901", "1234567890"])
def test_zone_long_number_of_a_card_goes_on_in_the_optional_data(kind, number):
    zone = parse(joined(make(kind, number=number, optional="X")), TODAY)
    assert (zone.number, zone.optional, zone.failed) == (number, "X", ())


@pytest.mark.parametrize(
    ("field", "birth"),
    [
        ("7408<<", PartialDate(1974, 8)),
        ("74<<<<", PartialDate(1974)),
        ("740000", PartialDate(1974)),
        ("740800", PartialDate(1974, 8)),
        ("<<<<<<", None),
        ("261121", PartialDate(2026, 11, 21)),
        ("261122", PartialDate(1926, 11, 22)),
        ("26<<<<", PartialDate(2026)),
        ("27<<<<", PartialDate(1927)),
        ("000229", PartialDate(2000, 2, 29)),
    ],
)
def test_zone_birth_keeps_what_is_unknown_and_is_never_in_the_future(field, birth):
    assert parse(joined(make("TD3", birth=field)), TODAY).birth == birth


@pytest.mark.parametrize(("today", "birth", "year"), [(date(2026, 1, 1), "260102", 1926), (date(2101, 1, 1), "990101", 2099)])
def test_zone_birth_is_reckoned_from_the_day_of_reading(today, birth, year):
    assert parse(joined(make("TD3", birth=birth, expiry="<<<<<<")), today).birth.year == year


@pytest.mark.parametrize(("field", "year"), [("761231", 2076), ("771231", 1977), ("960101", 1996), ("261120", 2026), ("30<<<<", 2030)])
def test_zone_expiry_lies_at_most_fifty_years_ahead(field, year):
    assert parse(joined(make("TD3", birth="350101", expiry=field)), TODAY).expiry.year == year


def test_zone_that_expired_before_the_birth_is_of_somebody_a_century_older():
    zone = parse(joined(make("TD3", birth="190101", expiry="160730")), TODAY)
    assert (zone.birth, zone.expiry, zone.valid) == (PartialDate(1919, 1, 1), PartialDate(2016, 7, 30), True)
    assert list(map(str, zone.repairs)) == [
        "Year of birth: read as 1919, since the document expired in 2016. Compare it with the document."
    ]


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("D", "DEU"), ("GBD", "GBR"), ("GBN", "GBR"), ("GBO", "GBR"), ("GBP", "GBR"), ("GBS", "GBR"), ("MDA", "MDA"), ("RKS", None),
        ("XXA", None), ("XXB", None), ("XXC", None), ("XXX", None), ("XOM", None), ("UNO", None), ("UNA", None), ("UNK", None),
        ("EUE", None), ("XPO", None), ("UTO", None), ("ABC", None),
    ],
)  # fmt: skip
def test_zone_codes_of_the_standard_are_told_from_countries(code, country):
    zone = parse(joined(make("TD3", nationality=code, issuer=code)), TODAY)
    assert (zone.issuing, zone.nationality, zone.issuing_country, zone.country, zone.repairs) == (code, code, country, country, ())


@pytest.mark.parametrize(
    ("kind", "names", "truncated"),
    [
        ("TD1", "PAPANDROPOULOS<<JONATHON<ALEC", False),
        ("TD1", "PAPANDROPOULOS<<JONATHON<ALEXA", True),
        ("TD2", "NILAVADHANANANDA<<ARNPOL<PETCH", False),
        ("TD2", "NILAVADHANANANDA<<ARNPOL<PETCHA", True),
        ("TD3", "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", True),
        ("MRVB", "NILAVADHANANANDA<<ARNPOL<PETCHA", True),
    ],
)
def test_zone_name_that_fills_its_field_may_be_cut(kind, names, truncated):
    assert parse(joined(make(kind, names=names)), TODAY).truncated is truncated


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PASSPORT.replace("L898902C36", "L898902C56"), "Line 2: the check digit of the document number does not fit. Scan the document again, or type the number."),
        (PASSPORT.replace("1204159", "1204158"), "Line 2: the check digit of the date of expiry does not fit. Scan the document again, or type the number."),
        (PASSPORT[:-2] + "20", "Line 2: the check digit of the optional data does not fit. Scan the document again, or type the number."),
        (PASSPORT[:-1] + "1", "Line 2: the overall check digit does not fit. Scan the document again, or type the number."),
        (PASSPORT.replace("ANNA", "ANN9"), "Line 1: there is a digit in the name. Scan the document again, or type the name."),
        (PASSPORT.replace("ERIKSSON<<ANNA<MARIA", "<" * 20), "Line 1: there is no name. Scan the document again, or type the name."),
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
        (None, "This is not a machine-readable zone. Scan the document again, or type the number or the name."),
        (joined(make("TD3", birth="990231")), "Line 2: there is no such date of birth. Scan the document again, or type name and date of birth."),
        (joined(make("TD1", expiry="991301")), "Line 2: there is no such date of expiry. Scan the document again, or type the number."),
        (joined(make("TD3", birth="7<0812")), "Line 2: there is no such date of birth. Scan the document again, or type name and date of birth."),
        (joined(make("TD3", birth="74<<12")), "Line 2: there is no such date of birth. Scan the document again, or type name and date of birth."),
    ],
    ids=lambda value: value[-24:] if isinstance(value, str) else None,
)  # fmt: skip
def test_zone_broken_is_refused_saying_where_and_what_to_do(text, message):
    assert refusal(text) == message


ZONE_LIKE = st.text("P<ID0123ABCKOS\n ", max_size=120)
ANYTHING = st.text(max_size=200) | st.text("<😀\u202e\u200f\x07ß٣АΒ«|{ \n", max_size=600)
NEAR_ZONES = st.builds(
    lambda text, at, size, put: text[:at] + put + text[at + size :],
    st.sampled_from([joined(make(kind)) for kind in KINDS] + ["".join(make(kind)) for kind in KINDS]),
    st.integers(0, 90),
    st.integers(0, 9),
    st.text("<K0O1I\n 8BÄ", max_size=9),
)


@given(ANYTHING | ZONE_LIKE | NEAR_ZONES)
def test_zone_any_text_is_read_or_refused(text):
    try:
        zone = parse(text, TODAY)
    except InputError as refused:
        assert str(refused)  # noqa: PT017
    else:
        assert {len(line) for line in zone.lines} <= {30, 36, 44}


@pytest.mark.parametrize("text", ["<" * 5_000, "😀" * 5_000, "\u202e\x07" * 2_500, "K" * 500, "<K" * 43 + "<", "\ufdfa" * 500, "<\n" * 250])
def test_zone_absurd_is_refused_at_once(text):
    with pytest.raises(InputError):
        parse(text, TODAY).relied_on()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        (PASSPORT, True),
        (PASSPORT.replace("<<", "«").replace("<", "‹"), True),
        ("TESTOV<<IVAN", False),
        ("A1234567", False),
        ("x" * 90, False),
    ],
)
def test_looks_like_a_zone_by_fillers_and_length(text, zone):
    assert looks_like(text) is zone
