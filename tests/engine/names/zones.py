"""Machine-readable zones made from their fields, independently of the reader."""

from datetime import date
from itertools import cycle

from hypothesis import strategies as st

PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
"""The specimen of Doc 9303-4."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
VALUES = dict.fromkeys("<", 0) | {str(i): i for i in range(10)} | {letter: 10 + i for i, letter in enumerate(LETTERS)}


def digit(field):
    return str(sum(weight * VALUES[char] for weight, char in zip(cycle((7, 3, 1)), field, strict=False)) % 10)


def checked(field):
    return field + digit(field)


def joined(lines):
    return "\n".join(lines)


def td1(
    number="D23145890",
    birth="740812",
    sex="F",
    expiry="271231",
    nationality="UTO",
    names="EXEMPLAR<<SAMPLE",
    code="I<",
    issuer="UTO",
    optional="",
):
    if len(number) > 9:
        first = (number[:9] + "<" + number[9:] + digit(number) + "<" + optional).ljust(25, "<")
    else:
        first = checked(number.ljust(9, "<")) + optional.ljust(15, "<")
    second = checked(birth) + sex + checked(expiry) + nationality.ljust(3, "<") + "<" * 11
    total = digit(first + second[:7] + second[8:15] + second[18:29])
    return [code + issuer.ljust(3, "<") + first, second + total, names.ljust(30, "<")]


def two_lines(
    width,
    code,
    number="D23145890",
    birth="740812",
    sex="F",
    expiry="271231",
    nationality="UTO",
    names="EXEMPLAR<<SAMPLE",
    issuer="UTO",
    optional="",
):
    check = digit(number.ljust(9, "<"))
    if len(number) > 9:
        number, check, optional = number[:9], "<", f"{number[9:]}{digit(number)}<{optional}"
    first = (code + issuer.ljust(3, "<") + names).ljust(width, "<")
    second = number.ljust(9, "<") + check + nationality.ljust(3, "<") + checked(birth) + sex + checked(expiry)
    if code.startswith("V"):
        return [first, (second + optional).ljust(width, "<")]
    second += checked(optional.ljust(14, "<")) if width == 44 else optional.ljust(7, "<")
    return [first, second + digit(second[:10] + second[13:20] + second[21:])]


def make(kind, **fields):
    if kind == "TD1":
        return td1(**fields)
    width, code = {"TD2": (36, "I<"), "TD3": (44, "P<"), "MRVA": (44, "V<"), "MRVB": (36, "V<")}[kind]
    return two_lines(width, code, **fields)


KINDS = ["TD1", "TD2", "TD3", "MRVA", "MRVB"]
WORD = st.text(LETTERS, min_size=1, max_size=8)
CODES = st.sampled_from(["UTO", "MDA", "D", "GBR", "GBN", "RKS", "XXA", "XXB", "UNO", "EUE", "XOM", "KOR"])
FIELDS = st.fixed_dictionaries(
    {
        "number": st.text(LETTERS + "0123456789", min_size=1, max_size=9),
        "birth": st.dates(date(1927, 1, 1), date(2026, 11, 20)).map(lambda day: day.strftime("%y%m%d")),
        "expiry": st.dates(date(2026, 11, 22), date(2076, 12, 31)).map(lambda day: day.strftime("%y%m%d")),
        "sex": st.sampled_from("FMX<"),
        "issuer": CODES,
        "nationality": CODES,
        "optional": st.text(LETTERS + "0123456789", max_size=6),
        "names": st.tuples(st.lists(WORD, min_size=1, max_size=2), st.lists(WORD, max_size=1)).map(
            lambda parts: "<<".join("<".join(part) for part in parts).rstrip("<")
        ),
    }
)
