"""A world of many reports under mixed envelopes, written by the database itself: a million take a few minutes.

Two bureaus stand out. With one the others share as with most: it sees about four of five. The other is left out of nearly
everything, by name of its country, and sees about one of a hundred. All that is said is invented.
"""

from typing import Any

SEES_MOST, SEES_LITTLE = "MDA", "KEN"
COMMON, RARE = "theft", "quokka"
"""Words of a fourth of the titles, and of one summary in five thousand."""

_TITLES = ("Sample theft of a gauge", "Sample loss of a source", "Sample seizure at a crossing", "Sample offer of material")
_TYPES = ("theft", "loss", "seizure", "trafficking_attempted_sale")
_PLACES = ("Samplebourg", "Exempleville", "Villamuestra", "Primerovsk", "Mithalabad", "Sampleton-on-Sea", "Nordmuster")
_MATERIALS = ("Cs-137", "Ir-192", "Am-241", "Co-60", "depleted_uranium")
_GROUPS, _CATEGORIES = ("I", "II", "III", ""), ("1", "2", "3", "4", "5", "")
_SUMMARIES = (
    "An invented gauge was taken from an invented vehicle overnight and found again by a patrol.",
    "Une jauge inventée a été volée dans un véhicule inventé pendant la nuit, puis retrouvée.",
    "Un equipo inventado fue robado de un vehículo inventado durante la noche y hallado después.",
    "Вымышленный прибор был похищен ночью из вымышленной машины и позже найден патрулём.",
    "سُرق جهاز قياس مختلق من مركبة مختلقة ليلا ثم عثرت عليه دورية.",
)
_KINDS = ("police", "open_source", "regulator", "notification")


def _array(words: tuple[str, ...]) -> str:
    return "array[" + ", ".join(f"'{word}'" for word in words) + "]"


def _pick(words: tuple[str, ...], number: str = "d.n") -> str:
    return f"({_array(words)})[1 + {number} % {len(words)}]"


BUREAUS = """create table bench_bureau as
select row_number() over (order by code) as n, id, country, code from bureaus_organisation where kind = 'bureau'"""
DRAWN = """create unlogged table bench_drawn as select n, 1 + floor(random() * 196)::int as owner, random() as audience,
random() as marking, random() as left_out, random() as conditions, random() as blocked, 1 + floor(random() * 196)::int as first,
1 + floor(random() * 196)::int as second, 1 + floor(random() * 196)::int as third from generate_series(%(from)s, %(to)s) as n"""
REPORTS = f"""
insert into records_report (id, owner_id, owner_country, purpose, classification, audience, audience_countries, audience_organisations,
  audience_kinds, audience_communities, denied_countries, denied_organisations, denied_kinds, denied_communities, conditions,
  condition_note, blocked, retention_until, kind, title, summary, location, assessment, citations, event_from, event_to, event_text,
  country, incident_type, material, reference, schema_version, filed_at, filed_by, kinds,
  materials, incident_group, category, said{{more}})
select gen_random_uuid(), o.id, o.country, 'INFO', case when d.marking < 0.6 then 1 when d.marking < 0.95 then 2 else 3 end,
  case when d.audience < 0.62 then 'all' when d.audience < 0.88 then 'except' else 'only' end,
  case when d.audience < 0.62 then array[]::text[] else array[a.country] end,
  case when d.audience < 0.62 then array[]::uuid[] else array[b.id, c.id] end, array[]::text[], array[]::uuid[],
  case when d.left_out < 0.006 or o.code = '{SEES_LITTLE}' then array[]::text[] when d.left_out < 0.9 then array['{SEES_LITTLE}']
    else array['{SEES_LITTLE}', a.country] end, array[]::uuid[], array[]::text[], array[]::uuid[],
  case when d.conditions < 0.1 then array['no_forward'] else array[]::text[] end, '', d.blocked < 0.01, null,
  {_pick(_KINDS)}, {_pick(_TITLES)} || ' at ' || {_pick(_PLACES)} || ', case ' || d.n,
  {_pick(_SUMMARIES)} || case when d.n % 5000 = 7 then ' {RARE}' else '' end, {_pick(_PLACES)}, '{{{{}}}}', '[]',
  date '2001-01-01' + (d.n / 110)::int, date '2001-01-01' + (d.n / 110)::int, (date '2001-01-01' + (d.n / 110)::int)::text,
  o.country, {_pick(_TYPES)}, {_pick(_MATERIALS)}, 'S-' || d.n, '1',
  timestamptz '2001-01-01' + d.n * interval '13 minutes', gen_random_uuid(),
  array['Person', 'RadioactiveMaterial', 'RadiologicalIncident'], array[{_pick(_MATERIALS)}], {_pick(_GROUPS)}, {_pick(_CATEGORIES)},
  'SN-' || d.n{{values}}
from bench_drawn as d join bench_bureau as o on o.n = d.owner join bench_bureau as a on a.n = d.first
join bench_bureau as b on b.n = d.second join bench_bureau as c on c.n = d.third order by d.n
"""
INCIDENTS = """
insert into records_entity (id, report_id, kind, properties, schema_version, {envelope})
select gen_random_uuid(), r.id, 'RadiologicalIncident', '{{}}', '1', {of_report} from records_report as r order by r.filed_at
"""
PLACES = """
insert into records_place (id, report_id, entity_id, latitude, longitude, precision, filed_at, {envelope})
select gen_random_uuid(), r.id, e.id, random() * 130 - 60, random() * 360 - 180, 'city', r.filed_at, {of_report}
from records_report as r join records_entity as e on e.report_id = r.id order by r.filed_at
"""
CHUNK = 50_000
WORDS = ("reports_words", "reports_reference")
"""The indexes that are made after the rows, which takes a tenth of the time."""


def file(count: int) -> None:
    """Write `count` reports, each with its incident and its place on the map."""
    from django.db import connections

    from isotrace.handling.models import ENVELOPE_FIELDS

    envelope, of_report = ", ".join(ENVELOPE_FIELDS), ", ".join(f"r.{name}" for name in ENVELOPE_FIELDS)
    with connections["owner"].cursor() as cursor:
        cursor.execute("select setseed(0.5)")
        cursor.execute(BUREAUS)
        later, reports = _taken(cursor), _with_defaults(REPORTS)
        for start in range(1, count + 1, CHUNK):
            cursor.execute(DRAWN % {"from": start, "to": min(start + CHUNK - 1, count)})
            cursor.execute(*reports)
            cursor.execute("drop table bench_drawn")
        cursor.execute(later)
        cursor.execute(*entities(INCIDENTS))
        cursor.execute(PLACES.format(envelope=envelope, of_report=of_report))
        cursor.execute("drop table bench_bureau")


def _taken(cursor: Any) -> str:
    """Take the indexes of words away and return the statements that make them again."""
    cursor.execute("select string_agg(indexdef, '; ') from pg_indexes where indexname = any(%s)", [list(WORDS)])
    again = str(cursor.fetchone()[0])
    cursor.execute("drop index " + ", ".join(WORDS))
    return "set maintenance_work_mem = '256MB'; " + again


def _with_defaults(statement: str) -> tuple[str, list[Any]]:
    """The statement with every column of a report that it does not name, as the model begins it."""
    from isotrace.records.models import Report

    more, places, values = _rest(Report, statement)
    return statement.replace("%", "%%").format(more=more, values=places), values


def entities(statement: str, **said: object) -> tuple[str, list[Any]]:
    """A statement that inserts entities, with the envelope and every column that it does not name, as the model begins it."""
    from isotrace.handling.models import ENVELOPE_FIELDS
    from isotrace.records.models import Entity

    envelope, of_report = ", ".join(ENVELOPE_FIELDS), ", ".join(f"r.{name}" for name in ENVELOPE_FIELDS)
    more, places, values = _rest(Entity, statement.replace("{envelope}", f"{envelope}{{more}}", 1))
    written = statement.replace("%", "%%").format(envelope=envelope + more, of_report=of_report + places, **said)
    return written, values


def _rest(model: Any, statement: str) -> tuple[str, str, list[Any]]:
    """The columns that a statement does not name before "{more}", a place for each, and their first values."""
    from django.db import connections

    from isotrace.handling.models import ENVELOPE_FIELDS

    said = statement[statement.index("(") + 1 : statement.index("{more}")]
    named = {name.strip(" \n") for name in said.split(",")} | set(ENVELOPE_FIELDS)
    rest = [each for each in model._meta.concrete_fields if each.column not in named]
    values = [each.get_db_prep_save(each.get_default(), connections["owner"]) for each in rest]
    return "".join(f", {each.column}" for each in rest), ", %s" * len(rest), values
