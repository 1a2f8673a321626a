"""From what a reader typed to a zone."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from isotrace.engine.errors import InputError
from isotrace.engine.names.travel.dates import before_expiry, birth_date, expiry_date
from isotrace.engine.names.travel.issuers import is_known
from isotrace.engine.names.travel.layout import Span, number_of
from isotrace.engine.names.travel.lines import MrzError, candidates, wrong_length
from isotrace.engine.names.travel.repair import Repaired, repaired
from isotrace.engine.names.travel.spellings import split_name
from isotrace.engine.names.travel.zone import Check, Zone
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_, Message

_FAILURES = {
    "number": N_("Line %(line)d: the check digit of the document number does not fit. Scan the document again, or type the number."),
    "birth": N_(
        "Line %(line)d: the check digit of the date of birth does not fit. Scan the document again, or type name and date of birth."
    ),
    "expiry": N_("Line %(line)d: the check digit of the date of expiry does not fit. Scan the document again, or type the number."),
    "optional": N_("Line %(line)d: the check digit of the optional data does not fit. Scan the document again, or type the number."),
    "composite": N_("Line %(line)d: the overall check digit does not fit. Scan the document again, or type the number."),
    "birth_date": N_("Line %(line)d: there is no such date of birth. Scan the document again, or type name and date of birth."),
    "expiry_date": N_("Line %(line)d: there is no such date of expiry. Scan the document again, or type the number."),
    "order": N_("Line %(line)d: the document expired before its holder was born. Scan the document again, or type name and date of birth."),
    "name": N_("Line %(line)d: there is a digit in the name. Scan the document again, or type the name."),
    "no_name": N_("Line %(line)d: there is no name. Scan the document again, or type the name."),
}

_OLDER = N_("Year of birth: read as %(year)d, since the document expired in %(expiry)d. Compare it with the document.")
_NO_DATE: Literal["no date"] = "no date"
_Date = PartialDate | Literal["no date"] | None


def parse(text: str, today: date) -> Zone:
    """Read a zone with or without line breaks, in any case, and put right what readers usually confuse; `repairs` says what.

    Raises MrzError, an InputError, for what is no zone; of a zone that does not fit, `checks` tells what, see `Zone.relied_on`.
    """
    return _zone(_likeliest(text), today)


def _likeliest(text: str) -> Repaired:
    """The first way to read the lines in which every check digit fits; without one, the first for which no place was guessed."""
    sure: list[Repaired] = []
    for candidate in candidates(text):
        read = repaired(candidate.lines, candidate.repairs, guess=candidate.sure)
        if not read.failing and _is_document(read) and (candidate.sure or _is_plausible(read)):
            return read
        if candidate.sure:
            sure.append(read)
    if not sure:
        raise wrong_length(text)
    best = next(filter(_is_document, sure), None)
    if best is None:
        raise MrzError(
            N_("Line 1 begins with %(char)s, which no document of this size does. Scan the document again, from the first line."),
            char=sure[0].lines[0][0],
        )
    return best


def _is_document(read: Repaired) -> bool:
    return read.lines[0][0] in read.layout.first_letters


def _is_plausible(read: Repaired) -> bool:
    """Whether a zone whose fillers were guessed has codes that exist and no gap in its number; check digits alone fit too often."""
    spans = read.layout.spans
    known = all(is_known(spans[name].of(read.lines).rstrip("<")) for name in ("issuing", "nationality"))
    return known and "<" not in number_of(read.lines, read.layout)[0].rstrip("<")


def _zone(read: Repaired, today: date) -> Zone:
    lines, spans = read.lines, read.layout.spans
    number, _, optional = number_of(lines, read.layout)
    more = spans["optional_2"].of(lines) if "optional_2" in spans else ""
    birth = _date(birth_date, spans["birth"].of(lines), today)
    expiry = _date(expiry_date, spans["expiry"].of(lines), today)
    born, expires = before_expiry(_known(birth), _known(expiry)), _known(expiry)
    older = Message(_OLDER, {"year": born.year, "expiry": expires.year}) if born and expires and born != birth else None
    field = spans["name"].of(lines)
    primary, secondary, truncated = split_name(field, len(field))
    return Zone(
        format=read.layout.format,
        lines=lines,
        document_code=spans["code"].of(lines).replace("<", ""),
        issuing=spans["issuing"].of(lines).replace("<", ""),
        number=number.replace("<", ""),
        primary=primary,
        secondary=secondary,
        truncated=truncated,
        nationality=spans["nationality"].of(lines).replace("<", ""),
        birth=born,
        sex=spans["sex"].of(lines).strip("<"),
        expiry=expires,
        optional=" ".join(f"{optional} {more}".replace("<", " ").split()),
        checks=tuple(_checks(read, birth, expiry)),
        repairs=(*read.repairs, *([older] if older else [])),
    )


def _checks(read: Repaired, birth: _Date, expiry: _Date) -> Iterator[Check]:
    """Every check that this kind of zone has, whether it holds or not."""
    spans = read.layout.spans
    name = spans["name"].of(read.lines)
    yield _check("number", spans["number"], holds="number" not in read.failing)
    for digit, (_, span) in read.layout.digits.items():
        yield _check(digit, span, holds=digit not in read.failing)
    yield _check("birth_date", spans["birth"], holds=birth is not _NO_DATE)
    yield _check("expiry_date", spans["expiry"], holds=expiry is not _NO_DATE)
    yield _check("name", spans["name"], holds=name.replace("<", "").isalpha(), because="name" if name.strip("<") else "no_name")


def _check(name: str, span: Span, *, holds: bool, because: str = "") -> Check:
    return Check(name, holds, Message(_FAILURES[because or name], {"line": span.line + 1}))


def _date(reader: Callable[[str, date], PartialDate | None], field: str, today: date) -> _Date:
    try:
        return reader(field, today)
    except InputError:
        return _NO_DATE


def _known(found: _Date) -> PartialDate | None:
    return found if isinstance(found, PartialDate) else None
