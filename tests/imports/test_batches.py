"""Checking, importing, importing again, cancelling and withdrawing."""

import json
from datetime import timedelta

import pytest
from django.http import Http404

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling.context import acting_as
from isotrace.handling.models import AuditEntry
from isotrace.imports import actions, jobs, queries
from isotrace.imports.models import BadRow, Batch, RowStatement, SavedMapping, Upload, UploadPart
from isotrace.imports.orders import Order
from isotrace.privacy.models import Tombstone
from isotrace.records.correcting import correct
from isotrace.records.models import Entity, Link, Place, Report, Revision
from tests.imports.build import ORDER, checked, counts, csv, data, hand_in, imported, mapping, row, run, withdrawn, workbook
from tests.worlds.filled import report


def reports():
    """What is filed: title, country, material and serials of each report, by reference."""
    found = {}
    for each in Report.objects.using("jobs").order_by("reference"):
        things = Entity.objects.using("jobs").filter(report=each).order_by("kind")
        found[each.reference] = (
            each.title,
            each.country,
            each.material,
            [thing.properties.get("serial") for thing in things if "serial" in thing.properties],
        )
    return found


def rows_of(model):
    return model.objects.using("jobs").count()


def test_check_says_what_would_change_and_files_nothing(committed):
    batch = checked(committed, csv([row(1), row(2), row(3, country="XX", nuclide="Zz-1")]))
    assert counts(batch) == ("checked", 2, 0, 0, 1)
    assert [rows_of(model) for model in (Report, Entity, RowStatement, Upload)] == [0, 0, 0, 1]
    assert [each["title"] for each in batch.examples] == ["Theft, Sample town 1, 2024", "Theft, Sample town 2, 2024"]
    bad = BadRow.objects.using("jobs").get()
    assert (bad.number, [(each["column"], each["value"]) for each in bad.errors]) == (4, [("country", "XX"), ("nuclide", "Zz-1")])


@pytest.mark.parametrize("file", [csv, workbook])
def test_good_rows_go_in_and_bad_ones_stay_out(committed, file):
    form = "xlsx" if file is workbook else "csv"
    batch = imported(committed, file([row(1), row(2, what="robbery"), row(3)]), using=mapping(committed, form=form), name=f"sample.{form}")
    assert counts(batch) == ("done", 2, 0, 0, 1)
    assert reports() == {
        "S-001": ("Theft, Sample town 1, 2024", "MDA", "Cs-137", [["SER-1", "X-1"]]),
        "S-003": ("Theft, Sample town 3, 2024", "MDA", "Cs-137", [["SER-3", "X-3"]]),
    }
    assert [rows_of(model) for model in (Entity, Link, Upload, UploadPart)] == [4, 2, 0, 0]
    filed = AuditEntry.objects.using("jobs").filter(act="report.file")
    assert {each.record for each in filed} == set(Report.objects.using("jobs").values_list("id", flat=True))


def test_same_file_again_changes_nothing(committed):
    content = csv([row(1), row(2)])
    imported(committed, content)
    before = list(Report.objects.using("jobs").order_by("id").values())
    assert counts(imported(committed, content)) == ("done", 0, 0, 2, 0)
    assert list(Report.objects.using("jobs").order_by("id").values()) == before


def test_changed_row_changes_its_report_and_keeps_what_it_said(committed):
    imported(committed, csv([row(1), row(2)]))
    batch = imported(committed, csv([row(1, serial="NEW-1"), row(2), row(3)]))
    assert counts(batch) == ("done", 1, 1, 1, 0)
    assert [each[3] for each in reports().values()] == [[["NEW-1"]], [["SER-2", "X-2"]], [["SER-3", "X-3"]]]
    assert Revision.objects.using("jobs").get().before == {"serial": ["SER-1", "X-1"]}


def test_check_of_a_changed_row_shows_both_and_changes_nothing(committed):
    imported(committed, csv([row(1)]))
    before = reports()
    batch = checked(committed, csv([row(1, serial="NEW-1")]))
    assert counts(batch) == ("checked", 0, 1, 0, 0)
    assert batch.examples[0]["changes"] == [
        {"thing": "material", "kind": "RadioactiveMaterial", "property": "serial", "before": ["SER-1", "X-1"], "after": ["NEW-1"]}
    ]
    assert (reports(), rows_of(Revision)) == (before, 0)


def test_what_was_corrected_by_hand_stays_unless_the_row_says_otherwise(committed):
    imported(committed, csv([row(1)]))
    thing = Entity.objects.using("jobs").get(kind="RadioactiveMaterial")
    with acting_as(committed.viewer("mda.officer")) as viewer:
        correct(viewer, thing.report_id, thing.id, {**thing.properties, "container": "Sample box", "serial": ["BY-HAND"]})
    assert counts(imported(committed, csv([row(1)]))) == ("done", 0, 0, 1, 0)
    assert counts(imported(committed, csv([row(1, activity="99")]))) == ("done", 0, 1, 0, 0)
    said = Entity.objects.using("jobs").get(kind="RadioactiveMaterial").properties
    assert (said["container"], said["serial"], said["activity"]["value"]) == ("Sample box", ["BY-HAND"], "99")


def test_withdrawn_import_leaves_nothing_but_proof(committed):
    batch = withdrawn(committed, imported(committed, csv([row(1), row(2)])))
    assert counts(batch) == ("withdrawn", 2, 0, 0, 0)
    assert [rows_of(model) for model in (Report, Entity, Link, Place, RowStatement, BadRow)] == [0] * 6
    assert [each.record_kind for each in Tombstone.objects.using("jobs")] == ["report", "report"]


def test_withdrawn_change_brings_back_what_was_before(committed):
    imported(committed, csv([row(1), row(2)]))
    before = reports()
    batch = imported(committed, csv([row(1, serial="", nuclide="", activity=""), row(2, what="loss"), row(3)]))
    assert [(each[0][:5], each[2]) for each in reports().values()] == [("Theft", ""), ("Loss,", "Cs-137"), ("Theft", "Cs-137")]
    withdrawn(committed, batch)
    assert reports() == before


def test_entities_come_in_without_a_mapping_and_say_what_was_lost(committed):
    lines = [
        {"id": "o", "schema": "Company", "properties": {"name": ["Sample Ltd"], "jurisdiction": ["md"], "ibcRuc": ["X1"]}},
        {"id": "p", "schema": "Person", "properties": {"name": ["Fictus Placeholderov"]}},
    ]
    given = hand_in(committed, "mda.officer", b"\n".join(json.dumps(each).encode() for each in lines), "sample.ijson")
    with acting_as(committed.viewer("mda.officer")) as viewer:
        batch = actions.start(viewer, given.id, None, ORDER)
    jobs.go(str(batch.id))
    batch = run(committed, batch)
    assert (counts(batch), batch.losses) == (("done", 1, 0, 0, 1), [{"object": "o", "what": "ibcRuc", "value": "X1"}])
    assert Report.objects.using("jobs").get().title == "Sample Ltd"
    assert rows_of(BadRow) == 1


def test_cancelled_import_leaves_nothing(committed):
    batch = checked(committed, csv([row(number) for number in range(1, 30)]))
    with acting_as(committed.viewer("mda.officer")) as viewer:
        actions.run(viewer, batch.id)
        actions.cancel(viewer, batch.id)
    jobs.go(str(batch.id))
    assert counts(Batch.objects.using("jobs").get(pk=batch.id)) == ("cancelled", 0, 0, 0, 0)
    assert [rows_of(model) for model in (Report, Entity, RowStatement)] == [0, 0, 0]


def test_key_of_an_earlier_row_is_refused(committed):
    batch = imported(committed, csv([row(1), row(1, where="Other")]))
    assert counts(batch) == ("done", 1, 0, 0, 1)
    assert BadRow.objects.using("jobs").get().errors[0]["msgid"].startswith("An earlier row of this file has the same key.")


def test_reference_of_a_report_filed_by_hand_is_refused(committed):
    report(committed, "MDA", "mda.officer", reference="S-001")
    batch = imported(committed, csv([row(1), row(2)]))
    assert counts(batch) == ("done", 1, 0, 0, 1)


def test_nobody_else_sees_files_mappings_or_batches(committed):
    batch = imported(committed, csv([row(1), row(2, country="XX")]), order=ORDER)
    waiting, saved = hand_in(committed, "mda.officer", csv([row(9)])), SavedMapping.objects.using("jobs").get()
    for who in ("geo.officer", "analyst", "fra.border", "reviewer", "mda.admin"):
        with acting_as(committed.viewer(who)) as viewer:
            assert [model.objects.count() for model in (Upload, UploadPart, SavedMapping, Batch, BadRow, RowStatement)] == [0] * 6
            for read, key in ((queries.upload, waiting.id), (queries.mapping, saved.id), (queries.batch, batch.id)):
                with pytest.raises(Http404):
                    read(viewer, key)
    with acting_as(committed.viewer("mda.second")) as viewer:
        assert queries.batch(viewer, batch.id).id == batch.id


def test_who_may_not_file_may_not_import(committed):
    for who in ("fra.border", "mda.admin"):
        with acting_as(committed.viewer(who)) as viewer, pytest.raises(PermissionError):
            actions.upload(viewer, "sample.csv", [csv([row(1)])])


def test_import_of_whoever_left_is_not_run(committed):
    batch = checked(committed, csv([row(1)]))
    with acting_as(committed.viewer("mda.officer")) as viewer:
        actions.run(viewer, batch.id)
    account = committed.people["mda.officer"]
    type(account).objects.using("owner").filter(pk=account.pk).update(is_active=False)
    try:
        jobs.go(str(batch.id))
    finally:
        type(account).objects.using("owner").filter(pk=account.pk).update(is_active=True)
    found = Batch.objects.using("jobs").get(pk=batch.id)
    assert (found.state, found.problem["msgid"][:20], rows_of(Report)) == ("failed", "Whoever started this", 0)


def test_mapping_is_versioned_and_the_same_is_not_saved_twice(committed):
    one, again = mapping(committed), mapping(committed)
    other = mapping(committed, raw=data() | {"links": []})
    assert (one.id == again.id, one.version, other.version) == (True, 1, 2)
    with acting_as(committed.viewer("mda.officer")) as viewer:
        assert [each.id for each in queries.mappings(viewer)] == [other.id]


def test_import_needs_the_attestation_and_a_known_kind(committed):
    given, saved = hand_in(committed, "mda.officer", csv([row(1)])), mapping(committed)
    for order, field in ((Order(), "lawful"), (Order(lawful=True, kind="persons"), "kind")):
        with acting_as(committed.viewer("mda.officer")) as viewer, pytest.raises(InputError) as caught:
            actions.start(viewer, given.id, saved.id, order)
        assert caught.value.field == field


def test_batch_whose_worker_died_is_ended(committed):
    batch = checked(committed, csv([row(1)]))
    Batch.objects.using("jobs").filter(pk=batch.pk).update(state="running", beat_at=clock.now() - timedelta(minutes=6))
    jobs.tend(0)
    assert counts(Batch.objects.using("jobs").get(pk=batch.id)) == ("failed", 0, 0, 0, 0)
    Batch.objects.using("jobs").filter(pk=batch.pk).update(state="checked", problem={})
    assert counts(run(committed, batch)) == ("done", 1, 0, 0, 0)
