"""Every component once, with invented people: for tests, and for looking at them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django import forms
from django.contrib import messages
from django.template import engines
from django.utils.translation import gettext

from isotrace.engine import clock
from isotrace.engine.policy import Classification
from isotrace.engine.text import Message
from isotrace.web.bands import BANDS

HERE = Path(__file__).parent
AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


class IncidentForm(forms.Form):
    title = forms.CharField(help_text="What happened, in one line.")
    when = forms.CharField(
        label="Date", required=False, help_text="For example 1993, 1993-05 or 1993-05-12.", widget=forms.TextInput(attrs={"size": 12})
    )
    kind = forms.ChoiceField(choices=[("theft", "Theft"), ("loss", "Loss")], widget=forms.RadioSelect, help_text="Choose one.")
    seen = forms.MultipleChoiceField(choices=[("a", "Courier"), ("b", "Broker")], widget=forms.CheckboxSelectMultiple, required=False)
    country = forms.ChoiceField(choices=[("", "Choose"), ("MDA", "Moldova")])
    summary = forms.CharField(widget=forms.Textarea)
    certified = forms.BooleanField(label="The bureau certifies this", help_text="Needed for publication.")
    latitude = forms.FloatField(required=False)
    longitude = forms.FloatField(required=False)


class CheckForm(forms.Form):
    query = forms.CharField(label="Name, document number or MRZ", widget=forms.Textarea(attrs={"data-island": "check", "rows": 2}))


class FilterForm(forms.Form):
    country = forms.CharField(required=False)
    year = forms.IntegerField(required=False)


def context() -> dict:
    now = clock.now()
    return {
        "marked": {"classification": Classification.RESTRICTED, "owner": "National central bureau, Moldova"},
        "bands": list(BANDS),
        "tiles": [
            {"value": 12, "label": "Hits to answer", "url": "#", "detail": "3 overdue", "tone": "bad"},
            {"value": 4, "label": "Requests to us"},
            {"value": "50.9", "label": "TBq missing", "tone": "warn"},
        ],
        "tasks": [
            {
                "title": "Confirm a hit",
                "url": "#",
                "detail": "Notice G-2026-0007",
                "due": now + timedelta(hours=3, minutes=1),
                "tag": "Hit",
                "tone": "info",
            },
            {"title": "Review a notice", "url": "#", "due": now - timedelta(days=2, minutes=5)},
            {"title": "Assess a report", "url": "#", "due": now + timedelta(days=6)},
            {"title": "No deadline"},
        ],
        "rows": [
            ("Title", "Theft of a well-logging source"),
            {"label": "Owner", "value": "Sample bureau", "url": "#", "action": "Change"},
            ("Empty", ""),
        ],
        "conditions": [
            {"text": Message("The assessment has a number."), "met": True},
            {
                "text": Message("Somebody else reviewed it."),
                "met": False,
                "missing": Message("Ask %(who)s.", {"who": "a reviewer"}),
                "url": "#",
            },
            {"text": "Re-assessed within twelve months.", "met": False, "binding": False, "missing": "Due since March."},
        ],
        "entries": [
            {"title": "Notice published", "at": AT, "who": "Sample Maria Invented", "text": "Version 1"},
            {"title": "Draft submitted", "at": AT - timedelta(days=3), "who": "Testov Exemplar", "url": "#"},
        ],
        "columns": [
            ("title", "Incident"),
            ("date", "Date", "partial_date"),
            ("country", "Country", "country"),
            ("bq", "Activity", "activity"),
            ("at", "Filed", "moment"),
        ],
        "table": [
            {"url": "#1", "title": "Well-logging source lost on the road", "date": "1993-05", "country": "MDA", "bq": 5.09e13, "at": AT},
            {"url": "#2", "title": "Scrap yard portal alarm", "date": "2019", "country": "GEO", "bq": 370000, "at": AT},
        ],
        "chips": [{"label": "Country: Georgia", "url": "#"}],
        "who": [
            Message("Your bureau owns it."),
            "All bureaus but two may read it.",
            Message("Kept until %(day)s.", {"day": "21 Nov 2031"}),
        ],
        "incidents": [
            {
                "id": "1",
                "url": "#1",
                "title": "Well-logging source lost",
                "lat": 47.0,
                "lon": 28.8,
                "date": "1993-05",
                "kind": "Loss",
                "sample": False,
            },
            {"id": "2", "url": "#2", "title": "Portal alarm", "lat": 41.7, "lon": 44.8, "date": "2019", "kind": "Scrap", "sample": True},
            {
                "id": "3",
                "url": "#3",
                "title": "Orphan source found",
                "lat": 42.0,
                "lon": 43.0,
                "date": "2001-12-02",
                "kind": "Discovery",
                "sample": False,
            },
            {
                "id": "4",
                "url": "#4",
                "title": "Source in a hospital ruin",
                "lat": -16.7,
                "lon": -49.3,
                "date": "1987-09-13",
                "kind": "Theft",
                "sample": False,
            },
            {
                "id": "5",
                "url": "#5",
                "title": "Truck stolen",
                "lat": 19.7,
                "lon": -98.9,
                "date": "2013-12-02",
                "kind": "Theft",
                "sample": False,
            },
        ],
        "form": IncidentForm({"title": "Theft", "kind": "x"}),
        "check": CheckForm(),
        "filter": FilterForm({}, prefix="filter"),
    }


def page(request) -> str:
    if hasattr(request, "_messages"):
        messages.success(request, gettext("Password changed"))
        messages.error(request, gettext("Sign-in failed"))
    return engines["django"].from_string((HERE / "gallery.html").read_text()).render(context(), request)
