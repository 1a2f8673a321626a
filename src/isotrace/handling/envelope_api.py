"""The envelope as programs send it."""

import uuid
from typing import Annotated, Any, Literal

from pydantic import Field

from isotrace.handling.api import In, IsoDate, Short
from isotrace.handling.envelopes import Choice

Countries = Annotated[list[Short], Field(max_length=300)]
Ids = Annotated[list[uuid.UUID], Field(max_length=300)]
Kinds = list[Literal["secretariat", "bureau", "national_entity", "partner", "donor"]]
Conditions = list[Literal["lead_only", "tell_first", "not_to_subject", "no_forward", "no_copy", "other"]]


class EnvelopeIn(In):
    """Who may see it, under which conditions, and for how long; `countries` are ISO 3166 alpha-3.

    The lists let in or, with `except`, leave out; the `denied_*` lists leave out always.
    """

    purpose: Literal["WANTED", "LOCATE", "INFO", "WARN", "IDENT", "FORENSIC", "SECCHECK", "BORDER", "ANALYSIS"] = "INFO"
    classification: Literal[1, 2, 3] = 1
    audience: Literal["all", "only", "except"] = "only"
    countries: Countries = []
    organisations: Ids = []
    kinds: Kinds = []
    communities: Ids = []
    denied_countries: Countries = []
    denied_organisations: Ids = []
    denied_kinds: Kinds = []
    denied_communities: Ids = []
    conditions: Conditions = []
    condition_note: Short = ""
    retention_until: IsoDate | None = None

    def choice(self) -> Choice:
        """Return it as the room takes it."""
        given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in self.dict().items()}
        return Choice(**given)
