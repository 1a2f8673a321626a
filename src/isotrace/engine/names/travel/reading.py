"""From what a reader typed to a zone."""

from datetime import UTC, date, datetime, time

from isotrace.engine import clock
from isotrace.engine.names import mrz
from isotrace.engine.names.mrz_lines import LONGEST, lines_of, looks_like
from isotrace.engine.names.travel.zone import Format, Zone

__all__ = ["LONGEST", "looks_like", "parse"]


def parse(text: str, today: date) -> Zone:
    """Read a zone; raises MrzError, an InputError, for what is none."""
    with clock.frozen(datetime.combine(today, time(12), UTC)):
        document = mrz.parse(text, strict=False)
    lines = tuple(lines_of(text))
    name = lines[2] if len(lines) == 3 else lines[0][5:]
    return Zone(
        format=Format(document.kind),
        lines=lines,
        document_code=document.document_code,
        issuing=lines[0][2:5].replace("<", ""),
        number=document.number,
        primary=document.surname,
        secondary=document.given_names,
        truncated=not name.endswith("<"),
        nationality=document.nationality,
        birth=document.birth,
        sex=document.sex,
        expiry=document.expiry,
        optional=document.optional,
    )
