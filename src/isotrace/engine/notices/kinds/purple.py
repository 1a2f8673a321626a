"""Purple: gives or asks for information on ways of working, objects and concealment; never on persons (police-rules 5.5)."""

from isotrace.engine.notices.kinds.model import Asks, Kind, Need, Question, Requirement, Subject, TextRule
from isotrace.engine.notices.kinds.shared import (
    ASKED,
    CAVEAT,
    COMPARE,
    INFORM_BUREAU,
    NEUTRAL,
    NOT_TO_DO,
    RELEASE,
    SEND_INFORMATION,
    TELL_OWNER,
)
from isotrace.engine.policy.model import Purpose
from isotrace.engine.text import N_

CASES = {"closed": N_("The case is closed"), "open": N_("The case is open")}
_CLOSED, _OPEN = ("case", ("closed",)), ("case", ("open",))

PURPLE = Kind(
    code="purple",
    letter="P",
    label=N_("Purple notice"),
    purpose=Purpose.INFO,
    summary=N_("Gives or asks for information on ways of working, objects, devices and concealment."),
    caveat=CAVEAT,
    officer_instruction=N_("Notice for information on a way of working. It names nobody, and nobody is to be suspected for it."),
    subject=Subject.MATTER,
    person=Need.NEVER,
    actions=(COMPARE, SEND_INFORMATION, INFORM_BUREAU, TELL_OWNER),
    texts=(
        TextRule(
            "what_done",
            N_("The way of working"),
            N_("How to recognise it: papers, words, packing, fraud. No name, price or route, and nothing that helps misuse."),
            N_("Describe the way of working."),
            least=40,
        ),
        TextRule(
            "risk_now",
            N_("Why others should know it"),
            N_("What may happen again, and where."),
            N_("Write why others should know it."),
            least=40,
        ),
        ASKED,
        NOT_TO_DO,
    ),
    requirements=(
        Requirement("U.01", "answered", text=N_("It is said what the notice is for, and how the case stands."), fields=("use", "case")),
        Requirement(
            "U.02",
            "answered",
            text=N_("The way of working is known in detail and unlike others, and publication prevents repeats."),
            fields=("known_in_detail", "unlike_others", "prevents"),
            where=_CLOSED,
        ),
        Requirement(
            "U.03",
            "answered",
            text=N_("The offences are serious, and it is said what is sought and what it can be compared with."),
            fields=("serious", "sought", "to_compare"),
            where=_OPEN,
        ),
        Requirement("U.04", "impersonal"),
        Requirement("U.05", "dual_use", late=True),
        Requirement("U.02", "enough"),
        Requirement("U.02", "texts"),
        Requirement("U.01", "actions"),
        *NEUTRAL,
        *RELEASE,
    ),
    questions=(
        Question(
            "use",
            N_("What it is for"),
            Asks.CHOICE,
            N_("Choose what the notice is for."),
            choices={"warn": N_("To describe a way of working"), "seek": N_("To ask for information that solves offences")},
        ),
        Question("case", N_("How the case stands"), Asks.CHOICE, N_("Say whether the case is closed or open."), choices=CASES),
        Question("known_in_detail", N_("The way of working is known in detail"), Asks.TICK, N_("Confirm that it is known in detail.")),
        Question(
            "unlike_others",
            N_("It is complex, or unlike others for such offences"),
            Asks.TICK,
            N_("Confirm that it is complex or unlike others."),
        ),
        Question(
            "prevents",
            N_("Publication is meant to prevent repeats"),
            Asks.TICK,
            N_("Confirm that publication is meant to prevent repeats."),
        ),
        Question("serious", N_("The offences are serious"), Asks.TICK, N_("Confirm that the offences are serious.")),
        Question("sought", N_("What is sought"), Asks.TEXT, N_("Say which information is sought."), most=2_000),
        Question("to_compare", N_("What it can be compared with"), Asks.TEXT, N_("Say what other cases can be compared with."), most=2_000),
    ),
)
