"""One row in every owned table, so that what must not leak exists."""

from dataclasses import replace
from datetime import date

from isotrace.desk.models import BrokenGlass, Challenge, Correction, Forwarding, Raising, Task
from isotrace.engine import clock
from isotrace.files.models import Attachment, AttachmentPart
from isotrace.finding.models import SavedSearch
from isotrace.handling import audit
from isotrace.handling.context import acting_as
from isotrace.handling.exports import exported
from isotrace.handling.models import Acknowledgement, Community, Consent, Membership, Released, RuleChange
from isotrace.identity.models import Judgement
from isotrace.imports.models import BadRow, Batch, RowStatement, SavedMapping, Upload, UploadPart
from isotrace.notices.models import Notice, NoticeEvent
from isotrace.privacy.case_models import Case, CaseRecord, Consultation, PersonRequest
from isotrace.privacy.models import Recall, Reminder, Renewal, Tombstone
from isotrace.records.draft_models import IncidentDraft
from isotrace.records.models import Entity, Grading, Link, Place, Report, Revision
from isotrace.records.sensitive_models import SensitiveDatum, SensitiveOpening
from isotrace.records.status_models import StatusChange
from isotrace.screening.models import Hit, HitAnswer
from isotrace.tracing.models import Trace
from tests.worlds import intake
from tests.worlds.base import World


def envelope(world: World, owner: str, **changes) -> dict:
    organisation = world.organisations[owner]
    plain = {
        "owner": organisation,
        "owner_country": organisation.country,
        "purpose": "INFO",
        "classification": 1,
        "audience": "all",
        "audience_countries": [],
        "audience_organisations": [],
        "retention_until": date(2030, 1, 1),
    }
    return plain | changes


def report(world: World, owner: str, person: str, title: str = "Sample report", **changes) -> Report:
    """A report as its owner files it, written without the form."""
    with acting_as(world.viewer(person)):
        return Report.objects.create(
            **envelope(world, owner, **changes),
            kind="police",
            title=title,
            schema_version="1",
            filed_at=clock.now(),
            filed_by=world.people[person].id,
        )


def notice(world: World, owner: str, person: str, state: str = "published", number: str = "G-2026-0001", **changes) -> Notice:
    """A notice in some state, written without its life."""
    with acting_as(world.viewer(person)):
        return Notice.objects.create(
            **envelope(world, owner, **changes),
            kind="green",
            state=state,
            number=number,
            unit=world.organisations["radnuc"],
            wide_audience="all",
            created_at=clock.now(),
            changed_at=clock.now(),
        )


def _change_a_rule(world: World) -> None:
    """One person of the secretariat proposes, another one confirms; the database writes the setting."""
    with acting_as(world.viewer("reviewer")) as one:
        change = RuleChange.objects.create(
            code="reassessment", rule="G.10", wanted=False, reason="Sample reason", proposed_by=one.person, proposed_at=clock.now()
        )
    with acting_as(world.viewer("unit.admin")) as two:
        RuleChange.objects.filter(pk=change.pk).update(state="confirmed", decided_by=two.person, decided_at=clock.now())


def _import(world: World, one: Report) -> None:
    """An import of the own organisation: its file, its mapping, a row that was not taken, and what another said of a report."""
    who, own = world.people["mda.officer"].id, envelope(world, "MDA", audience="only")
    given = Upload.objects.create(**own, name="sample.csv", form="csv", size=6, digest="0" * 64, added_at=clock.now(), added_by=who)
    UploadPart.objects.create(**own, upload=given, number=0, content=b"Sample")
    saved = SavedMapping.objects.create(**own, name="Sample", version=1, form="csv", data={}, made_at=clock.now(), made_by=who)
    about = {"upload": given, "mapping": saved, "name": "sample.csv", "form": "csv", "digest": "0" * 64}
    batch = Batch.objects.create(
        **own, **about, state="done", kind="police", choice={}, made_at=clock.now(), made_by=who, for_purpose="INFO"
    )
    BadRow.objects.create(**own, batch=batch, number=2, cells={"name": "Sample"}, errors=[])
    RowStatement.objects.create(**own, report=one, batch=batch, row=3, key="sample:1", digest=b"0" * 32, said={}, made_at=clock.now())


def fill(world: World) -> None:
    """Write at least one row into every owned table, through the serving role."""
    one = report(world, "MDA", "mda.officer")
    listed = notice(world, "MDA", "mda.officer")
    officer, who_is = world.viewer("mda.officer"), world.people["mda.officer"]
    who = who_is.id
    with acting_as(officer):
        a, b = (
            Entity.objects.create(**one.envelope_columns(), report=one, kind=kind, schema_version="1")
            for kind in ("Person", "RadiologicalIncident")
        )
        part = Link.objects.create(**one.envelope_columns(), report=one, kind="Involvement", source=a, target=b, schema_version="1")
        StatusChange.objects.create(
            **one.envelope_columns(),
            report=one,
            link=part,
            before="suspect",
            after="charged",
            legal_basis="Sample charge 1",
            decided_on=date(2026, 5, 1),
            at=clock.now(),
            person=who,
        )
        Place.objects.create(
            **one.envelope_columns(), report=one, entity=b, latitude=47, longitude=28, precision="city", filed_at=one.filed_at
        )
        Trace.objects.create(**one.envelope_columns(), report=one, entity=b, side="lost", filed_at=one.filed_at, changed_at=clock.now())
        Grading.objects.create(
            **one.envelope_columns(),
            report=one,
            scheme="admiralty",
            source_grade="B",
            information_grade="2",
            graded_at=clock.now(),
            graded_by=who,
        )
        part_of = {**one.envelope_columns(), "report": one}
        kept = Attachment.objects.create(
            **part_of, name="sample.txt", kind="text", size=6, digest="0" * 64, added_at=clock.now(), added_by=who
        )
        AttachmentPart.objects.create(**part_of, attachment=kept, number=0, content=b"Sample")
        _import(world, one)
        IncidentDraft.objects.create(
            person=who, organisation=world.organisations["MDA"], section="event", begun_at=clock.now(), saved_at=clock.now()
        )
        NoticeEvent.objects.create(
            **listed.envelope_columns(), notice=listed, action="publish", to_state="published", at=clock.now(), person=who
        )
        Task.objects.create(
            kind="x",
            subject_kind="report",
            subject_id=one.id,
            addressee=world.organisations["MDA"],
            sender=world.organisations["MDA"],
            created_at=clock.now(),
            due_at=clock.now(),
        )
        audit.record(officer, "report.read", "report", one.id)
        audit.record(officer, "report.list", "report", terms={"text": who_is.name}, shown=[one.id])
        Acknowledgement.objects.create(person=who, record=one.id, at=clock.now())
        Consent.objects.create(
            record_kind="report",
            record=one.id,
            owner=world.organisations["GEO"],
            asker=world.organisations["MDA"],
            use="forward",
            reason="Sample reason",
            state="asked",
            asked_by=who,
            asked_at=clock.now(),
        )
        exported(officer, one, "json")
        asked = {"record_kind": "report", "record": one.id, "owner": world.organisations["GEO"], "asker": world.organisations["MDA"]}
        asked |= {"reason": "Sample reason", "asked_by": who, "asked_at": clock.now()}
        Correction.objects.create(**asked, field="title", text="Sample text")
        Challenge.objects.create(**asked)
        Forwarding.objects.create(
            record_kind="report",
            record=one.id,
            owner=world.organisations["MDA"],
            sender=world.organisations["MDA"],
            recipient=world.organisations["GEO"],
            purpose="INFO",
            at=clock.now(),
            person=who,
        )
        again = Entity.objects.create(**one.envelope_columns(), report=one, kind="Person", schema_version="1")
        left, right = sorted((a, again), key=lambda thing: thing.id)
        Judgement.objects.create(
            **one.envelope_columns(),
            left=left,
            right=right,
            verdict="undecided",
            reason="Sample reason",
            judged_by=who,
            judged_at=clock.now(),
        )
        Revision.objects.create(**one.envelope_columns(), report=one, entity=a, before={"names": ["Sample"]}, at=clock.now(), person=who)
        circle = Community.objects.create(name="Sample working group", leader=world.organisations["MDA"])
        Membership.objects.create(
            community=circle, leader=world.organisations["MDA"], organisation=world.organisations["GEO"], since=date(2020, 1, 1)
        )
        Renewal.objects.create(
            record_kind="report", record=one.id, owner=world.organisations["MDA"], reason="Sample reason", at=clock.now(), person=who
        )
        Recall.objects.create(
            record_kind="report",
            copy_of=one.id,
            cause="withdrawn",
            owner=world.organisations["MDA"],
            holder=world.organisations["GEO"],
            forms=["json"],
            taken_from=clock.now(),
            taken_to=clock.now(),
            recalled_at=clock.now(),
        )
    intake.fill(world, one)
    Reminder.objects.using("jobs").create(record_kind="report", record=one.id, until=date(2030, 1, 1), rung=180, asked_at=clock.now())
    Tombstone.objects.using("jobs").create(
        digest="0" * 64,
        record_kind="report",
        owner=world.organisations["MDA"],
        ground="expired",
        recorded_on=date(2020, 1, 1),
        deleted_at=clock.now(),
        seal="0" * 64,
    )
    duty = world.viewer("duty")
    with acting_as(duty):
        unit = world.organisations["radnuc"]
        asked |= {"owner": world.organisations["MDA"], "asker": unit}
        Raising.objects.create(**asked, before=1, after=2)
        BrokenGlass.objects.create(
            record_kind="report",
            record=one.id,
            owner=world.organisations["MDA"],
            organisation=unit,
            person=duty.person,
            threat_reference="Sample alert 1",
            reason="Sample reason",
            opened_at=clock.now(),
            ends_at=clock.now(),
        )
    control = world.viewer("control")
    with acting_as(control):
        body = world.organisations["control"]
        request = PersonRequest.objects.create(
            person_name="Testov Exemplar",
            contact="Sample street 1",
            wish="access",
            passed_by=body,
            passed_person=control.person,
            received_at=clock.now(),
            due_on=date(2030, 1, 1),
        )
        case = Case.objects.create(request=request, opened_by=control.person, opened_at=clock.now())
        CaseRecord.objects.create(
            case=case, record_kind="report", record=one.id, owner=asked["owner"], added_by=control.person, added_at=clock.now()
        )
        Consultation.objects.create(**asked | {"asker": body})
    _change_a_rule(world)
    with acting_as(officer):
        Released.objects.create(
            kind="paper",
            title="Sample paper",
            body={"text": "Sample text"},
            room="records",
            owner=one.owner,
            audience_kinds=["donor"],
            released_by=who,
            at=clock.now(),
        )
    with acting_as(replace(officer, databases=officer.databases | {"sensitive"})):
        SensitiveDatum.objects.create(
            **one.envelope_columns(),
            report=one,
            entity=a,
            kind="health",
            text="Sample fact",
            value="Sample value",
            author=who,
            proposed_at=clock.now(),
        )
        SensitiveOpening.objects.create(
            report=one,
            owner=one.owner,
            organisation=one.owner,
            person=who,
            reason="Sample reason",
            at=clock.now(),
            ends_at=clock.now(),
        )
        SavedSearch.objects.create(
            person=who,
            organisation=one.owner,
            name="Sample search",
            asked={"text": "Sample"},
            purpose="INFO",
            known=[one.id],
            made_at=clock.now(),
            used_at=clock.now(),
        )
    border = world.viewer("fra.border")
    with acting_as(border):
        hit = Hit.objects.create(
            **envelope(world, "FRA-border", purpose="BORDER", audience="only"),
            notice=listed,
            notice_number="G-2026-0001",
            notice_kind="green",
            notice_owner=world.organisations["MDA"],
            state="lead",
            band="same_name",
            criteria="1",
            officer=border.person,
            post="Sample post",
            country="FRA",
            at=clock.now(),
        )
        HitAnswer.objects.create(**hit.envelope_columns(), hit=hit, answer="denied", at=clock.now(), person=border.person)
