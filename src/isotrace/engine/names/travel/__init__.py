"""Travel documents after ICAO Doc 9303: their machine-readable zones, the names in them, and their numbers."""

from isotrace.engine.names.travel.issuers import country_of, meaning
from isotrace.engine.names.travel.layout import Format, check_digit
from isotrace.engine.names.travel.lines import LONGEST, MrzError, looks_like
from isotrace.engine.names.travel.numbers import (
    DocumentEvidence,
    DocumentLevel,
    document_evidence,
    document_key,
    document_number,
    is_telling,
)
from isotrace.engine.names.travel.reading import parse
from isotrace.engine.names.travel.spellings import Script, Spelling, decode_name, split_name
from isotrace.engine.names.travel.writing import Holder, transliterate, write
from isotrace.engine.names.travel.zone import CHECKS, Check, Zone

__all__ = [
    "CHECKS",
    "LONGEST",
    "Check",
    "DocumentEvidence",
    "DocumentLevel",
    "Format",
    "Holder",
    "MrzError",
    "Script",
    "Spelling",
    "Zone",
    "check_digit",
    "country_of",
    "decode_name",
    "document_evidence",
    "document_key",
    "document_number",
    "is_telling",
    "looks_like",
    "meaning",
    "parse",
    "split_name",
    "transliterate",
    "write",
]
