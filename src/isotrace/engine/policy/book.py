"""The rule book as rows: each rule in our words, how sure it is, whether code enforces it, and the test that proves that.

The rows stand in data/rules.csv. A rule says which article it goes back to only where that was read, or where a person has since
compared it with the text (`VERIFIED`): what was written from memory, and what is a decision of this product, cites none.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from isotrace.engine.errors import InputError
from isotrace.engine.policy.model import Verb
from isotrace.engine.policy.rules import RULES
from isotrace.engine.text import N_


class Sure(StrEnum):
    """How sure a rule is; the surest first."""

    READ = "T"
    SECOND_HAND = "S"
    MEMORY = "M"
    UNSURE = "M?"
    OURS = "P"


@dataclass(frozen=True, slots=True)
class SureText:
    """A mark in words."""

    label: str
    meaning: str


SURE: Mapping[Sure, SureText] = MappingProxyType(
    {
        Sure.READ: SureText(N_("Read in the text"), N_("It was read in the primary text itself.")),
        Sure.SECOND_HAND: SureText(N_("Second hand"), N_("It was read in what others write about the text.")),
        Sure.MEMORY: SureText(N_("From memory"), N_("It was written from memory and not read again. It names no article.")),
        Sure.UNSURE: SureText(
            N_("From memory, not sure"), N_("It was written from memory, and its exact words are not sure. It names no article.")
        ),
        Sure.OURS: SureText(N_("Decision of this product"), N_("It is a decision of this product, and no rule of the Organisation.")),
    }
)

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "R1": N_("Roles, ownership and access"),
        "R2": N_("Purposes, quality, sensitive data and grades"),
        "R3": N_("Restrictions, markings and conditions of use"),
        "R4": N_("Retention, deletion, logs and analysis files"),
        "K": N_("Kinds of notices"),
        "R5": N_("Publishing notices"),
        "G": N_("Green notices"),
        "O": N_("Orange notices"),
        "U": N_("Purple notices"),
        "D": N_("Diffusions"),
        "H": N_("Hits"),
        "P": N_("Rights of the person"),
        "S": N_("Security and supervision"),
    }
)
"""The parts of the book, by the first part of a rule's number."""


class Protects(StrEnum):
    """Whom a rule protects; such a rule is never switched off."""

    OWNER = "owner"
    PERSON = "person"
    ACCESS = "access"
    NOBODY = ""


PROTECTS: Mapping[Protects, str] = MappingProxyType(
    {
        Protects.OWNER: N_("It protects owners. It cannot be switched off."),
        Protects.PERSON: N_("It protects persons. It cannot be switched off."),
        Protects.ACCESS: N_("It decides who knows, finds and reads. It cannot be switched off."),
    }
)

VERIFIED: frozenset[str] = frozenset()
"""Rules that a person compared with the current text."""


@dataclass(frozen=True, slots=True)
class Row:
    """One rule of the book. `tests` are "file::function"; without one the rule is not enforced."""

    rule: str
    words: str
    article: str
    sure: tuple[Sure, ...]
    protects: Protects
    tests: tuple[str, ...]

    @property
    def group(self) -> str:
        """The part of the book that the rule stands in."""
        return self.rule.partition(".")[0]

    @property
    def enforced(self) -> bool:
        """Whether code enforces it, as a test proves."""
        return bool(self.tests)

    @property
    def cites(self) -> str:
        """The article that may be shown, "" for a rule that may cite none."""
        read = set(self.sure) <= {Sure.READ, Sure.SECOND_HAND}
        return self.article if read or self.rule in VERIFIED else ""


@dataclass(frozen=True, slots=True)
class Switch:
    """Advice that two people of the secretariat can switch off: of which rule, what it is, what it says and where.

    `code` is also the name of the check in a notice's kind, where it is one.
    """

    code: str
    rule: str
    label: str
    about: str


SWITCHES: Mapping[str, Switch] = MappingProxyType(
    {
        switch.code: switch
        for switch in (
            Switch(
                "neutrality_words",
                "R2.04",
                N_("Words that ask for a legal look"),
                N_(
                    "Advice in the checklist of a notice that holds such a word. It never blocks. The answer on neutrality itself is "
                    "always asked for."
                ),
            ),
            Switch(
                "reassessment",
                "G.10",
                N_("An assessment older than twelve months"),
                N_("Advice in the checklist of a notice whose assessment is old. It never blocks."),
            ),
        )
    }
)
"""All else holds until a migration changes it."""


@cache
def book() -> Mapping[str, Row]:
    """Return every rule by its number, in the order of the book."""
    text = resources.files(__package__).joinpath("data/rules.csv").read_text(encoding="utf-8")
    return MappingProxyType({row.rule: row for row in map(_row, csv.DictReader(text.splitlines()))})


def _row(said: Mapping[str, str]) -> Row:
    return Row(
        rule=said["rule"],
        words=said["words"],
        article=said["article"],
        sure=tuple(Sure(mark) for mark in said["sure"].split()),
        protects=Protects.ACCESS if said["rule"] in access_rules() else Protects(said["protects"]),
        tests=tuple(said["tests"].split()),
    )


@cache
def access_rules() -> frozenset[str]:
    """Return the numbers of every rule that decides who knows, finds or reads."""
    return frozenset(rule.rule for verb in (Verb.KNOW, Verb.FIND, Verb.READ) for rule in RULES[verb])


def switches_of(rule: str) -> tuple[Switch, ...]:
    """Return what can be switched of a rule."""
    return tuple(switch for switch in SWITCHES.values() if switch.rule == rule)


def switch(code: str) -> Switch:
    """Return a switch by its code. Raises InputError for a rule that cannot be switched."""
    if code not in SWITCHES:
        raise InputError(N_("This rule cannot be switched off. It changes only with a new version of this product."), field="code")
    return SWITCHES[code]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the book is narrowed to; "" is not asked. `enforced` is yes or no, `sure` a mark, `group` a part of the book."""

    text: str = ""
    enforced: str = ""
    sure: str = ""
    group: str = ""

    def wants(self, row: Row) -> bool:
        """Whether a row is among what is asked for."""
        words = self.text.casefold().split()
        said = f"{row.rule} {row.words}".casefold()
        return (
            all(word in said for word in words)
            and self.enforced in ("", "yes" if row.enforced else "no")
            and (not self.sure or self.sure in row.sure)
            and self.group in ("", row.group)
        )


def narrowed(asked: Asked) -> Iterable[Row]:
    """Return the rules that are asked for, in the order of the book."""
    return tuple(row for row in book().values() if asked.wants(row))
