"""What an officer has of a traveller: read from one field and what is typed beside it, cleaned, nothing guessed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.names import query as queries
from isotrace.engine.names.fold import fold, fold_number
from isotrace.engine.names.person import Query
from isotrace.engine.names.travel import decode_name
from isotrace.engine.schema import countries
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.schema.plain import NAME, clean_text
from isotrace.engine.text import N_, Message

NARROWEST_NAME_FIELD = 30
"""A name in capitals of this length may have been cut: that is what fits on a card of size TD1 (ICAO 9303-5)."""
LONGEST_NUMBER = 40
SEXES = ("F", "M", "X", "")


@dataclass(frozen=True, slots=True)
class Traveller:
    """Name, document and birth as far as they are known; "" or None is not known. Countries are alpha-3 codes."""

    name: str = ""
    document: str = ""
    document_country: str = ""
    birth: PartialDate | None = None
    nationality: str = ""
    sex: str = ""

    def query(self) -> Query:
        """The question to put to the matcher."""
        zone = self.name.isascii() and self.name.isupper()
        spellings = decode_name(self.name, "", self.document_country, self.nationality) if zone else ()
        return Query(
            name=self.name or None,
            document=self.document or None,
            document_country=self.document_country or None,
            birth=self.birth,
            nationality=self.nationality or None,
            sex=self.sex or None,
            spellings=tuple(spelling.text for spelling in spellings),
            cut=zone and len(self.name) >= NARROWEST_NAME_FIELD,
        )

    def kept(self) -> dict[str, str]:
        """Return what is known, as a hit keeps it."""
        return {name: str(value) for name in self.__dataclass_fields__ if (value := getattr(self, name))}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Traveller":
        """Return the traveller that a hit keeps."""
        born = kept.get("birth")
        return cls(**{**kept, "birth": PartialDate.parse(born) if born else None})

    def with_more(self, other: "Traveller") -> "Traveller":
        """Return this one with what `other` knows as well; of two births the better known one, else `other` counts."""
        known = {name: getattr(other, name) or getattr(self, name) for name in self.__dataclass_fields__}
        return Traveller(**known | {"birth": _better(self.birth, other.birth)})

    def may_be(self, other: "Traveller") -> bool:
        """Whether two checks may be of one person: they share the name or the document, and nothing that both say differs."""
        said = [(mine, theirs) for mine, theirs in zip(self.folded(), other.folded(), strict=True) if mine and theirs]
        shared = (self.name and other.name) or (self.document and other.document)
        births = self.birth is None or other.birth is None or self.birth.overlaps(other.birth)
        return bool(shared) and births and all(mine == theirs for mine, theirs in said)

    def likeness(self) -> str:
        """Return what tells one traveller from others when the same person is checked again: the document, else name and birth."""
        return fold_number(self.document) or f"{' '.join(sorted(fold(self.name)))}|{self.birth or ''}"

    def folded(self) -> tuple[object, ...]:
        """Return everything but the birth in the form in which it is compared."""
        return sorted(fold(self.name)), fold_number(self.document), self.document_country, self.nationality, self.sex


def read(text: str, *, born: str = "", nationality: str = "", document_country: str = "", sex: str = "") -> Traveller:
    """Read the one field (a name, a document number or a machine-readable zone) and what was typed beside it.

    Raises InputError naming the field for what cannot be understood, and where a scan and what was typed disagree.
    """
    with _in_field("text"):
        scanned = queries.parse(text)
        name, document = clean_text(scanned.name or "", NAME), clean_text(scanned.document or "", LONGEST_NUMBER)
    if sex not in SEXES:
        raise InputError(N_("Sex is F, M or X. Choose one, or leave it out."), field="sex")
    return Traveller(
        name=name,
        document=document,
        document_country=_same("document_country", scanned.document_country, _country("document_country", document_country)),
        birth=_birth(scanned.birth, birth_date(born)),
        nationality=_same("nationality", scanned.nationality, _country("nationality", nationality)),
        sex=_same("sex", scanned.sex, "" if sex == "X" else sex),
    )


def repairs(text: str) -> tuple[Message, ...]:
    """Say what of a machine-readable zone was read otherwise than it stands there; nothing for a name or number. Raises InputError."""
    zone = queries.parse(text).mrz
    return zone.repairs if zone else ()


def identifier(document: str = "", document_country: str = "", born: str = "") -> Traveller:
    """Read a second identifier: a document number, a date of birth, or both. Raises InputError naming the field."""
    with _in_field("document"):
        number = clean_text(document, LONGEST_NUMBER)
        if number and not fold_number(number):
            raise InputError(N_("A document number holds letters or digits. Check it."))
    given = Traveller(document=number, document_country=_country("document_country", document_country), birth=birth_date(born))
    if not given.document and given.birth is None:
        raise InputError(N_("Type a document number or a date of birth to compare with the notice."), field="document")
    return given


def birth_date(born: str) -> PartialDate | None:
    """Read a date of birth as far as it is known, None for "". Raises InputError (field `born`), also for one in the future."""
    if not born.strip():
        return None
    with _in_field("born"):
        read_date = PartialDate.parse(born)
        if read_date.first > clock.today():
            raise InputError(N_("The date of birth %(date)s lies in the future. Check it."), date=str(read_date))
    return read_date


@contextmanager
def _in_field(name: str) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        error.field = name
        raise


def _country(field: str, code: str) -> str:
    with _in_field(field):
        return countries.parse(code) if code.strip() else ""


def _disagrees(field: str, scanned: object) -> InputError:
    return InputError(N_("The scanned document says %(scanned)s. Empty this field, or correct it."), field=field, scanned=str(scanned))


def _same(field: str, scanned: str | None, typed: str) -> str:
    if scanned and typed and scanned != typed:
        raise _disagrees(field, scanned)
    return scanned or typed


def _birth(scanned: PartialDate | None, typed: PartialDate | None) -> PartialDate | None:
    if scanned and typed and scanned.contradicts(typed):
        raise _disagrees("born", scanned)
    return _better(typed, scanned)


def _better(first: PartialDate | None, second: PartialDate | None) -> PartialDate | None:
    """The one of two dates that is known better; the second where both are known alike."""
    if first is None or second is None:
        return second or first
    return first if first.last - first.first < second.last - second.first else second
