"""Reports and notices about invented people, made as people make them."""

from datetime import UTC, date, datetime

from isotrace.bureaus.queries import unit
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.notices import actions
from isotrace.notices.models import Notice
from isotrace.records import actions as records
from isotrace.records.filing import Filing, Involved
from isotrace.records.models import Report
from tests.worlds.base import World

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
PERSON = {
    "names": ["Exemplar Testov"],
    "family_name": "Testov",
    "given_names": "Exemplar",
    "sex": "M",
    "birth_date": "1970-05-02",
    "nationalities": ["MDA"],
    "documents": [{"number": "X0000001", "kind": "passport", "country": "MDA"}],
}
NARRATIVE = "The invented authority holds that he offers radioactive sources to buyers abroad."
ANSWERS = {
    "person": PERSON,
    "possible_threat": True,
    "assessment_number": "TEST-2026/17",
    "assessment_author": "Invented Police, threat desk",
    "assessment_date": "2026-09-01",
    "ground": "conviction",
    "conviction_court": "Invented District Court",
    "conviction_date": "2011-05",
    "conviction_offence": "Trafficking in radioactive material",
    "conviction_sentence": "Five years in prison",
    "grade": {"scheme": "uk_5x5x5", "source_grade": "B", "information_grade": "2"},
    "offence": "trafficking",
    "what_done": "Carried a stolen caesium-137 gauge across a border in 2010 and offered it for sale.",
    "risk_now": "Released in 2016; looked for buyers again in 2026 according to the assessment.",
    "asked": "Note where and when the person was seen and inform your national central bureau.",
    "not_to_do": "Do not detain on this basis.",
    "allowed_actions": ["note_presence", "inform_bureau"],
    "neutrality": "no",
    "retention_until": "2029-11-21",
    "certified": True,
    "classification": 1,
    "audience": "all",
}
"""A whole green notice, as raw answers of the bureau that owns it."""

UNCERTIFIED = {name: value for name, value in ANSWERS.items() if name != "certified"} | {"classification": 2}
"""The same, as the unit writes it: only the owner certifies, and only the owner lowers the marking of its report."""


def persons_report(world: World, who: str = "mda.officer", **person) -> Report:
    """A bureau's report on a person in an incident, shared with the unit, with its authority's assessment."""
    shared = Choice(classification=2, organisations=(unit().id,), retention_until=date(2030, 1, 1))
    filing = Filing(
        incident={"title": "Invented gauge offered for sale", "type": "trafficking_attempted_sale", "country": "MDA", "summary": "A gauge was offered."},
        involved=Involved(
            person=PERSON | person,
            involvement={"role": "seller", "status": "possible_threat"},
            assessment={"number": "TEST-2026/17", "author": "Invented Police", "date": "2026-09-01", "ground": "other_reasonable", "narrative": NARRATIVE},
        ),
        envelope=Choice(organisations=(unit().id,)),
        persons_envelope=shared,
        lawful=True,
    )  # fmt: skip
    with acting_as(world.viewer(who)):
        _event, persons = records.file_incident(world.viewer(who), filing)
    assert persons is not None
    return persons


def graded(world: World, report: Report, grade: str = "B2") -> None:
    """The unit's grade of a report."""
    with acting_as(world.viewer("analyst")) as analyst:
        records.grade(analyst, report.id, scheme="admiralty", source_grade=grade[0], information_grade=grade[1])


def act(world: World, who: str, action, *args, **kwargs):
    """Do something as somebody."""
    with acting_as(world.viewer(who)) as viewer:
        return action(viewer, *args, **kwargs)


def drafted(world: World, who: str = "mda.officer", **changes) -> Notice:
    """A complete draft of a bureau's own."""
    return act(world, who, actions.draft, ANSWERS | changes)


def submitted(world: World, who: str = "mda.officer", **changes) -> Notice:
    """A notice that waits for review."""
    return act(world, who, actions.submit, drafted(world, who, **changes).id)


def reviewed(world: World, who: str = "mda.officer", **changes) -> Notice:
    """A notice that may be published."""
    return act(world, "reviewer", actions.review, submitted(world, who, **changes).id)


def published(world: World, who: str = "mda.officer", **changes) -> Notice:
    """A notice that is out."""
    return act(world, "reviewer", actions.publish, reviewed(world, who, **changes).id)
