"""The rules of access, each once: what must hold, and the words for and against."""

from dataclasses import dataclass

from isotrace.engine.policy.model import Audience, Classification, Condition, DatabaseVerb, OrganisationKind, Purpose, Verb
from isotrace.engine.policy.terms import (
    AllOf,
    Among,
    AnyOf,
    AtMost,
    Const,
    Equal,
    Flag,
    Member,
    Not,
    Overlap,
    Present,
    Record,
    Some,
    Term,
    Viewer,
)
from isotrace.engine.text import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement: `rule` is its number in the rule book, the sentences say why it decided."""

    rule: str
    term: Term
    met: str
    unmet: str


DUTY_OFFICER, ANALYST = "duty_officer", "analyst"
GLASS_DATABASES = ("incidents", "notices", "hits")
"""What a duty officer can open against a restriction; never messages, sensitive data or requests of persons (R3.06)."""


def _is(kind: OrganisationKind) -> Term:
    return Equal(Viewer("kind"), Const(kind))


def _under(condition: Condition) -> Term:
    return Member(Const(condition), Record("conditions"))


def _agreed(consents: str) -> Term:
    return Member(Record("root"), Viewer(consents))


SIGNED_IN = Present(Viewer("signed_in"))
OWNER = Equal(Record("owner_id"), Viewer("organisation"))
OWN_COUNTRY_BUREAU = AllOf(_is(OrganisationKind.BUREAU), Present(Viewer("country")), Equal(Record("owner_country"), Viewer("country")))
OWN = AnyOf(OWNER, OWN_COUNTRY_BUREAU)
POLICE = AnyOf(_is(OrganisationKind.SECRETARIAT), _is(OrganisationKind.BUREAU), _is(OrganisationKind.NATIONAL_ENTITY))
NAMED = AnyOf(
    Member(Viewer("organisation"), Record("audience_organisations")),
    AllOf(Present(Viewer("country")), Member(Viewer("country"), Record("audience_countries"))),
    Member(Viewer("kind"), Record("audience_kinds")),
    Overlap(Viewer("communities"), Record("audience_communities")),
)
AUDIENCE = AnyOf(
    AllOf(Equal(Record("audience"), Const(Audience.ALL)), POLICE),
    AllOf(Equal(Record("audience"), Const(Audience.ONLY)), NAMED),
    AllOf(Equal(Record("audience"), Const(Audience.EXCEPT)), POLICE, Not(NAMED)),
)
DENIED = AnyOf(
    Member(Viewer("organisation"), Record("denied_organisations")),
    AllOf(Present(Viewer("country")), Member(Viewer("country"), Record("denied_countries"))),
    Member(Viewer("kind"), Record("denied_kinds")),
    Overlap(Viewer("communities"), Record("denied_communities")),
)
BLOCKED = Flag(Record("blocked"))
GLASS = AllOf(
    Equal(Viewer("role"), Const(DUTY_OFFICER)),
    _is(OrganisationKind.SECRETARIAT),
    Member(Record("database"), Among(GLASS_DATABASES)),
    Member(Record("root"), Viewer("glass")),
)
CASE = AllOf(_is(OrganisationKind.CONTROL_BODY), Member(Record("root"), Viewer("cases")))

_SIGNED_IN = Rule("R1.15", SIGNED_IN, N_("You are signed in for your organisation."), N_("Nobody is signed in. Sign in first."))
_GRANTED = Rule(
    "R3.03",
    Member(Record("database"), Viewer("databases")),
    N_("Your role opens this kind of record."),
    N_("Your role does not open this kind of record. Ask your bureau's administrator."),
)
_FOR_A_PURPOSE = Rule(
    "R2.02",
    AnyOf(Present(Viewer("purpose")), CASE),
    N_("You look for a purpose that your role allows."),
    N_("Say for which purpose you look; your role must allow it."),
)
_NOT_ANALYSIS_AT_THE_BORDER = Rule(
    "R4.27",
    AnyOf(Not(Equal(Viewer("purpose"), Const(Purpose.BORDER))), Not(Equal(Record("purpose"), Const(Purpose.ANALYSIS))), GLASS, CASE),
    N_("Its purpose is open to the purpose of your look."),
    N_("What was supplied for analysis is not open to border control."),
)
_CLEARED = Rule(
    "R3.12",
    AnyOf(AtMost(Record("classification"), Viewer("clearance")), CASE),
    N_("Your clearance covers its marking."),
    N_("Its marking is above your clearance. Ask your bureau's administrator."),
)
_KNOWABLE = Rule(
    "R3.11",
    AnyOf(
        AtMost(Record("classification"), Viewer("clearance")),
        AtMost(Record("classification"), Const(int(Classification.RESTRICTED))),
        CASE,
    ),
    N_("That it exists is open to its readers' colleagues."),
    N_("It is CONFIDENTIAL: only who is cleared knows of it."),
)
_ADDRESSED = Rule(
    "R3.01",
    AnyOf(OWN, AUDIENCE, GLASS, CASE),
    N_("Its owner shares it with your organisation."),
    N_("Its owner does not share it with your organisation. Ask the owner."),
)
_NOT_DENIED = Rule(
    "R3.02",
    AnyOf(OWN, Not(DENIED), GLASS, CASE),
    N_("Its owner does not leave your organisation out."),
    N_("Its owner leaves your organisation or country out."),
)
_NOT_BLOCKED = Rule(
    "R4.12",
    AnyOf(OWN, Not(BLOCKED), CASE),
    N_("It is not blocked."),
    N_("It is blocked while a doubt about it is examined."),
)
_ACKNOWLEDGED = Rule(
    "R3.13",
    AnyOf(OWN, Not(Some(Record("conditions"))), Member(Record("root"), Viewer("acknowledged")), CASE),
    N_("Its conditions of use are acknowledged, or there are none."),
    N_("It has conditions of use. Acknowledge them first."),
)
_EVIDENCE = Rule(
    "R3.18",
    AnyOf(OWN, Not(_under(Condition.LEAD_ONLY)), _agreed("may_cite")),
    N_("Its owner does not keep it from being used as evidence."),
    N_("It is a lead only. Ask its owner for consent to use it as evidence."),
)
_REPURPOSED = Rule(
    "R2.03",
    AnyOf(OWN, _agreed("may_repurpose")),
    N_("Its owner agrees to another purpose."),
    N_("Another purpose needs its owner's consent. Ask for it."),
)
_BY_POLICE = Rule("R1.01", POLICE, N_("Yours is a police organisation."), N_("Only police organisations do this."))
_FORWARDED = Rule(
    "R3.15",
    AnyOf(OWN, Not(_under(Condition.NO_FORWARD)), _agreed("may_forward")),
    N_("Its owner does not keep it from being passed on."),
    N_("Its owner keeps it from being passed on. Ask for consent."),
)
_PUBLISHED = Rule(
    "R3.16",
    AllOf(
        _is(OrganisationKind.SECRETARIAT),
        AtMost(Record("classification"), Const(int(Classification.OFFICIAL_USE_ONLY))),
        AnyOf(OWNER, _agreed("may_publish")),
    ),
    N_("Its owner agrees, and its marking lets it."),
    N_("Only the secretariat publishes, with the owner's consent, and nothing marked above OFFICIAL USE ONLY."),
)
_COPIED = Rule(
    "R3.17",
    AnyOf(OWN, AllOf(Not(_under(Condition.NO_COPY)), AtMost(Record("classification"), Const(int(Classification.RESTRICTED))))),
    N_("A copy may leave the system; it is written down and recalled with the record."),
    N_("No copy may leave the system."),
)
_RECORDS = Rule(
    "R1.04",
    Member(Const(DatabaseVerb.RECORD), Viewer("verbs")),
    N_("Your organisation may record here."),
    N_("Your organisation may consult here, not record. Ask your national central bureau."),
)
_CONSULTS = Rule(
    "R1.03",
    AnyOf(Member(Const(DatabaseVerb.CONSULT), Viewer("verbs")), CASE),
    N_("Your organisation may consult here."),
    N_("Your organisation may not consult here. Ask your national central bureau."),
)
_OWNED = Rule(
    "R1.08",
    OWNER,
    N_("Your organisation owns it."),
    N_("Only its owner may change it. Ask the owner, or file a report of your own."),
)
_GRADES = Rule(
    "R2.31",
    AnyOf(OWNER, AllOf(_is(OrganisationKind.SECRETARIAT), Equal(Viewer("role"), Const(ANALYST)))),
    N_("You may grade it."),
    N_("Its owner and the analysts of the unit grade it."),
)
_RAISES = Rule(
    "R3.09",
    AnyOf(OWNER, _is(OrganisationKind.SECRETARIAT)),
    N_("You may raise its marking."),
    N_("Only its owner and the secretariat raise its marking."),
)
_LOWERS = Rule("R3.07", OWNER, N_("Your organisation owns it."), N_("Only its owner lowers its marking."))
_NOT_UNDER_EXAMINATION = Rule("P.08", Not(BLOCKED), N_("Nobody examines it."), N_("It is examined: it stays until that is decided."))
_EXAMINES = Rule(
    "R1.13", AnyOf(POLICE, CASE), N_("You may raise a doubt about it."), N_("Only police organisations and the control body do this.")
)

_MAY_LOOK = (_SIGNED_IN, _CONSULTS, _GRANTED, _FOR_A_PURPOSE, _NOT_ANALYSIS_AT_THE_BORDER)
_IS_ADDRESSED = (_ADDRESSED, _NOT_DENIED, _NOT_BLOCKED)
_FIND = (*_MAY_LOOK, _CLEARED, *_IS_ADDRESSED)
_READ = (*_FIND, _ACKNOWLEDGED)
_WRITE = (_SIGNED_IN, _GRANTED, _RECORDS, _OWNED)

RULES: dict[Verb, tuple[Rule, ...]] = {
    Verb.KNOW: (*_MAY_LOOK, _KNOWABLE, *_IS_ADDRESSED),
    Verb.FIND: _FIND,
    Verb.READ: _READ,
    Verb.CITE: (*_READ, _BY_POLICE, _EVIDENCE),
    Verb.REPURPOSE: (*_READ, _BY_POLICE, _REPURPOSED),
    Verb.FORWARD: (*_READ, _BY_POLICE, _FORWARDED),
    Verb.PUBLISH: (*_READ, _PUBLISHED),
    Verb.EXPORT: (*_READ, _BY_POLICE, _COPIED),
    Verb.FILE: (*_WRITE, _BY_POLICE),
    Verb.EDIT: (*_WRITE, _CLEARED),
    Verb.REGRADE: (*_READ, _GRADES),
    Verb.RAISE: (*_FIND, _RAISES),
    Verb.LOWER: (*_FIND, _LOWERS),
    Verb.DELETE: (*_WRITE, _NOT_UNDER_EXAMINATION),
    Verb.BLOCK: (*_FIND, _EXAMINES),
}


def term_for(verb: Verb) -> Term:
    """Return the one term that decides `verb`: all its rules."""
    return AllOf(*(rule.term for rule in RULES[verb]))
