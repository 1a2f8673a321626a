"""The database itself shows nothing to nobody, and every table is classified."""

import pytest
from django.apps import apps
from django.db import connection, connections

from isotrace.engine.policy import ANONYMOUS
from isotrace.handling import rls
from isotrace.handling.context import acting_as
from isotrace.handling.rights import owned_models
from tests.worlds.filled import fill


def test_every_model_of_ours_says_how_it_is_handled(world):
    kinds = {model._meta.label: rls.kind_of(model) for model in apps.get_models() if model.__module__.startswith("isotrace.")}
    assert kinds == {
        "bureaus.Organisation": "reference",
        "bureaus.Account": "system",
        "bureaus.ApiKey": "system",
        "bureaus.Grant": "reference",
        "bureaus.SheetEntry": "reference",
        "handling.AuditEntry": "owned",
        "handling.AuditQueue": "system",
        "handling.AuditSeal": "system",
        "handling.AuditHead": "system",
        "handling.AuditKey": "system",
        "handling.AuditTerm": "owned",
        "handling.AuditAlert": "owned",
        "handling.Acknowledgement": "owned",
        "handling.Consent": "owned",
        "handling.Community": "owned",
        "handling.Membership": "owned",
        "handling.Export": "owned",
        "handling.Released": "owned",
        "handling.RuleChange": "owned",
        "handling.RuleSetting": "owned",
        "handling.PolicyState": "system",
        "desk.Task": "owned",
        "desk.Correction": "owned",
        "desk.Challenge": "owned",
        "desk.Raising": "owned",
        "desk.Forwarding": "owned",
        "desk.BrokenGlass": "owned",
        "records.Report": "owned",
        "records.Entity": "owned",
        "records.IncidentDraft": "owned",
        "records.Link": "owned",
        "records.Place": "owned",
        "records.Grading": "owned",
        "records.SensitiveDatum": "owned",
        "records.SensitiveOpening": "owned",
        "records.Revision": "owned",
        "records.StatusChange": "owned",
        "files.Attachment": "owned",
        "files.AttachmentPart": "owned",
        "intake.Arrival": "owned",
        "intake.Attachment": "owned",
        "intake.Decision": "owned",
        "intake.Gap": "owned",
        "intake.GapAnswer": "owned",
        "intake.CaseRequest": "owned",
        "intake.Confirmation": "owned",
        "intake.Contact": "owned",
        "intake.Agreement": "owned",
        "identity.Judgement": "owned",
        "tracing.Trace": "owned",
        "imports.Upload": "owned",
        "imports.UploadPart": "owned",
        "imports.SavedMapping": "owned",
        "imports.Batch": "owned",
        "imports.BadRow": "owned",
        "imports.RowStatement": "owned",
        "notices.Notice": "owned",
        "notices.NoticeEvent": "owned",
        "notices.ListEpoch": "reference",
        "screening.Hit": "owned",
        "screening.HitAnswer": "owned",
        "finding.SavedSearch": "owned",
        "privacy.Reminder": "owned",
        "privacy.PersonRequest": "owned",
        "privacy.Case": "owned",
        "privacy.CaseRecord": "owned",
        "privacy.Consultation": "owned",
        "privacy.Renewal": "owned",
        "privacy.Tombstone": "owned",
        "privacy.Recall": "owned",
    }


def test_every_table_with_owned_columns_is_declared_owned(world):
    with connection.cursor() as cursor:
        cursor.execute("select table_name from information_schema.columns where table_schema = 'public' and column_name = 'owner_id'")
        having = {row[0] for row in cursor.fetchall()}
    assert having - {model._meta.db_table for model, _ in owned_models()} == set()


def test_every_owned_table_forces_its_policies(world):
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relforcerowsecurity and relnamespace = 'public'::regnamespace"
        )
        forced = {row[0] for row in cursor.fetchall()}
    assert forced == {model._meta.db_table for model, _ in owned_models()}


def test_no_viewer_sees_no_row_of_any_owned_table(committed):
    fill(committed)
    held, shown = {}, {}
    for model, _ in owned_models():
        table = model._meta.db_table
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            held[table] = cursor.fetchone()[0]
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            bare = cursor.fetchone()[0]
        with acting_as(ANONYMOUS), connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            shown[table] = bare + cursor.fetchone()[0]
    assert [table for table, count in held.items() if count == 0] == [], "the test proves nothing for an empty table"
    assert shown == dict.fromkeys(held, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "drop table records_report",
        "alter table records_report disable row level security",
        "set role isotrace_owner",
        "delete from records_report",
        "update handling_auditentry set outcome = 'x'",
        "delete from handling_auditentry",
        "insert into handling_auditseal (seq) values (1)",
        "update handling_auditseal set seq = 0",
        "delete from handling_auditseal",
        "delete from handling_auditqueue",
        "select * from handling_auditqueue",
        "delete from handling_audithead",
        "delete from handling_auditkey",
        "update handling_auditkey set ends_on = ends_on",
        "update handling_auditterm set key = 0",
        "delete from handling_auditterm",
        "delete from handling_auditalert",
        "select isotrace_viewer.forget_trail('9999-01-01')",
        "update bureaus_account set clearance = 3",
        "insert into handling_rulesetting (code, is_on, changed_at) values ('reassessment', false, now())",
        "update handling_rulesetting set is_on = false",
        "delete from handling_rulechange",
        "insert into bureaus_organisation (id, code, name, kind) values (gen_random_uuid(), 'x', 'x', 'secretariat')",
        "update notices_listepoch set epoch = 0",
        "update bureaus_grant set ended_at = null",
        "insert into bureaus_sheetentry (country) values ('MDA')",
        "create table x (id int)",
    ],
)
def test_serving_role_is_refused(world, statement):
    from django.db import ProgrammingError, transaction

    with (
        acting_as(world.viewer("mda.officer")),
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


def test_policies_are_current_after_applying(world):
    assert rls.current(connection, "isotrace_app", "isotrace_jobs") is True
