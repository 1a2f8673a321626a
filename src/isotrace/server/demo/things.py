"""Reports of the sample world that are no incidents: an offer, a detection, a weakness; told with the product's own action."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from isotrace.engine import clock
from isotrace.engine.schema import registry
from isotrace.engine.schema.said import Thing, Tie
from isotrace.handling.envelopes import Choice
from isotrace.records.things import GenericFiling, file_things
from isotrace.server.demo.source import things
from isotrace.server.demo.telling import acting, envelope


def tell() -> None:
    """File each of them, as its own officer, at the time at which it came in."""
    for told in things()["report"]:
        with acting(told["by"], told["days_ago"]) as (viewer, _account):
            file_things(viewer, _filing(told, envelope(told["envelope"])))


def _filing(told: Mapping[str, Any], choice: Choice) -> GenericFiling:
    return GenericFiling(
        things=tuple(Thing(each["kind"], _dated(each), each["key"], each.get("statement", "")) for each in told["thing"]),
        links=tuple(
            Tie(each["kind"], each["source"], each["target"], each.get("properties", {}), each.get("statement", ""))
            for each in told.get("link", ())
        ),
        title=told["title"],
        envelope=choice,
        lawful=True,
        reference=told["key"],
    )


def _dated(each: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a thing; that it happened two days before, unless it says when."""
    when = {"date": str(clock.today() - timedelta(days=2))} if "date" in registry().kinds[each["kind"]].dates else {}
    return {**when, **each["properties"]}
