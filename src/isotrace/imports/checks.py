"""What stands against filing a draft, beyond what its kinds ask of each property."""

from collections.abc import Iterator

from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Draft
from isotrace.engine.schema import said
from isotrace.engine.schema.said import Thing, Tie, under
from isotrace.handling.envelopes import Choice
from isotrace.records import filing as filings
from isotrace.records.rules import named


def personal(draft: Draft) -> bool:
    """Whether it holds data on persons, which end."""
    return said.personal([each.kind for each in draft.things.values()])


def problems(draft: Draft, choice: Choice) -> Iterator[InputError]:
    """Yield what is wrong with a draft, fields named things.NAME.property and links.NAME.property."""
    names = {"things": list(draft.things), "links": [each.name for each in draft.links]}
    things = [Thing(each.kind, each.properties, name) for name, each in draft.things.items()]
    ties = [Tie(each.kind, each.source, each.target, each.properties) for each in draft.links]
    for error in _found(things, ties, choice):
        part, _, rest = error.field.partition(".")
        number, _, name = rest.partition(".")
        error.field = f"{part}.{names[part][int(number)]}.{name}" if part in names else error.field
        yield error


def _found(things: list[Thing], ties: list[Tie], choice: Choice) -> Iterator[InputError]:
    errors: list[InputError] = []
    for number, thing in enumerate(things):
        with under(f"things.{number}", errors):
            filings.check_dates(thing.kind, thing.properties)
    for number, tie in enumerate(ties):
        with under(f"links.{number}", errors):
            filings.check_dates(tie.kind, tie.properties)
            said.check_status(tie.properties)
    yield from errors
    yield from said.without_status(things, ties)
    yield from said.asks(things, ties, marking=choice.classification, named=named(choice))
