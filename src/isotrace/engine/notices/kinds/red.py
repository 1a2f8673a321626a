"""Red: finds a person who is wanted, with a view to extradition or the like (police-rules 5.1, R5.21 to R5.24)."""

from isotrace.engine.notices.kinds.model import Asks, Kind, Need, Question, Requirement, Subject, TextRule
from isotrace.engine.notices.kinds.shared import (
    CAVEAT,
    CONTACT_OWNER,
    IDENTITY_SET,
    INFORM_BUREAU,
    LAWFUL_MEASURE,
    NEUTRAL,
    NOT_TO_DO,
    PERSON,
    RELEASE,
    TELL_OWNER,
)
from isotrace.engine.policy.model import Purpose
from isotrace.engine.text import N_

STAGES = {"prosecution": N_("Wanted for prosecution"), "sentence": N_("Wanted to serve a sentence")}
EXCLUDED = {
    "no": N_("No"),
    "norms": N_("It raises issues of behavioural or cultural norms"),
    "family": N_("It arises from family or private matters"),
    "administrative": N_("It arises from administrative law or a private dispute"),
}
LEAST_PENALTY_YEARS, LEAST_SENTENCE_MONTHS = 2, 6
"""The seriousness that a red notice asks for (Article 83(1))."""

RED = Kind(
    code="red",
    letter="R",
    label=N_("Red notice"),
    purpose=Purpose.WANTED,
    summary=N_("Asks to locate a wanted person and, where national law allows, to arrest the person, with a view to extradition."),
    caveat=CAVEAT,
    officer_instruction=N_(
        "Wanted person. A notice is not a warrant: contact your national central bureau before any measure. Your national law decides."
    ),
    subject=Subject.PERSON,
    person=Need.MUST,
    may_be_public=True,
    actions=(INFORM_BUREAU, CONTACT_OWNER, LAWFUL_MEASURE, TELL_OWNER),
    texts=(
        TextRule(
            "what_done",
            N_("The facts"),
            N_("A summary with time, place and the person's part in it."),
            N_("Write a summary of the facts."),
            least=40,
        ),
        TextRule(
            "risk_now",
            N_("The interest for other countries"),
            N_("Why police elsewhere can help."),
            N_("Write what the interest for other countries is."),
            least=40,
        ),
        TextRule(
            "asked",
            N_("What you ask of the reader"),
            N_("What is to be done on finding the person, under national law."),
            N_("Write what you ask of the reader."),
        ),
        NOT_TO_DO,
    ),
    identity=IDENTITY_SET,
    requirements=(
        Requirement("R5.22", "serious"),
        Requirement("R5.22", "not_excluded"),
        Requirement("R5.22", "answered", text=N_("Charge, law and penalty are given."), fields=("charge", "law", "stage")),
        Requirement("R5.22", "warrant"),
        Requirement(
            "R5.23",
            "answered",
            text=N_("The authority is competent and will ask for extradition."),
            fields=("authority_competent", "extradition_agreed"),
        ),
        Requirement("R5.23", "way_to_a_judge"),
        Requirement("R5.22", "enough"),
        Requirement("R5.22", "texts"),
        Requirement("R5.24", "answered", text=N_("The owner answers at once, day and night."), fields=("answers_at_once",)),
        Requirement("R5.22", "actions"),
        *PERSON,
        *NEUTRAL,
        *RELEASE,
    ),
    questions=(
        Question(
            "stage",
            N_("Why the person is wanted"),
            Asks.CHOICE,
            N_("Say whether it is for prosecution or to serve a sentence."),
            choices=STAGES,
        ),
        Question("charge", N_("Charges"), Asks.TEXT, N_("Give the charges."), most=2_000),
        Question("law", N_("Laws that were broken"), Asks.TEXT, N_("Give the laws that were broken, with articles."), most=2_000),
        Question(
            "max_penalty_years",
            N_("Longest sentence possible, in years"),
            Asks.NUMBER,
            N_("Give the longest sentence possible, in years."),
            most=200,
        ),
        Question(
            "sentence_months",
            N_("Sentence still to be served, in months"),
            Asks.NUMBER,
            N_("Give how many months are still to be served."),
            most=2_400,
        ),
        Question(
            "excluded", N_("Is the matter one of these?"), Asks.CHOICE, N_("Say whether the matter is one of those."), choices=EXCLUDED
        ),
        Question(
            "organised",
            N_("It is linked to serious or organised crime"),
            Asks.TICK,
            N_("Say whether it is linked to serious or organised crime."),
        ),
        Question(
            "warrant_number",
            N_("Number of the arrest warrant"),
            Asks.LINE,
            N_("Give the number of a valid arrest warrant or equal decision."),
        ),
        Question("warrant_authority", N_("Authority that issued it"), Asks.LINE, N_("Name the authority that issued the warrant.")),
        Question("warrant_date", N_("Date of the warrant"), Asks.DAY, N_("Give the date of the warrant.")),
        Question("warrant_judicial", N_("A judge issued it"), Asks.TICK, N_("Say whether a judge issued it.")),
        Question(
            "judge_access", N_("The person can come before a judge"), Asks.TICK, N_("Confirm that the person can come before a judge.")
        ),
        Question(
            "authority_competent",
            N_("The issuing authority is competent"),
            Asks.TICK,
            N_("Confirm that the issuing authority is competent."),
        ),
        Question(
            "extradition_agreed",
            N_("Extradition will be asked for, and this is agreed with the authorities for extradition"),
            Asks.TICK,
            N_("Confirm that extradition will be asked for, and with whom this is agreed."),
        ),
        Question(
            "answers_at_once",
            N_("The bureau answers a hit at once, day and night"),
            Asks.TICK,
            N_("Confirm that the bureau answers a hit at once."),
        ),
    ),
)
