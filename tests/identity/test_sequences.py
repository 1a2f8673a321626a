"""Random sequences of filing, judging, taking back, hiding, opening and withdrawing end where a model on paper says they end."""

import os
import random
from dataclasses import dataclass, field

import pytest
from django.http import Http404

from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.identity import actions, control, queries
from isotrace.identity.actions import Verdicts
from isotrace.identity.models import Judgement
from isotrace.records import control as records
from isotrace.records.models import Report
from tests.identity.build import OFFICER, thing
from tests.worlds.base import World

BUREAUS = ("MDA", "GEO", "FRA")
MOST_THINGS, STEPS = 6, 12


@dataclass
class Thing:
    entity: object
    owner: str
    hidden: bool = False

    def seen_by(self, bureau):
        return bureau == self.owner or not self.hidden


@dataclass
class Judged:
    """What a judgement is on paper: `readers` None stands for everybody who sees both ends."""

    row: Judgement
    owner: str
    ends: tuple[Thing, Thing]
    verdict: str
    readers: set[str] | None = None

    def seen_by(self, bureau):
        return all(end.seen_by(bureau) for end in self.ends) and (self.readers is None or bureau in self.readers | {self.owner})


@dataclass
class Sequence:
    """The world as it is, and the same on paper."""

    world: World
    draw: random.Random
    things: list[Thing] = field(default_factory=list)
    standing: list[Judged] = field(default_factory=list)

    def viewer(self, bureau):
        return acting_as(self.world.viewer(OFFICER[bureau]))

    def step(self):
        self.draw.choice(
            [self.file, self.judge, self.judge, self.judge, self.take_back, self.hide_thing, self.hide_judgement, self.withdraw]
        )()

    def file(self):
        if len(self.things) < MOST_THINGS:
            owner = self.draw.choice(BUREAUS)
            self.things.append(Thing(thing(self.world, owner), owner))

    def judge(self):
        bureau, verdict = self.draw.choice(BUREAUS), self.draw.choice(("same", "same", "different", "undecided"))
        seen = [each for each in self.things if each.seen_by(bureau)]
        if len(seen) < 2:
            return
        one, other = self.draw.sample(seen, 2)
        with self.viewer(bureau) as viewer:
            made = actions.judge(viewer, one.entity.id, other.entity.id, Verdicts(verdict, "Sample reason", insist=True))
        mine = [each for each in self.standing if each.owner == bureau and set(map(id, each.ends)) == {id(one), id(other)}]
        if not mine or mine[0].verdict != verdict:
            self.standing = [each for each in self.standing if each not in mine]
            readers = {one.owner, other.owner} if one.hidden or other.hidden else None
            self.standing.append(Judged(made, bureau, (one, other), verdict, readers))

    def take_back(self):
        own = [each for each in self.standing if each.seen_by(each.owner)]
        if own:
            self.end(self.draw.choice(own))

    def end(self, judged):
        with self.viewer(judged.owner) as viewer:
            actions.take_back(viewer, judged.row.id, "Sample end")
        self.standing.remove(judged)

    def hide_thing(self):
        if self.things:
            self.turn(self.draw.choice(self.things))

    def turn(self, one):
        one.hidden = not one.hidden
        with self.viewer(one.owner) as viewer:
            records.change_envelope(viewer, one.entity.report_id, Choice(audience="only" if one.hidden else "all"))

    def hide_judgement(self):
        own = [each for each in self.standing if each.seen_by(each.owner)]
        if own:
            judged = self.draw.choice(own)
            judged.readers = set()
            with self.viewer(judged.owner) as viewer:
                control.change_envelope(viewer, judged.row.id, Choice(audience="only"))

    def withdraw(self):
        if len(self.things) > 2:
            gone = self.things.pop(self.draw.randrange(len(self.things)))
            Report.objects.using("jobs").get(pk=gone.entity.report_id).delete(using="jobs")
            self.standing = [each for each in self.standing if not any(end is gone for end in each.ends)]

    def group(self, bureau, start):
        """What this bureau finds on paper."""
        joined = [each.ends for each in self.standing if each.verdict == "same" and each.seen_by(bureau)]
        group = {start.entity.id}
        for _ in self.things:
            for ends in joined:
                ids = {end.entity.id for end in ends}
                group |= ids if ids & group else set()
        return group

    def differences(self):
        """Where what a bureau finds differs from the paper: the groups of all things at once, and one profile read whole."""
        found = []
        for bureau in BUREAUS:
            with self.viewer(bureau) as viewer:
                known = queries.around(viewer, [each.entity.id for each in self.things])
            seen = [each for each in self.things if each.seen_by(bureau)]
            found += [(bureau, each.owner) for each in seen if known.of(each.entity.id) != self.group(bureau, each)]
            found += [(bureau, "hidden") for each in self.things if each not in seen and len(known.of(each.entity.id)) > 1]
        if self.things:
            bureau, each = self.draw.choice(BUREAUS), self.draw.choice(self.things)
            expected = self.group(bureau, each) if each.seen_by(bureau) else None
            found += [(bureau, "profile")] if self.profile(bureau, each) != expected else []
        return found

    def profile(self, bureau, each):
        with self.viewer(bureau) as viewer:
            try:
                return {one.id for one in queries.profile(viewer, each.entity.id).things}
            except Http404:
                return None

    def undone(self):
        """Open everything and take everything back: nothing is left joined."""
        for each in self.things:
            if each.hidden:
                self.turn(each)
        for each in list(self.standing):
            self.end(each)
        return [*self.differences(), *self.standing]


def run(world, seed):
    """Run one sequence; return what differed from the model after it, and after undoing all of it."""
    sequence = Sequence(world, random.Random(seed))
    for _ in range(STEPS):
        sequence.step()
    found = sequence.differences(), sequence.undone()
    for each in sequence.things:
        Report.objects.using("jobs").get(pk=each.entity.report_id).delete(using="jobs")
    return found


def test_sequences_end_where_the_model_says_and_back_at_the_start(committed):
    assert {seed: found for seed in range(12) if (found := run(committed, seed)) != ([], [])} == {}


@pytest.mark.soak
def test_as_many_sequences_as_asked_end_where_they_should(committed, capsys):
    count = int(os.environ.get("ISOTRACE_SEQUENCES", "10000"))
    failed = {seed: found for seed in range(1000, 1000 + count) if (found := run(committed, seed)) != ([], [])}
    with capsys.disabled():
        print(f"\n{count} sequences of {STEPS} steps, {len(failed)} ended elsewhere")
    assert failed == {}
