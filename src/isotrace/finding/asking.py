"""What is asked in the one field and beside it, read from a form, a program or a kept search."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from isotrace.engine.errors import InputError
from isotrace.engine.schema import PartialDate
from isotrace.engine.text import N_
from isotrace.handling.search import LONGEST
from isotrace.handling.sifting import Sieve

FACETS = ("record", "kind", "country", "type", "group", "category", "material", "thing", "state", "owner", "grade")
"""What is counted and narrowed by, in the order in which pages show it; `record` is report or notice."""
RECORDS = ("report", "notice")
NAMES = ("text", *FACETS, "since", "until", "area")
LONGEST_CODE = 60
_CODE = re.compile(r"[\w .:/+()-]*")
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words, a code for each facet that is narrowed by, days, an area as degrees (south, west, north, east)."""

    text: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    since: PartialDate | None = None
    until: PartialDate | None = None
    area: Box | None = None

    @classmethod
    def of(cls, raw: Mapping[str, str]) -> "Asked":
        """Read what was sent; blank is not asked. Raises InputError naming the field."""
        given = {name: str(raw.get(name) or "").strip() for name in NAMES}
        if len(given["text"]) > LONGEST or "\x00" in given["text"]:
            raise InputError(N_("Search for at most %(most)d characters, without NUL characters."), field="text", most=LONGEST)
        facets = {name: _code(name, given[name]) for name in FACETS if given[name]}
        since, until = (_day(name, given[name]) for name in ("since", "until"))
        if since and until and since.first > until.last:
            raise InputError(N_("The last day lies before the first. Change one of them."), field="until")
        return cls(given["text"], facets, since, until, _area(given["area"]))

    def raw(self) -> dict[str, str]:
        """Return what `of` reads this search from again, blanks left out."""
        rest = {"since": str(self.since or ""), "until": str(self.until or ""), "area": ",".join(f"{each:g}" for each in self.area or ())}
        return {name: value for name, value in {"text": self.text, **self.facets, **rest}.items() if value}

    def sieve(self, after: tuple[datetime, uuid.UUID] | None = None) -> Sieve:
        """Return it as a table is asked."""
        facets = {name: code for name, code in self.facets.items() if name != "record"}
        return Sieve(self.text, facets, self.days, self.area, after)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first day and the last."""
        return self.since.first if self.since else None, self.until.last if self.until else None

    def __bool__(self) -> bool:
        return bool(self.raw())


def _code(name: str, code: str) -> str:
    if name == "record" and code not in RECORDS:
        raise InputError(N_("Choose report or notice."), field=name)
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise InputError(N_("Choose it from the list."), field=name)
    if name == "owner":
        try:
            return str(uuid.UUID(code))
        except ValueError:
            raise InputError(N_("Choose it from the list."), field=name) from None
    return code


def _day(name: str, text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except InputError as error:
        error.field = name
        raise


def _area(text: str) -> Box | None:
    if not text:
        return None
    try:
        south, west, north, east = (float(each) for each in text.split(","))
    except ValueError:
        south, west, north, east = 1.0, 0.0, 0.0, 0.0
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise InputError(N_("Write the area as four numbers of degrees: south, west, north, east. For example 45,25,50,30."), field="area")
    return south, west, north, east
