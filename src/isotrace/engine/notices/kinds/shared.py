"""What several kinds have in common."""

from collections.abc import Mapping
from types import MappingProxyType

from isotrace.engine.notices.kinds.model import AllowedAction, IdentityWay, Requirement, TextRule
from isotrace.engine.text import N_

GROUNDS: Mapping[str, str] = MappingProxyType(
    {"conviction": N_("One or more convictions"), "other_reasonable": N_("Other reasonable grounds")}
)
NEUTRALITY_ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "no": N_("No, the matter is an ordinary-law crime"),
        "yes": N_("Yes, the matter is political, military, religious or racial"),
    }
)
CAVEAT = N_("A notice is a warning or a request, never an arrest order; national law decides its effect.")
"""Said on every view of every notice (R5.19)."""

IDENTITY_SET = (
    IdentityWay(
        ("family_name", "given_names", "sex", "birth_year"),
        ("description", "photo", "fingerprints", "dna_profile", "identity_document"),
    ),
    IdentityWay(("photo",), ("alias", "parents_names", "marks")),
)
"""The smallest identity set of a notice about a person (R5.21)."""

NOTE_PRESENCE = AllowedAction("note_presence", N_("Note the presence"), N_("Note where and when the person was seen."))
ENHANCED_CHECK = AllowedAction("enhanced_check", N_("Enhanced check"), N_("Check more closely, as far as your national law allows."))
INFORM_BUREAU = AllowedAction("inform_bureau", N_("Inform the bureau"), N_("Inform your national central bureau."))
TELL_OWNER = AllowedAction("tell_owner", N_("Tell the owner"), N_("Tell the owner of the notice without delay."))
ASK_AGREEMENT = AllowedAction(
    "ask_agreement",
    N_("Ask whether the person agrees"),
    N_("Say that help is offered, and ask whether the owner may be told. The person may say no."),
)
CALL_REGULATOR = AllowedAction("call_regulator", N_("Call the regulator"), N_("Call the authority that is named in the notice."))
SEND_INFORMATION = AllowedAction("send_information", N_("Send what is known"), N_("Send what you know to the owner, through your bureau."))
COMPARE = AllowedAction("compare", N_("Compare with cases"), N_("Compare it with your own cases."))
CONTACT_OWNER = AllowedAction(
    "contact_owner",
    N_("Contact the owner before any measure"),
    N_("Contact the owner before any measure, to learn whether the request still stands."),
)
LAWFUL_MEASURE = AllowedAction(
    "lawful_measure",
    N_("A measure that national law allows"),
    N_("Once two officers have confirmed who the person is, your national law decides which measure is allowed."),
    coercive=True,
)

ASKED = TextRule("asked", N_("What you ask of the reader"), N_("Only what the notice allows."), N_("Write what you ask of the reader."))
NOT_TO_DO = TextRule(
    "not_to_do",
    N_("What the reader must not do"),
    N_("For example: do not detain on this basis."),
    N_("Write what the reader must not do."),
)

NEUTRAL = (
    Requirement("R2.04", "neutrality"),
    Requirement("R2.04", "neutrality_words", binding=False),
)
RELEASE = (
    Requirement("R2.11", "envelope"),
    Requirement("R4.01", "retention"),
    Requirement("R5.03", "certified"),
)
PERSON = (
    Requirement("R5.21", "identity_set"),
    Requirement("R2.08", "dates"),
    Requirement("R2.16", "minor", binding=False),
)
