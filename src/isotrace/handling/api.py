"""What every part of the API shares: strict types and one shape of error."""

import re
import uuid
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _clean(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("Take out the NUL and control characters.")
    return text


def _iso_date(raw: Any) -> Any:
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str) or not _DATE.fullmatch(raw):
        raise ValueError("Write a date as YYYY-MM-DD.")
    return raw


_SAID: dict[str, Any] = {"pattern": r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$"}
"""What `_clean` refuses, as the published description says it."""
Short = Annotated[str, Field(max_length=500, json_schema_extra=_SAID), AfterValidator(_clean)]
Long = Annotated[str, Field(max_length=20_000, json_schema_extra=_SAID), AfterValidator(_clean)]
IsoDate = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]


class In(Schema):
    """A body that is sent: an unknown property is an error."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ErrorItem(Schema):
    """One thing that is wrong; `field` is "" for the whole."""

    field: str
    message: str


class Errors(Schema):
    """Why nothing was done."""

    errors: list[ErrorItem]


class Made(Schema):
    """The id of what was made."""

    id: uuid.UUID


REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 414, 422), Errors)
"""The responses that any operation can give besides its own: pass as `response={200: Out, **REFUSALS}`."""
