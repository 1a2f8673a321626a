"""The whole story once, across five desks in three countries, in a real browser."""

import pytest

from tests.story.demonstration import demonstration
from tests.story.people import CHROMIUM, QUIET, Person

pytestmark = pytest.mark.e2e

TITLE = "Sample: gauge offered at a ferry port"
PERSON = {"family_name": "Storyman", "given_names": "Invented Pavel", "number": "SX0009999", "born": "1977-08-09"}


@pytest.fixture(scope="module")
def world():
    with demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture
def at_desk(world, browser):
    people = []

    def sit(email, **more):
        people.append(Person(browser, world.address, email, world.password, **more))
        return people[-1]

    yield sit
    for person in people:
        person.context.close()


def test_story_from_incident_to_sighting(at_desk):
    officer = at_desk("officer@mda.example")
    report_incident(officer)
    analyst = at_desk("analyst@unit.example")
    notice = grade_and_propose(analyst)
    adopt_and_submit(officer, notice)
    reviewer = at_desk("reviewer@unit.example")
    number = review_and_publish(reviewer, notice)
    border = at_desk("border@jor.example", width=390)
    lead_and_confirm(border, officer, number)
    owner_answers(officer, border, number)
    for person in (officer, analyst, reviewer, border):
        person.look_again_in_arabic()
        assert person.findings == []


def report_incident(officer):
    officer.open("/reports/new/")
    officer.press("Check what you entered")
    assert "There is a problem" in officer.text()
    officer.fill(
        incident_title=TITLE,
        incident_type="trafficking_attempted_sale",
        incident_event_date="2026-10",
        incident_country="MDA",
        incident_place="Invented Ferry Port",
        incident_point_lat="46.1",
        incident_point_lon="30.3",
        incident_point_precision="city",
        incident_summary="Invented case. A gauge was offered to a seaman.",
        material_material_type="radioactive_source",
        material_nuclide="Cs-137",
        material_activity_value="2",
        material_activity_unit="Ci",
        with_person=True,
        person_names=" ".join((PERSON["given_names"], PERSON["family_name"])),
        person_family_name=PERSON["family_name"],
        person_given_names=PERSON["given_names"],
        person_birth_date=PERSON["born"],
        person_sex="M",
        person_nationalities="MDA",
        person_documents_number=PERSON["number"],
        person_documents_kind="passport",
        person_documents_country="MDA",
        person_description="Invented: about 175 cm, a limp.",
        involvement_role="seller",
        involvement_status="possible_threat",
        involvement_ground="Invented: offered the gauge twice.",
        assessment_number="MDA-STORY-1",
        assessment_author="Invented Organised Crime Department",
        assessment_date="2026-11-01",
        assessment_ground="other_reasonable",
        assessment_narrative="Invented: two witnesses heard him offer the gauge; he looks for buyers abroad.",
        persons_envelope_retention_until="2029-01-01",
        lawful=True,
    )
    officer.press("Check what you entered")
    officer.press("File the report")
    assert "The report is filed." in officer.text()
    assert "74 GBq" in officer.text()


def grade_and_propose(analyst):
    analyst.open("/")
    analyst.page.get_by_role("link", name="Assess and grade a new report").last.click()
    analyst.look()
    assert TITLE in analyst.text()
    analyst.page.get_by_role("link", name="Grade it").click()
    analyst.fill(source_grade="B", information_grade="2")
    analyst.press("Keep the grade")
    analyst.page.get_by_role("link", name="Draft a green notice").click()
    analyst.look()
    analyst.press("Propose to the bureau")
    assert "/notices/" in analyst.page.url
    return analyst.page.url


def adopt_and_submit(officer, notice):
    officer.open(notice)
    officer.press("Adopt as our notice")
    officer.open(f"{notice}edit/")
    officer.fill(offence="trafficking", neutrality="no", classification="1", audience="all", certified=True)
    officer.press("Keep the changes")
    officer.press("Submit for review")
    assert "Not met" not in officer.text()


def review_and_publish(reviewer, notice):
    reviewer.open("/")
    assert PERSON["family_name"] in reviewer.text()
    reviewer.open(notice)
    reviewer.press("Confirm the review")
    reviewer.press("Publish", role="link")
    reviewer.press("Publish")
    number = reviewer.page.locator("h1").inner_text()
    assert "G-" in number
    return next(word.rstrip(":") for word in number.split() if word.startswith("G-"))


def lead_and_confirm(border, officer, number):
    border.open("/checks/")
    border.fill(text=f"{PERSON['given_names']} {PERSON['family_name']}")
    border.press("Check")
    assert number in border.text()
    assert "Same name" in border.text()
    officer.open("/checks/hits/")
    assert number not in officer.text()
    border.page.get_by_role("link", name="Compare more, or dismiss").first.click()
    border.look()
    border.fill(document=PERSON["number"])
    border.press("Compare")
    assert "The owner of the notice was told where and when." in border.text()


def owner_answers(officer, border, number):
    officer.open("/")
    officer.page.get_by_role("link", name=number).first.click()
    officer.look()
    assert "Sample Crossing North" in officer.text()
    officer.fill(answer="confirmed")
    officer.press("Send the answer")
    border.page.reload()
    assert "This is the person; the notice is valid" in border.text()
