"""Files, mappings and batches for tests, driven as a worker and people drive them."""

from isotrace.engine.mapping.delivering import csv_file, workbook_file
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.imports import actions, jobs
from isotrace.imports.models import Batch
from isotrace.imports.orders import Order

COLUMNS = ("id", "what", "where", "country", "when", "nuclide", "activity", "serial")
ENVELOPE = Choice(audience="all")
ORDER = Order(envelope=ENVELOPE, lawful=True)


def data(namespace="sample"):
    """A mapping of the columns to an incident and its material."""
    column = {name: {"column": name} for name in COLUMNS}
    incident = {"type": column["what"], "place": column["where"], "country": column["country"], "event_date": column["when"]}
    material = {
        "material_type": {"constant": "radioactive_source"},
        "nuclide": column["nuclide"],
        "activity": {"parts": {"value": column["activity"], "unit": {"constant": "GBq"}}},
        "serial": {"column": "serial", "split": ";"},
    }
    return {
        "namespace": namespace,
        "things": {
            "incident": {"kind": "RadiologicalIncident", "properties": incident},
            "material": {"kind": "RadioactiveMaterial", "properties": material},
        },
        "links": [{"kind": "MaterialInvolved", "source": "material", "target": "incident"}],
        "report": {"reference": column["id"]},
    }


def row(number, **changes):
    """A good row."""
    plain = {
        "id": f"S-{number:03d}", "what": "theft", "where": f"Sample town {number}", "country": "MDA", "when": "2024-05-01",
        "nuclide": "Cs-137", "activity": str(10 + number), "serial": f"SER-{number};X-{number}",
    }  # fmt: skip
    return plain | changes


def csv(rows, columns=COLUMNS):
    """A CSV file of rows."""
    return b"".join(csv_file(columns, ([each.get(name, "") for name in columns] for each in rows)))


def workbook(rows, columns=COLUMNS):
    """The same as a workbook."""
    return b"".join(workbook_file([("Sample", [columns, *([each.get(name, "") for name in columns] for each in rows)])]))


def hand_in(world, who, content, name="sample.csv"):
    """Upload a file as a person does."""
    with acting_as(world.viewer(who)) as viewer:
        return actions.upload(viewer, name, [content])


def mapping(world, who="mda.officer", raw=None, name="Sample register", form="csv", columns=COLUMNS):
    """Save a mapping as a person does."""
    with acting_as(world.viewer(who)) as viewer:
        return actions.save_mapping(viewer, name, raw or data(), form, columns)


def checked(world, content, who="mda.officer", *, using=None, order=ORDER, name="sample.csv"):
    """Upload a file and let it be checked by a mapping, as the worker does."""
    given = hand_in(world, who, content, name)
    with acting_as(world.viewer(who)) as viewer:
        batch = actions.start(viewer, given.id, (using or mapping(world, who)).id, order)
    jobs.go(str(batch.id))
    return Batch.objects.using("jobs").get(pk=batch.id)


def imported(world, content, who="mda.officer", **more):
    """The same, and then import it."""
    batch = checked(world, content, who, **more)
    return run(world, batch, who)


def run(world, batch, who="mda.officer"):
    """Import what was checked."""
    with acting_as(world.viewer(who)) as viewer:
        actions.run(viewer, batch.id)
    jobs.go(str(batch.id))
    return Batch.objects.using("jobs").get(pk=batch.id)


def withdrawn(world, batch, who="mda.officer"):
    """Take an import back."""
    with acting_as(world.viewer(who)) as viewer:
        actions.withdraw(viewer, batch.id, "not_accurate")
    jobs.go(str(batch.id))
    return Batch.objects.using("jobs").get(pk=batch.id)


def counts(batch):
    """State and counts of a batch."""
    return batch.state, batch.new, batch.updated, batch.unchanged, batch.bad
