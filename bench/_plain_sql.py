"""What the baselines ask of the database."""

EQUAL = "select number from bench.plain_list where word = %s"
BY_HAND = """
select r.id, r.title, r.reference, r.kind, r.country, r.incident_type, r.material, r.event_text, r.filed_at, o.name
from records_report r join bureaus_organisation o on o.id = r.owner_id
where r.classification <= %(clearance)s and (
  r.owner_id = %(organisation)s or r.owner_country = %(country)s or r.audience = 'all'
  or (r.audience = 'only' and (%(organisation)s = any(r.audience_organisations) or %(country)s = any(r.audience_countries)))
  or (r.audience = 'except' and not (%(organisation)s = any(r.audience_organisations) or %(country)s = any(r.audience_countries)))
) order by r.filed_at desc, r.id desc limit 51
"""
"""What a careful developer writes for one bureau, without row-level security: run by the owner, whose policy is `true`."""
