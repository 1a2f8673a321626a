"""Orange: warns of a person, thing, event or way of working that is an imminent threat (police-rules 5.4).

How dangerous a lost radioactive source is comes from `engine.radiology`; how to recognise it, how far to stay away and whom to call
are the regulator's own words, never worked out here.
"""

from datetime import timedelta

from isotrace.engine.notices.kinds.model import Asks, Kind, Need, Question, Requirement, Subject, TextRule
from isotrace.engine.notices.kinds.shared import (
    ASKED,
    CALL_REGULATOR,
    CAVEAT,
    IDENTITY_SET,
    INFORM_BUREAU,
    NEUTRAL,
    NOT_TO_DO,
    RELEASE,
    TELL_OWNER,
)
from isotrace.engine.policy.model import Purpose
from isotrace.engine.text import N_

THREATS = {
    "source": N_("A lost or stolen dangerous radioactive source"),
    "object": N_("Another object"),
    "event": N_("An event"),
    "method": N_("A process or way of working"),
    "person": N_("A person"),
}
_MATTER = ("threat", ("source", "object", "event", "method"))
_PERSON = ("threat", ("person",))
_SOURCE = ("threat", ("source",))
REGULATOR = N_("the regulator")

QUESTIONS = (
    Question("threat", N_("What the threat is"), Asks.CHOICE, N_("Choose what the threat is."), choices=THREATS),
    Question("threat_from", N_("The danger begins"), Asks.DAY, N_("Give the day on which the danger began or will begin.")),
    Question("threat_until", N_("The danger ends"), Asks.DAY, N_("Give the day on which the danger ends, or say that it continues.")),
    Question(
        "continuing", N_("The danger continues until the matter is found or stopped"), Asks.TICK, N_("Say whether the danger continues.")
    ),
    Question("last_seen", N_("Where and when it was last seen"), Asks.TEXT, N_("Say where and when it was last seen."), most=1_000),
    Question("nuclide", N_("Nuclide"), Asks.LINE, N_("Name the nuclide, or write: not known."), N_("For example Cs-137.")),
    Question(
        "activity",
        N_("Activity with its unit"),
        Asks.LINE,
        N_("Give the activity with its unit, or write: not known."),
        N_("For example 74 GBq."),
    ),
    Question("activity_date", N_("Date of the activity"), Asks.DAY, N_("Give the date that the activity holds for.")),
    Question(
        "recognise",
        N_("How to recognise it"),
        Asks.TEXT,
        N_("Copy the regulator's words on how to recognise it."),
        most=2_000,
        words_of=REGULATOR,
    ),
    Question(
        "keep_away",
        N_("How far to stay away, and what not to touch"),
        Asks.TEXT,
        N_("Copy the regulator's words on how far to stay away."),
        most=2_000,
        words_of=REGULATOR,
    ),
    Question(
        "call", N_("Whom to call"), Asks.LINE, N_("Give the number that the regulator wants called, day and night."), words_of=REGULATOR
    ),
    Question(
        "regulator",
        N_("The regulator whose words these are, and the date"),
        Asks.LINE,
        N_("Name the regulator whose words these are, with their date."),
    ),
)

ORANGE = Kind(
    code="orange",
    letter="O",
    label=N_("Orange notice"),
    purpose=Purpose.WARN,
    summary=N_("Warns of an event, a person, an object or a process that is an imminent threat to persons or property."),
    caveat=CAVEAT,
    officer_instruction=N_("Warning of a danger. Keep people away, do as the regulator's words say, and call the authority that is named."),
    subject=Subject.MATTER,
    person=Need.MAY,
    may_be_public=True,
    actions=(CALL_REGULATOR, INFORM_BUREAU, TELL_OWNER),
    texts=(
        TextRule(
            "what_done",
            N_("What happened"),
            N_("What it is, since when it is missing or under way. No detail that helps misuse."),
            N_("Write what happened."),
            least=40,
        ),
        TextRule(
            "risk_now", N_("The danger now"), N_("To whom, where, and why it is imminent."), N_("Write what the danger is now."), least=40
        ),
        ASKED,
        NOT_TO_DO,
    ),
    identity=IDENTITY_SET,
    requirements=(
        Requirement("O.01", "imminent"),
        Requirement("O.03", "answered", text=N_("It is said what the threat is."), fields=("threat",)),
        Requirement("O.03", "assessment"),
        Requirement("O.02", "possible_threat", where=_PERSON),
        Requirement("O.02", "ground", where=_PERSON),
        Requirement("R5.21", "identity_set", where=_PERSON),
        Requirement("R2.08", "dates", where=_PERSON),
        Requirement("O.04", "answered", text=N_("It is said where it was last seen."), fields=("last_seen",), where=_MATTER),
        Requirement(
            "O.04", "answered", text=N_("The material is described, as far as it is known."), fields=("nuclide", "activity"), where=_SOURCE
        ),
        Requirement(
            "O.04",
            "answered",
            text=N_("How to recognise it, how far to stay away and whom to call stand in the regulator's own words."),
            fields=("recognise", "keep_away", "call", "regulator"),
            where=_SOURCE,
        ),
        Requirement("O.04", "enough"),
        Requirement("O.04", "texts"),
        Requirement("O.04", "actions"),
        Requirement("U.05", "dual_use", late=True),
        *NEUTRAL,
        *RELEASE,
    ),
    questions=QUESTIONS,
    fast_lane=True,
    review_every=timedelta(days=7),
)
