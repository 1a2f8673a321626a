"""What its retention date says goes, goes, with all that hangs on it."""

from datetime import date, timedelta

from isotrace.engine import clock
from isotrace.handling.jobs import expire
from isotrace.records.models import Report
from tests.worlds.filled import fill, report


def test_expired_report_goes_with_what_it_says(committed):
    fill(committed)
    kept = report(committed, "GEO", "geo.officer", retention_until=date(2031, 1, 1))
    endless = report(committed, "GEO", "geo.officer", retention_until=None)
    with clock.frozen(clock.now().replace(year=2030, month=1, day=2)):
        gone = expire()
    assert gone == {
        "records.Report": 1,
        "records.Entity": 2,
        "records.Link": 1,
        "records.Place": 1,
        "records.Grading": 1,
        "notices.Notice": 1,
        "notices.NoticeEvent": 1,
        "screening.Hit": 1,
        "screening.HitAnswer": 1,
    }
    assert set(Report.objects.using("owner").values_list("id", flat=True)) == {kept.id, endless.id}


def test_record_is_kept_through_its_last_day(committed):
    report(committed, "GEO", "geo.officer", retention_until=clock.today() + timedelta(days=1))
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert expire() == {}
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert expire() == {"records.Report": 1}
