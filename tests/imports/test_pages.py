"""The way of a file over the pages and over the API."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from isotrace.bureaus import keys
from isotrace.engine.mapping import Format, Options, opened
from isotrace.imports import editor, jobs, notification
from isotrace.imports.models import Batch, SavedMapping, Upload
from isotrace.records.models import Entity, Report
from tests.imports.build import COLUMNS, csv, data, hand_in, imported, mapping, row, workbook

START = {
    "kind": "police", "lawful": "on", "envelope_purpose": "INFO", "envelope_classification": "1", "envelope_audience": "all",
}  # fmt: skip


def form_of(draft):
    """What the page's form sends for a draft."""
    sent = {
        "thing": [f"{name}:{kind}" for name, kind in draft.things.items()],
        "link": draft.links,
        "key": draft.key,
        "name": "Sample pages",
    }
    for number, said in enumerate(draft.columns.values()):
        sent |= {f"{way}_{number}": value for way, value in said.items()}
    for number, (target, value) in enumerate(draft.constants):
        sent |= {f"constant_target_{number}": target, f"constant_{number}": value}
    return sent


def test_file_goes_over_the_pages_from_upload_to_reports(committed, client_for):
    browser = client_for("mda.officer")
    content = SimpleUploadedFile("register.csv", csv([row(1), row(2, country="XX")]))
    page = browser.post("/imports/", {"file": content})
    upload = Upload.objects.using("jobs").get()
    assert page.headers["Location"] == f"/imports/files/{upload.id}/mapping/"
    assert browser.get(page.headers["Location"]).status_code == 200
    draft = editor.first(COLUMNS)
    draft.columns["activity"]["target"] = "radioactive_material.activity.value"
    draft.columns["where"]["target"] = "radiological_incident.place"
    draft.constants.append(("radioactive_material.activity.unit", "GBq"))
    shown = browser.post(f"/imports/files/{upload.id}/mapping/", form_of(draft) | {"step": "preview"}).content.decode()
    assert ("Sample town 1" in shown, "XX is not a country." in shown) == (True, True)
    saved = browser.post(f"/imports/files/{upload.id}/mapping/", form_of(draft) | {"step": "save"})
    assert saved.headers["Location"] == f"/imports/files/{upload.id}/start/"
    kept = SavedMapping.objects.using("jobs").get()
    assert browser.get(saved.headers["Location"]).status_code == 200
    begun = browser.post(saved.headers["Location"], START | {"mapping": str(kept.id)})
    batch = Batch.objects.using("jobs").get()
    assert begun.headers["Location"] == f"/imports/{batch.id}/"
    jobs.go(str(batch.id))
    told = browser.get(f"/imports/{batch.id}/").content.decode()
    assert ("Import it now" in told, "XX is not a country." in told) == (True, True)
    browser.post(f"/imports/{batch.id}/run/")
    jobs.go(str(batch.id))
    assert Report.objects.using("jobs").get().title == "Theft, Sample town 1, 2024"
    bad = b"".join(browser.post(f"/imports/{batch.id}/bad/").streaming_content)
    table = opened(io.BytesIO(bad), Format.CSV, Options())
    assert (table.columns, [each.cells["id"] for each in table.rows]) == ((*COLUMNS, "What is wrong"), ["S-002"])


def test_bad_rows_are_mended_and_handed_in_again(committed, client_for):
    batch = imported(committed, csv([row(1), row(2, country="XX"), row(3, what="?")]))
    bad = b"".join(client_for("mda.officer").post(f"/imports/{batch.id}/bad/").streaming_content)
    mended = bad.replace(b"XX", b"GEO").replace(b",?,", b",loss,")
    again = imported(committed, mended)
    assert (again.new, again.bad) == (2, 0)
    assert sorted(Report.objects.using("jobs").values_list("reference", flat=True)) == ["S-001", "S-002", "S-003"]


def test_mapping_is_opened_on_the_page_as_it_was_saved(committed, client_for):
    upload, saved = hand_in(committed, "mda.officer", csv([row(1)])), mapping(committed)
    draft = editor.shown(saved.data, COLUMNS, saved.name)
    assert editor.as_data(draft)["things"] == saved.data["things"]
    page = client_for("mda.officer").get(f"/imports/files/{upload.id}/mapping/?open={saved.id}").content.decode()
    assert 'value="Sample register"' in page


def test_notification_form_is_filled_in_and_imported(committed, client_for):
    browser = client_for("mda.officer")
    form = browser.get("/imports/notification.xlsx").content
    table = opened(io.BytesIO(form), Format.WORKBOOK)
    assert (table.columns, table.sheets, list(table.rows)) == (notification.columns(), ("Notification", "Explanations"), [])
    filled = {
        "Your reference": "N-1",
        "Type": "Theft",
        "Country": "Moldova",
        "Date of the event": "2024-05",
        "Activity": "5",
        "Unit of the activity": "GBq",
    }
    filled |= {"Title": "Sample theft", "Type of material": "Radioactive source", "Nuclide": "Cs-137"}
    hand_in(committed, "mda.officer", workbook([filled], notification.columns()), "filled.xlsx")
    upload, saved = Upload.objects.using("jobs").get(), SavedMapping.objects.using("jobs").get()
    browser.post(f"/imports/files/{upload.id}/start/", START | {"mapping": str(saved.id), "kind": "notification"})
    batch = Batch.objects.using("jobs").get()
    jobs.go(str(batch.id))
    browser.post(f"/imports/{batch.id}/run/")
    jobs.go(str(batch.id))
    assert [(each.title, each.kind, each.event_text) for each in Report.objects.using("jobs")] == [
        ("Sample theft", "notification", "2024-05")
    ]
    assert Entity.objects.using("jobs").get(kind="RadioactiveMaterial").properties["activity"]["value"] == "5"


def test_programs_import_as_pages_do(committed, client_for):
    from django.test import Client

    program = Client(headers={"authorization": f"Bearer {keys.issue(committed.people['mda.officer'], 'Sample')}"})

    def sent(path, body):
        return program.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")

    upload = program.post("/api/v1/imports/files", {"file": SimpleUploadedFile("r.csv", csv([row(1), row(2, country="XX")]))})
    saved = sent("/imports/mappings", {"name": "Sample", "data": data()})
    assert (upload.status_code, saved.status_code, upload.json()["columns"]) == (201, 201, list(COLUMNS))
    envelope = {"audience": "all"}
    made = sent("/imports", {"file": upload.json()["id"], "mapping": saved.json()["id"], "envelope": envelope, "lawful": True})
    number = made.json()["id"]
    jobs.go(number)
    found = program.get(f"/api/v1/imports/{number}").json()
    assert (found["state"], found["new"], [each["row"] for each in found["bad_rows"]]) == ("checked", 1, [3])
    assert sent(f"/imports/{number}/run", {}).json()["state"] == "running"
    jobs.go(number)
    assert sent(f"/imports/{number}/run", {}).status_code == 422
    assert sent(f"/imports/{number}/withdraw", {"ground": "not_accurate"}).json()["state"] == "withdrawing"
    jobs.go(number)
    assert (program.get(f"/api/v1/imports/{number}").json()["state"], Report.objects.using("jobs").count()) == ("withdrawn", 0)


@pytest.mark.parametrize("who", ["fra.border", "mda.admin", "donor"])
def test_pages_of_imports_are_not_there_for_who_may_not_file(committed, client_for, who):
    assert [client_for(who).get(path).status_code for path in ("/imports/", "/imports/notification.xlsx")] == [404, 404]
