"""Registering what arrives: by whom, what is refused, what is recognised, and that nobody else sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import Http404

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling.audit.models import AuditEntry
from isotrace.handling.context import acting_as
from isotrace.intake import queries
from isotrace.intake.models import Arrival, Attachment
from isotrace.intake.registering import Arriving, Upload, register
from tests.intake.build import TEXT, arrived, as_, waiting

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def test_registered_message_waits_on_the_desk_of_its_house(world):
    with clock.frozen(NOW):
        made = arrived(world, urgency="day", reference="Sample 12")
    assert waiting(world, "MDA") == [("intake.decide", "arrival", "bureau_officer")]
    assert (made.state, made.due_at, made.received_at) == ("waiting", NOW + timedelta(hours=24), NOW)
    assert (made.audience, made.owner_country, made.retention_until) == ("only", "MDA", date(2027, 2, 19))


def test_unit_puts_it_before_its_analysts(world):
    arrived(world, "analyst", channel="iaea")
    assert waiting(world, "radnuc") == [("intake.decide", "arrival", "analyst")]


@pytest.mark.parametrize("who", ["fra.border", "reviewer", "manager", "member", "donor", "auditor", "mda.admin", "control"])
def test_others_take_nothing_in(world, who):
    with pytest.raises(PermissionError, match="does not take in"):
        arrived(world, who)
    assert Arrival.objects.using("owner").count() == 0


@pytest.mark.parametrize("who", ["mda.second", "geo.officer", "analyst", "duty", "fra.border", "reviewer", "control"])
def test_only_its_own_house_sees_it(world, who):
    made = arrived(world)
    with acting_as(world.viewer(who)) as viewer:
        seen = [each.pk for each in queries.arrivals(viewer)]
        if who == "mda.second":
            assert (seen, queries.arrival(viewer, made.id).text) == ([made.id], TEXT)
            return
        assert seen == []
        with pytest.raises(Http404):
            queries.arrival(viewer, made.id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"sender": ""}, "sender"),
        ({"text": "  "}, "text"),
        ({"text": "nul \x00"}, "text"),
        ({"text": "x" * 60_001}, "text"),
        ({"channel": "fax"}, "channel"),
        ({"channel": "iaea"}, "channel"),
        ({"channel": "press"}, "citation_title"),
        ({"channel": "press", "citation": {"title": "Sample Gazette", "url": "javascript:alert(1)"}}, "citation_url"),
        ({"urgency": "soon"}, "urgency"),
        ({"purpose": "FUN"}, "purpose"),
        ({"classification": 3}, "classification"),
        ({"received_at": datetime(2099, 1, 1, tzinfo=UTC)}, "received_at"),
        ({"received_at": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)}, "received_at"),
        ({"upload": Upload("tool.exe", b"MZ")}, "file"),
        ({"upload": Upload("note.pdf", b"MZ")}, "file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_changes_nothing(world, changes, field):
    with pytest.raises(InputError) as caught:
        arrived(world, **changes)
    assert (caught.value.field, Arrival.objects.using("owner").count()) == (field, 0)


def test_file_is_kept_as_it_came_and_its_words_are_read(world):
    made = arrived(world, text="", upload=Upload("C:\\sample\\note.txt", b"A gauge was found.\r\n"))
    with acting_as(world.viewer("mda.officer")) as viewer:
        (file,) = queries.attachments(viewer, made)
        assert (made.text, file.name, file.kind, file.size) == ("A gauge was found.", "note.txt", "text", 20)
        assert bytes(queries.attachment(viewer, made.id, file.id).content) == b"A gauge was found.\r\n"
    with acting_as(world.viewer("geo.officer")) as viewer, pytest.raises(Http404):
        queries.attachment(viewer, made.id, file.id)
    assert Attachment.objects.using("owner").get().audience == "only"


def test_article_is_cited_with_the_day_it_was_read(world):
    with clock.frozen(NOW):
        made = arrived(world, channel="press", citation={"title": "Sample Gazette", "url": "https://gazette.example/1"})
    assert made.citation == {"title": "Sample Gazette", "url": "https://gazette.example/1", "retrieved": "2026-11-21"}


def test_same_and_nearly_the_same_are_recognised(world):
    first = arrived(world)
    second = arrived(world, text=TEXT.upper().replace(" ", "\n"))
    third = arrived(world, text="From: Invented Desk\n\n" + TEXT.replace("12 May", "13 May"))
    arrived(world, text="Two employees of an invented scrap yard called the regulator when the portal gave an alarm again.")
    found = as_(world, "mda.officer", queries.same, second)
    assert [(each.pk, share) for each, share in found.arrivals if share == 1.0] == [(first.pk, 1.0)]
    assert [each.pk for each, share in found.arrivals if share < 1.0] == [third.pk]


def test_duplicates_of_other_houses_make_no_difference(world):
    made = arrived(world)
    alone = as_(world, "mda.officer", queries.same, made)
    arrived(world, "geo.officer")
    arrived(world, "analyst", text="Fwd: " + TEXT)
    assert (alone.arrivals, as_(world, "mda.officer", queries.same, made).arrivals) == ([], [])


def test_page_that_was_filed_already_is_recognised_by_its_address(world):
    from isotrace.records import actions as records
    from tests.intake.build import filing

    cited = ({"title": "Sample Gazette", "url": "https://gazette.example/1"},)
    ours = as_(world, "analyst", records.file_incident, filing(kind="open_source", citations=cited))[0]
    as_(world, "analyst", records.file_incident, filing(audience="only", kind="open_source", citations=cited))
    made = arrived(world, channel="press", citation={"title": "Sample Gazette", "url": "https://gazette.example/1"})
    assert [each.pk for each in as_(world, "mda.officer", queries.same, made).reports] == [ours.pk]


def test_entity_whose_bureau_lets_it_only_consult_registers_nothing(world):
    viewer = replace(world.viewer("mda.officer"), verbs=frozenset({"consult"}))
    with acting_as(viewer), pytest.raises(PermissionError):
        register(viewer, Arriving(title="Sample", sender="Sample", text=TEXT))


def test_trail_holds_codes_and_no_words(world):
    made = arrived(world)
    entry = AuditEntry.objects.using("owner").get(act="arrival.register")
    assert (entry.record, entry.kind, entry.detail) == (made.id, "arrival", {"channel": "police", "file": ""})
