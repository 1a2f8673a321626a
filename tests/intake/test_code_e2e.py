"""Coding a message beside its text in a real browser: what is selected goes into the chosen field, and the page works without that."""

import pytest

from tests.story.demonstration import demonstration
from tests.story.people import CHROMIUM, QUIET, Person

pytestmark = pytest.mark.e2e

SELECT = """(words) => {
    const text = document.getElementById("arrival-text").firstChild;
    const range = document.createRange();
    const start = text.data.indexOf(words);
    range.setStart(text, start);
    range.setEnd(text, start + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def test_selected_words_go_into_the_chosen_field():
    from playwright.sync_api import sync_playwright

    with demonstration() as world, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        officer = Person(browser, world.address, "officer@mda.example", world.password)
        page = officer.page
        page.goto(f"{world.address}/intake/")
        page.click("text=gauge found under a bridge")
        for words, field in (("the invented bridge north of Balti", "Place"), ("SG-2044", "Serial numbers")):
            page.evaluate(SELECT, words)
            page.select_option("#coder-field", label=field)
            page.click("#coder-put")
        assert page.input_value("#id_incident_place") == "the invented bridge north of Balti"
        assert page.input_value("#id_material_serial") == "SG-2044"
        page.evaluate(SELECT, "SG-2044")
        page.focus("#id_incident_summary")
        assert page.evaluate("document.getElementById('coder-field').selectedOptions[0].label") == "Summary"
        page.click("button[value=keep]")
        assert page.input_value("#id_incident_place") == "the invented bridge north of Balti"
        assert officer.findings == []
