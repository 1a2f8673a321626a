"""What was searched for lies beside the chain under keys that end; travellers are told apart and known to nobody."""

import re
from datetime import timedelta

import pytest
from django.db import connections

from isotrace.engine import clock
from isotrace.handling import audit
from isotrace.handling.audit import forgetting, keys, queries, sealing, travellers, verifying
from isotrace.handling.audit.models import AuditEntry, AuditKey, AuditTerm
from isotrace.handling.context import acting_as
from isotrace.notices import queries as notices
from isotrace.records import queries as records
from isotrace.records.queries import Filters
from isotrace.screening import actions as screening
from tests.worlds.filled import notice, report

SENTINEL = "Quintessa Nowherean"


def searched(world, text=SENTINEL, who="mda.officer"):
    with acting_as(world.viewer(who)) as viewer:
        records.reports(viewer, Filters(text=text))
    return AuditEntry.objects.using("jobs").filter(act="report.list").latest("id")


def words(world, entry, who="auditor"):
    with acting_as(world.viewer(who)) as viewer:
        return queries.words_of(viewer, queries.entry(viewer, entry.pk))


def whole(*tables):
    """All rows of tables as text."""
    with connections["owner"].cursor() as cursor:
        said = []
        for table in tables:
            cursor.execute(f"select row(t.*)::text from {table} t")
            said += [row[0] for row in cursor.fetchall()]
    return "\n".join(said).lower()


TRAIL = ("handling_auditentry", "handling_auditseal", "handling_audithead", "handling_auditkey", "handling_auditterm", "handling_auditalert", "handling_auditqueue")  # fmt: skip


def test_words_of_a_search_are_kept_for_the_auditor_alone(committed):
    entry = searched(committed)
    assert (entry.detail["by"], entry.detail["count"], entry.purpose, len(entry.detail["terms"])) == (["text"], 0, "INFO", 32)
    assert words(committed, entry) == {"text": SENTINEL}
    with acting_as(committed.viewer("mda.officer")):
        assert (AuditTerm.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_number_that_a_list_of_notices_was_narrowed_to_is_kept_as_words(committed):
    with acting_as(committed.viewer("mda.officer")) as viewer:
        notices.notices(viewer, number="G-2026", state="published")
    entry = AuditEntry.objects.using("jobs").get(act="notice.list")
    assert (entry.detail["by"], words(committed, entry)) == (["number", "state"], {"number": "G-2026"})


def test_list_without_words_keeps_none(committed):
    with acting_as(committed.viewer("mda.officer")) as viewer:
        records.reports(viewer, Filters(country="MDA"))
    entry = AuditEntry.objects.using("jobs").get(act="report.list")
    assert (entry.detail, AuditTerm.objects.using("jobs").count()) == ({"by": ["country"], "count": 0}, 0)


def test_personal_content_is_nowhere_in_the_trail(committed, client_for):
    report(committed, "MDA", "mda.officer", title=f"Sample {SENTINEL}")
    client = client_for("mda.officer")
    assert client.get("/reports/", {"text": SENTINEL}).status_code == 200
    assert client.get("/notices/", {"number": "NOWHEREAN"}).status_code == 200
    border = client_for("fra.border")
    for text, more in ((SENTINEL, {"born": "1961-07-17", "nationality": "KEN"}), ("Q7654321", {})):
        assert border.post("/checks/", {"text": text, **more}).status_code == 200
    sealing.seal_all(settling="0 seconds")
    said = whole(*TRAIL)
    assert AuditTerm.objects.using("jobs").count() == 2
    assert [word for word in ("nowherean", "quintessa", "q7654321", "1961-07-17", b"quintessa".hex()) if word in said] == []
    assert "nowherean" in whole("records_report"), "the search for traces finds what is there"
    assert verifying.verify().examined.findings == []


def test_words_go_with_a_record_that_the_search_showed(committed):
    shown = report(committed, "MDA", "mda.officer", title="Sample gauge")
    report(committed, "MDA", "mda.officer", title="Other report")
    entry, other = searched(committed, "Sample gauge"), searched(committed, "Other report")
    assert [list(each) for each in AuditTerm.objects.using("jobs").order_by("id").values_list("shown", flat=True)][0] == [shown.id]
    type(shown).objects.using("jobs").filter(pk=shown.pk).delete()
    assert (words(committed, entry), words(committed, other)) == (None, {"text": "Other report"})
    sealing.seal_all(settling="0 seconds")
    assert verifying.verify().examined.findings == []


def test_words_go_with_their_key_when_their_time_is_over(committed):
    entry = searched(committed)
    sealing.seal_all(settling="0 seconds")
    day = clock.today()
    assert forgetting.forget(day.replace(year=day.year + 3)) == 0
    assert words(committed, entry) == {"text": SENTINEL}
    forgetting.forget(day.replace(year=day.year + 3) + timedelta(days=1))
    assert (AuditTerm.objects.using("jobs").count(), AuditKey.objects.using("jobs").filter(use="terms").count()) == (0, 0)


def test_words_of_one_day_open_with_that_day_s_key_only(committed):
    first = searched(committed)
    with clock.frozen(clock.now() + timedelta(days=1)):
        second = searched(committed)
    days = list(AuditKey.objects.using("jobs").filter(use="terms").order_by("day"))
    assert len(days) == 2
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from handling_auditkey where id = %s", [days[0].id])
    assert (words(committed, first), words(committed, second)) == (None, {"text": SENTINEL})


# --- travellers -------------------------------------------------------------------------------------------------------


def checked(world, text, who="fra.border", **beside):
    with acting_as(world.viewer(who)) as viewer:
        screening.check(viewer, world.people[who], text, **beside)
    return AuditEntry.objects.using("jobs").filter(act="check").latest("id")


def test_check_without_a_lead_keeps_officer_post_purpose_time_and_band(committed):
    notice(committed, "MDA", "mda.officer")
    entry = checked(committed, SENTINEL, born="1961-07-17")
    mark = entry.detail.pop("traveller")
    assert (entry.person, entry.purpose, entry.outcome, entry.record) == (committed.people["fra.border"].id, "BORDER", "allowed", None)
    assert entry.detail == {"post": "Sample Airport, Hall 2", "band": "no_match", "leads": 0}
    assert re.fullmatch(r"[0-9a-f]{32}", mark)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Q7654321", {}), ("q 765-4321", {}), True),
        (("Quintessa Nowherean", {}), ("NOWHEREAN, Quintessa", {}), True),
        (("Quintessa Nowherean", {"born": "1961"}), ("Quintessa Nowherean", {"born": "1961"}), True),
        (("Quintessa Nowherean", {"born": "1961"}), ("Quintessa Nowherean", {"born": "1962"}), False),
        (("Q7654321", {}), ("Q7654322", {}), False),
    ],
)  # fmt: skip
def test_same_traveller_has_the_same_mark(committed, first, second, same):
    marks = [checked(committed, text, **beside).detail["traveller"] for text, beside in (first, second)]
    assert (marks[0] == marks[1]) is same


def test_mark_of_a_traveller_changes_with_its_key_after_ninety_days(committed):
    start = clock.now()
    with acting_as(committed.viewer("fra.border")):
        first = travellers.mark("Q7654321")
        with clock.frozen(start + timedelta(days=89)):
            assert (travellers.mark("Q7654321"), forgetting.forget()) == (first, 0)
    with clock.frozen(start + timedelta(days=90)):
        forgetting.forget()
        assert AuditKey.objects.using("jobs").filter(use=keys.Use.TRAVELLERS).count() == 0
        with acting_as(committed.viewer("fra.border")):
            assert travellers.mark("Q7654321") != first


def test_refused_search_is_written_with_its_words(committed):
    with acting_as(committed.viewer("mda.officer")) as viewer:
        audit.record(viewer, "report.list", "report", outcome="refused", terms={"text": SENTINEL})
    entry = AuditEntry.objects.using("jobs").get()
    assert (entry.outcome, words(committed, entry)) == ("refused", {"text": SENTINEL})
