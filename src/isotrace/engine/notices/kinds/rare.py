"""Kinds that an installation has only where they are switched on: yellow, black, the UN special notice, silver (police-rules 5.1)."""

from isotrace.engine.notices.kinds.model import Asks, Kind, Need, Question, Requirement, Subject, TextRule
from isotrace.engine.notices.kinds.shared import (
    ASK_AGREEMENT,
    ASKED,
    CAVEAT,
    COMPARE,
    IDENTITY_SET,
    INFORM_BUREAU,
    NEUTRAL,
    NOT_TO_DO,
    PERSON,
    RELEASE,
    SEND_INFORMATION,
    TELL_OWNER,
)
from isotrace.engine.policy.model import Purpose
from isotrace.engine.text import N_

_WHAT = TextRule("what_done", N_("What is known"), N_("When, where and how it came to the police."), N_("Write what is known."), least=40)
_WHY = TextRule("risk_now", N_("What is sought, and why"), N_("Which information would help."), N_("Write what is sought."), least=40)
LEAST_SILVER_YEARS = 4
"""How severely the crime behind a silver notice is punishable, in years at least (the framework of the pilot)."""

YELLOW = Kind(
    code="yellow",
    letter="Y",
    label=N_("Yellow notice"),
    purpose=Purpose.LOCATE,
    summary=N_("Asks to find a missing person, or to learn who somebody is who cannot say it."),
    caveat=CAVEAT,
    officer_instruction=N_(
        "Missing person. Offer help, do not detain, and tell your national central bureau. An adult may not want to be found."
    ),
    subject=Subject.PERSON,
    person=Need.MUST,
    may_be_public=True,
    actions=(ASK_AGREEMENT, INFORM_BUREAU, TELL_OWNER),
    texts=(_WHAT, _WHY, ASKED, NOT_TO_DO),
    identity=IDENTITY_SET,
    requirements=(
        Requirement("K.YELLOW", "answered", text=N_("The police has recorded the disappearance or the discovery."), fields=("recorded",)),
        Requirement("K.YELLOW", "answered", text=N_("The whereabouts or the identity are not known."), fields=("unknown",)),
        Requirement("K.YELLOW", "answered", text=N_("Where it is an adult, the law on privacy allows it."), fields=("privacy",)),
        Requirement("K.YELLOW", "enough"),
        Requirement("K.YELLOW", "texts"),
        Requirement("K.YELLOW", "actions"),
        *PERSON,
        *NEUTRAL,
        *RELEASE,
    ),
    questions=(
        Question(
            "recorded",
            N_("Number under which the police recorded it"),
            Asks.LINE,
            N_("Give the number under which the police recorded it."),
        ),
        Question(
            "unknown",
            N_("The whereabouts or the identity are not known"),
            Asks.TICK,
            N_("Confirm that whereabouts or identity are not known."),
        ),
        Question(
            "privacy",
            N_("It is a minor, or the law on privacy allows the notice"),
            Asks.TICK,
            N_("Confirm that the law on privacy allows the notice."),
        ),
    ),
    on=False,
)

BLACK = Kind(
    code="black",
    letter="K",
    label=N_("Black notice"),
    purpose=Purpose.IDENT,
    summary=N_("Asks for information on a body that nobody has identified."),
    caveat=CAVEAT,
    officer_instruction=N_("A body is to be identified. Compare with missing persons and tell your national central bureau."),
    subject=Subject.BODY,
    person=Need.NEVER,
    actions=(COMPARE, SEND_INFORMATION, INFORM_BUREAU, TELL_OWNER),
    texts=(_WHAT, _WHY, ASKED, NOT_TO_DO),
    requirements=(
        Requirement("K.BLACK", "answered", text=N_("The police has recorded the discovery."), fields=("recorded",)),
        Requirement("K.BLACK", "answered", text=N_("The body has not been identified."), fields=("unidentified",)),
        Requirement("K.BLACK", "one_of", text=N_("There is enough to compare."), fields=("prints", "dna", "dental", "look")),
        Requirement("K.BLACK", "enough"),
        Requirement("K.BLACK", "texts"),
        Requirement("K.BLACK", "actions"),
        *RELEASE,
    ),
    questions=(
        Question(
            "recorded",
            N_("Number under which the police recorded it"),
            Asks.LINE,
            N_("Give the number under which the police recorded it."),
        ),
        Question("unidentified", N_("The body has not been identified"), Asks.TICK, N_("Confirm that the body has not been identified.")),
        Question(
            "prints", N_("Fingerprints are on file"), Asks.TICK, N_("Say which of these there is: prints, DNA, teeth, a description.")
        ),
        Question("dna", N_("A DNA profile is on file"), Asks.TICK, N_("Say which of these there is: prints, DNA, teeth, a description.")),
        Question(
            "dental", N_("A dental chart is on file"), Asks.TICK, N_("Say which of these there is: prints, DNA, teeth, a description.")
        ),
        Question("look", N_("Description"), Asks.TEXT, N_("Describe the body objectively."), most=2_000),
    ),
    on=False,
)

UN = Kind(
    code="un",
    letter="U",
    label=N_("Special notice of the UN Security Council"),
    purpose=Purpose.WARN,
    summary=N_("Tells that a person or an entity is under sanctions of the UN Security Council."),
    caveat=CAVEAT,
    officer_instruction=N_("Under UN sanctions. Your national law on sanctions applies. Contact your national central bureau."),
    subject=Subject.ENTITY,
    person=Need.MAY,
    may_be_public=True,
    actions=(INFORM_BUREAU, TELL_OWNER),
    texts=(_WHAT, _WHY, ASKED, NOT_TO_DO),
    identity=IDENTITY_SET,
    requirements=(
        Requirement(
            "K.UN",
            "answered",
            text=N_("The committee's reference, its date and the resolution are given."),
            fields=("un_reference", "un_date", "un_resolution"),
        ),
        Requirement("K.UN", "answered", text=N_("The United Nations asked for it."), fields=("un_asked",)),
        Requirement("K.UN", "named"),
        Requirement("K.UN", "texts"),
        *RELEASE,
    ),
    questions=(
        Question("un_reference", N_("Reference of the committee"), Asks.LINE, N_("Give the reference of the committee.")),
        Question("un_date", N_("Date of the listing"), Asks.DAY, N_("Give the date of the listing.")),
        Question("un_resolution", N_("Resolution"), Asks.LINE, N_("Give the number of the resolution.")),
        Question(
            "un_asked",
            N_("The request came from the United Nations"),
            Asks.TICK,
            N_("Confirm that the request came from the United Nations."),
        ),
        Question(
            "entity_name", N_("Name of the entity, if it is no person"), Asks.LINE, N_("Give the name of the person or of the entity.")
        ),
    ),
    on=False,
)

SILVER = Kind(
    code="silver",
    letter="S",
    label=N_("Silver notice (pilot)"),
    purpose=Purpose.INFO,
    summary=N_("Asks for information on assets that are linked to a person's crime."),
    caveat=CAVEAT,
    officer_instruction=N_("Information on assets is asked for. Nothing is seized or frozen on this basis."),
    subject=Subject.ASSETS,
    person=Need.MUST,
    actions=(SEND_INFORMATION, INFORM_BUREAU, TELL_OWNER),
    texts=(_WHAT, _WHY, ASKED, NOT_TO_DO),
    identity=IDENTITY_SET,
    requirements=(
        Requirement("K.SILVER", "answered", text=N_("The person is under criminal investigation."), fields=("investigated",)),
        Requirement("K.SILVER", "grave_enough"),
        Requirement("K.SILVER", "answered", text=N_("The assets are described, as far as they are known."), fields=("assets",)),
        Requirement("K.SILVER", "enough"),
        Requirement("K.SILVER", "texts"),
        Requirement("K.SILVER", "actions"),
        *PERSON,
        *NEUTRAL,
        *RELEASE,
    ),
    questions=(
        Question("investigated", N_("Number of the investigation"), Asks.LINE, N_("Give the number of the criminal investigation.")),
        Question(
            "max_penalty_years",
            N_("Longest sentence possible, in years"),
            Asks.NUMBER,
            N_("Give the longest sentence possible, in years."),
            most=200,
        ),
        Question("assets", N_("The assets"), Asks.TEXT, N_("Describe the assets."), most=4_000),
    ),
    on=False,
    quota=9,
)
"""The pilot's cap of 500 over 52 countries gives each nine (framework of 16 January 2025)."""
