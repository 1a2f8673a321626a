from django.db import migrations

# All that is written in a notice, whatever field it stands in; a megabyte of words is what PostgreSQL takes at most.
MAKE = [
    r"""create function isotrace_words.said(content jsonb) returns text language sql immutable parallel safe as $$
select left(coalesce(string_agg(each #>> '{}', ' '), ''), 60000) from jsonb_path_query(content, 'strict $.**') as each
where jsonb_typeof(each) = 'string' $$""",
    """alter table notices_notice
add column words_listed tsvector generated always as
(isotrace_words.lexemes(coalesce(number, '') || ' ' || coalesce(content #>> '{person,names,0}', ''))) stored,
add column words_whole tsvector generated always as
(isotrace_words.lexemes(coalesce(number, '') || ' ' || isotrace_words.said(content))) stored""",
    "create index notices_words on notices_notice using gin (words_whole)",
]
DROP = [
    "drop index notices_words",
    "alter table notices_notice drop column words_listed, drop column words_whole",
    "drop function isotrace_words.said(jsonb)",
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_caveats"), ("records", "0009_projections")]

    operations = [migrations.RunSQL(MAKE, DROP)]
