"""The kinds of notices as data: what each is for, what it says to whom, and what must hold before it goes out.

A further kind is a further row of `KINDS` (police-rules 5.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from isotrace.engine.notices.errors import NoticeError
from isotrace.engine.policy.model import Purpose
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


@dataclass(frozen=True, slots=True)
class AllowedAction:
    """Something a reader may be asked to do, and the sentence that asks."""

    code: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TextRule:
    """A text that the notice must have: the draft's field, its label, what it says, and its bounds in characters."""

    field: str
    label: str
    hint: str
    missing: str
    least: int = 1
    most: int = 4_000


@dataclass(frozen=True, slots=True)
class Offence:
    """An offence that a notice may be about: it `counts`, asks to `justify`, or lies `outside` this kind."""

    code: str
    label: str
    standing: str


@dataclass(frozen=True, slots=True)
class IdentityWay:
    """One way to identify a person well enough: all of these and, where given, one of those."""

    all_of: tuple[str, ...]
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of a kind: the rule's number, the check that judges it, and whether it blocks or only warns."""

    rule: str
    check: str
    binding: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice. `retention_years` is the longest retention, `reassess_months` how old an assessment may be."""

    code: str
    label: str
    purpose: Purpose
    summary: str
    caveat: str
    officer_instruction: str
    needs_person: bool
    may_be_public: bool
    retention_years: int
    reassess_months: int
    actions: tuple[AllowedAction, ...]
    texts: tuple[TextRule, ...]
    offences: tuple[Offence, ...]
    identity: tuple[IdentityWay, ...]
    requirements: tuple[Requirement, ...]


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

_GREEN = Kind(
    code="green",
    label=N_("Green notice"),
    purpose=Purpose.WARN,
    summary=N_("Warns of a person's criminal activities and of the possible threat that the person is to public safety."),
    caveat=CAVEAT,
    officer_instruction=N_("Notice for information. Do not detain on this basis. Report the sighting to your national central bureau."),
    needs_person=True,
    may_be_public=False,
    retention_years=5,
    reassess_months=12,
    actions=(
        AllowedAction("note_presence", N_("Note the presence"), N_("Note where and when the person was seen.")),
        AllowedAction("enhanced_check", N_("Enhanced check"), N_("Check more closely, as far as your national law allows.")),
        AllowedAction("inform_bureau", N_("Inform the bureau"), N_("Inform your national central bureau.")),
        AllowedAction("tell_owner", N_("Tell the owner"), N_("Tell the owner of the notice without delay.")),
    ),
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
KINDS: Mapping[str, Kind] = MappingProxyType({_GREEN.code: _GREEN})


def kind(code: str) -> Kind:
    """Return the kind of notice with this code; raises NoticeError (field `kind`) naming those there are."""
    if code not in KINDS:
        raise NoticeError(N_("There is no such kind of notice. Choose one of: %(codes)s."), field="kind", codes=", ".join(KINDS))
    return KINDS[code]
