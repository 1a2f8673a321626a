"""Who may do what with a record, and why: one definition, read in Python, as a filter and as row-level security."""

from isotrace.engine.policy.decision import Decision, Reason, decide, who_sees
from isotrace.engine.policy.model import (
    ANONYMOUS,
    AUDIENCE_LABELS,
    CLASSIFICATION_LABELS,
    CONDITION_LABELS,
    NOBODY,
    PURPOSE_LABELS,
    VERB_LABELS,
    Audience,
    Classification,
    Condition,
    DatabaseVerb,
    Envelope,
    OrganisationKind,
    Purpose,
    Verb,
    Viewer,
)

__all__ = [
    "ANONYMOUS",
    "AUDIENCE_LABELS",
    "CLASSIFICATION_LABELS",
    "CONDITION_LABELS",
    "NOBODY",
    "PURPOSE_LABELS",
    "VERB_LABELS",
    "Audience",
    "Classification",
    "Condition",
    "DatabaseVerb",
    "Decision",
    "Envelope",
    "OrganisationKind",
    "Purpose",
    "Reason",
    "Verb",
    "Viewer",
    "decide",
    "who_sees",
]
