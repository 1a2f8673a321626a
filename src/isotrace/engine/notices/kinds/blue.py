"""Blue: learns more about a person of interest in an investigation: who, where, what (police-rules 5.1)."""

from isotrace.engine.notices.kinds.model import Asks, Kind, Need, Question, Requirement, Subject, TextRule
from isotrace.engine.notices.kinds.shared import (
    ASKED,
    CAVEAT,
    IDENTITY_SET,
    INFORM_BUREAU,
    NEUTRAL,
    NOT_TO_DO,
    NOTE_PRESENCE,
    PERSON,
    RELEASE,
    SEND_INFORMATION,
    TELL_OWNER,
)
from isotrace.engine.policy.model import Purpose
from isotrace.engine.text import N_

STATUSES = {
    "convicted": N_("Convicted"),
    "charged": N_("Charged"),
    "suspect": N_("Suspect"),
    "witness": N_("Witness"),
    "victim": N_("Victim"),
}
WANTS = {"locate": N_("Where the person is"), "identify": N_("Who the person is"), "information": N_("What is known of the person")}

BLUE = Kind(
    code="blue",
    letter="B",
    label=N_("Blue notice"),
    purpose=Purpose.LOCATE,
    summary=N_("Asks for information on a person of interest in a criminal investigation, for the whereabouts or the identity."),
    caveat=CAVEAT,
    officer_instruction=N_(
        "Information is asked for. Do not detain on this basis. Note where and when, and tell your national central bureau."
    ),
    subject=Subject.PERSON,
    person=Need.MUST,
    actions=(NOTE_PRESENCE, SEND_INFORMATION, INFORM_BUREAU, TELL_OWNER),
    texts=(
        TextRule(
            "what_done",
            N_("The investigation"),
            N_("The offence, when and where, and the person's part in it."),
            N_("Write what is being investigated."),
            least=40,
        ),
        TextRule("risk_now", N_("What is sought, and why"), N_("Which information would help."), N_("Write what is sought."), least=40),
        ASKED,
        NOT_TO_DO,
    ),
    identity=IDENTITY_SET,
    requirements=(
        Requirement("K.BLUE", "answered", text=N_("It is said what the person is in the investigation."), fields=("status",)),
        Requirement("K.BLUE", "answered", text=N_("It is said what is sought."), fields=("wants",)),
        Requirement("K.BLUE", "enough"),
        Requirement("K.BLUE", "texts"),
        Requirement("K.BLUE", "actions"),
        *PERSON,
        *NEUTRAL,
        *RELEASE,
    ),
    questions=(
        Question(
            "status",
            N_("What the person is in the investigation"),
            Asks.CHOICE,
            N_("Say what the person is in the investigation."),
            choices=STATUSES,
        ),
        Question("wants", N_("What is sought"), Asks.CHOICE, N_("Choose what is sought."), choices=WANTS),
    ),
)
