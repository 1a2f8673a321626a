"""The gallery of components in every language: structure, policy, direction, nothing untranslated."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils.translation import override

from isotrace.engine import clock
from isotrace.engine.policy import Classification
from isotrace.engine.text import Message
from tests.web import gallery
from tests.web.pseudo import untranslated

pytestmark = pytest.mark.urls("tests.web.urls")

ACCOUNT = SimpleNamespace(name="Sample Maria Invented", organisation="Sample bureau", get_role_display=lambda: "[!! x !!]")


def _request(account=ACCOUNT):
    request = RequestFactory().get("/reports/?a=1")
    request.session = {}
    request._messages = FallbackStorage(request)
    request.account, request.viewer = account, None
    return request


def _page(language="en", account=ACCOUNT):
    with override(language), clock.frozen(gallery.AT):
        return gallery.page(_request(account))


def _render(source, **context):
    return engines["django"].from_string("{% load isotrace %}" + source).render(context).strip()


class _Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_page_under_the_content_policy_has_nothing_inline():
    tags = _Tags(_page()).found
    assert [tag for tag, attrs in tags if "style" in attrs or any(name.startswith("on") for name in attrs)] == []
    assert [attrs for tag, attrs in tags if tag == "script" and "src" not in attrs and attrs.get("type") != "application/json"] == []
    assert [tag for tag, _attrs in tags if tag == "style"] == []


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr"), ("es", "ltr")])
def test_page_in_a_language_says_so_and_turns(language, direction):
    assert f'<html lang="{language}" dir="{direction}" data-theme="auto"' in _page(language)


def test_page_in_the_pseudo_language_has_nothing_untranslated():
    assert untranslated(_page("en-xa")) == []


def test_page_ids_are_unique():
    ids = [attrs["id"] for _tag, attrs in _Tags(_page()).found if attrs.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_page_of_a_stranger_names_nobody_and_has_no_sign_out():
    page = _page(account=None)
    assert ("Sample Maria Invented" in page.split("<main")[0], "/logout/" in page) == (False, False)


@pytest.mark.parametrize(("sample", "shown"), [(True, 1), (False, 0)])
def test_page_of_a_sample_world_says_so(settings, sample, shown):
    settings.SAMPLE_WORLD = sample
    assert _page().count("Sample data. Every person here is invented.") == shown


def test_marking_stands_at_top_and_bottom_with_its_owner():
    assert re.findall(r'class="marking marking-(\w+) marking-(\w+)"><b>(\w+)</b>', _page()) == [
        ("restricted", "top", "RESTRICTED"),
        ("restricted", "bottom", "RESTRICTED"),
    ]


def test_marking_of_a_record_without_one_is_the_lowest():
    assert "<b>OFFICIAL USE ONLY</b>" in _render("{% marking record %}", record={})


def test_marking_takes_the_number_that_is_stored():
    assert "<b>CONFIDENTIAL</b>" in _render(
        "{% marking record %}", record=SimpleNamespace(classification=int(Classification.CONFIDENTIAL), owner="X")
    )


def test_bdi_of_markup_is_escaped():
    assert _render("{{ name|bdi }}", name="<b>") == "<bdi>&lt;b&gt;</bdi>"


def test_say_of_a_message_with_a_message_inside_fills_both():
    said = _render("{{ line|say }}", line=Message("Ask %(who)s.", {"who": Message("the %(unit)s", {"unit": "<unit>"})}))
    assert said == "Ask the &lt;unit&gt;."


@pytest.mark.parametrize(
    ("hours", "tone", "words"), [(3.1, "warn", "due in 3 h"), (-50, "bad", "overdue by 2 d"), (30, "still", "due in 30 h")]
)
def test_clock_tag_says_time_and_urgency(hours, tone, words):
    with clock.frozen(gallery.AT):
        shown = _render("{% clock due %}", due=gallery.AT + timedelta(hours=hours))
    assert (f'class="tag tag-{tone}"' in shown, words in shown) == (True, True)


def test_clock_tag_without_deadline_is_nothing():
    assert _render("{% clock due %}", due=None) == ""


def test_tag_in_an_unknown_tone_is_refused():
    with pytest.raises(TemplateSyntaxError, match="A tag's tone is one of"):
        _render('{% tag "x" "pink" %}')


def test_row_with_blank_content_is_left_out():
    assert _render('{% row "Born" %} {% endrow %}{% row "Name" %}x{% endrow %}') == "<div><dt>Name</dt><dd>x</dd></div>"


@pytest.mark.parametrize("code", ["document_match", "identity_likely", "same_name", "no_match"])
def test_band_has_icon_headline_and_no_coercion(code):
    shown = _render("{% band code %}<p>Reason</p>{% endband %}", code=code)
    assert (shown.count("<svg"), shown.count("<h2>"), "<p>Reason</p>" in shown) == (1, 1, True)
    assert re.findall(r"detain|arrest|refuse|deny", shown, re.IGNORECASE) == []


def test_band_that_does_not_exist_is_refused():
    with pytest.raises(TemplateSyntaxError, match="No band 'certain'"):
        _render('{% band "certain" %}{% endband %}')


def test_conditions_say_their_state_in_words():
    with clock.frozen(gallery.AT):
        shown = _render("{% conditions rows %}", rows=gallery.context()["conditions"])
    assert re.findall(r">(Met|Not met|Advice)<", shown) == ["Met", "Not met", "Advice"]
    assert '<a href="#">Ask a reviewer.</a>' in shown


def test_data_table_carries_labels_for_narrow_screens():
    with clock.frozen(gallery.AT):
        shown = _render('{% data_table "Incidents" columns table %}', **gallery.context())
    assert re.findall(r'<t[hd] [^>]*data-label="(\w+)"', shown) == ["Incident", "Date", "Country", "Activity", "Filed"] * 2
    assert '<td data-label="Activity" class="cell-number"><span>50.9 TBq</span></td>' in shown


def test_pager_with_nothing_older_or_newer_is_nothing():
    assert _render("{% pager %}") == ""


def test_map_of_hostile_titles_keeps_them_data():
    shown = _render("{% incident_map incidents %}", incidents=[{"title": "</script><script>alert(1)"}])
    assert "</script><script>alert" not in shown


def test_error_summary_links_each_field_and_names_it():
    shown = _render("{% error_summary form %}", form=gallery.IncidentForm({"title": "Theft", "summary": "x", "certified": "on"}))
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', shown) == [
        ("id_kind_group", "Kind: This field is required."),
        ("id_country", "Country: This field is required."),
    ]


def test_error_summary_of_a_form_without_errors_is_nothing():
    assert _render("{% error_summary form %}", form=gallery.FilterForm()) == ""


def test_field_with_hint_and_error_is_described_by_both():
    shown = str(gallery.IncidentForm({})["title"].as_field_group())
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert ('id="id_title_helptext"' in shown, 'id="id_title_error"' in shown) == (True, True)


def test_field_of_radios_is_a_fieldset_with_legend():
    shown = str(gallery.IncidentForm()["kind"].as_field_group())
    assert re.findall(r"<fieldset|<legend|type=\"radio\"", shown) == ["<fieldset", "<legend", 'type="radio"', 'type="radio"']


def test_interruption_and_empty_state_hold_their_content():
    assert "<h1>Sure?</h1><p>Yes</p>" in _render('{% interruption "Sure?" %}<p>Yes</p>{% endinterruption %}')
    assert "<h2>None yet</h2><p>Begin</p>" in _render('{% empty_state "None yet" %}<p>Begin</p>{% endempty_state %}')


def test_messages_are_shown_once_with_their_role():
    assert re.findall(r'class="message message-(\w+)" role="(\w+)"', _page()) == [("success", "status"), ("error", "alert")]


def test_gallery_clock_is_the_one_clock():
    with clock.frozen(datetime(2026, 1, 1, tzinfo=UTC)):
        assert gallery.context()["tasks"][1]["due"] == datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=2, minutes=5)
