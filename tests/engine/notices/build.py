"""A complete green notice about an invented person, to take one thing away from."""

from dataclasses import replace
from datetime import date
from typing import Any

from isotrace.engine.notices import Grade, NoticeDraft

TODAY = date(2026, 11, 21)
PERSON: dict[str, Any] = {
    "names": ["Testov Exemplar"],
    "family_name": "Testov",
    "given_names": "Exemplar",
    "sex": "M",
    "birth_date": "1970-05-02",
    "nationalities": ["MDA"],
    "documents": [{"number": "X0000001", "kind": "passport", "country": "MDA"}],
}
COMPLETE = NoticeDraft(
    kind="green",
    person=PERSON,
    possible_threat=True,
    assessment_number="TEST-2026/17",
    assessment_author="Invented Police, threat desk",
    assessment_date=date(2026, 9, 1),
    ground="conviction",
    conviction_court="Invented District Court",
    conviction_date="2011-05",
    conviction_offence="Trafficking in radioactive material",
    conviction_sentence="Five years in prison",
    report_information_grade=Grade("uk_5x5x5", "B", "2"),
    offence="trafficking",
    what_done="Carried a stolen caesium-137 gauge across a border in 2010 and offered it for sale.",
    risk_now="Released in 2016; looked for buyers again in 2026 according to the assessment.",
    asked="Note where and when the person was seen and inform your national central bureau.",
    not_to_do="Do not detain on this basis.",
    allowed_actions=("note_presence", "inform_bureau"),
    neutrality="no",
    confidentiality_set=True,
    restrictions_set=True,
    retention_until=date(2029, 11, 21),
    certified=True,
)


def draft(**changes: Any) -> NoticeDraft:
    """The complete notice with these fields changed; `person` is laid over the complete person."""
    if "person" in changes:
        changes["person"] = PERSON | changes["person"]
    return replace(COMPLETE, **changes)


OTHER_GROUND = {
    "ground": "other_reasonable",
    "conviction_court": "",
    "conviction_date": "",
    "conviction_offence": "",
    "conviction_sentence": "",
    "ground_narrative": "Two sellers named him separately as the man who supplied the gauge.",
    "report_information_grade": Grade("uk_5x5x5", "B", "3"),
}
