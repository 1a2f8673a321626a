"""What a machine-readable zone says, and how far it can be relied on."""

from dataclasses import dataclass

from isotrace.engine.names.travel.issuers import country_of
from isotrace.engine.names.travel.layout import Format
from isotrace.engine.names.travel.lines import MrzError
from isotrace.engine.names.travel.spellings import Spelling, decode_name
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import Message


@dataclass(frozen=True, slots=True)
class Check:
    """Whether one thing about a zone holds: its name as in CHECKS, and what to say if it does not."""

    name: str
    holds: bool
    message: Message


CHECKS = ("number", "birth", "expiry", "optional", "composite", "birth_date", "expiry_date", "name")
"""Check digits; no such day of birth or expiry; characters in the name that no name has."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One machine-readable zone, as repaired.

    `issuing` and `nationality` are codes as they stand (D, XXA, UNO, GBN ...), see `issuing_country` and `country`.
    `primary` and `secondary` are the identifiers in the zone's own letters, words parted by blanks; `truncated` if the name fills
    its field and may have been cut. `birth` is never later than the day of reading; of both dates only the year may be known, None
    if nothing is. `sex` is F, M, X or "" if not said. `repairs` says in sentences what was read differently from what stands there.
    """

    format: Format
    lines: tuple[str, ...]
    document_code: str
    issuing: str
    number: str
    primary: str
    secondary: str
    truncated: bool
    nationality: str
    birth: PartialDate | None
    sex: str
    expiry: PartialDate | None
    optional: str
    checks: tuple[Check, ...] = ()
    repairs: tuple[Message, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of the checks that do not hold."""
        return tuple(check.name for check in self.checks if not check.holds)

    @property
    def valid(self) -> bool:
        """Whether every check that this zone has holds."""
        return not self.failed

    @property
    def name(self) -> str:
        """Secondary and primary identifier, as one looks them up."""
        return f"{self.secondary} {self.primary}".strip()

    @property
    def issuing_country(self) -> str | None:
        """The issuing state as alpha-3 code of ISO 3166; None for organisations and unknown codes."""
        return country_of(self.issuing)

    @property
    def country(self) -> str | None:
        """The nationality as alpha-3 code of ISO 3166; None if stateless or unknown, which is no evidence."""
        return country_of(self.nationality)

    @property
    def spellings(self) -> tuple[Spelling, ...]:
        """The names that these identifiers may stand for, the likeliest first, in Latin, Cyrillic and Arabic script."""
        return decode_name(self.primary, self.secondary, self.issuing, self.nationality, truncated=self.truncated)

    def relied_on(self) -> "Zone":
        """Return this zone if every check holds; raises MrzError with the first that does not."""
        for check in self.checks:
            if not check.holds:
                raise MrzError(check.message.msgid, **check.message.params)
        return self
