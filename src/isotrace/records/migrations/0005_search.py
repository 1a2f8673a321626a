from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import migrations, models

# How words are read, whatever language they are in: as they stand without accents, and by the stems of five languages.
_LANGUAGES = ("english", "french", "spanish", "russian", "arabic")
_TOKENS = "hword, hword_part, word"


def _configurations() -> Iterator[str]:
    for name in ("plain", *_LANGUAGES):
        known = "simple" if name == "plain" else name
        stem = "simple" if name == "plain" else f"{name}_stem"
        yield f"create text search configuration isotrace_words.{name} (copy = pg_catalog.{known})"
        yield f"alter text search configuration isotrace_words.{name} alter mapping for {_TOKENS} with unaccent, {stem}"


_READ = " || ".join(f"to_tsvector('isotrace_words.{name}', apart)" for name in ("plain", *_LANGUAGES))
_ASKED = ", ".join(f"plainto_tsquery('isotrace_words.{name}', word)" for name in _LANGUAGES)
_BEGUN = "case when numnode(plain) = 1 and word ~ '^[[:alpha:]]{3,}$' then (plain::text || ':*')::tsquery else plain end"

# One part a word: any reading of it will do. A word that is too common in some language is left out unless no other is asked for.
_WORDS = f"""
with word as (
  select word, plainto_tsquery('isotrace_words.plain', word) as plain, array[{_ASKED}] as read
  from regexp_split_to_table(translate(words, '-/_', '   '), '\\s+') as word
), known as (
  select plain, exists (select from unnest(read) as each where numnode(each) = 0) as common,
    (select string_agg(distinct '(' || each::text || ')', ' | ') from unnest(array_append(read, {_BEGUN})) as each where numnode(each) > 0) as "any"
  from word where numnode(plain) > 0
)
select coalesce(string_agg('(' || "any" || ')', '%s') filter (where not common), string_agg(plain::text, '%s'), '')::tsquery from known
"""
_HEADLINE = "'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=2, MaxWords=18, MinWords=6, FragmentDelimiter= … '"
_CONFIGURATIONS = ", ".join(f"('isotrace_words.{name}'::regconfig)" for name in (*_LANGUAGES, "plain"))


def _function(signature: str, body: str) -> str:
    return f"create function isotrace_words.{signature} language sql immutable parallel safe as $$ {body} $$"


MAKE = [
    "create schema isotrace_words",
    *_configurations(),
    _function("lexemes(said text) returns tsvector", f"select strip({_READ}) from (values (translate(said, '-/_', '   '))) as a(apart)"),
    _function("asked(words text) returns tsquery", _WORDS.replace("%s", " & ")),
    _function("any_of(words text) returns tsquery", _WORDS.replace("%s", " | ")),
    _function(
        "part(words text) returns text",
        r"select case when words ~ '\d' and length(words) > 2 then '%' || regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%' end",
    ),
    _function(
        "passage(said text, any_of tsquery) returns text",
        f"select ts_headline(read, said, any_of, {_HEADLINE}) from (values {_CONFIGURATIONS}) as c(read) "
        "where to_tsvector(read, said) @@ any_of limit 1",
    ),
    """alter table records_report
add column words_listed tsvector generated always as (isotrace_words.lexemes(title || ' ' || reference || ' ' || material)) stored,
add column words_whole tsvector generated always as
(isotrace_words.lexemes(title || ' ' || reference || ' ' || material || ' ' || location || ' ' || summary)) stored""",
    "create index reports_words on records_report using gin (words_whole)",
    "create index reports_reference on records_report using gin (reference gin_trgm_ops)",
]
DROP = [
    "drop index reports_reference",
    "drop index reports_words",
    "alter table records_report drop column words_listed, drop column words_whole",
    "drop schema isotrace_words cascade",
]
LOCATED = """update records_report as r set location = left(e.properties ->> 'place', 500) from records_entity as e
where e.report_id = r.id and e.kind = 'RadiologicalIncident' and e.properties ->> 'place' is not null and r.kind <> 'persons'"""
FILED = "update records_place as p set filed_at = r.filed_at from records_report as r where r.id = p.report_id"


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="location",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AddField(
            model_name="place",
            name="filed_at",
            field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.RunSQL([LOCATED, FILED], migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["-filed_at", "-id"], name="places_newest"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["country", "-filed_at", "-id"], name="reports_of_country"),
        ),
        migrations.RunSQL(MAKE, DROP),
    ]
