"""What goes, goes whole; what others keep is not told; what stays is a proof without content."""

import json
import uuid

import pytest
from django.http import Http404

from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy.retention import Ground
from isotrace.handling.context import acting_as
from isotrace.handling.exports import exported
from isotrace.handling.models import Acknowledgement, AuditEntry, Consent, Export
from isotrace.notices import actions as notices
from isotrace.notices.models import Notice
from isotrace.privacy import actions, deletion, ledger, proof, queries
from isotrace.privacy.models import Recall, Tombstone
from isotrace.privacy.roots import root_of, roots
from isotrace.privacy.whole import pointers
from isotrace.records.models import Entity, Link, Report
from isotrace.screening.models import Hit
from tests.privacy.build import block, do, filed, graded, held, hit, notice


def test_kinds_that_expire_by_themselves_are_these(world):
    assert [(root.model._meta.label, root.renew is not None) for root in roots()] == [
        ("records.Report", True),
        ("notices.Notice", True),
        ("screening.Hit", False),
        ("intake.Gap", False),
        ("intake.Arrival", False),
        ("imports.Upload", False),
        ("imports.SavedMapping", False),
        ("imports.Batch", False),
    ]


def test_report_on_a_person_goes_whole_and_the_event_stays(committed):
    event, persons = filed(committed)
    graded(committed, persons)
    with acting_as(committed.viewer("mda.officer")) as owner:
        would = queries.would_go(owner, persons)
        stone = actions.delete(owner, persons.id, "purpose_achieved")
    assert stone.counts == would == {"desk.Task": 1, "records.Entity": 2, "records.Grading": 1, "records.Link": 1, "records.Report": 1}
    assert held() == {"Report": 1, "Entity": 1, "Place": 1, "Tombstone": 1}
    assert Report.objects.using("owner").get().id == event.id


def test_event_goes_alone_and_the_report_on_the_person_is_reviewed(committed):
    event, persons = filed(committed)
    with acting_as(committed.viewer("mda.officer")) as owner:
        assert [each.pk for each in queries.would_stay(owner, event)] == [persons.id]
    do(committed, "mda.officer", actions.delete, event.id, "not_relevant")
    assert Report.objects.using("owner").get().about is None
    tasks = Task.objects.using("owner").filter(kind="retention.review")
    assert list(tasks.values_list("subject_id", "addressee__code", "role")) == [(persons.id, "MDA", "bureau_officer")]


def test_notice_from_a_deleted_report_stays_and_its_owner_reviews_it(committed):
    _event, persons = filed(committed)
    listed = notice(committed, persons)
    do(committed, "mda.officer", actions.delete, persons.id, "no_conviction")
    assert Notice.objects.using("owner").get().report is None
    assert Task.objects.using("owner").filter(kind="retention.review", subject_id=listed.id, addressee__code="MDA").count() == 1


def test_hits_go_with_the_notice_and_the_owner_learns_of_the_shared_one_only(committed):
    listed = notice(committed)
    hit(committed, listed, shared=True)
    hit(committed, listed, shared=False)
    with acting_as(committed.viewer("mda.officer")) as owner:
        would = queries.would_go(owner, listed)
        stone = actions.delete(owner, listed.id, "not_wanted")
    assert stone.counts == would
    assert (stone.counts["screening.Hit"], stone.counts["notices.Notice"]) == (1, 1)
    assert Hit.objects.using("owner").count() == 0


def test_what_points_at_a_record_goes_with_it(committed):
    _event, persons = filed(committed)
    with acting_as(committed.viewer("geo.officer")) as reader:
        Acknowledgement.objects.create(person=reader.person, record=persons.id, at=clock.now())
        Consent.objects.create(
            record_kind="report",
            record=persons.id,
            owner=committed.organisations["MDA"],
            asker=committed.organisations["GEO"],
            use="forward",
            reason="Sample reason",
            state="asked",
            asked_by=reader.person,
            asked_at=clock.now(),
        )
    stone = do(committed, "mda.officer", actions.delete, persons.id, "not_accurate")
    assert (stone.counts["handling.Consent"], stone.counts.get("handling.Acknowledgement")) == (1, None)
    assert held(Acknowledgement, Consent) == {}
    assert AuditEntry.objects.using("owner").filter(act="retention.delete", record=persons.id).count() == 1


def test_tables_that_point_at_records_are_among_those_that_go(world):
    found = {(model._meta.label, field) for model, field in pointers()}
    assert found >= {
        ("handling.Acknowledgement", "record"),
        ("handling.Consent", "record"),
        ("handling.Export", "record"),
        ("desk.Task", "subject_id"),
        ("privacy.Reminder", "record"),
        ("privacy.Renewal", "record"),
    }
    assert "handling.AuditEntry" not in {label for label, _ in found}


def test_callback_gets_every_id_that_goes(committed, monkeypatch):
    monkeypatch.setattr(deletion, "_callbacks", {})
    seen = []
    deletion.register("sample", seen.append)
    _event, persons = filed(committed)
    ids = {persons.id, *Entity.objects.using("owner").filter(report=persons).values_list("id", flat=True)}
    ids |= set(Link.objects.using("owner").filter(report=persons).values_list("id", flat=True))
    do(committed, "mda.officer", actions.delete, persons.id, "not_relevant")
    assert seen == [frozenset(ids)]


def test_whoever_does_not_own_it_deletes_nothing_and_is_told_why(committed):
    _event, persons = filed(committed)
    before = held()
    with pytest.raises(PermissionError, match="Only its owner may change it"):
        do(committed, "geo.officer", actions.delete, persons.id, "not_relevant")
    for missing in (uuid.uuid4(), persons.id):
        with pytest.raises(Http404):
            do(committed, "member", actions.delete, missing, "not_relevant")
    assert held() == before


def test_ground_that_is_not_in_the_list_deletes_nothing(committed):
    _event, persons = filed(committed)
    before = held()
    for ground in ("", "expired", "control_body"):
        with pytest.raises(InputError, match="Choose why it goes from the list"):
            do(committed, "mda.officer", actions.delete, persons.id, ground)
    assert held() == before


def test_blocked_record_goes_by_the_control_body_alone(committed):
    _event, persons = filed(committed)
    block(committed, persons)
    with pytest.raises(PermissionError, match="It is examined: it stays until that is decided"):
        do(committed, "mda.officer", actions.delete, persons.id, "not_relevant")
    assert deletion.erase(root_of("report"), persons.id, Ground.NOT_RELEVANT) is None
    assert deletion.erase(root_of("report"), persons.id, Ground.CONTROL_BODY) is not None
    assert Report.objects.using("owner").filter(pk=persons.id).count() == 0


def test_nothing_is_deleted_when_it_cannot_be_written_down(committed, settings, tmp_path):
    _event, persons = filed(committed)
    before = held()
    (tmp_path / "file").touch()
    settings.LEDGER = tmp_path / "file" / "forgotten.jsonl"
    with pytest.raises(ledger.LedgerError, match="nothing is deleted until it can"):
        deletion.erase(root_of("report"), persons.id, Ground.NOT_RELEVANT)
    assert held() == before


def test_proof_holds_no_content_and_is_checked_with_the_id(committed, ledger):
    _event, persons = filed(committed)
    do(committed, "mda.officer", actions.delete, persons.id, "not_lawful")
    stone = Tombstone.objects.using("owner").get()
    said = json.dumps(proof.statement(stone))
    assert (str(persons.id) in said, "Testov" in said, "gauge" in said) == (False, False, False)
    assert proof.check(stone, persons.id) == proof.Check(True, True, True)
    assert proof.check(stone, uuid.uuid4()) == proof.Check(True, False, True)
    stone.counts = {"records.Report": 2}
    assert proof.check(stone, persons.id).holds is False
    (line,) = [json.loads(line) for line in ledger.read_text().splitlines()]
    assert sorted(line) == sorted([*proof.statement(stone), "record"])
    assert line["record"] == str(persons.id)


def test_proof_of_one_owner_is_not_shown_to_another(committed):
    _event, persons = filed(committed)
    stone = do(committed, "mda.officer", actions.delete, persons.id, "not_relevant")
    for who in ("geo.officer", "auditor", "mda.admin"):
        assert do(committed, who, queries.proofs) == []
        with pytest.raises(Http404):
            do(committed, who, queries.proof, stone.id)
    assert do(committed, "mda.officer", queries.proofs) == [stone]


def test_copies_are_recalled_and_their_id_goes_when_they_are_gone(committed):
    _event, persons = filed(committed)
    for who in ("geo.officer", "geo.officer", "fra.officer"):
        do(committed, who, exported, persons, "json")
    stone = do(committed, "mda.officer", actions.delete, persons.id, "not_relevant")
    assert (stone.copies, held(Export)) == (2, {})
    recall = Recall.objects.using("owner").get(holder__code="GEO")
    assert (recall.copy_of, recall.forms, recall.cause, recall.tombstone_id) == (persons.id, ["json"], "deleted", stone.id)
    assert list(
        Task.objects.using("owner").filter(kind="retention.recall").values_list("addressee__code", flat=True).order_by("addressee__code")
    ) == [
        "FRA",
        "GEO",
    ]
    with pytest.raises(PermissionError, match="Only the organisation that took the copies"):
        do(committed, "mda.officer", actions.copies_deleted, recall.id)
    with pytest.raises(Http404):
        do(committed, "fra.officer", actions.copies_deleted, recall.id)
    do(committed, "geo.officer", actions.copies_deleted, recall.id)
    recall.refresh_from_db(using="owner")
    assert (recall.copy_of, recall.done_by) == (None, committed.people["geo.officer"].id)
    assert Task.objects.using("owner").filter(kind="retention.recall", done_at=None).count() == 1


def test_copies_of_a_withdrawn_notice_are_recalled_once(committed):
    listed = notice(committed)
    do(committed, "geo.officer", exported, listed, "json")
    do(committed, "mda.officer", notices.withdraw, listed.id, "The court lifted the measure.")
    recall = Recall.objects.using("owner").get()
    assert (recall.cause, recall.holder.code, recall.tombstone) == ("withdrawn", "GEO", None)
    stone = do(committed, "mda.officer", actions.delete, listed.id, "not_wanted")
    recall = Recall.objects.using("owner").get()
    assert recall.tombstone_id == stone.id
    assert Task.objects.using("owner").filter(kind="retention.recall").count() == 1
