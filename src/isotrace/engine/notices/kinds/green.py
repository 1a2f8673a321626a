"""Green: warns of a person who may be a threat to public safety; Operation Fail Safe's tool (police-rules 5.3)."""

from isotrace.engine.notices.kinds.model import Kind, Need, Offence, Requirement, Subject, TextRule
from isotrace.engine.notices.kinds.shared import CAVEAT, ENHANCED_CHECK, IDENTITY_SET, INFORM_BUREAU, NOTE_PRESENCE, TELL_OWNER
from isotrace.engine.policy.model import Purpose
from isotrace.engine.text import N_

GREEN = Kind(
    code="green",
    letter="G",
    label=N_("Green notice"),
    purpose=Purpose.WARN,
    summary=N_("Warns of a person's criminal activities and of the possible threat that the person is to public safety."),
    caveat=CAVEAT,
    officer_instruction=N_("Notice for information. Do not detain on this basis. Report the sighting to your national central bureau."),
    subject=Subject.PERSON,
    person=Need.MUST,
    actions=(NOTE_PRESENCE, ENHANCED_CHECK, INFORM_BUREAU, TELL_OWNER),
    texts=(
        TextRule(
            "what_done",
            N_("What the person did"),
            N_("Facts only: what, when, where, and the person's part in it."),
            N_("Write what the person did."),
            least=40,
        ),
        TextRule(
            "risk_now",
            N_("The risk now"),
            N_("Why the person is a possible threat to public safety today."),
            N_("Write what the risk is now."),
            least=40,
        ),
        TextRule(
            "asked",
            N_("What you ask of the reader"),
            N_("Only what the notice allows: note, check more closely, inform, tell the owner."),
            N_("Write what you ask of the reader."),
        ),
        TextRule(
            "not_to_do",
            N_("What the reader must not do"),
            N_("For example: do not detain on this basis."),
            N_("Write what the reader must not do."),
        ),
    ),
    offences=(
        Offence("trafficking", N_("Trafficking in radioactive material"), "counts"),
        Offence("unauthorised_possession", N_("Unauthorised possession of radioactive material"), "counts"),
        Offence("theft", N_("Theft of radioactive material"), "counts"),
        Offence("attempted_sale_of_real_material", N_("Attempted sale of real radioactive material"), "counts"),
        Offence("fraud_with_real_material", N_("Fraud with real radioactive material"), "counts"),
        Offence("scam_only", N_("Scam without radioactive material"), "justify"),
        Offence("other", N_("Another offence"), "outside"),
    ),
    identity=IDENTITY_SET,
    requirements=(
        Requirement("G.01", "possible_threat"),
        Requirement("G.02", "assessment"),
        Requirement("G.03", "ground"),
        Requirement("R2.32", "grade"),
        Requirement("G.04", "enough"),
        Requirement("G.05", "identifier"),
        Requirement("R5.21", "identity_set"),
        Requirement("R2.08", "dates"),
        Requirement("R2.16", "minor", binding=False),
        Requirement("G.06", "actions"),
        Requirement("G.07", "texts"),
        Requirement("G.08", "offence"),
        Requirement("R2.04", "neutrality"),
        Requirement("R2.04", "neutrality_words", binding=False),
        Requirement("R2.11", "envelope"),
        Requirement("R4.01", "retention"),
        Requirement("G.10", "reassessment", binding=False),
        Requirement("R5.03", "certified"),
    ),
)
