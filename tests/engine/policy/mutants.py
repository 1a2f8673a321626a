"""The rules with one clause dropped or negated, to prove that a wrong rule is noticed."""

from collections.abc import Iterator
from typing import Any

from isotrace.engine.policy import Verb
from isotrace.engine.policy.rules import RULES
from isotrace.engine.policy.terms import AllOf, AnyOf, Not

_LOOKS = (Verb.FIND, Verb.KNOW)


def changed(term: Any) -> Iterator[tuple[str, Any]]:
    """Yield every term that differs from this one by one clause dropped or negated."""
    if isinstance(term, AllOf | AnyOf):
        for number, part in enumerate(term.parts):
            before, after = term.parts[:number], term.parts[number + 1 :]
            if before or after:
                yield f"drop {part}", type(term)(*before, *after)
            for name, other in changed(part):
                yield name, type(term)(*before, other, *after)
    elif isinstance(term, Not):
        for name, other in changed(term.part):
            yield name, Not(other)
        yield f"negate {term}", term.part
    else:
        yield f"negate {term}", Not(term)


def mutants() -> Iterator[tuple[str, Verb, Any]]:
    """Every change of one clause of one rule, with a verb that the rule decides: a look, or the one with the fewest rules beside it."""
    seen: set[str] = set()
    for verb in sorted(RULES, key=lambda verb: (verb not in _LOOKS, len(RULES[verb]))):
        for rule in RULES[verb]:
            if rule.rule in seen:
                continue
            seen.add(rule.rule)
            others = AllOf(*(other.term for other in RULES[verb] if other is not rule))
            yield f"{verb} without {rule.rule}", verb, others
            for name, term in changed(rule.term):
                yield f"{verb} {rule.rule}: {name}", verb, AllOf(term, *others.parts)
