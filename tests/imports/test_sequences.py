"""Whatever is imported, imported again and withdrawn, in any order: what is filed is what the newest import that is left says of each key."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isotrace.records.models import Entity, Link, Place, Report
from tests.imports.build import csv, imported, mapping, row, withdrawn
from tests.worlds.base import clean

KEYS, PLACES = (1, 2, 3), ("Alpha", "Beta")
FILES = st.dictionaries(st.sampled_from(KEYS), st.tuples(st.sampled_from(PLACES), st.booleans()), min_size=1)
STEPS = st.lists(FILES | st.integers(0, 3), min_size=1, max_size=4)


def filed():
    """What is filed by reference: where it happened and whether there is material; and that nothing else is left."""
    found = {}
    for each in Report.objects.using("jobs"):
        kinds = list(Entity.objects.using("jobs").filter(report=each).values_list("kind", flat=True))
        found[each.reference] = (
            each.location,
            "RadioactiveMaterial" in kinds,
            each.material,
            Link.objects.using("jobs").filter(report=each).count(),
        )
    loose = Entity.objects.using("jobs").exclude(report__in=Report.objects.using("jobs").all()).count()
    return found, loose, Place.objects.using("jobs").count()


def said(place, material):
    return (place, material, "Cs-137" if material else "", 1 if material else 0)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_sequence_ends_where_what_is_left_ends(committed, steps):
    clean()
    using, batches = mapping(committed), []
    stacks = {key: [] for key in KEYS}
    for step in steps:
        if isinstance(step, dict):
            content = csv(
                [
                    row(key, where=place, **({} if full else dict.fromkeys(("nuclide", "activity", "serial"), "")))
                    for key, (place, full) in step.items()
                ]
            )
            batches.append(imported(committed, content, using=using))
            for key, wanted in step.items():
                if not stacks[key] or stacks[key][-1][1] != wanted:
                    stacks[key].append((batches[-1].id, wanted))
        elif step < len(batches):
            gone = batches[step]
            gone.refresh_from_db(using="jobs")
            if gone.state == "done":
                withdrawn(committed, gone)
                stacks = {key: [each for each in stack if each[0] != gone.id] for key, stack in stacks.items()}
        expected = {f"S-{key:03d}": said(*stack[-1][1]) for key, stack in stacks.items() if stack}
        assert filed() == (expected, 0, 0)
