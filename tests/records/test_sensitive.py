"""Sensitive data: apart, opened one by one, approved by a second person, never searched, scored, exported or opened by break-glass."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import Http404

from isotrace.bureaus.roles import OPENS, SENSITIVE_ROLES, Role
from isotrace.desk import glass
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy.rules import GLASS_DATABASES
from isotrace.handling.context import acting_as
from isotrace.handling.envelopes import Choice
from isotrace.handling.models import AuditEntry
from isotrace.handling.viewers import viewer_for
from isotrace.privacy.copies import copy
from isotrace.records import queries, sensitive
from isotrace.records.control import change_envelope
from isotrace.records.models import Entity
from isotrace.records.sensitive_models import SensitiveDatum, SensitiveOpening
from tests.notices.build import NOW, act, persons_report
from tests.worlds.filled import report as bare_report

FACT = "Invented ailment Zyrkonosis, treated since 2020"
VALUE = "The material must not be handled by him without care."
REASON = "He is to be questioned tomorrow about the find."
SRC = Path(__file__).resolve().parents[2] / "src" / "isotrace"


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def report(committed):
    return persons_report(committed)


def person(world, report):
    with acting_as(world.viewer("mda.officer")):
        return Entity.objects.get(report=report, kind="Person")


def proposed(world, report, who="mda.officer", **changes):
    said = {"entity_id": person(world, report).id, "kind": "health", "text": FACT, "value": VALUE} | changes
    return act(world, who, sensitive.propose, report.id, **said)


def opened(world, report, who="mda.second"):
    return act(world, who, sensitive.open_, report.id, REASON)


def approved(world, report):
    datum = proposed(world, report)
    opened(world, report)
    return act(world, "mda.second", sensitive.decide, report.id, datum.id, approved=True)


def read(world, report, who):
    return [each.text for each in act(world, who, sensitive.data, report)]


def test_second_person_approves_and_who_opens_reads(committed, report):
    datum = proposed(committed, report)
    with acting_as(committed.viewer("mda.officer")):
        assert list(Task.objects.filter(kind="sensitive.decide").values_list("addressee__code", "role", "done_at")) == [
            ("MDA", "bureau_officer", None)
        ]
    opened(committed, report)
    assert act(committed, "mda.second", sensitive.decide, report.id, datum.id, approved=True).state == "approved"
    with acting_as(committed.viewer("mda.officer")):
        assert Task.objects.get(kind="sensitive.decide").done_at == NOW
    opened(committed, report, "analyst")
    assert (read(committed, report, "mda.second"), read(committed, report, "analyst")) == ([FACT], [FACT])


def test_proposal_is_seen_by_its_owner_alone(committed, report):
    proposed(committed, report)
    for who in ("mda.second", "analyst"):
        opened(committed, report, who)
    assert (read(committed, report, "mda.second"), read(committed, report, "analyst")) == ([FACT], [])


def test_nothing_is_read_before_an_opening_nor_after_its_time(committed, report):
    approved(committed, report)
    with pytest.raises(sensitive.NotOpenedError, match="Open the sensitive data first"):
        read(committed, report, "analyst")
    opened(committed, report, "analyst")
    with clock.frozen(NOW + timedelta(minutes=14)):
        assert read(committed, report, "analyst") == [FACT]
    with clock.frozen(NOW + timedelta(minutes=16)), pytest.raises(sensitive.NotOpenedError):
        read(committed, report, "analyst")
    with pytest.raises(sensitive.NotOpenedError):
        read(committed, report, "analyst.second")


def test_author_approves_nothing_and_others_neither(committed, report):
    datum = proposed(committed, report)
    for who in ("mda.officer", "analyst"):
        opened(committed, report, who)
    with pytest.raises(PermissionError, match="whoever proposed it cannot"):
        act(committed, "mda.officer", sensitive.decide, report.id, datum.id, approved=True)
    with pytest.raises(PermissionError, match="Only another person of the owner decides on this"):
        act(committed, "analyst", sensitive.decide, report.id, datum.id, approved=True)
    with pytest.raises(PermissionError, match="Only the owner of a report adds sensitive data"):
        proposed(committed, report, "analyst")


def test_refusal_says_why_and_is_final(committed, report):
    datum = proposed(committed, report)
    opened(committed, report)
    with pytest.raises(InputError) as missing:
        act(committed, "mda.second", sensitive.decide, report.id, datum.id, approved=False)
    assert missing.value.field == "note"
    note = "It is of no value for the case."
    assert act(committed, "mda.second", sensitive.decide, report.id, datum.id, approved=False, note=note).note == note
    with pytest.raises(InputError, match=None) as again:
        act(committed, "mda.second", sensitive.decide, report.id, datum.id, approved=True)
    assert str(again.value.message) == "This is decided already. Reload the page to see how."
    opened(committed, report, "analyst")
    assert read(committed, report, "analyst") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "income"}, "kind"), ({"text": ""}, "text"), ({"value": "Because."}, "value"), ({"text": "a\x00b"}, "text")],
)
def test_bad_proposal_names_its_field_and_stores_nothing(committed, report, changes, field):
    with pytest.raises(InputError) as refused:
        proposed(committed, report, **changes)
    assert (refused.value.field, SensitiveDatum.objects.using("jobs").count()) == (field, 0)


def test_person_of_another_report_is_refused(committed, report):
    other = persons_report(committed, names=["Sample Other"])
    with pytest.raises(InputError) as refused:
        proposed(committed, report, entity_id=person(committed, other).id)
    assert refused.value.field == "entity"


def sql(world, who, statement, *values, databases=None):
    """Ask past the product's own code, as the serving role."""
    from dataclasses import replace

    viewer = world.viewer(who)
    with (
        acting_as(replace(viewer, databases=viewer.databases | (databases or frozenset()))),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, list(values))
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.mark.parametrize(
    "who", ["mda.officer", "mda.second", "analyst", "reviewer", "duty", "control", "fra.officer", "fra.border", "donor"]
)
def test_database_shows_no_row_to_any_role_by_itself(committed, report, who):
    approved(committed, report)
    opened(committed, report, "analyst")
    assert sql(committed, who, "select count(*) from records_sensitivedatum") == [(0,)]
    assert {role for role, opens in OPENS.items() if "sensitive" in opens} == set()


@pytest.mark.parametrize(
    ("who", "change", "error"),
    [
        ("mda.officer", "state = 'approved', decided_by = author, decided_at = now()", "second_person_approves_sensitive"),
        ("mda.officer", "state = 'approved', decided_by = '{second}', decided_at = now()", "decided on once, in one's own name"),
        ("mda.second", "text = 'Another fact'", "never rewritten"),
        ("mda.second", "state = 'approved', decided_by = '{second}', text = 'Another fact'", "never rewritten"),
        ("mda.second", "author = '{second}'", "never rewritten"),
    ],
)
def test_database_itself_wants_a_second_person(committed, report, who, change, error):
    datum = proposed(committed, report)
    change = change.replace("{second}", str(committed.people["mda.second"].id))
    with pytest.raises((IntegrityError, ProgrammingError), match=error):
        sql(committed, who, f"update records_sensitivedatum set {change} where id = '{datum.id}'", databases={"sensitive"})
    assert SensitiveDatum.objects.using("jobs").get().state == "proposed"


def test_database_lets_nobody_else_decide(committed, report):
    datum = proposed(committed, report)
    change = f"update records_sensitivedatum set state = 'approved', decided_by = %s, decided_at = now() where id = '{datum.id}'"
    for who in ("analyst", "geo.officer"):
        assert sql(committed, who, change, committed.people[who].id, databases={"sensitive"}) == 0


def test_break_glass_never_opens_them(committed):
    assert "sensitive" not in GLASS_DATABASES
    assert Role.DUTY_OFFICER not in SENSITIVE_ROLES
    hidden = bare_report(committed, "MDA", "mda.officer", audience="only", reference="CASE-9")
    with acting_as(committed.viewer("mda.officer")):
        Entity.objects.create(
            **hidden.envelope_columns(), report=hidden, kind="Person", properties={"names": ["Sample"]}, schema_version="1"
        )
    approved(committed, hidden)
    reason = "A source is on its way to a crowded place; the owner cannot be reached now."
    with acting_as(committed.viewer("duty")) as duty:
        glass.break_glass(duty, kind="report", named="CASE-9", imminent=True, threat_reference="Alert 1", reason=reason)
    with acting_as(viewer_for(committed.people["duty"])) as broken:
        assert queries.report(broken, hidden.id).id == hidden.id
        with pytest.raises(PermissionError, match="Your role does not open sensitive data"):
            sensitive.open_(broken, hidden.id, REASON)
        from dataclasses import replace

        with acting_as(replace(broken, databases=broken.databases | {"sensitive"})):
            assert SensitiveDatum.objects.count() == 0


@pytest.mark.parametrize("who", ["reviewer", "duty", "fra.border", "auditor", "donor", "mda.admin"])
def test_other_roles_open_nothing(committed, report, client_for, who):
    approved(committed, report)
    assert client_for(who).get(f"/reports/{report.id}/sensitive/").status_code == 404
    with pytest.raises((PermissionError, Http404)):
        opened(committed, report, who)


def test_who_may_not_see_the_report_opens_nothing(committed, report):
    approved(committed, report)
    with pytest.raises(Http404):
        opened(committed, report, "geo.officer")


def test_opening_is_in_a_log_that_the_owner_reads_and_in_the_trail(committed, report):
    approved(committed, report)
    opened(committed, report, "analyst")
    read(committed, report, "analyst")
    with acting_as(committed.viewer("mda.officer")) as officer:
        assert sorted(each.organisation.code for each in sensitive.openings(officer, report)) == ["MDA", "radnuc"]
    with acting_as(committed.viewer("analyst")) as analyst:
        assert [each.organisation.code for each in sensitive.openings(analyst, report)] == ["radnuc"]
    with acting_as(committed.viewer("geo.officer")):
        assert SensitiveOpening.objects.count() == 0
    with acting_as(committed.viewer("auditor")):
        trail = AuditEntry.objects.filter(act__startswith="sensitive", person=committed.people["analyst"].id).order_by("id")
        assert list(trail.values_list("act", "outcome")) == [("sensitive.open", "allowed"), ("sensitive.read", "allowed")]
        assert [entry for entry in AuditEntry.objects.all() if "Zyrkonosis" in str(entry.detail)] == []


def test_search_lists_copies_and_the_report_itself_never_show_them(committed, report, client_for):
    from isotrace.records.queries import Filters

    approved(committed, report)
    opened(committed, report, "mda.officer")
    client = client_for("mda.officer")
    for address in (f"/reports/{report.id}/", "/reports/", "/reports/?text=Zyrkonosis", "/", f"/records/report/{report.id}/"):
        assert "Invented ailment" not in client.get(address).text, address
    with acting_as(committed.viewer("mda.officer")) as officer:
        assert queries.reports(officer, Filters(text="Zyrkonosis")).reports == []
        assert "Zyrkonosis" not in str(copy(officer, queries.report(officer, report.id)))


NEVER = (
    "engine",
    "screening",
    "notices",
    "privacy/copies.py",
    "records/queries.py",
    "records/display.py",
    "records/api.py",
    "records/models.py",
)


def mentions(path: Path) -> list[str]:
    """The lines of a file that reach for sensitive data."""
    return [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"SensitiveDatum|sensitive_models|records\.sensitive\b|records_sensitive", line)
    ]


def test_nothing_that_searches_compares_or_scores_imports_them():
    allowed = {
        "records/sensitive.py",
        "records/sensitive_api.py",
        "records/sensitive_views.py",
        "records/sensitive_models.py",
        "records/views.py",
        "records/urls.py",
    }
    found = {
        path.relative_to(SRC).as_posix(): lines
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts and (lines := mentions(path))
    }
    registered = [
        "from isotrace.records.sensitive_models import SensitiveDatum, SensitiveOpening  # noqa: F401  # tables of their own file"
    ]
    assert found.pop("records/models.py") == registered
    assert found.pop("privacy/roots.py") == ['    "records.SensitiveDatum": N_("Sensitive data"),']
    assert set(found) <= allowed, "a module that searches, compares or scores reaches for sensitive data"
    assert found["records/sensitive.py"] != []


def test_deleted_report_takes_them_along(committed, report):
    from isotrace.engine.policy.retention import Ground
    from isotrace.privacy.deletion import erase
    from isotrace.privacy.roots import root_of

    approved(committed, report)
    stone = erase(root_of("report"), report.id, Ground.NOT_RELEVANT)
    assert (
        stone.counts["records.SensitiveDatum"],
        SensitiveDatum.objects.using("jobs").count(),
        SensitiveOpening.objects.using("jobs").count(),
    ) == (1, 0, 0)


def test_narrower_audience_of_the_report_holds_for_them_too(committed, report):
    approved(committed, report)
    opened(committed, report, "analyst")
    act(committed, "mda.officer", change_envelope, report.id, Choice(audience="only", classification=2))
    with pytest.raises(Http404):
        act(committed, "analyst", queries.report, report.id)
    assert sql(committed, "analyst", "select count(*) from records_sensitivedatum", databases={"sensitive"}) == [(0,)]
    assert sql(committed, "mda.officer", "select count(*) from records_sensitivedatum", databases={"sensitive"}) == [(1,)]


def test_story_goes_through_the_pages(committed, report, client_for):
    author, second, analyst = client_for("mda.officer"), client_for("mda.second"), client_for("analyst")
    address = f"/reports/{report.id}/sensitive/"
    assert f'href="{address}"' in author.get(f"/reports/{report.id}/").text
    bad = author.post(f"{address}new/", {"entity": str(person(committed, report).id), "kind": "health", "text": FACT, "value": "No."})
    assert (bad.status_code, "There is a problem" in bad.text) == (422, True)
    said = {"entity": str(person(committed, report).id), "kind": "health", "text": FACT, "value": VALUE}
    assert author.post(f"{address}new/", said).status_code == 302
    closed = second.get(address)
    assert ("Open sensitive data?" in closed.text, FACT in closed.text) == (True, False)
    assert second.post(address, {"reason": "short"}).status_code == 422
    assert second.post(address, {"reason": REASON}).status_code == 302
    open_page = second.get(address).text
    assert (FACT in open_page, "Approve it" in open_page, REASON in open_page) == (True, True, True)
    datum = SensitiveDatum.objects.using("jobs").get()
    assert author.post(address, {"reason": REASON}).status_code == 302
    assert "Approve it" not in author.get(address).text
    own = author.post(f"{address}{datum.id}/", {"answer": "approve"})
    assert (own.status_code, "whoever proposed it cannot" in own.text) == (422, True)
    assert second.post(f"{address}{datum.id}/", {"answer": "perhaps"}).status_code == 404
    assert second.post(f"{address}{datum.id}/", {"answer": "approve"}).status_code == 302
    assert FACT not in analyst.get(address).text
    analyst.post(address, {"reason": REASON})
    assert FACT in analyst.get(address).text
    assert analyst.get(f"{address}new/").status_code == 404
