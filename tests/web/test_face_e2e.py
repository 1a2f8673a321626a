"""The gallery and the islands in a real browser: accessible in every light, direction and width; usable by keys alone.

No server: the page is rendered here and handed to the browser with the product's own content policy.
"""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.utils.translation import override

from isotrace.engine import clock
from tests.web import gallery

pytestmark = [pytest.mark.e2e, pytest.mark.urls("tests.web.urls")]

CHROMIUM = "/usr/bin/chromium"
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
HOME = "http://face.test/"
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
TD3 = ["P<UTOEXEMPLAR<<TESTOV<<<<<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]


def _policy() -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items())


def _html(language: str) -> str:
    request = RequestFactory().get("/")
    request.session, request.viewer = {}, None
    request._messages = FallbackStorage(request)
    request.account = SimpleNamespace(name="Sample Maria Invented", organisation="Sample bureau", get_role_display=lambda: "Analyst")
    with override(language), clock.frozen(gallery.AT):
        return gallery.page(request)


def _answer(route, language):
    path = route.request.url.removeprefix(HOME).split("?")[0]
    if not path.startswith("static/"):
        return route.fulfill(body=_html(language), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": _policy()})
    found = finders.find(path.removeprefix("static/"))
    if not found:
        return route.fulfill(status=404)
    return route.fulfill(body=Path(found).read_bytes(), content_type=TYPES[Path(found).suffix])


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture
def open_page(browser):
    contexts = []

    def open_(language="en", light="light", width=1280, script=True):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=light, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/*", lambda route: _answer(route, language))
        page.goto(HOME)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("language", "light", "width"),
    [("en", "light", 1280), ("en", "dark", 1280), ("ar", "light", 1280), ("ar", "dark", 360), ("en", "light", 360)],
)
def test_gallery_in_each_light_direction_and_width_is_accessible(open_page, language, light, width):
    page = open_page(language, light, width)
    page.wait_for_selector(".map-point")
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.complaints == []


def test_gallery_without_script_shows_everything_but_the_maps(open_page):
    page = open_page(script=False)
    assert page.locator("h1").first.inner_text() == "Gallery of components"
    assert page.locator("[data-island=point]").is_visible() is False


def test_map_by_keys_alone_reaches_marks_and_zooms_into_a_group(open_page):
    page = open_page()
    page.locator(".map-point[tabindex='0']").first.focus()
    names = [page.evaluate("document.activeElement.getAttribute('aria-label')")]
    for _step in range(3):
        page.keyboard.press("ArrowRight")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert names == [
        "Truck stolen (Theft, Dec 2, 2013)",
        "Source in a hospital ruin (Theft, Sep 13, 1987)",
        "Well-logging source lost (Loss, May 1993)",
        "Incidents here: 2",
    ]
    page.keyboard.press("Enter")
    assert page.locator(".map-card a").all_inner_texts() == [
        "Portal alarm (Scrap, 2019, sample)",
        "Orphan source found (Discovery, Dec 2, 2001)",
    ]
    page.get_by_role("button", name="Zoom to these").click()
    assert page.evaluate("document.querySelector('.map-stage > svg').viewBox.baseVal.width") == 320
    page.get_by_role("button", name="Show the whole world").first.click()
    assert page.evaluate("document.querySelector('.map-stage > svg').viewBox.baseVal.width") == 960


def test_point_by_keys_and_typing_agree_with_the_fields(open_page):
    page = open_page()
    stage = page.locator("[data-island=point] .map-stage")
    page.fill("#id_latitude", "47")
    page.fill("#id_longitude", "28.8")
    page.wait_for_selector("[data-island=point] .map-cross")
    stage.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert (page.input_value("#id_latitude"), page.input_value("#id_longitude")) == ("49.0000", "37.8000")


def test_point_by_a_click_writes_the_place_under_it(open_page):
    page = open_page()
    page.wait_for_selector("[data-island=point] .map-land")
    stage = page.locator("[data-island=point] .map-stage > svg")
    box = stage.bounding_box()
    stage.click(position={"x": box["width"] / 2, "y": box["height"] * 237 / 415})
    assert abs(float(page.input_value("#id_latitude"))) < 0.5
    assert abs(float(page.input_value("#id_longitude"))) < 0.5


def _sent(page):
    page.evaluate(
        "document.querySelector('[data-island=check]').form.addEventListener('submit', (e) => { e.preventDefault(); window.sent = e.target.query.value; })"
    )


@pytest.mark.parametrize("ends", [True, False], ids=["line ends", "one run"])
def test_check_field_of_a_scanned_zone_is_sent_when_whole(open_page, ends):
    page = open_page()
    _sent(page)
    page.locator("[data-island=check]").focus()
    for at, line in enumerate(TD3):
        page.keyboard.type(line)
        if ends:
            page.keyboard.press("Enter")
        assert page.evaluate("window.sent ?? null") is None or at == 1
    for _ in range(50):  # the page's own policy forbids what wait_for_function does
        if page.evaluate("window.sent ?? null"):
            break
        page.wait_for_timeout(100)
    assert re.sub(r"\s", "", page.evaluate("window.sent")) == "".join(TD3)


def test_check_field_of_a_name_is_sent_by_enter_only(open_page):
    page = open_page()
    _sent(page)
    page.locator("[data-island=check]").focus()
    page.keyboard.type("Testov Exemplar")
    page.wait_for_timeout(400)
    assert page.evaluate("window.sent ?? null") is None
    page.keyboard.press("Enter")
    assert page.evaluate("window.sent") == "Testov Exemplar"


def test_keys_typed_nowhere_land_in_the_check_field(open_page):
    page = open_page()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("A12")
    assert page.input_value("[data-island=check]") == "A12"
