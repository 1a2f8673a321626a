"""Who is looked for, and what is asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from isotrace.engine.errors import InputError
from isotrace.engine.names.travel import Zone
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_

LONGEST_NAME = 5_000
"""A longer name is refused; of a long one the first words count."""
MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class Person:
    """A person on the list: `names` are all known ones, in any script and order; `documents` are pairs of number and issuing country
    (alpha-3) or None; `nationalities` are alpha-3 codes; `sex` is F, M or None; `rights` is the key of who may find this entry.
    """

    id: str
    names: tuple[str, ...]
    births: tuple[PartialDate, ...] = ()
    nationalities: frozenset[str] = frozenset()
    documents: frozenset[tuple[str, str | None]] = frozenset()
    sex: str | None = None
    places: tuple[str, ...] = ()
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What is known of the person asked about; what is not known is None or empty and counts neither for nor against.

    `spellings` are other ways to read the same `name` (what a machine-readable zone may stand for); `cut` says that it may have been cut.
    """

    name: str | None = None
    document: str | None = None
    document_country: str | None = None
    birth: PartialDate | None = None
    nationality: str | None = None
    sex: str | None = None
    place: str | None = None
    spellings: tuple[str, ...] = ()
    cut: bool = False

    @classmethod
    def of_zone(cls, zone: Zone) -> "Query":
        """Ask for the holder of a document: the name as it stands and as what it may stand for."""
        spellings = tuple(spelling.text for spelling in zone.spellings)
        return cls(
            name=zone.name or None,
            document=zone.number or None,
            document_country=zone.issuing_country,
            birth=zone.birth,
            nationality=zone.country,
            sex=zone.sex or None,
            spellings=spellings,
            cut=zone.truncated,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """All ways to read the name."""
        return tuple(dict.fromkeys(name for name in (self.name, *self.spellings) if name))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query about somebody with several names, births or documents: a notice looked up among stored names."""

    names: tuple[str, ...]
    births: tuple[PartialDate, ...] = ()
    nationalities: frozenset[str] = frozenset()
    documents: frozenset[tuple[str, str | None]] = frozenset()
    sex: str | None = None
    places: tuple[str, ...] = ()
    cut: bool = field(default=False)

    @classmethod
    def of(cls, who: "Query | Person") -> "Asked":
        """Take a query or a person as what is asked. Raises InputError for names that nobody has."""
        if isinstance(who, Person):
            return cls(checked(who.names), who.births, who.nationalities, who.documents, who.sex, who.places)
        return cls(
            names=checked(who.names),
            births=(who.birth,) if who.birth else (),
            nationalities=frozenset((who.nationality,)) if who.nationality else frozenset(),
            documents=frozenset(((who.document, who.document_country),)) if who.document else frozenset(),
            sex=who.sex if who.sex in ("F", "M") else None,
            places=(who.place,) if who.place else (),
            cut=who.cut,
        )


def checked(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names. Raises InputError for one that is longer than LONGEST_NAME."""
    known = tuple(names)[:MOST_NAMES]
    for name in known:
        if len(name) > LONGEST_NAME:
            raise InputError(
                N_("This name has %(length)d characters. A name has at most %(most)d; shorten it."),
                field="name",
                length=len(name),
                most=LONGEST_NAME,
            )
    return known
