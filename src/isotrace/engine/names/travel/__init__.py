"""Travel documents after ICAO Doc 9303: their machine-readable zones, the names in them, and their numbers."""

from isotrace.engine.names.travel.numbers import (
    DocumentEvidence,
    DocumentLevel,
    document_evidence,
    document_key,
    document_number,
    is_telling,
)
from isotrace.engine.names.travel.reading import LONGEST, looks_like, parse
from isotrace.engine.names.travel.spellings import Script, Spelling, decode_name, split_name
from isotrace.engine.names.travel.zone import CHECKS, Check, Format, MrzError, Zone

__all__ = [
    "CHECKS",
    "LONGEST",
    "Check",
    "DocumentEvidence",
    "DocumentLevel",
    "Format",
    "MrzError",
    "Script",
    "Spelling",
    "Zone",
    "decode_name",
    "document_evidence",
    "document_key",
    "document_number",
    "is_telling",
    "looks_like",
    "parse",
    "split_name",
]
