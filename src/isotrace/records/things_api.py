"""Reports of any kind over the API, the kinds of things that there are, and the status of a person."""

import uuid
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from isotrace.engine.schema import Kind, Property, registry
from isotrace.engine.schema.said import MOST, Thing, Tie
from isotrace.handling.api import REFUSALS, In, IsoDate, Long, Made, Short
from isotrace.handling.envelope_api import EnvelopeIn
from isotrace.handling.middleware import viewer
from isotrace.records import status
from isotrace.records.api import Properties
from isotrace.records.things import GenericFiling, file_things

router = Router(tags=["Reports"])
Key = Annotated[Short, Field(max_length=80)]
StatementIn = Literal["", "fact", "assessment", "hypothesis", "hearsay"]


class ThingIn(In):
    """One thing: properties of its kind. `key` is your own name of it in this report, for links; no `statement` is a fact."""

    kind: Key
    properties: Properties
    key: Key = ""
    statement: StatementIn = ""


class LinkIn(In):
    """A link between two things of this report, by their keys."""

    kind: Key
    source: Key
    target: Key
    properties: Properties = {}
    statement: StatementIn = ""


class CitationIn(In):
    """Where something was published, and when it was read."""

    title: Short
    url: Short = ""
    retrieved: IsoDate | None = None


class AnyReportIn(In):
    """A report with things and links of any kind; every person needs an Involvement with the status. No `title` takes the first thing's."""

    things: Annotated[list[ThingIn], Field(min_length=1, max_length=MOST)]
    links: Annotated[list[LinkIn], Field(max_length=MOST)] = []
    title: Annotated[Short, Field(max_length=300)] = ""
    summary: Long = ""
    kind: Literal["police", "open_source", "regulator", "notification"] = "police"
    envelope: EnvelopeIn
    lawful: bool
    reference: Key = ""
    countable: bool = False
    citations: Annotated[list[CitationIn], Field(max_length=50)] = []
    about: uuid.UUID | None = None


class StatusIn(In):
    """A person's new status. `kept_for` is the other case for which the report is kept after an acquittal or dropped charges."""

    status: Key
    legal_basis: Short
    decided_on: IsoDate
    ground: Long = ""
    kept_for: Annotated[Long, Field(max_length=2000)] = ""


class StatusOut(Schema):
    """The change, and whether the report is deleted because of it."""

    id: uuid.UUID
    ends: bool


class PropertyOut(Schema):
    """A property of a kind: what it takes and how it is called."""

    name: str
    label: str
    type: str
    required: bool
    several: bool
    choices: dict[str, str]
    followthemoney: list[str]


class KindOut(Schema):
    """A kind of thing, or of link if it has ends; `abstract` kinds only stand for those that extend them."""

    name: str
    label: str
    description: str
    extends: list[str]
    abstract: bool
    source: str
    target: str
    followthemoney: str
    properties: list[PropertyOut]


class KindsOut(Schema):
    """All kinds at one version of the schema."""

    version: str
    kinds: list[KindOut]


@router.post("/reports/things", response={201: Made, **REFUSALS}, operation_id="file_things")
def file_any(request: HttpRequest, body: AnyReportIn) -> Any:
    """File a report with things and links of any kind, under one envelope."""
    return Status(201, file_things(viewer(request), _filing(body)))


def _filing(body: AnyReportIn) -> GenericFiling:
    return GenericFiling(
        things=tuple(Thing(each.kind, each.properties, each.key, each.statement) for each in body.things),
        links=tuple(Tie(each.kind, each.source, each.target, each.properties, each.statement) for each in body.links),
        title=body.title,
        summary=body.summary,
        envelope=body.envelope.choice(),
        lawful=body.lawful,
        kind=body.kind,
        reference=body.reference,
        countable=body.countable,
        citations=tuple(_citation(each) for each in body.citations),
        about=body.about,
    )


def _citation(given: CitationIn) -> Mapping[str, str]:
    return {name: str(value) for name, value in given.dict().items() if value}


@router.post("/reports/{uuid:report_id}/links/{uuid:link_id}/status", response={201: StatusOut, **REFUSALS}, operation_id="change_status")
def change_status(request: HttpRequest, report_id: uuid.UUID, link_id: uuid.UUID, body: StatusIn) -> Any:
    """Change the status of a person, as the owner; after an acquittal or dropped charges the report is deleted."""
    made = status.change(viewer(request), report_id, link_id, status.Change(**body.dict()))
    return Status(201, {"id": made.id, "ends": status.ends(made)})


@router.get("/kinds", response={200: KindsOut, **REFUSALS}, operation_id="list_kinds")
def list_kinds(request: HttpRequest) -> Any:  # noqa: ARG001  # the same for everybody
    """List the kinds of things and links that a report can say, with their properties."""
    return {"version": registry().version, "kinds": [_kind(kind) for kind in registry().kinds.values()]}


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "label": _(kind.label),
        "description": _(kind.description),
        "extends": list(kind.extends),
        "abstract": kind.abstract,
        "source": kind.link.source if kind.link else "",
        "target": kind.link.target if kind.link else "",
        "followthemoney": kind.ftm.schema,
        "properties": [_property(prop) for prop in kind.properties.values()],
    }


def _property(prop: Property) -> dict[str, Any]:
    return {
        "name": prop.name,
        "label": _(prop.label),
        "type": prop.type,
        "required": prop.required,
        "several": prop.many,
        "choices": {code: _(label) for code, label in (prop.choices or {}).items()},
        "followthemoney": list(prop.ftm),
    }
