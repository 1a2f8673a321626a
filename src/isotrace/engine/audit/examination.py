"""Examining a chain: what was altered, taken out, moved, put in, cut off or forged, each named by place and entry."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from isotrace.engine.audit.chain import GENESIS, Entry, Seal, content_digest, link
from isotrace.engine.audit.heads import Head, check_head
from isotrace.engine.audit.retention import CHANGES_KEPT, SEARCHES_KEPT, years_after
from isotrace.engine.text import N_, Message

LATEST = timedelta(hours=1)
"""How much older an entry may be than what was sealed before it, at most: no transaction takes as long."""

MOST_COMPARED = 40
"""Among how many suspects it is looked for what was exchanged with what; the work grows with the cube."""

Pair = tuple[Seal, Entry | None]
Secrets = Callable[[int], bytes | None]


class Flaw(StrEnum):
    """What can be wrong with a chain."""

    ALTERED = "altered"
    SWAPPED = "swapped"
    MISSING = "missing"
    CUT_OUT = "cut_out"
    MOVED = "moved"
    BROKEN = "broken"
    BACKDATED = "backdated"
    UNSEALED = "unsealed"
    LOST = "lost"
    WORDS = "words"
    NO_KEY = "no_key"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"
    FORGED_HEAD = "forged_head"


_WORDS = {
    Flaw.ALTERED: N_("Entry %(entry)s at place %(place)s is not what was sealed: it was altered or put in."),
    Flaw.SWAPPED: N_("Entry %(entry)s at place %(place)s holds what was sealed as entry %(other)s."),
    Flaw.MISSING: N_("Entry %(entry)s at place %(place)s is missing, and it was to be kept until %(other)s."),
    Flaw.CUT_OUT: N_("Places %(place)s to %(last)s are missing from the chain."),
    Flaw.MOVED: N_("The seal at place %(place)s (entry %(entry)s) belongs to place %(other)s."),
    Flaw.BROKEN: N_("Places %(place)s to %(last)s do not follow from what stands before them: they were changed or put in."),
    Flaw.BACKDATED: N_("Entry %(entry)s at place %(place)s says that it is from %(other)s, and came later than that."),
    Flaw.UNSEALED: N_("Entry %(entry)s has no place in the chain."),
    Flaw.LOST: N_("Entry %(entry)s was taken out before it was sealed."),
    Flaw.WORDS: N_("The words kept beside entry %(entry)s are not those that it was sealed with."),
    Flaw.NO_KEY: N_("Entry %(entry)s at place %(place)s cannot be examined: its key %(other)s is gone before its time."),
    Flaw.TRUNCATED: N_("The chain ends at place %(place)s, and a head says that it had reached place %(other)s: the rest was cut off."),
    Flaw.REWRITTEN: N_("Place %(place)s is not the one that a signed head names: the chain was written anew at or before it."),
    Flaw.FORGED_HEAD: N_("The head of place %(place)s does not carry our signature."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: `place` and `last` are places in the chain (0 for none), `entry` an id, `other` what stands in the sentence besides."""

    flaw: Flaw
    place: int = 0
    entry: int = 0
    other: str = ""
    last: int = 0

    @property
    def message(self) -> Message:
        """The flaw in words."""
        said = {"place": self.place, "entry": self.entry, "other": self.other, "last": self.last or self.place}
        return Message(_WORDS[self.flaw], said)


@dataclass(slots=True)
class Examined:
    """The outcome: what was found, in order, how many seals there are, how many entries went in their time, and the chain's end."""

    findings: list[Finding] = field(default_factory=list)
    seals: int = 0
    expired: int = 0
    seq: int = 0
    link: bytes = GENESIS


def examine(
    pairs: Iterable[Pair],
    secrets: Secrets,
    today: date,
    *,
    heads: Iterable[Head] = (),
    public_key: bytes = b"",
    unsealed: Iterable[Entry] = (),
) -> Examined:
    """Examine a chain: `pairs` are its seals in order, each with its entry or None, `secrets` gives a key's bytes or None.

    `unsealed` are entries that should have been sealed by now. Heads must be signed by the holder of `public_key`.
    """
    walk = _Walk(secrets, today, {head.seq: head for head in heads})
    for seal, entry in pairs:
        walk.step(seal, entry)
    done = walk.done
    done.findings += walk.misplaced()
    done.findings += walk.exchanged()
    done.findings += [Finding(Flaw.UNSEALED, entry=entry.id) for entry in unsealed]
    done.findings += _heads(walk, heads, public_key)
    done.findings.sort(key=lambda found: (found.place or float("inf"), found.flaw))
    return done


def _heads(walk: "_Walk", heads: Iterable[Head], public_key: bytes) -> Iterator[Finding]:
    for head in heads:
        if not check_head(head, public_key):
            yield Finding(Flaw.FORGED_HEAD, head.seq)
        elif head.seq > walk.done.seq:
            yield Finding(Flaw.TRUNCATED, walk.done.seq, other=str(head.seq))
        elif walk.links_at_heads.get(head.seq) != head.link:
            yield Finding(Flaw.REWRITTEN, head.seq)


class _Walk:
    """One pass over the chain, in order; remembers what did not fit, to say afterwards what it was."""

    def __init__(self, secrets: Secrets, today: date, heads: dict[int, Head]) -> None:
        self.secrets, self.today = secrets, today
        self.done = Examined()
        self.links_at_heads: dict[int, bytes] = {0: GENESIS} if 0 in heads else {}
        self._heads = heads
        self._pass: tuple[datetime, datetime | None] | None = None
        self._unfitting: list[tuple[Seal, bytes]] = []
        self._unlawful: list[Seal] = []
        self._altered: list[tuple[Seal, Entry]] = []

    def step(self, seal: Seal, entry: Entry | None) -> None:
        """Take the next seal."""
        done = self.done
        gap = seal.seq != done.seq + 1
        if gap:
            done.findings.append(Finding(Flaw.CUT_OUT, done.seq + 1, last=seal.seq - 1))
        if not gap and seal.link != link(done.link, seal):
            self._unfitting.append((seal, done.link))
        elif not self._lawful(seal):
            self._unlawful.append(seal)
        if entry is None:
            self._gone(seal)
        else:
            self._content(seal, entry)
        done.seq, done.link, done.seals = seal.seq, seal.link, done.seals + 1
        if seal.seq in self._heads:
            self.links_at_heads[seal.seq] = seal.link

    def _lawful(self, seal: Seal) -> bool:
        """Whether it was sealed after what stands before it, and is kept as long as a rule says: else its end could be forged."""
        began, before = self._pass or (seal.sealed_at, None)
        if seal.sealed_at > began:
            before, began = began, seal.sealed_at
        self._pass = (began, before)
        day = seal.sealed_at.astimezone(UTC).date()
        return seal.sealed_at == began and seal.kept_until in {years_after(day, SEARCHES_KEPT), years_after(day, CHANGES_KEPT)}

    def _gone(self, seal: Seal) -> None:
        if seal.kept_until < self.today:
            self.done.expired += 1
        else:
            self.done.findings.append(Finding(Flaw.MISSING, seal.seq, seal.entry, seal.kept_until.isoformat()))

    def _content(self, seal: Seal, entry: Entry) -> None:
        secret = self.secrets(seal.key)
        before = self._pass[1] if self._pass else None
        if secret is None:
            self.done.findings.append(Finding(Flaw.NO_KEY, seal.seq, seal.entry, str(seal.key)))
        elif content_digest(secret, entry) != seal.digest:
            self._altered.append((seal, entry))
        elif before is not None and entry.at < before - LATEST:
            self.done.findings.append(Finding(Flaw.BACKDATED, seal.seq, seal.entry, entry.at.isoformat(timespec="seconds")))

    def exchanged(self) -> Iterator[Finding]:
        """Say of each altered entry whether it holds what was sealed for another one."""
        suspects = self._altered[:MOST_COMPARED]
        for seal, entry in self._altered:
            other = next((o.entry for o, _ in suspects if o.seq != seal.seq and self._is(entry, o)), None)
            if other is None:
                yield Finding(Flaw.ALTERED, seal.seq, seal.entry)
            else:
                yield Finding(Flaw.SWAPPED, seal.seq, seal.entry, str(other))

    def _is(self, entry: Entry, seal: Seal) -> bool:
        secret = self.secrets(seal.key)
        return secret is not None and content_digest(secret, replace(entry, id=seal.entry)) == seal.digest

    def misplaced(self) -> Iterator[Finding]:
        """Say of each seal that did not fit where it belongs, or that it was changed; neighbours of a moved one are innocent."""
        broken = {seal.seq for seal in self._unlawful}
        suspects = self._unfitting[:MOST_COMPARED]
        known = [stored for _, stored in suspects] + [seal.link for seal, _ in suspects]
        places = sorted({seal.seq + step for seal, _ in suspects for step in (0, 1)})
        for seal, _stored in self._unfitting:
            home = next((place for place in places if _fits(seal, place, known)), None)
            if home is None:
                broken.add(seal.seq)
            elif home != seal.seq:
                yield Finding(Flaw.MOVED, seal.seq, seal.entry, str(home))
        yield from _runs(sorted(broken))


def _fits(seal: Seal, place: int, links: list[bytes]) -> bool:
    return any(link(before, replace(seal, seq=place)) == seal.link for before in links)


def _runs(places: list[int]) -> Iterator[Finding]:
    """One finding for each run of places."""
    first = last = 0
    for place in [*places, 0]:
        if first and place != last + 1:
            yield Finding(Flaw.BROKEN, first, last=last)
            first = 0
        first, last = first or place, place
