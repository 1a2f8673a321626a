"""The one decision: may this viewer do this with that record, and why."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from isotrace.engine.policy.model import AUDIENCE_LABELS, CONDITION_LABELS, Audience, Envelope, Verb, Viewer
from isotrace.engine.policy.rules import RULES
from isotrace.engine.text import N_, Message


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule's word: it holds (`favour`) or it stands against."""

    rule: str
    favour: bool
    message: Message


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed only when no reason stands against; carries every reason, for and against."""

    allowed: bool
    reasons: tuple[Reason, ...]

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons that forbid it."""
        return tuple(reason for reason in self.reasons if not reason.favour)


def decide(viewer: Viewer, envelope: Envelope, verb: Verb) -> Decision:
    """Decide `verb` for `viewer` on a record under `envelope`."""
    seen, record = viewer.fields(), envelope.fields()
    reasons = []
    for rule in RULES[verb]:
        favour = rule.term.holds(seen, record)
        reasons.append(Reason(rule.rule, favour, Message(rule.met if favour else rule.unmet)))
    return Decision(all(reason.favour for reason in reasons), tuple(reasons))


def who_sees(
    envelope: Envelope,
    names: Mapping[uuid.UUID, str],
    countries: Mapping[str, str],
    bureau: str = "",
    kinds: Mapping[str, str] | None = None,
) -> Iterable[Message]:
    """Say in words who can see a record: the owner, the bureau above it, the audience, who is left out, conditions, a block.

    `names` maps ids of organisations and communities, `countries` country codes and `kinds` kinds of organisation to what is
    shown; `bureau` names the national central bureau above an owner that is not one itself.
    """
    shown: dict[Any, str] = {**names, **countries, **(kinds or {})}
    yield Message(N_("%(owner)s owns it and decides who sees it."), {"owner": names.get(envelope.owner, "")})
    if bureau:
        yield Message(N_("%(bureau)s sees it as well: it answers for its country's organisations."), {"bureau": bureau})
    if envelope.blocked:
        yield Message(N_("It is blocked while a doubt about it is examined: nobody but these and the control body sees it."))
    yield _audience(envelope, _listed(shown, envelope.countries, envelope.organisations, envelope.kinds, envelope.communities))
    denied = (envelope.denied_countries, envelope.denied_organisations, envelope.denied_kinds, envelope.denied_communities)
    if any(denied):
        yield Message(N_("Never these, whoever else lets them in: %(list)s."), {"list": ", ".join(_listed(shown, *denied))})
    if envelope.conditions:
        yield Message(N_("Before they first read it, others accept these conditions:"))
        yield from (Message(label) for condition, label in CONDITION_LABELS.items() if condition in envelope.conditions)


def _listed(shown: Mapping[Any, str], *lists: Iterable[Any]) -> list[str]:
    """What is listed in words, in order; a circle that the reader is not in has no name for him."""
    found = {shown.get(each, each if isinstance(each, str) else "") for each in chain(*lists)}
    return [*sorted(found - {""}), *(["…"] if "" in found else [])]


def _audience(envelope: Envelope, listed: list[str]) -> Message:
    if envelope.audience is Audience.ALL:
        return Message(AUDIENCE_LABELS[Audience.ALL])
    if envelope.audience is Audience.ONLY and not listed:
        return Message(N_("Nobody else sees it."))
    if envelope.audience is Audience.ONLY:
        return Message(N_("Only these see it as well: %(list)s."), {"list": ", ".join(listed)})
    return Message(N_("All police organisations see it but these: %(list)s."), {"list": ", ".join(listed)})
