"""The one field of the border check: a machine-readable zone, a document number, or a name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.names.fold import fold
from isotrace.engine.names.person import Query
from isotrace.engine.names.travel import LONGEST, Zone, looks_like
from isotrace.engine.names.travel import parse as parse_zone
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_

LONGEST_NAME = 200
_NUMBER_LENGTH = range(4, 25)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}")


class QueryKind(StrEnum):
    """What was typed or scanned."""

    MRZ = "mrz"
    DOCUMENT = "document"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What the field holds; what it does not say is None. `document_country` and `nationality` are alpha-3 codes; `sex` is F or M."""

    kind: QueryKind
    name: str | None = None
    document: str | None = None
    document_country: str | None = None
    birth: PartialDate | None = None
    nationality: str | None = None
    sex: str | None = None
    mrz: Zone | None = None

    def query(self, *, birth: PartialDate | None = None, nationality: str | None = None) -> Query:
        """The question to ask; what was typed beside the field fills in what the field does not say."""
        return Query(
            name=self.name,
            document=self.document,
            document_country=self.document_country,
            birth=self.birth or birth,
            nationality=self.nationality or nationality,
            sex=self.sex,
        )


def parse(text: str) -> ParsedQuery:
    """Decide what `text` is and take it apart.

    Raises MrzError for a zone that cannot be relied on, and InputError for what is empty, too long, or neither name nor number.
    """
    if not isinstance(text, str) or not text.strip():
        raise InputError(N_("Nothing to check. Scan a document, or type a document number or a name."))
    if "\x00" in text:
        raise InputError(N_("This text holds control characters. Scan the document again, or type the number or the name."))
    if len(text) > LONGEST:
        raise InputError(N_("This text has %(length)d characters. A scan has at most %(most)d."), length=len(text), most=LONGEST)
    if looks_like(text):
        return _from_mrz(parse_zone(text, clock.today()).relied_on())
    return _typed(text.strip())


def _from_mrz(zone: Zone) -> ParsedQuery:
    return ParsedQuery(
        kind=QueryKind.MRZ,
        name=zone.name or None,
        document=zone.number or None,
        document_country=zone.issuing_country or zone.issuing or None,
        birth=zone.birth,
        nationality=zone.country,
        sex=zone.sex if zone.sex in ("F", "M") else None,
        mrz=zone,
    )


def _typed(text: str) -> ParsedQuery:
    if len(text) > LONGEST_NAME:
        raise InputError(
            N_("This text has %(length)d characters. Type a name or a number of at most %(most)d."), length=len(text), most=LONGEST_NAME
        )
    if _CONTROL.search(text):
        raise InputError(N_("This text holds control characters. Scan the document again, or type the number or the name."))
    if _DATE.fullmatch(text):
        raise InputError(N_("This is a date. Type a name or a document number here, and the date of birth in its own field."))
    words = fold(text)
    if not words:
        raise InputError(N_("There is neither a letter nor a digit in this. Type a document number or a name."))
    if _is_number(words):
        return ParsedQuery(QueryKind.DOCUMENT, document=text)
    if not any(char.isalpha() for word in words for char in word):
        raise InputError(N_("This is neither a name nor a document number, which has 4 to 24 letters and digits. Check it."))
    return ParsedQuery(QueryKind.NAME, name=text)


def _is_number(words: tuple[str, ...]) -> bool:
    """Whether folded words are a document number: two digits or more, and in several words at least as many digits as letters."""
    compact = "".join(words)
    digits = sum(char.isdigit() for char in compact)
    return len(compact) in _NUMBER_LENGTH and digits >= 2 and (len(words) == 1 or 2 * digits >= len(compact))
