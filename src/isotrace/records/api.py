"""Reports over the API."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from isotrace.engine.notices.caveats import in_words
from isotrace.handling.api import REFUSALS, In, IsoDate, Long, Made, Short
from isotrace.handling.envelope_api import EnvelopeIn
from isotrace.handling.envelopes import Choice
from isotrace.handling.forms import sentence
from isotrace.handling.middleware import viewer
from isotrace.records import actions, queries
from isotrace.records.filing import Filing, Involved
from isotrace.records.models import Report
from isotrace.records.queries import Filters

router = Router(tags=["Reports"])
Properties = dict[str, Any]
Statement = Literal["fact", "assessment", "hypothesis", "hearsay"]


class AssessmentIn(In):
    """The authority's own assessment of a person."""

    number: Short = ""
    author: Short = ""
    date: IsoDate | None = None
    ground: Literal["", "conviction", "other_reasonable"] = ""
    narrative: Long = ""


class InvolvedIn(In):
    """A person and the part he had: properties of the kinds Person and Involvement."""

    person: Properties
    involvement: Properties
    assessment: AssessmentIn = AssessmentIn()
    envelope: EnvelopeIn


class ReportIn(In):
    """An incident: properties of the kinds RadiologicalIncident and RadioactiveMaterial."""

    incident: Properties
    materials: Annotated[list[Properties], Field(max_length=50)] = []
    involved: InvolvedIn | None = None
    envelope: EnvelopeIn
    lawful: bool
    reference: Annotated[Short, Field(max_length=80)] = ""
    countable: bool = False


class GradeIn(In):
    """Codes of a grading scheme."""

    scheme: Literal["admiralty", "uk_5x5x5", "uk_3x5x2", "europol_4x4"]
    source_grade: Annotated[str, Field(max_length=2)]
    information_grade: Annotated[str, Field(max_length=2)]
    note: Annotated[Short, Field(max_length=500)] = ""


class FiledOut(Schema):
    """The ids of the report on the event and of the one on the person, if any."""

    id: uuid.UUID
    persons_id: uuid.UUID | None


class ReportOut(Schema):
    """What a list shows of a report."""

    id: uuid.UUID
    kind: str
    title: str
    summary: str
    event: str
    country: str
    incident_type: str
    material: str
    owner: str
    classification: int
    retention_until: date | None
    filed_at: datetime
    about: uuid.UUID | None
    countable: bool
    caveats: list[str]


class ThingOut(Schema):
    """One entity: its kind and properties as the schema registry knows them."""

    id: uuid.UUID
    kind: str
    properties: Properties
    statement: Statement


class LinkOut(Schema):
    """One link between two entities of the report."""

    id: uuid.UUID
    kind: str
    source: uuid.UUID
    target: uuid.UUID
    properties: Properties
    statement: Statement


class GradeOut(Schema):
    """One grading."""

    scheme: str
    source_grade: str
    information_grade: str
    owner: str
    graded_at: datetime


class WholeReportOut(ReportOut):
    """A report with what it says."""

    assessment: dict[str, str]
    citations: list[dict[str, str]]
    entities: list[ThingOut]
    links: list[LinkOut]
    gradings: list[GradeOut]


class ReportsOut(Schema):
    """A page of reports; `after` asks for the next one."""

    reports: list[ReportOut]
    after: str


def _row(report: Report) -> dict[str, Any]:
    names = ("id", "kind", "title", "summary", "country", "incident_type", "material", "classification", "retention_until", "filed_at")
    return {name: getattr(report, name) for name in names} | {
        "event": report.event_text,
        "owner": report.owner.name,
        "about": report.about_id,
        "countable": report.countable,
        "caveats": [sentence(line) for line in in_words(report.caveats)],
    }


class ReportsQuery(Schema):
    """How a list is narrowed."""

    country: Annotated[str, Field(max_length=3)] = ""
    kind: Annotated[str, Field(max_length=20)] = ""
    incident_type: Annotated[str, Field(max_length=40)] = ""
    year: Annotated[int | None, Field(ge=1900, le=2100)] = None
    text: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    after: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.get("/reports", response={200: ReportsOut, **REFUSALS}, operation_id="list_reports")
def list_reports(request: HttpRequest, asked: Query[ReportsQuery]) -> Any:
    """List the reports that you may see, newest first."""
    narrowed = asked.dict(exclude={"after", "limit"})
    page = queries.reports(viewer(request), Filters(**narrowed), asked.after, asked.limit)
    readable = queries.readable(viewer(request), page.reports)
    rows = [_row(report) | ({} if report.id in readable else {"summary": ""}) for report in page.reports]
    return {"reports": rows, "after": page.after}


@router.post("/reports", response={201: FiledOut, **REFUSALS}, operation_id="file_report")
def file_report(request: HttpRequest, body: ReportIn) -> Any:
    """File an incident; a person in it goes into a second report under its own envelope."""
    event, persons = actions.file_incident(viewer(request), filing_of(body))
    return Status(201, {"id": event.id, "persons_id": persons.id if persons else None})


def filing_of(body: ReportIn) -> Filing:
    """Return an incident as the room takes it."""
    involved = body.involved
    return Filing(
        incident=body.incident,
        materials=tuple(body.materials),
        involved=Involved(involved.person, involved.involvement, involved.assessment.dict()) if involved else None,
        envelope=body.envelope.choice(),
        persons_envelope=involved.envelope.choice() if involved else Choice(),
        lawful=body.lawful,
        reference=body.reference,
        countable=body.countable,
    )


@router.get("/reports/{uuid:report_id}", response={200: WholeReportOut, **REFUSALS}, operation_id="read_report")
def read_report(request: HttpRequest, report_id: uuid.UUID) -> Any:
    """Read one report: its entities, links and grades."""
    who = viewer(request)
    found = queries.report(who, report_id)
    contents = queries.contents(who, found)
    return _row(found) | {
        "assessment": found.assessment,
        "citations": found.citations,
        "entities": [
            {"id": each.id, "kind": each.kind, "properties": each.properties, "statement": each.statement} for each in contents.entities
        ],
        "links": [
            {
                "id": each.id,
                "kind": each.kind,
                "source": each.source_id,
                "target": each.target_id,
                "properties": each.properties,
                "statement": each.statement,
            }
            for each in contents.links
        ],
        "gradings": [
            {
                "scheme": each.scheme,
                "source_grade": each.source_grade,
                "information_grade": each.information_grade,
                "owner": each.owner.name,
                "graded_at": each.graded_at,
            }
            for each in contents.gradings
        ],
    }


@router.post("/reports/{uuid:report_id}/grades", response={201: Made, **REFUSALS}, operation_id="grade_report")
def grade_report(request: HttpRequest, report_id: uuid.UUID, body: GradeIn) -> Any:
    """Grade a report's source and its information, each by itself."""
    return Status(201, actions.grade(viewer(request), report_id, **body.dict()))
