"""What a person can do about identity: judge two things, take a judgement back."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from isotrace.desk.actions import finish
from isotrace.desk.asking import words
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.identity.handling import inherited
from isotrace.engine.identity.judging import Said, Verdict, against
from isotrace.engine.policy import Envelope, Verb, Viewer, decide
from isotrace.engine.text import N_
from isotrace.handling import audit
from isotrace.handling.actions import require
from isotrace.handling.forms import sentence
from isotrace.identity import jobs, queries
from isotrace.identity.models import Judgement
from isotrace.identity.pool import alike
from isotrace.records.models import Entity

LEAST_REASON, MOST_REASON = 5, 2_000


class ContradictionError(InputError):
    """A judgement would contradict others that the viewer sees: `against` are their ids. Whoever insists saves it all the same."""

    def __init__(self, found: tuple[Said, ...]) -> None:
        """Take the judgements that stand against it."""
        self.against = tuple(said.id for said in found)
        super().__init__(
            N_("%(count)s judgement stands against this. Read it, then confirm that you judge so all the same.")
            if len(found) == 1
            else N_("%(count)s judgements stand against this. Read them, then confirm that you judge so all the same."),
            field="insist",
            count=len(found),
        )


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What somebody says of two things; `insist` that it stands although visible judgements contradict it."""

    verdict: str
    reason: str
    insist: bool = False


def judge(viewer: Viewer, left_id: uuid.UUID, right_id: uuid.UUID, said: Verdicts) -> Judgement:
    """Judge two things of the same kind; an earlier judgement of the viewer's own organisation on the pair ends with it.

    Raises Http404 for a thing that the viewer may not see, PermissionError for whoever may not file, InputError naming the field for
    what cannot be judged, and ContradictionError unless `insist`. Owners of hidden judgements that it contradicts get a task later.
    """
    left, right = _pair(viewer, left_id, right_id)
    reason = _checked(viewer, left, right, said)
    with transaction.atomic():
        _lock(viewer, left, right)
        known = queries.around(viewer, [left.id, right.id])
        pair = frozenset((left.id, right.id))
        mine = [each for each in known.judgements if each.said.pair == pair and each.owner_id == viewer.organisation]
        if mine and (mine[0].verdict, mine[0].reason) == (said.verdict, reason):
            return mine[0]
        others = [each.said for each in known.judgements if each not in mine]
        found = against(Verdict(said.verdict), left.id, right.id, others)
        if found and not said.insist:
            raise ContradictionError(found)
        made = _written(viewer, left, right, said.verdict, reason, mine)
        audit.record(viewer, "judgement.make", "judgement", made.id, verdict=said.verdict, left=left.id, right=right.id, against=len(found))
        jobs.tell_owners.defer(judgement=str(made.id))
    return made


def _pair(viewer: Viewer, one: uuid.UUID, other: uuid.UUID) -> tuple[Entity, Entity]:
    """Both things in the order in which a judgement keeps them."""
    first, second = (queries.thing(viewer, each, "judgement.make") for each in sorted((one, other)))
    return first, second


def _checked(viewer: Viewer, left: Entity, right: Entity, said: Verdicts) -> str:
    """The reason as it is kept. Raises InputError and PermissionError."""
    if left.id == right.id:
        raise InputError(N_("This is one and the same entry. Choose another one to compare it with."), field="right")
    if not alike(left.kind, right.kind):
        raise InputError(N_("Only things of one kind can be the same. Choose another one to compare it with."), field="right")
    if said.verdict not in set(Verdict):
        raise InputError(N_("Say whether they are the same, are not, or cannot be told yet."), field="verdict")
    mine = Envelope(owner=viewer.organisation, owner_country=viewer.country, database=Judgement.rights.database)
    decision = decide(viewer, mine, Verb.FILE)
    if not decision.allowed:
        raise PermissionError(" ".join(sentence(reason.message) for reason in decision.against))
    return words(said.reason, "reason", LEAST_REASON, MOST_REASON)


def _lock(viewer: Viewer, left: Entity, right: Entity) -> None:
    """Let an organisation's judgements on one pair wait for each other: a double click makes one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 26))", [f"{viewer.organisation} {left.id} {right.id}"])


def _written(viewer: Viewer, left: Entity, right: Entity, verdict: str, reason: str, earlier: list[Judgement]) -> Judgement:
    now = clock.now()
    for each in earlier:
        _end(viewer, each, reason)
    return Judgement.objects.create(
        **_columns(inherited(left.envelope, right.envelope, _own(viewer))),
        left=left,
        right=right,
        verdict=verdict,
        reason=reason,
        replaces=earlier[0] if earlier else None,
        judged_by=viewer.person,
        judged_at=now,
    )


def _own(viewer: Viewer) -> Envelope:
    return Envelope(owner=viewer.organisation, owner_country=viewer.country, database=Judgement.rights.database)


def _columns(envelope: Envelope) -> dict[str, Any]:
    lists = ("countries", "organisations", "kinds", "communities")
    found: dict[str, Any] = {f"audience_{name}": sorted(getattr(envelope, name), key=str) for name in lists}
    found |= {f"denied_{name}": sorted(getattr(envelope, f"denied_{name}"), key=str) for name in lists}
    plain = ("owner_country", "purpose", "classification", "audience", "retention_until")
    return found | {name: getattr(envelope, name) for name in plain} | {"owner_id": envelope.owner}


def take_back(viewer: Viewer, judgement_id: uuid.UUID, reason: str) -> Judgement:
    """End a judgement of one's own organisation; it stays in the history with who ended it and why.

    Raises Http404, PermissionError for whoever does not own it, InputError for one that is ended already or a reason that is missing.
    """
    found = queries.judgement(viewer, judgement_id)
    require(viewer, found, Verb.EDIT)
    if not found.standing:
        raise InputError(N_("This judgement is taken back already."), field="reason")
    why = words(reason, "reason", LEAST_REASON, MOST_REASON)
    with transaction.atomic():
        _end(viewer, found, why)
        audit.record(viewer, "judgement.end", "judgement", found.id)
        finish(viewer, ("judgement", found.id), jobs.LOOK_AGAIN)
    return found


def _end(viewer: Viewer, found: Judgement, reason: str) -> None:
    found.ended_at, found.ended_by, found.end_reason = clock.now(), viewer.person, reason
    found.save(update_fields=["ended_at", "ended_by", "end_reason"])


def keep(viewer: Viewer, judgement_id: uuid.UUID) -> Judgement:
    """Say that a judgement of one's own organisation stands after another look; closes the task that asked for it. Raises Http404."""
    found = queries.judgement(viewer, judgement_id)
    require(viewer, found, Verb.EDIT)
    with transaction.atomic():
        audit.record(viewer, "judgement.keep", "judgement", found.id)
        finish(viewer, ("judgement", found.id), jobs.LOOK_AGAIN)
    return found
