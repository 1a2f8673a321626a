"""The one decision: may this viewer do this with that record, and why."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from isotrace.engine.policy.model import AUDIENCE_LABELS, Audience, Envelope, Verb, Viewer
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


def who_sees(envelope: Envelope, names: dict[uuid.UUID, str], countries: dict[str, str], bureau: str = "") -> Iterable[Message]:
    """Say in words who can see a record: the owner, the bureau above it, then the audience.

    `names` maps organisation ids and `countries` country codes to what is shown; `bureau` names the national central bureau
    above an owner that is not one itself.
    """
    yield Message(N_("%(owner)s owns it and decides who sees it."), {"owner": names.get(envelope.owner, "")})
    if bureau:
        yield Message(N_("%(bureau)s sees it as well: it answers for its country's organisations."), {"bureau": bureau})
    if envelope.audience is Audience.ALL:
        yield Message(AUDIENCE_LABELS[Audience.ALL])
        return
    listed = sorted([countries.get(c, c) for c in envelope.countries] + [names.get(o, "") for o in envelope.organisations])
    if envelope.audience is Audience.ONLY and not listed:
        yield Message(N_("Nobody else sees it."))
    elif envelope.audience is Audience.ONLY:
        yield Message(N_("Only these see it as well: %(list)s."), {"list": ", ".join(listed)})
    else:
        yield Message(N_("All police organisations see it but these: %(list)s."), {"list": ", ".join(listed)})
