"""What the baselines ask of the database: run by the owner, whose policy is `true`, so without row-level security."""

from typing import Any

EQUAL = "select number from bench.plain_list where word = %s"
COLUMNS = "r.id, r.title, r.reference, r.kind, r.country, r.incident_type, r.material, r.event_text, r.filed_at, o.name"
_OWN = "(r.owner_id = %(organisation)s or r.owner_country = %(country)s)"
_NAMED = """(%(organisation)s = any(r.audience_organisations) or %(country)s = any(r.audience_countries)
or 'bureau' = any(r.audience_kinds) or r.audience_communities && %(communities)s::uuid[])"""
_DENIED = """(%(organisation)s = any(r.denied_organisations) or %(country)s = any(r.denied_countries)
or 'bureau' = any(r.denied_kinds) or r.denied_communities && %(communities)s::uuid[])"""
VISIBLE = f"""r.classification <= %(clearance)s and ({_OWN} or (not r.blocked and not {_DENIED} and (
  r.audience = 'all' or (r.audience = 'only' and {_NAMED}) or (r.audience = 'except' and not {_NAMED}))))"""
"""What a careful developer writes of the rules of finding, for an officer of a bureau who looks for information."""

_TABLES = "from records_report r join bureaus_organisation o on o.id = r.owner_id"
_NEWEST = "order by r.filed_at desc, r.id desc"
_BEHIND = "(r.filed_at, r.id) < (%(moment)s, %(last)s)"
_WORDS = f"""r.words_whole @@ isotrace_words.asked(%(words)s) and (cardinality(r.conditions) = 0 or {_OWN}
or r.id = any(%(acknowledged)s::uuid[]) or r.words_listed @@ isotrace_words.asked(%(words)s))"""
BY_HAND = f"select {COLUMNS} {_TABLES} where {VISIBLE} {_NEWEST} limit 51"
KEY = f"select r.filed_at, r.id from records_report r where {VISIBLE} {_NEWEST} offset %(offset)s limit 1"
COUNT = f"select count(*) from (select 1 from records_report r where {VISIBLE} limit 10001) as counted"
SEARCH_COUNT = f"select count(*) from (select 1 from records_report r where {_WORDS} and {VISIBLE} limit 10001) as counted"
MAP = f"""select m.id, m.latitude, m.longitude, t.id, t.title, t.kind, t.event_text from (
  select r.* from records_place r where {VISIBLE} {_NEWEST} limit 500) as m
join records_report t on t.id = m.report_id order by m.filed_at desc, m.id desc"""


def whole_rows() -> dict[str, str]:
    """Statements that give every column of the rows, as the product's lists and pages do."""
    report, owner = _columns("records", "Report", "r"), _columns("bureaus", "Organisation", "o")
    listed = f"select {report}, {owner} {_TABLES} where {VISIBLE}"
    parts = {name: f"select {_columns('records', model, 'r')} from records_{model.lower()} r" for name, model in _PARTS.items()}
    return {
        "list": f"{listed} {_NEWEST} limit 51",
        "behind": f"{listed} and {_BEHIND} {_NEWEST} limit 51",
        "search": f"{listed} and {_WORDS} {_NEWEST} limit 51",
        "detail": f"{listed} and r.id = %(record)s",
        **{name: f"{part} where r.report_id = %(record)s and {VISIBLE} order by r.id" for name, part in parts.items()},
    }


_PARTS = {"entities": "Entity", "links": "Link", "gradings": "Grading"}


def _columns(app: str, model: str, alias: str) -> str:
    from django.apps import apps

    return ", ".join(f'{alias}."{field.column}"' for field in apps.get_model(app, model)._meta.concrete_fields)


def values_of(viewer: Any) -> dict[str, Any]:
    """What the statements ask of a viewer."""
    plain = {name: getattr(viewer, name) for name in ("clearance", "organisation", "country")}
    return plain | {name: sorted(getattr(viewer, name), key=str) for name in ("communities", "acknowledged")}
