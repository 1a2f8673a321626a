"""The checks behind the conditions: each looks at a draft and returns what is missing, or None.

Each is named in a kind's requirements; figures that are not in a kind stand beside their check.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from isotrace.engine.notices.checks import answers, person, release, text, threat, wide
from isotrace.engine.notices.checks.case import Case, Gap
from isotrace.engine.text import N_


@dataclass(frozen=True, slots=True)
class Check:
    """A check with the sentence that says what must hold and the field it is about."""

    text: str
    field: str
    gap: Callable[[Case], Gap | None]


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "possible_threat": Check(
            N_("The person is considered a possible threat to public safety."), "possible_threat", threat.possible_threat
        ),
        "assessment": Check(
            N_("A law-enforcement authority came to this in an assessment with number, author and date."),
            "assessment_number",
            threat.assessment,
        ),
        "ground": Check(N_("The assessment rests on a conviction or on other reasonable grounds, told in full."), "ground", threat.ground),
        "grade": Check(
            N_("The notice does not rest alone on information that cannot be judged."), "report_information_grade", threat.grade
        ),
        "enough": Check(N_("The text says enough about the threat, and not too much."), "what_done", text.enough),
        "identifier": Check(N_("There is more than a name to know the person by."), "birth_date", person.identifier),
        "identity_set": Check(
            N_("The person is identified: names, sex, year of birth and one more feature, or a photograph and another identifying fact."),
            "family_name",
            person.identity_set,
        ),
        "dates": Check(N_("The dates about the person can be true."), "birth_date", person.dates),
        "minor": Check(N_("Whoever was a minor at the time is marked so."), "minor", person.minor),
        "actions": Check(
            N_("The reader is asked only for what the notice allows, never for arrest, detention or refusal."),
            "allowed_actions",
            text.actions,
        ),
        "texts": Check(N_("The text says what the person did, the risk now, what is asked and what not to do."), "what_done", text.texts),
        "offence": Check(N_("The offence is about radioactive material out of regulatory control."), "offence", threat.offence),
        "neutrality": Check(N_("The matter is not political, military, religious or racial."), "neutrality", text.neutrality),
        "neutrality_words": Check(N_("No word in the text asks for a legal look."), "what_done", text.neutrality_words),
        "envelope": Check(N_("Marking and restrictions are set."), "restrictions_set", release.envelope),
        "retention": Check(
            N_("It is set until when the notice is kept, within the longest time allowed."), "retention_until", release.retention
        ),
        "reassessment": Check(N_("The threat was assessed recently."), "assessment_date", threat.reassessment),
        "certified": Check(
            N_("The owner's bureau certifies the data, the conditions and the interest for other countries."),
            "certified",
            release.certified,
        ),
        "answered": Check(N_("What the notice asks for is answered."), "", answers.answered),
        "one_of": Check(N_("At least one of these is answered."), "", answers.one_of),
        "imminent": Check(N_("The threat is imminent: its days are given, or it continues."), "threat_until", answers.imminent),
        "serious": Check(N_("The offence is serious enough."), "max_penalty_years", answers.serious),
        "grave_enough": Check(N_("The crime is punishable with four years or more."), "max_penalty_years", answers.grave_enough),
        "not_excluded": Check(
            N_("It is no matter of norms, family or private disputes, unless linked to serious or organised crime."),
            "excluded",
            answers.not_excluded,
        ),
        "warrant": Check(N_("There is a valid arrest warrant or an equal decision."), "warrant_number", answers.warrant),
        "way_to_a_judge": Check(
            N_("A judge issued the warrant, or the person can come before one."), "judge_access", answers.way_to_a_judge
        ),
        "named": Check(N_("The person or the entity is named."), "entity_name", answers.named),
        "impersonal": Check(N_("It holds no data on persons."), "person", wide.impersonal),
        "dual_use": Check(
            N_("A technical reviewer has signed that nothing in it helps to build or use a device."), "what_done", wide.dual_use
        ),
    }
)
