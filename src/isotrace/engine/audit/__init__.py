"""The chain of the audit trail: what an entry is worth, how it is sealed, and how a chain is examined."""

from isotrace.engine.audit.chain import GENESIS, Entry, Seal, canonical, content_digest, link, sealed
from isotrace.engine.audit.examination import Examined, Finding, Flaw, examine
from isotrace.engine.audit.heads import Head, Signer, check_head
from isotrace.engine.audit.retention import CHANGES_KEPT, SEARCHES_KEPT, TRAVELLER_KEY_LIVES, is_look, kept_until

__all__ = [
    "CHANGES_KEPT",
    "GENESIS",
    "SEARCHES_KEPT",
    "TRAVELLER_KEY_LIVES",
    "Entry",
    "Examined",
    "Finding",
    "Flaw",
    "Head",
    "Seal",
    "Signer",
    "canonical",
    "check_head",
    "content_digest",
    "examine",
    "is_look",
    "kept_until",
    "link",
    "sealed",
]
