"""The rules of access, each once: what must hold, and the words for and against."""

from dataclasses import dataclass

from isotrace.engine.policy.model import Audience, OrganisationKind, Verb
from isotrace.engine.policy.terms import AllOf, AnyOf, AtMost, Const, Equal, Member, Not, Present, Record, Term, Viewer
from isotrace.engine.text import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement: `rule` is its number in the rule book, the sentences say why it decided."""

    rule: str
    term: Term
    met: str
    unmet: str


def _is(kind: OrganisationKind) -> Term:
    return Equal(Viewer("kind"), Const(kind))


SIGNED_IN = Present(Viewer("signed_in"))
OWNER = Equal(Record("owner_id"), Viewer("organisation"))
OWN_COUNTRY_BUREAU = AllOf(_is(OrganisationKind.BUREAU), Present(Viewer("country")), Equal(Record("owner_country"), Viewer("country")))
OWN = AnyOf(OWNER, OWN_COUNTRY_BUREAU)
POLICE = AnyOf(_is(OrganisationKind.SECRETARIAT), _is(OrganisationKind.BUREAU), _is(OrganisationKind.NATIONAL_ENTITY))
NAMED = AnyOf(
    Member(Viewer("organisation"), Record("audience_organisations")),
    AllOf(Present(Viewer("country")), Member(Viewer("country"), Record("audience_countries"))),
)
AUDIENCE = AnyOf(
    AllOf(Equal(Record("audience"), Const(Audience.ALL)), POLICE),
    AllOf(Equal(Record("audience"), Const(Audience.ONLY)), NAMED),
    AllOf(Equal(Record("audience"), Const(Audience.EXCEPT)), POLICE, Not(NAMED)),
)

_SIGNED_IN = Rule("R1.15", SIGNED_IN, N_("You are signed in for your organisation."), N_("Nobody is signed in. Sign in first."))
_GRANTED = Rule(
    "R3.03",
    Member(Record("database"), Viewer("databases")),
    N_("Your role opens this kind of record."),
    N_("Your role does not open this kind of record. Ask your bureau's administrator."),
)
_CLEARED = Rule(
    "R3.12",
    AtMost(Record("classification"), Viewer("clearance")),
    N_("Your clearance covers its marking."),
    N_("Its marking is above your clearance. Ask your bureau's administrator."),
)
_ADDRESSED = Rule(
    "R3.01",
    AnyOf(OWN, AUDIENCE),
    N_("Its owner shares it with your organisation."),
    N_("Its owner does not share it with your organisation. Ask the owner."),
)
_OWNED = Rule(
    "R1.08",
    OWNER,
    N_("Your organisation owns it."),
    N_("Only its owner may change it. Ask the owner, or file a report of your own."),
)

RULES: dict[Verb, tuple[Rule, ...]] = {
    Verb.FIND: (_SIGNED_IN, _GRANTED, _CLEARED, _ADDRESSED),
    Verb.READ: (_SIGNED_IN, _GRANTED, _CLEARED, _ADDRESSED),
    Verb.FILE: (_SIGNED_IN, _GRANTED, _OWNED),
    Verb.EDIT: (_SIGNED_IN, _GRANTED, _CLEARED, _OWNED),
}


def term_for(verb: Verb) -> Term:
    """Return the one term that decides `verb`: all its rules."""
    return AllOf(*(rule.term for rule in RULES[verb]))
