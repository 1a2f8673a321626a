"""Three things for each report of the million's world: the event, a material with a serial number, a person. All invented.

With a third of a million reports that makes a million entities, their forms written as `isotrace.engine.projection` would.
"""

from itertools import product
from typing import Any

from _million import entities

_GIVEN_HEADS = (
    "Ab",
    "Bel",
    "Cor",
    "Dan",
    "El",
    "Fer",
    "Gor",
    "Hal",
    "Ir",
    "Jov",
    "Kar",
    "Lem",
    "Mir",
    "Nad",
    "Or",
    "Pol",
    "Rad",
    "Sam",
    "Tol",
    "Val",
)
_GIVEN_TAILS = (
    "an",
    "bek",
    "dor",
    "ela",
    "fim",
    "gar",
    "ina",
    "ko",
    "lis",
    "mat",
    "nur",
    "os",
    "pet",
    "ra",
    "sun",
    "tin",
    "ur",
    "vid",
    "wen",
    "zo",
)
_FAMILY_HEADS = (
    "Exem",
    "Sampl",
    "Muest",
    "Prim",
    "Must",
    "Voor",
    "Mith",
    "Orn",
    "Pag",
    "Quel",
    "Rost",
    "Strel",
    "Tarb",
    "Ulm",
    "Verk",
    "Zald",
)
_FAMILY_MIDDLES = (
    "ad",
    "bel",
    "cor",
    "dim",
    "er",
    "fon",
    "gul",
    "hor",
    "in",
    "kov",
    "lar",
    "men",
    "nod",
    "ost",
    "pir",
    "rul",
    "sen",
    "tav",
)
_FAMILY_TAILS = (
    "ar",
    "berg",
    "chenko",
    "dze",
    "ell",
    "fi",
    "gin",
    "han",
    "ides",
    "kin",
    "lund",
    "mann",
    "nov",
    "oglu",
    "poulos",
    "rez",
    "ski",
    "ton",
)
COMMON_GIVEN = "Mohamed"
"""The first name of one person in twenty."""

NAMES = "create table bench_name (n int primary key, part text, name text, keys text[])"
PEOPLE = """
insert into records_entity (id, report_id, kind, properties, schema_version, name_keys, numbers, first_day, last_day, {envelope})
select gen_random_uuid(), r.id, 'Person', jsonb_build_object('names', jsonb_build_array(g.name || ' ' || f.name),
  'birth_date', born.day::text, 'documents', jsonb_build_array(jsonb_build_object('number', number.text, 'kind', 'passport',
  'country', r.country))), '1',
  g.keys || f.keys, array['document:' || translate(number.text, 'OQDILZSGB', '000112568')], born.day, born.day, {of_report}
from (select *, row_number() over (order by filed_at) as n from records_report) as r
join lateral (select date '1950-01-01' + (r.n % 18000)::int as day) as born on true
join lateral (select 'AB' || lpad((r.n * 7 % 10000000)::text, 7, '0') as text) as number on true
join bench_name as g on g.part = 'given' and g.n = case when r.n % 20 = 0 then 1 else 1 + (r.n * 31 % {givens})::int end
join bench_name as f on f.part = 'family' and f.n = {givens} + 1 + (r.n * 17 % {families})::int
order by r.filed_at
"""
MATERIALS = """
insert into records_entity (id, report_id, kind, properties, schema_version, numbers, activity_bq, {envelope})
select gen_random_uuid(), r.id, 'RadioactiveMaterial', jsonb_build_object('material_type', 'radioactive_source', 'nuclide', r.material,
  'serial', jsonb_build_array('SN-' || r.n)), '1',
  array['serial:' || translate('SN' || r.n, 'OQDILZSGB', '000112568')], 1e9 * (1 + r.n % 500), {of_report}
  from (select *, row_number() over (order by filed_at) as n from records_report) as r order by r.filed_at
"""


def given_and_family() -> tuple[list[str], list[str]]:
    """Return the parts of invented names, the common one first."""
    given = [COMMON_GIVEN, *("".join(parts) for parts in product(_GIVEN_HEADS, _GIVEN_TAILS))]
    return given, ["".join(parts) for parts in product(_FAMILY_HEADS, _FAMILY_MIDDLES, _FAMILY_TAILS)]


def file() -> None:
    """Add to each report that is there a material and a person; the world of `_million` holds the event already."""
    from django.db import connections

    from isotrace.engine.names.keys import keys_of

    given, family = given_and_family()
    names = [("given", name) for name in given] + [("family", name) for name in family]
    with connections["owner"].cursor() as cursor:
        cursor.execute(NAMES)
        cursor.executemany(
            "insert into bench_name values (%s, %s, %s, %s)",
            [(n, part, name, list(keys_of([name]))) for n, (part, name) in enumerate(names, 1)],
        )
        again = _taken(cursor)
        cursor.execute(*entities(PEOPLE, givens=len(given), families=len(family)))
        cursor.execute(*entities(MATERIALS))
        cursor.execute("drop table bench_name")
        cursor.execute(again)


def _taken(cursor: Any) -> str:
    """Take the indexes of forms away and return the statements that make them again."""
    names = ["entities_names", "entities_numbers"]
    cursor.execute("select string_agg(indexdef, '; ') from pg_indexes where indexname = any(%s)", [names])
    again = str(cursor.fetchone()[0])
    cursor.execute("drop index " + ", ".join(names))
    return "set maintenance_work_mem = '256MB'; " + again
