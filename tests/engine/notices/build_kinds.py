"""A complete draft of every kind of notice, about invented people and things, to take one thing away from."""

from dataclasses import replace
from datetime import date
from typing import Any

from isotrace.engine.notices import KINDS, NoticeDraft
from tests.engine.notices.build import COMPLETE

TEXTS = {
    "what_done": "An invented gauge was taken from a locked store in Sample Town in October.",
    "risk_now": "Whoever opens it may be burnt; it may be offered as scrap in the region.",
    "asked": "Call the authority that is named and inform your national central bureau.",
    "not_to_do": "Do not touch or open it.",
}
HANDLING: dict[str, Any] = {
    "neutrality": "no",
    "confidentiality_set": True,
    "restrictions_set": True,
    "retention_until": date(2029, 11, 21),
    "certified": True,
    "dual_use_signed": True,
}
ASSESSED: dict[str, Any] = {
    "assessment_number": "TEST-2026/17",
    "assessment_author": "Invented Regulator",
    "assessment_date": date(2026, 9, 1),
}
ORANGE = {
    "threat": "source",
    "continuing": True,
    "last_seen": "Sample Town, on 1 October 2026.",
    "nuclide": "Cs-137",
    "activity": "74 GBq",
    "recognise": "Invented Regulator: a yellow cylinder as long as a hand.",
    "keep_away": "Invented Regulator: stay thirty metres away.",
    "call": "+00 0 0000 0001",
    "regulator": "Invented Regulator, 1 November 2026",
}
PURPLE = {"use": "warn", "case": "closed", "known_in_detail": True, "unlike_others": True, "prevents": True}
OPEN = {"use": "seek", "case": "open", "serious": True, "sought": "Who prints such papers.", "to_compare": "Paper and stamp."}
RED = {
    "stage": "prosecution",
    "charge": "Theft of radioactive material",
    "law": "Invented Penal Code, article 1",
    "max_penalty_years": 5,
    "excluded": "no",
    "warrant_number": "W-1",
    "warrant_authority": "Invented District Court",
    "warrant_date": "2026-09-01",
    "warrant_judicial": True,
    "authority_competent": True,
    "extradition_agreed": True,
    "answers_at_once": True,
}
BLUE = {"status": "suspect", "wants": "locate"}
SAID: dict[str, dict[str, Any]] = {
    "green": {},
    "orange": ORANGE,
    "purple": PURPLE,
    "red": RED,
    "blue": BLUE,
    "yellow": {"recorded": "M-1", "unknown": True, "privacy": True},
    "black": {"recorded": "B-1", "unidentified": True, "dental": True},
    "un": {"un_reference": "QDi.000", "un_date": "2026-01-01", "un_resolution": "0000", "un_asked": True, "entity_name": "Sample Entity"},
    "silver": {"investigated": "I-1", "max_penalty_years": 4, "assets": "Sample house"},
    "d_arrest": RED,
    "d_locate": BLUE,
    "d_more": BLUE,
    "d_ident": BLUE,
    "d_warn": {},
    "d_inform": {},
}


def complete(code: str, **changes: Any) -> NoticeDraft:
    """Return the complete draft of a kind with these fields changed; those of `said` are laid over what is said, None takes one away."""
    kind = KINDS[code]
    said = {**SAID[code], **changes.pop("said", {})}
    told: dict[str, Any] = {**TEXTS, **HANDLING, "said": {name: answer for name, answer in said.items() if answer is not None}}
    if code in ("green", "d_warn"):
        told |= {name: getattr(COMPLETE, name) for name in TEXTS}
    else:
        told |= {**ASSESSED, "offence": "", "allowed_actions": (kind.actions[0].code,)}
    if not kind.needs_person:
        told |= {"person": {}, "possible_threat": False, "ground": "", "conviction_date": ""}
    return replace(COMPLETE, kind=code, **{**told, **changes})
