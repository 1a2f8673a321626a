"""Reads of lost and found: the viewer first. What he is told is reckoned from what he may read, and from nothing else."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from isotrace.engine.identity.judging import Verdict
from isotrace.engine.policy import Verb, Viewer
from isotrace.engine.radiology.lost_found import CONFIDENT, Item, Register
from isotrace.engine.text import Message
from isotrace.handling import audit
from isotrace.handling.filters import visible
from isotrace.handling.paging import key_of
from isotrace.handling.viewers import informed
from isotrace.identity.models import Judgement
from isotrace.records import queries as records
from isotrace.records.models import Report
from isotrace.tracing.models import Side, Trace

PAGE = 50
MOST_LOSSES = 20_000
"""The newest losses are compared, as many as these."""
MOST_FINDS = 300
"""Of the finds that a loss could be, the newest are compared, as many as these; the likeliest are then ranked among all losses."""
RANKED = 20
LEAST = 0.05
"""Pairs below this probability are not listed."""
_DATES_WRONG = timedelta(days=400)
_ITEM = (
    *("id", "nuclide", "activity_bq", "activity_first", "activity_last", "mass_g", "serials", "words", "country"),
    *("latitude", "longitude", "within_km", "first", "last"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A find and a loss that could be the same; `judged` is what the newest judgement on them that the viewer sees says, or ""."""

    find: Trace
    loss: Trace
    probability: float
    reasons: tuple[Message, ...]
    judged: str = ""

    @property
    def confident(self) -> bool:
        """Whether it is told by itself."""
        return self.probability >= CONFIDENT and not self.judged


@dataclass(frozen=True, slots=True)
class Page:
    """The pairs of a page of finds, the likeliest first; `finds` and `losses` are how many were compared, `after` asks for older finds."""

    pairs: list[Pair]
    finds: int
    losses: int
    after: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One material of a report with what it could be, the likeliest first; `among` is how many of the other side were compared."""

    trace: Trace
    pairs: list[Pair]
    among: int


def overview(viewer: Viewer, after: str = "", limit: int = PAGE) -> Page:
    """Return which of the newest finds could be which losses, as far as `viewer` may read both."""
    found = readable(viewer, Trace.objects.filter(side=Side.FOUND))
    key = key_of(after)
    if key is not None:
        found = found.filter(filed_at__lte=key[0]).exclude(filed_at=key[0], id__gte=key[1])
    finds = list(found.select_related("report__owner").order_by("-filed_at", "-id")[: limit + 1])
    more, finds = len(finds) > limit, finds[:limit]
    losses = Losses(viewer)
    pairs = _judged(viewer, losses.pairs(finds))
    open_pairs = sorted((pair for pair in pairs if pair.judged != Verdict.DIFFERENT), key=lambda pair: -pair.probability)
    audit.record(viewer, "lost_found.list", "report", count=len(open_pairs))
    return Page(open_pairs, len(finds), len(losses), f"{finds[-1].filed_at.isoformat()}~{finds[-1].id}" if more else "")


def of_report(viewer: Viewer, report_id: uuid.UUID) -> tuple[Report, list[Compared]]:
    """Return a report and what each of its materials could be. Raises Http404 alike for a forbidden id and one that never was."""
    report = records.report(viewer, report_id)
    own = list(readable(viewer, Trace.objects.filter(report=report).exclude(side="")).select_related("report__owner").order_by("id"))
    compared = compare(viewer, own)
    audit.record(viewer, "lost_found.list", "report", report.id, count=sum(len(each.pairs) for each in compared))
    return report, compared


def compare(viewer: Viewer, traces: Sequence[Trace]) -> list[Compared]:
    """Return what each of some materials could be, as far as `viewer` may read it."""
    if not traces:
        return []
    losses = Losses(viewer)
    made = []
    for trace in traces:
        pairs, among = (losses.pairs([trace]), len(losses)) if trace.side == Side.FOUND else _finds_of(viewer, trace, losses)
        made.append(Compared(trace, sorted(_judged(viewer, pairs), key=lambda pair: -pair.probability), among))
    return made


class Losses:
    """The losses that a viewer may read, side by side."""

    def __init__(self, viewer: Viewer) -> None:
        """Read the newest."""
        self._reader = informed(viewer)
        found = visible(Trace.objects.filter(side=Side.LOST), self._reader, Verb.READ).order_by("-filed_at", "-id")
        self._register = Register([_item(row) for row in found.values_list(*_ITEM)[:MOST_LOSSES]])

    def __len__(self) -> int:
        return len(self._register.items)

    def pairs(self, finds: Iterable[Trace]) -> list[Pair]:
        """Return the losses that each of some finds could be, but for those of its own report."""
        best = [(find, each) for find in finds for each in self._register.rank(item_of(find), least=LEAST).candidates]
        ids = {uuid.UUID(each.item.id) for _find, each in best}
        losses = visible(Trace.objects.filter(pk__in=ids), self._reader, Verb.READ).select_related("report__owner").in_bulk()
        ends = ((find, losses.get(uuid.UUID(each.item.id)), each) for find, each in best)
        return [Pair(find, loss, each.probability, each.reasons) for find, loss, each in ends if loss and loss.report_id != find.report_id]


def _finds_of(viewer: Viewer, loss: Trace, losses: Losses) -> tuple[list[Pair], int]:
    """The finds that could be a loss: chosen by what stands beside it, then each ranked among all losses."""
    among = other_side(Trace.objects.all(), loss)
    finds = list(readable(viewer, among).select_related("report__owner").order_by("-filed_at", "-id")[:MOST_FINDS])
    alone = Register([item_of(loss)])
    odds = {find.pk: float(alone.posterior(item_of(find))[0][0]) for find in finds}
    best = sorted(finds, key=lambda find: -odds[find.pk])[:RANKED]
    return [pair for pair in losses.pairs(best) if pair.loss.pk == loss.pk], len(finds)


def other_side(among: QuerySet[Trace], trace: Trace) -> QuerySet[Trace]:
    """Narrow materials to those of other reports that one of a report could be: of the same family or number, found after it was lost."""
    lost = trace.side == Side.LOST
    alike = Q(family__in=["", trace.family]) | Q(serials__overlap=trace.serials) if trace.family else Q()
    found = among.filter(alike, side=Side.FOUND if lost else Side.LOST).exclude(report=trace.report_id)
    if lost:
        return found.filter(Q(last=None) | Q(last__gte=trace.first - _DATES_WRONG)) if trace.first else found
    return found.filter(Q(first=None) | Q(first__lte=trace.last + _DATES_WRONG)) if trace.last else found


def readable(viewer: Viewer, among: QuerySet[Trace]) -> QuerySet[Trace]:
    """Return which of some materials `viewer` may read, what he acknowledged and has consent for included."""
    return visible(among, informed(viewer), Verb.READ)


def item_of(trace: Trace) -> Item:
    """Return a material as the engine compares it."""
    return _item(tuple(getattr(trace, name) for name in _ITEM))


def _item(row: Sequence[object]) -> Item:
    said = dict(zip(_ITEM, row, strict=True))
    latitude, longitude = said.pop("latitude"), said.pop("longitude")
    point = None if latitude is None or longitude is None else (latitude, longitude)
    whole = said | {"id": str(said["id"]), "nuclide": said["nuclide"] or None, "serials": tuple(said["serials"]), "point": point}  # type: ignore[arg-type]
    return Item(**whole)  # type: ignore[arg-type]  # the columns of a trace are the fields of an item


def _judged(viewer: Viewer, pairs: Iterable[Pair]) -> list[Pair]:
    """Put to each pair what the newest standing judgement on it says that the viewer sees."""
    listed = list(pairs)
    ends = {each.entity_id for pair in listed for each in (pair.find, pair.loss)}
    standing = visible(Judgement.objects.filter(left__in=ends, right__in=ends, ended_at=None), viewer).order_by("judged_at", "id")
    said = {frozenset((each.left_id, each.right_id)): each.verdict for each in standing} if ends else {}
    return [
        Pair(pair.find, pair.loss, pair.probability, pair.reasons, said.get(frozenset((pair.find.entity_id, pair.loss.entity_id)), ""))
        for pair in listed
    ]
