"""The database itself keeps what comes from the IAEA to the unit until a confirmed agreement lets others in, and who confirms it."""

from django.db import migrations

MAKE = """
create function intake_guard_origin() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' and new.kind = 'notification'
    and exists (select 1 from public.bureaus_organisation where id = new.owner_id and kind = 'secretariat') then
    new.origin := 'iaea';
  end if;
  if tg_op = 'UPDATE' and new.origin <> old.origin then
    raise insufficient_privilege using message = 'where a report came from is not rewritten';
  end if;
  if new.origin = 'iaea'
    and not (new.audience = 'only' and cardinality(new.audience_countries) + cardinality(new.audience_kinds)
      + cardinality(new.audience_communities) = 0 and new.audience_organisations <@ array[new.owner_id])
    and not exists (
      select 1 from public.intake_agreement as agreed where agreed.origin = new.origin and agreed.state = 'confirmed' and (
        agreed.audience = 'all' or new.audience = 'only' and cardinality(new.audience_communities) = 0
        and new.audience_countries <@ agreed.countries and new.audience_kinds <@ agreed.kinds
        and new.audience_organisations <@ array_append(agreed.organisations, new.owner_id))) then
    raise insufficient_privilege using message = 'what comes from the IAEA is seen by the unit alone until an agreement lets others in';
  end if;
  return new;
end $$;
create trigger intake_origin before insert or update on records_report for each row execute function intake_guard_origin();
create function intake_guard_agreement() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if (old.id, old.origin, old.reference, old.agreed_on, old.ends_on, old.terms, old.audience, old.countries, old.organisations, old.kinds,
      old.proposed_by, old.proposed_at)
    is distinct from (new.id, new.origin, new.reference, new.agreed_on, new.ends_on, new.terms, new.audience, new.countries,
      new.organisations, new.kinds, new.proposed_by, new.proposed_at) then
    raise insufficient_privilege using message = 'the terms of an agreement are never rewritten';
  end if;
  if not (old.state = 'proposed' or old.state = 'confirmed' and new.state = 'ended') then
    raise insufficient_privilege using message = 'an agreement is decided once';
  end if;
  if old.state = 'proposed' and new.state <> 'proposed'
    and coalesce(new.decided_by::text, '') <> coalesce(current_setting('isotrace.person', true), '') then
    raise insufficient_privilege using message = 'whoever decides does so in his own name';
  end if;
  if old.state = 'confirmed' and (old.decided_by, old.decided_at) is distinct from (new.decided_by, new.decided_at) then
    raise insufficient_privilege using message = 'who confirmed an agreement is not rewritten';
  end if;
  return new;
end $$;
create trigger intake_agreement_decided before update on intake_agreement for each row execute function intake_guard_agreement();
"""

DROP = """
drop trigger intake_agreement_decided on intake_agreement;
drop trigger intake_origin on records_report;
drop function intake_guard_agreement();
drop function intake_guard_origin();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_cases")]

    operations = [migrations.RunSQL(MAKE, DROP)]
