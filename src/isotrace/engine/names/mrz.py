"""Machine-readable zones of travel documents, after ICAO Doc 9303 (parts 3 to 7): TD1, TD2, TD3, MRV-A and MRV-B."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.names.mrz_lines import ALPHABET, LONGEST, MrzError, lines_of, looks_like
from isotrace.engine.schema import countries
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_

__all__ = ["LONGEST", "MrzDocument", "MrzError", "check_digit", "looks_like", "parse"]

_COUNTRY = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR", "XKX": "RKS"}
"""Codes of Doc 9303-3 section 5 that stand for a country of ISO 3166; Kosovo is written in two ways."""
_YEARS_VALID = 50

_FAILURES = {
    "number": N_("Line %(line)d: the check digit of the document number does not fit. Scan the document again, or type the number."),
    "birth": N_(
        "Line %(line)d: the check digit of the date of birth does not fit. Scan the document again, or type name and date of birth."
    ),
    "birth_date": N_("Line %(line)d: there is no such date of birth. Scan the document again, or type name and date of birth."),
    "expiry": N_("Line %(line)d: the check digit of the date of expiry does not fit. Scan the document again, or type the number."),
    "expiry_date": N_("Line %(line)d: there is no such date of expiry. Scan the document again, or type the number."),
    "optional": N_("Line %(line)d: the check digit of the optional data does not fit. Scan the document again, or type the number."),
    "composite": N_("Line %(line)d: the overall check digit does not fit. Scan the document again, or type the number."),
    "name": N_("Line %(line)d: there is a digit in the name. Scan the document again, or type the name."),
}


@dataclass(frozen=True, slots=True)
class MrzDocument:
    """What a machine-readable zone says.

    `issuer` and `nationality` are alpha-3 codes or ICAO's own (XXA stateless, UNO, UTO in specimens), as read if unknown.
    `sex` is F, M, X, or "" if not said. Dates are None where the zone leaves them out; of a birth only the year may be known.
    `failed_checks`: number, birth, expiry, optional, composite (check digits), birth_date, expiry_date (no such day), name (digits in it).
    """

    kind: str
    document_code: str
    issuer: str
    number: str
    surname: str
    given_names: str
    nationality: str
    birth: PartialDate | None
    sex: str
    expiry: PartialDate | None
    optional: str
    failed_checks: tuple[str, ...] = ()

    @property
    def checks_ok(self) -> bool:
        """Whether every check digit and date fits."""
        return not self.failed_checks

    @property
    def name(self) -> str:
        """Given names and surname, as one looks them up."""
        return f"{self.given_names} {self.surname}".strip()

    @property
    def country(self) -> str | None:
        """The nationality if it is a country of ISO 3166, else None: stateless or unknown is no evidence."""
        return self.nationality if countries.is_country(self.nationality) else None


@dataclass(frozen=True, slots=True)
class _Zone:
    """The fields of a zone as they stand, with fillers; `checked` are check name, line, field and its check digit."""

    kind: str
    head: str
    names: str
    names_line: int
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    dates_line: int
    optional: str
    checked: tuple[tuple[str, int, str, str], ...]


def check_digit(field: str) -> int:
    """The check digit of Doc 9303-3 section 4.9: weights 7, 3, 1; letters count from 10, the filler 0."""
    return sum((7, 3, 1)[i % 3] * max(ALPHABET.find(char), 0) for i, char in enumerate(field)) % 10


def parse(text: str, *, strict: bool = True) -> MrzDocument:
    """Read a zone with or without line breaks, in any case, with the blanks that a keyboard reader leaves.

    Raises MrzError for what is no zone and, if `strict`, for anything that does not fit; otherwise `failed_checks` tells.
    """
    lines = lines_of(text)
    zone = _td1(lines) if len(lines) == 3 else _two_lines(lines)
    failed = dict(_failures(zone))
    if strict and failed:
        first = next(iter(failed))
        raise MrzError(_FAILURES[first], line=failed[first])
    surname, given_names = _names(zone.names)
    return MrzDocument(
        kind=zone.kind,
        document_code=zone.head[:2].replace("<", ""),
        issuer=_code(zone.head[2:5]),
        number=zone.number.replace("<", ""),
        surname=surname,
        given_names=given_names,
        nationality=_code(zone.nationality),
        birth=_date_or_none(zone.birth, past=True),
        sex=zone.sex if zone.sex in "FMX" else "",
        expiry=_date_or_none(zone.expiry, past=False),
        optional=_plain(zone.optional),
        failed_checks=tuple(failed),
    )


def _td1(lines: Sequence[str]) -> _Zone:
    """Three lines of 30 (Doc 9303-5); a number of more than nine characters goes on in the optional data."""
    top, middle, bottom = lines
    number, check, optional = _long_number(top[5:14], top[14], top[15:30])
    composite = top[5:30] + middle[0:7] + middle[8:15] + middle[18:29]
    return _Zone(
        "TD1", top, bottom, 3, number, middle[15:18], middle[0:6], middle[7], middle[8:14], 2, f"{optional} {middle[18:29]}",
        (("number", 1, number, check), ("birth", 2, middle[0:6], middle[6]), ("expiry", 2, middle[8:14], middle[14]),
         ("composite", 2, composite, middle[29])),
    )  # fmt: skip


def _two_lines(lines: Sequence[str]) -> _Zone:
    """Two lines of 36 or 44: TD2 (Doc 9303-6), TD3 (9303-4), visas (9303-7), alike up to the optional data."""
    top, low = lines
    kind = ("MRVA" if len(top) == 44 else "MRVB") if top[0] == "V" else ("TD3" if len(top) == 44 else "TD2")
    number, check, optional = low[0:9], low[9], low[28:]
    checked = [("birth", 2, low[13:19], low[19]), ("expiry", 2, low[21:27], low[27])]
    if kind == "TD2":
        number, check, optional = _long_number(number, check, low[28:35])
        checked.append(("composite", 2, low[0:10] + low[13:20] + low[21:35], low[35]))
    elif kind == "TD3":
        optional = low[28:42]
        checked += [("optional", 2, optional, low[42]), ("composite", 2, low[0:10] + low[13:20] + low[21:43], low[43])]
    return _Zone(
        kind, top, top[5:], 1, number, low[10:13], low[13:19], low[20], low[21:27], 2, optional,
        (("number", 2, number, check), *checked),
    )  # fmt: skip


def _long_number(number: str, check: str, optional: str) -> tuple[str, str, str]:
    """Number, check digit and optional data where a filler for a check digit says that the number goes on."""
    rest, _, after = optional.partition("<")
    if check != "<" or len(rest) < 2 or "<" in number:
        return number, check, optional
    return number + rest[:-1], rest[-1], after


def _failures(zone: _Zone) -> Iterator[tuple[str, int]]:
    """What does not fit, with its line."""
    for name, line, field, check in zone.checked:
        if not _fits(field, check):
            yield name, line
    for name, field, past in (("birth_date", zone.birth, True), ("expiry_date", zone.expiry, False)):
        try:
            _date(field, past=past)
        except InputError:
            yield name, zone.dates_line
    if any(char.isdigit() for char in zone.names):
        yield "name", zone.names_line


def _fits(field: str, check: str) -> bool:
    if check == "<":
        return not field.strip("<")
    return check.isdigit() and int(check) == check_digit(field)


def _plain(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _names(field: str) -> tuple[str, str]:
    surname, _, given = field.strip("<").partition("<<")
    return _plain(surname), _plain(given)


def _code(field: str) -> str:
    code = field.replace("<", "")
    return _COUNTRY.get(code, code)


def _date(field: str, *, past: bool) -> PartialDate | None:
    """Read YYMMDD; month and day may be fillers or zeros if unknown.

    The century follows from today: a birth is past, an expiry at most fifty years ahead. Raises InputError for what is no date.
    """
    parts = [field[i : i + 2] for i in (0, 2, 4)]
    if parts[0] == "<<":
        return None
    unknown = next((i for i, part in enumerate(parts) if part in ("<<", "00") and i), 3)
    if not all(part.isdigit() for part in parts[:unknown]):
        raise InputError(N_("This is not a date."))
    today = clock.today()
    year, *rest = map(int, parts[:unknown])
    date = PartialDate(today.year // 100 * 100 + year, *rest)
    late = date.first > today if past else date.year > today.year + _YEARS_VALID
    return PartialDate(date.year - 100, *rest) if late else date


def _date_or_none(field: str, *, past: bool) -> PartialDate | None:
    try:
        return _date(field, past=past)
    except InputError:
        return None
