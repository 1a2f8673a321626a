from django.db import migrations

MAKE = """
insert into notices_listepoch (epoch) values (1);
create function notices_bump_epoch() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update public.notices_listepoch set epoch = epoch + 1;
  return null;
end $$;
create trigger notices_published_added after insert on notices_notice
  for each row when (new.state = 'published') execute function notices_bump_epoch();
create trigger notices_published_changed after update on notices_notice
  for each row when (old.state = 'published' or new.state = 'published') execute function notices_bump_epoch();
create trigger notices_published_gone after delete on notices_notice
  for each row when (old.state = 'published') execute function notices_bump_epoch();
revoke execute on function notices_bump_epoch() from public;
"""

DROP = """
drop trigger notices_published_added on notices_notice;
drop trigger notices_published_changed on notices_notice;
drop trigger notices_published_gone on notices_notice;
drop function notices_bump_epoch();
delete from notices_listepoch;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, DROP)]
