from django.db import migrations


class Migration(migrations.Migration):
    """Numbers of published notices: one sequence for all kinds and years, so that no number is given twice."""

    dependencies = [("notices", "0002_list_epoch")]

    operations = [migrations.RunSQL("create sequence notices_number as bigint", "drop sequence notices_number")]
