"""What stands against filing a draft, beyond what its kinds ask of each property."""

from collections.abc import Iterator

from isotrace.engine.errors import InputError
from isotrace.engine.mapping import Draft
from isotrace.handling.envelopes import Choice
from isotrace.records import filing as filings


def personal(draft: Draft) -> bool:
    """Whether it holds data on persons, which end."""
    return any(each.kind == "Person" for each in draft.things.values())


def problems(draft: Draft, _choice: Choice) -> Iterator[InputError]:
    """Yield what is wrong with a draft, fields named things.NAME.property."""
    for name, each in draft.things.items():
        try:
            if each.kind == "RadiologicalIncident":
                filings.check_dates(dict(each.properties))
        except InputError as error:
            error.field = f"things.{name}.{error.field}"
            yield error
