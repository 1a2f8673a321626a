"""Files of reports: who puts, sees, takes and removes them."""

import hashlib
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from isotrace.engine.errors import InputError
from isotrace.engine.policy import Audience
from isotrace.files import actions, jobs, queries
from isotrace.files.models import PART, Attachment, AttachmentPart
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.models import AuditEntry, Export
from isotrace.records.control import change_envelope
from tests.worlds.filled import report

TEXT = b"Sample text of an invented letter."


def picture(size: tuple[int, int] = (1600, 800)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, "PNG")
    return made.getvalue()


def document(pages: int = 2) -> bytes:
    made = io.BytesIO()
    sheets = [Image.new("RGB", (100, 141), "white") for _ in range(pages)]
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:])
    return made.getvalue()


def put(world, who: str, one, name: str = "letter.txt", content: bytes = TEXT) -> Attachment:
    with acting_as(world.viewer(who)):
        return actions.add(world.viewer(who), one.id, name, content, "Sample letter")


def names(world, who: str, one) -> list[str]:
    with acting_as(world.viewer(who)):
        return [each.name for each in queries.of_report(world.viewer(who), one.id)[1]]


def test_file_is_kept_in_parts_and_read_back_whole(world):
    one, content = report(world, "MDA", "mda.officer"), b"0123456789abcdef" * (PART // 16) + b"end"
    kept = put(world, "mda.officer", one, content=content)
    with acting_as(world.viewer("fra.officer")):
        assert [len(part.content) for part in AttachmentPart.objects.order_by("number")] == [PART, 3]
        found = queries.attachment(world.viewer("fra.officer"), kept.id)
        assert queries.content(world.viewer("fra.officer"), found) == content
    assert (found.kind, found.size, found.digest) == ("text", PART + 3, hashlib.sha256(content).hexdigest())


def test_file_lies_under_the_envelope_of_its_report(world):
    hidden = report(world, "MDA", "mda.officer", audience="only")
    kept = put(world, "mda.officer", hidden)
    with acting_as(world.viewer("fra.officer")):
        assert (Attachment.objects.count(), AttachmentPart.objects.count()) == (0, 0)
        for number in (kept.id, hidden.id):
            with pytest.raises(Http404):
                queries.attachment(world.viewer("fra.officer"), number)
        with pytest.raises(Http404):
            queries.of_report(world.viewer("fra.officer"), hidden.id)


def test_file_follows_when_its_report_is_shared_and_shut_again(world):
    one = report(world, "MDA", "mda.officer", audience="only", retention_until=date(2030, 1, 1))
    put(world, "mda.officer", one)
    owner = world.viewer("mda.officer")
    with acting_as(owner):
        change_envelope(owner, one.id, Choice(audience=Audience.ALL))
    assert names(world, "fra.officer", one) == ["letter.txt"]
    with acting_as(owner):
        change_envelope(owner, one.id, Choice(audience=Audience.ONLY))
    with acting_as(world.viewer("fra.officer")):
        assert (Attachment.objects.count(), AttachmentPart.objects.count()) == (0, 0)


def test_only_the_owner_puts_and_takes_away(world):
    one = report(world, "MDA", "mda.officer")
    kept = put(world, "mda.officer", one)
    with acting_as(world.viewer("fra.officer")):
        with pytest.raises(PermissionError):
            actions.add(world.viewer("fra.officer"), one.id, "other.txt", TEXT)
        with pytest.raises(PermissionError):
            actions.take_away(world.viewer("fra.officer"), kept.id)
    assert names(world, "mda.officer", one) == ["letter.txt"]


def test_same_file_twice_and_one_too_many_are_refused(world, monkeypatch):
    one = report(world, "MDA", "mda.officer")
    put(world, "mda.officer", one)
    with pytest.raises(InputError, match="this very file already"):
        put(world, "mda.officer", one, name="again.txt")
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    with pytest.raises(InputError, match="has 1 files already"):
        put(world, "mda.officer", one, content=b"Another text")
    assert names(world, "mda.officer", one) == ["letter.txt"]


def test_file_taken_away_is_gone_with_its_content(committed):
    one = report(committed, "MDA", "mda.officer")
    kept = put(committed, "mda.officer", one)
    with acting_as(committed.viewer("mda.officer")):
        actions.take_away(committed.viewer("mda.officer"), kept.id)
    assert names(committed, "mda.officer", one) == []
    jobs.remove(attachment=str(kept.id))
    assert (Attachment.objects.using("jobs").count(), AttachmentPart.objects.using("jobs").count()) == (0, 0)


def test_job_leaves_what_nobody_took_away(committed):
    kept = put(committed, "mda.officer", report(committed, "MDA", "mda.officer"))
    jobs.remove(attachment=str(kept.id))
    assert [each.id for each in Attachment.objects.using("jobs").all()] == [kept.id]


def test_download_is_written_down_as_a_copy_and_never_opens(committed, client_for):
    one = report(committed, "MDA", "mda.officer")
    kept = put(committed, "mda.officer", one)
    answer = client_for("fra.officer").post(f"/files/{kept.id}/copy/")
    assert (answer.content, answer["Content-Type"]) == (TEXT, "application/octet-stream")
    assert (answer["Content-Disposition"], answer["X-Content-Type-Options"]) == ('attachment; filename="letter.txt"', "nosniff")
    copies = Export.objects.using("jobs").values_list("record_kind", "record", "form")
    assert list(copies) == [("report", one.id, "file")]
    acts = AuditEntry.objects.using("jobs").filter(kind="attachment").order_by("id").values_list("act", "outcome")
    assert list(acts) == [("file.read", "allowed"), ("file.export", "allowed")]


def test_upload_by_form_says_what_is_wrong_and_keeps_nothing(committed, client_for):
    one, client = report(committed, "MDA", "mda.officer"), client_for("mda.officer")
    bad = client.post(f"/files/of/{one.id}/add/", {"file": SimpleUploadedFile("a.pdf", picture()), "about": ""})
    assert (bad.status_code, "is not what its name says" in bad.content.decode()) == (422, True)
    none = client.post(f"/files/of/{one.id}/add/", {"about": ""})
    assert (none.status_code, Attachment.objects.using("jobs").count()) == (422, 0)
    good = client.post(f"/files/of/{one.id}/add/", {"file": SimpleUploadedFile("a.png", picture()), "about": "Sample"})
    assert (good.status_code, names(committed, "mda.officer", one)) == (302, ["a.png"])


def test_preview_is_drawn_anew_and_smaller(committed, client_for):
    one = report(committed, "MDA", "mda.officer")
    kept = put(committed, "mda.officer", one, "a.png", picture())
    answer = client_for("fra.officer").get(f"/files/{kept.id}/page/1.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.content)).size == (1000, 500)
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_pages_of_a_document_are_drawn_and_none_beyond(committed, client_for):
    kept = put(committed, "mda.officer", report(committed, "MDA", "mda.officer"), "a.pdf", document())
    client = client_for("fra.officer")
    assert [client.get(f"/files/{kept.id}/page/{page}.png").status_code for page in (1, 2, 3, 0)] == [200, 200, 404, 404]
    assert f'src="/files/{kept.id}/page/2.png"' in client.get(f"/files/{kept.id}/?page=2").content.decode()


def test_text_is_shown_as_text_only(committed, client_for):
    kept = put(committed, "mda.officer", report(committed, "MDA", "mda.officer"), "a.csv", b"name,<script>alert(1)</script>\n")
    page = client_for("fra.officer").get(f"/files/{kept.id}/").content.decode()
    assert "name,&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_report_page_lists_its_files_in_a_part(committed, client_for):
    one = report(committed, "MDA", "mda.officer")
    kept = put(committed, "mda.officer", one)
    client = client_for("fra.officer")
    assert f'hx-get="/files/of/{one.id}/"' in client.get(f"/reports/{one.id}/").content.decode()
    part = client.get(f"/files/of/{one.id}/", headers={"HX-Request": "true"}).content.decode()
    assert (f'href="/files/{kept.id}/"' in part, "<html" in part, "Add a file" in part) == (True, False, False)
