import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotrace.engine.names.travel import MrzError, document_key, parse
from tests.engine.names.zones import FIELDS, KINDS, PASSPORT, joined, make

TODAY = date(2026, 11, 21)
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
VISA = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"
NAME = "ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
COMPARE = "No check digit covers the name; compare it with the document."
SHORT = "Line 2 was too short by %d; fillers (<) were put in where the check digits fit then. Compare the number with the document."
LONG = "Line 2 was too long by %d; fillers (<) were taken out where the check digits fit then. Compare the number with the document."
FITS = "since the check digit fits then. Compare it with the document."


def said(text, as_good_as=PASSPORT):
    """What was repaired, once it is sure that the zone reads like the good one."""
    zone = parse(text, TODAY)
    assert (zone.lines, zone.failed) == (tuple(as_good_as.splitlines()), ())
    return list(map(str, zone.repairs))


@pytest.mark.parametrize(
    ("noisy", "sentences"),
    [
        (PASSPORT, []),
        (PASSPORT.replace("\n", "\r\n") + "\r\n", []),
        ("\x02" + PASSPORT + "\x03", []),
        ("\u200f" + PASSPORT.replace("<<", "<\u202e<"), []),
        ("  " + PASSPORT.replace("\n", "  \n   "), []),
        (PASSPORT.replace("<", "＜"), []),
        (PASSPORT.replace("\n", ""), ["The lines were parted anew, after every 44 characters."]),
        (PASSPORT[:50] + "\n" + PASSPORT[50:].replace("\n", ""), ["The lines were parted anew, after every 44 characters."]),
        (PASSPORT.lower(), ["Small letters were read as capitals."]),
        (PASSPORT.replace("<", "< "), ["Blanks were left out."]),
        (PASSPORT.replace("<", " "), ["Blanks were read as fillers (<).", "Line 1 was too short by 19; the missing fillers (<) were put in at its end."]),
        (PASSPORT.replace("<<", "«"), ["Signs that no zone has were read as the characters that they look like."]),
        (PASSPORT.replace("<", "&lt;"), ["Small letters were read as capitals.", "Signs that no zone has were read as the characters that they look like."]),
        (PASSPORT.replace("<", "{").replace("ERI", "ER|"), ["Signs that no zone has were read as the characters that they look like."]),
        (PASSPORT.replace("ERIKSSON", "ЕRІКЅЅОN"), ["Letters or digits of another script were read as the Latin ones that look like them."]),
        (PASSPORT.replace("7408122", "٧٤٠٨١٢٢"), ["Letters or digits of another script were read as the Latin ones that look like them."]),
    ],
    ids=["as it is", "crlf", "framed", "unseen", "indented", "wide", "joined", "broken", "small", "spread", "blanks", "guillemets", "escaped",
         "braces", "cyrillic", "arabic digits"],
)  # fmt: skip
def test_repair_of_the_noise_of_readers(noisy, sentences):
    assert said(noisy) == sentences


@pytest.mark.parametrize(
    ("text", "good", "sentences"),
    [
        (PASSPORT.replace("<" * 19, ""), PASSPORT, ["Line 1 was too short by 19; the missing fillers (<) were put in at its end."]),
        (PASSPORT.replace("MARIA<", "MARIA<<<"), PASSPORT, ["Line 1 was too long by 2; fillers (<) at its end were taken out."]),
        (PASSPORT.replace("B<<<<<", "B<<<<"), PASSPORT, [SHORT % 1]),
        (PASSPORT.replace("B<<<<<", "B<<<<<<<"), PASSPORT, [LONG % 2]),
        (
            PASSPORT.replace("\n", "").replace("B<<<<<", "B<<<"),
            PASSPORT,
            ["The lines ran together and were parted.", SHORT % 2],
        ),
        (
            PASSPORT.replace("<" * 19 + "\n", ""),
            PASSPORT,
            ["The lines ran together and were parted.", "Line 1 was too short by 19; the missing fillers (<) were put in at its end."],
        ),
        (CARD.replace("7<<<<<<<<<<<<<<<\n", "7\n"), CARD, ["Line 1 was too short by 15; the missing fillers (<) were put in at its end."]),
        (CARD.replace("UTO<<<<<", "UTO<<<"), CARD, [SHORT % 2]),
        (VISA.rstrip("<"), VISA, ["Line 2 was too short by 6; the missing fillers (<) were put in at its end."]),
    ],
    ids=["name short", "name long", "data short", "data long", "joined short", "joined name short", "card head", "card middle", "visa"],
)
def test_repair_of_missing_and_extra_fillers(text, good, sentences):
    assert said(text, good) == sentences


@pytest.mark.parametrize(
    ("text", "good", "sentences"),
    [
        (PASSPORT.replace("7408122", "74O8I22"), PASSPORT, ["Date of birth: 74O8I2 was read as 740812, since a date has digits only."]),
        (PASSPORT.replace("1204159", "I2O4IS9"), PASSPORT, ["Date of expiry: I2O4IS was read as 120415, since a date has digits only."]),
        (PASSPORT.replace("7408122", "740812Z"), PASSPORT, ["Check digit: Z was read as 2, since it is a digit."]),
        (PASSPORT.replace("UTO", "UT0"), PASSPORT, ["Issuing state: UT0 was read as UTO.", "Nationality: UT0 was read as UTO."]),
        (PASSPORT.replace("L898902C", "L8989O2C"), PASSPORT, [f"Document number: L8989O2C3 was read as L898902C3, {FITS}"]),
        (PASSPORT.replace("L898902C", "L89B902C"), PASSPORT, [f"Document number: L89B902C3 was read as L898902C3, {FITS}"]),
        (PASSPORT.replace("ZE184226B", "2E184226B"), PASSPORT, [f"Optional data: 2E184226B<<<<< was read as ZE184226B<<<<<, {FITS}"]),
        (CARD.replace("D231458907", "D23I458907"), CARD, [f"Document number: D23I45890 was read as D23145890, {FITS}"]),
        (CARD.replace("I<UTO", "1<UTO"), CARD, ["Kind of document: 1 was read as I."]),
        (PASSPORT.replace("2F1", "2K1"), PASSPORT.replace("2F1", "2<1"), ["Sex: K was read as <; it is F, M, X or left out."]),
        (PASSPORT.replace("ANNA<MARIA", "ANN4<MAR1A"), PASSPORT, [f"Name: {NAME.replace('ANNA<MARIA', 'ANN4<MAR1A')} was read as {NAME}. {COMPARE}"]),
        (
            PASSPORT.replace("<" * 19, "<<<K<<<<KK<<<<SC<<K"),
            PASSPORT,
            [f"Name: {NAME[:-19]}<<<K<<<<KK<<<<SC<<K was read as {NAME}. {COMPARE}"],
        ),
        (PASSPORT.replace("<" * 19, "K" * 19), PASSPORT, [f"Name: {NAME[:-19]}{'K' * 19} was read as {NAME}. {COMPARE}"]),
        (
            PASSPORT.replace("ERIKSSON<<", "ERIKSSON<K").replace("MARIA<<<<", "MARIA<<<K"),
            PASSPORT,
            [f"Name: ERIKSSON<KANNA<MARIA<<<K{'<' * 15} was read as {NAME}. {COMPARE}"],
        ),
        (
            PASSPORT.replace("UTO", "DKK"),
            PASSPORT.replace("UTO", "D<<"),
            ["Issuing state: DKK was read as D<<.", "Nationality: DKK was read as D<<."],
        ),
    ],
    ids=["birth", "expiry", "check digit", "codes", "number 0", "number 8", "optional", "card", "first letter", "sex", "name", "padding",
         "all K", "separator", "code K"],
)  # fmt: skip
def test_repair_of_confused_characters(text, good, sentences):
    assert said(text, good) == sentences


@pytest.mark.parametrize("names", ["ALI<KHAN", "SMITH<<K", "SMITH<<JOHN<K", "NOVAK", "KK<<K", "MIKKONEN", "KIRK<<KARK"])
def test_repair_leaves_names_with_k_alone(names):
    zone = parse(joined(make("TD3", names=names)), TODAY)
    primary, _, secondary = names.partition("<<")
    assert (zone.primary, zone.secondary, zone.repairs) == (primary.replace("<", " "), secondary.replace("<", " "), ())


def test_repair_of_a_number_is_not_guessed_where_two_are_equally_likely():
    right = joined(make("TD3", number="AAOAA0AAA"))
    zone = parse(right.replace("AAOAA0AAA", "AA0AA0AAA"), TODAY)
    assert (zone.number, zone.failed, zone.repairs) == ("AA0AA0AAA", ("number", "composite"), ())


def test_repair_does_not_touch_a_number_whose_own_check_digit_was_misread():
    zone = parse(PASSPORT.replace("L898902C36", "L898902C38"), TODAY)
    assert (zone.number, zone.failed, zone.repairs) == ("L898902C3", ("number", "composite"), ())


@given(st.sampled_from(KINDS), FIELDS, st.data())
def test_repair_never_changes_a_zone_whose_check_digits_hold(kind, fields, data):
    lines = make(kind, **fields)
    text = data.draw(st.sampled_from([joined(lines), "".join(lines), joined(lines).lower(), " ".join(joined(lines))]))
    assert parse(text, TODAY).lines == tuple(lines)


@given(st.sampled_from(KINDS), FIELDS, st.data())
def test_repair_of_one_confusion_gives_the_number_back_or_leaves_it_flagged(kind, fields, data):
    """A repair may hit on another number whose check digit fits too: then it is said, and both are looked up by one key."""
    number = data.draw(st.text("ABCDE0123456789", min_size=9, max_size=9).filter(lambda text: set(text) & set("0158B2")))
    lines = make(kind, **fields | {"number": number})
    row, start = (0, 5) if kind == "TD1" else (1, 0)
    at = data.draw(st.sampled_from([i for i, char in enumerate(number) if char in "0158B2"]))
    wrong = {"0": "O", "1": "I", "5": "S", "8": "B", "B": "8", "2": "Z"}[number[at]]
    lines[row] = lines[row][: start + at] + wrong + lines[row][start + at + 1 :]
    zone = parse(joined(lines), TODAY)
    assert (zone.valid, bool(zone.repairs)) in {(True, True), (False, False)}
    assert document_key(zone.number) == document_key(number)


@given(st.text("ABCO0I1S5Z2DQL89", min_size=9, max_size=9), st.integers(0, 8), st.sampled_from("0O1I5S8B2Z"))
def test_repair_of_a_number_never_changes_the_key_it_is_looked_up_by(number, at, wrong):
    lines = make("TD3", number=number)
    lines[1] = lines[1][:at] + wrong + lines[1][at + 1 :]
    assert document_key(parse(joined(lines), TODAY).number) == document_key(lines[1][:9])


MISREAD = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "O": "0", "I": "1", "S": "5", "B": "8", "Z": "2"}


def _read_with(number, at, wrong):
    lines = make("TD3", number=number)
    lines[1] = lines[1][:at] + wrong + lines[1][at + 1 :]
    return parse(joined(lines), TODAY)


@pytest.mark.parametrize(
    ("leading", "confused", "other"),
    [(0, {"right": 300}, {"flagged": 300}), (1, {"right": 300}, {"flagged": 284, "wrong": 16}), (2, {"right": 300}, {"flagged": 290, "wrong": 10})],
    ids=["digits", "one letter", "two letters"],
)  # fmt: skip
def test_repair_of_numbers_is_right_for_confusions_and_rarely_guesses_at_other_misreadings(leading, confused, other):
    """Three hundred numbers of nine characters each, the same every time: one confusion in each; then one other digit in each."""
    draw = random.Random(leading)  # noqa: S311
    found = {"confused": Counter(), "other": Counter()}
    while found["confused"].total() < 300:
        number = "".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=leading) + draw.choices("0123456789", k=9 - leading))
        at = draw.randrange(leading, 9)
        if number[at] in MISREAD:
            zone = _read_with(number, at, MISREAD[number[at]])
            found["confused"]["right" if zone.number == number else "wrong" if zone.valid else "flagged"] += 1
            zone = _read_with(number, at, draw.choice([digit for digit in "0123456789" if digit != number[at]]))
            found["other"]["wrong" if zone.valid else "flagged"] += 1
    assert (found["confused"], found["other"]) == (confused, other)


@given(st.sampled_from(KINDS), FIELDS.filter(lambda fields: "K" not in fields["number"]), st.data())
def test_repair_puts_a_dropped_filler_back_or_refuses(kind, fields, data):
    lines = make(kind, **fields)
    fillers = [at for at, char in enumerate(lines[1]) if char == "<"]
    at = data.draw(st.sampled_from(fillers or [0]))
    cut = [lines[0], lines[1][:at] + lines[1][at + 1 :], *lines[2:]]
    try:
        zone = parse(joined(cut), TODAY)
    except MrzError:
        return
    assert (
        not zone.valid
        or not fillers
        or (zone.number, zone.birth) == (parse(joined(lines), TODAY).number, parse(joined(lines), TODAY).birth)
    )


@pytest.mark.parametrize("at", [3, 11], ids=["number", "nationality"])
def test_repair_does_not_put_a_filler_for_a_letter_that_was_not_read(at):
    lines = make("TD3", number="AB1234567", nationality="MDA")
    lines[1] = lines[1][:at] + lines[1][at + 1 :]
    with pytest.raises(MrzError) as refused:
        parse(joined(lines), TODAY)
    assert str(refused.value) == "Line 2 has 43 characters, it must have 44. Scan the document again, or type the number."
