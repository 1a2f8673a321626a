"""The pages: the one field and its answer, the list, one hit from either side."""

import re
from html import unescape

import pytest

from isotrace.engine import clock
from isotrace.notices import actions as notices
from isotrace.notices.models import Notice
from isotrace.screening.models import Hit
from tests.notices.build import act, published
from tests.screening.build import BORN, DOCUMENT, NAME, NOW, STRANGERS_ZONE, ZONES, check, hit_of

SAID_TO_KEEP_FROM_IT = ("Do not detain on this basis.", "never an arrest order")
COERCIVE = re.compile(r"detain|arrest|refus|deny|denied entry|seize|turn back|custody|handcuff|enhanced|check more closely", re.IGNORECASE)


def coercion(page):
    """What a page says of measures against a person, after what it says to keep anybody from them."""
    text = re.sub(r"<[^>]+>", " ", page.text)
    for sentence in SAID_TO_KEEP_FROM_IT:
        text = text.replace(sentence, "")
    return COERCIVE.findall(text)


def texts(page, tag):
    """The texts of all elements of a kind."""
    return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page.text, re.DOTALL)]


def errors(page):
    """What the page's summary of errors says."""
    return re.findall(r'<a href="#id_(\w+)">([^<]+)</a>', page.text)


def test_officer_has_one_field_and_nothing_in_the_address(committed, client_for):
    page = client_for("fra.border").get("/checks/")
    assert (page.status_code, texts(page, "h1")) == (200, ["Check a person"])
    assert sorted(re.findall(r'name="(text|born|nationality)"', page.text)) == ["born", "nationality", "text"]
    assert ({found.lower() for found in re.findall(r'<form[^>]*method="(\w+)"', page.text)}, page.headers["Cache-Control"]) == (
        {"post"},
        "no-store",
    )


@pytest.mark.parametrize("who", ["analyst", "reviewer", "auditor", "donor"])
def test_page_of_the_check_is_closed_to_other_roles(committed, notice, client_for, who):
    client = client_for(who)
    assert [client.get("/checks/").status_code, client.post("/checks/", {"text": NAME}).status_code] == [403, 403]
    assert Hit.objects.using("jobs").count() == 0


def test_strangers_are_sent_to_sign_in(committed, client):
    assert client.get("/checks/").headers["Location"] == "/accounts/login/?next=/checks/"


def test_no_match_fills_the_page_and_asks_for_the_next(committed, notice, client_for):
    page = client_for("fra.border").post("/checks/", {"text": "Somebody Elsewhere"})
    assert (page.status_code, texts(page, "title")[0], coercion(page)) == (200, "No match · Isotrace", [])
    assert ("No trace of the traveller is kept" in page.text, "Check the next person" in page.text) == (True, True)


def test_answer_says_band_reasons_and_what_to_do(committed, notice, client_for):
    page = client_for("fra.border").post("/checks/", {"text": NAME})
    hit = Hit.objects.using("jobs").get()
    said = texts(page, "li")
    for line in (
        "The name reads the same: Exemplar Testov.",
        "Compare a travel document or the full date of birth with the notice. Nothing leaves your country before that.",
        "Note where and when the person was seen.",
        "Inform your national central bureau.",
        "Do not detain on this basis.",
        "Do not treat the person as the one on the notice: only the name agrees, and many people share a name.",
    ):
        assert said.count(line) == 1, (line, said)
    assert "Same name, nothing to contradict it" in page.text
    assert f'href="/checks/hits/{hit.id}"' in page.text
    assert "A notice is a warning or a request, never an arrest order; national law decides its effect." in page.text


@pytest.mark.parametrize(("text", "beside"), [(NAME, {}), (NAME, {"born": BORN}), (DOCUMENT, {}), (ZONES["TD1"], {})])
def test_no_page_offers_a_measure_against_the_person(committed, client_for, text, beside):
    published(committed)
    officer, bureau, owner = (client_for(who) for who in ("fra.border", "fra.officer", "mda.officer"))
    pages = [officer.post("/checks/", {"text": text, **beside})]
    hit = Hit.objects.using("jobs").get()
    for client in (officer, bureau, owner if hit.shared_at else bureau):
        pages += [client.get(address) for address in (f"/checks/hits/{hit.id}", "/checks/hits/", "/checks/", "/checks/hits/waiting")]
    pages.append(officer.get(f"/checks/hits/{hit.id}/dismiss"))
    assert {page.status_code for page in pages} == {200}
    assert [coercion(page) for page in pages] == [[]] * len(pages)


def test_enhanced_check_is_asked_for_only_once_a_second_identifier_agrees(committed, client_for):
    published(committed, allowed_actions=["note_presence", "enhanced_check", "inform_bureau"])
    client = client_for("fra.border")
    line = "Check more closely, as far as your national law allows."
    assert [texts(client.post("/checks/", {"text": NAME, **beside}), "li").count(line) for beside in ({}, {"born": BORN})] == [0, 1]


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "text", "Nothing to check."),
        ({"text": "x" * 900_000}, "text", "900000 characters"),
        ({"text": "Exemplar\x00Testov"}, "text", "Null characters are not allowed."),
        ({"text": ZONES["TD3"][:-1] + "0"}, "text", "check digit"),
        ({"text": NAME, "born": "1970-02-30"}, "born", "1970-02-30"),
        ({"text": NAME, "nationality": "ZZZ"}, "nationality", "Select a valid choice."),
        ({"text": NAME, "nationality": "M\x00"}, "nationality", ""),
    ],
)
def test_bad_input_is_said_beside_its_field_and_stores_nothing(committed, notice, client_for, body, field, words):
    page = client_for("fra.border").post("/checks/", body)
    (found,) = errors(page)
    assert (page.status_code, found[0], words in found[1], Hit.objects.using("jobs").count()) == (422, field, True, 0), found


def test_ten_megabytes_are_refused_in_words(committed, notice, client_for):
    page = client_for("fra.border").post("/checks/", {"text": "x" * 10_000_000})
    assert (page.status_code, Hit.objects.using("jobs").count()) == (400, 0)
    assert "Go back, shorten what you entered, and try again." in page.text


def test_officers_own_bureau_sees_the_hit_at_once(committed, notice, client_for):
    bureau = client_for("fra.officer")
    stamp = re.search(r"stamp=(\w+)", bureau.get("/checks/hits/waiting").text).group(1)
    assert bureau.get(f"/checks/hits/waiting?stamp={stamp}").status_code == 204
    hit = hit_of(check(committed, NAME))
    fresh = bureau.get(f"/checks/hits/waiting?stamp={stamp}")
    assert (fresh.status_code, f'href="/checks/hits/{hit.id}"' in fresh.text, f"stamp={stamp}" in fresh.text) == (200, True, False)
    assert f'href="/checks/hits/{hit.id}"' in bureau.get("/").text


def test_hit_is_confirmed_answered_and_read_on_its_page(committed, notice, client_for):
    officer, owner = client_for("fra.border"), client_for("mda.officer")
    hit = hit_of(check(committed, NAME))
    address = f"/checks/hits/{hit.id}"
    assert "The owner does not know of this lead: only the name agrees." in officer.get(address).text
    page = officer.post(f"{address}/confirm", {"document": DOCUMENT}, follow=True)
    assert "It agrees with the notice. The owner of the notice was told where and when." in page.text
    assert ("The owner of the notice was told where and when." in texts(page, "li"), "Compare a second identifier" in page.text) == (
        True,
        False,
    )
    told = owner.get(address)
    assert ("Sample Airport, Hall 2" in told.text, "What to do" in told.text, "Compare a second identifier" in told.text) == (
        True,
        False,
        False,
    )
    assert owner.post(f"{address}/answer", {"answer": "confirmed", "text": "Call <us>."}).status_code == 302
    assert ("Call &lt;us&gt;." in officer.get(address).text, "This is the person; the notice is valid" in officer.get(address).text) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"document": "Z9999999"}, "It is not on the notice"),
        ({"born": "1982-03-04"}, "It contradicts the notice: this is probably another person."),
    ],
)
def test_identifier_that_does_not_agree_is_said(committed, notice, client_for, given, words):
    hit = hit_of(check(committed, NAME))
    page = client_for("fra.border").post(f"/checks/hits/{hit.id}/confirm", given, follow=True)
    assert (words in page.text, "Compare a second identifier" in page.text) == (True, True)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "document"),
        ({"born": "1970-02-30"}, "born"),
        ({"document": "x" * 61}, "document"),
        ({"document": DOCUMENT, "document_country": "ZZZ"}, "document_country"),
    ],
)
def test_bad_second_identifier_is_said_beside_its_field(committed, notice, client_for, given, field):
    hit = hit_of(check(committed, NAME))
    page = client_for("fra.border").post(f"/checks/hits/{hit.id}/confirm", given)
    assert (page.status_code, errors(page)[0][0], Hit.objects.using("jobs").get().state) == (422, field, "lead")


def test_dismissal_asks_once_and_deletes(committed, notice, client_for):
    client, hit = client_for("fra.border"), hit_of(check(committed, NAME))
    address = f"/checks/hits/{hit.id}"
    asked = client.get(f"{address}/dismiss")
    assert ("Dismiss the hit?" in asked.text, Hit.objects.using("jobs").get().state) == (True, "lead")
    done = client.post(f"{address}/dismiss", follow=True)
    assert ("What it held of the traveller is deleted." in done.text, NAME in done.text, "What was checked" in done.text) == (
        True,
        False,
        False,
    )
    assert client.get(f"{address}/dismiss").headers["Location"] == address
    assert client.post(f"{address}/confirm", {"document": DOCUMENT}).status_code == 422


def test_owner_is_not_offered_to_dismiss(committed, notice, client_for):
    hit = hit_of(check(committed, DOCUMENT))
    owner = client_for("mda.officer")
    assert (owner.get(f"/checks/hits/{hit.id}/dismiss").status_code, owner.post(f"/checks/hits/{hit.id}/dismiss").status_code) == (302, 404)
    assert Hit.objects.using("jobs").get().state == "agreed"


def test_answer_of_somebody_else_is_refused(committed, notice, client_for):
    hit = hit_of(check(committed, DOCUMENT))
    assert client_for("fra.border").post(f"/checks/hits/{hit.id}/answer", {"answer": "denied"}).status_code == 403


def test_hit_on_a_withdrawn_notice_asks_nothing_but_to_dismiss(committed, notice, client_for):
    hit = hit_of(check(committed, NAME))
    act(committed, "mda.officer", notices.withdraw, notice.id, "The assessment is no longer valid.")
    page = client_for("fra.border").get(f"/checks/hits/{hit.id}")
    assert ("Nothing is asked of you on it: dismiss this hit." in page.text, "What to do" in page.text) == (True, False)


def test_open_hit_on_a_notice_now_kept_from_the_country_asks_nothing(committed, notice, client_for):
    hit = hit_of(check(committed, NAME))
    Notice.objects.using("owner").filter(pk=notice.pk).update(audience="except", audience_countries=["FRA"])
    assert "What to do" not in client_for("fra.border").get(f"/checks/hits/{hit.id}").text


def test_list_turns_its_pages(committed, notice, client_for, monkeypatch):
    from isotrace.screening import queries

    monkeypatch.setattr(queries.hits, "__defaults__", ("", 2))
    numbers = []
    for minutes in (0, 20, 40):
        with clock.frozen(NOW.replace(hour=15, minute=minutes)):
            numbers.append(str(check(committed, NAME).leads[0].hit_id))
    client = client_for("fra.officer")
    first = client.get("/checks/hits/")
    older = re.search(r'href="(\?after=[^"]+)"', first.text).group(1)
    second = client.get("/checks/hits/" + older.replace("&amp;", "&"))
    shown = [re.findall(r'<a href="/checks/hits/([0-9a-f-]{36})"', page.text.split("<main")[1]) for page in (first, second)]
    assert shown == [[numbers[2], numbers[1]], [numbers[0]]]


@pytest.mark.parametrize("key", ["nonsense", "~", "2026-11-21T15:00:00~" + "0" * 32, "\x01"])
def test_list_with_a_key_that_is_none_begins_at_the_start(committed, notice, client_for, key):
    check(committed, NAME)
    assert client_for("fra.officer").get("/checks/hits/", {"after": key}).text.count("Sample Airport, Hall 2") == 1


def test_answer_says_what_of_the_zone_was_repaired_with_and_without_a_lead(committed, notice, client_for):
    officer = client_for("fra.border")
    repaired = "Document number: %s was read as %s, since the check digit fits then. Compare it with the document."
    for zone, number, misread in ((ZONES["TD3"], "X0000001<", "XOOOOOO1<"), (STRANGERS_ZONE, "Q7654321<", "Q76543Z1<")):
        page = officer.post("/checks/", {"text": zone.replace(number.strip("<"), misread.strip("<"))})
        assert (page.status_code, [unescape(said) for said in texts(page, "li") if "was read as" in said]) == (
            200,
            [repaired % (misread, number)],
        )
    assert "was read as" not in officer.post("/checks/", {"text": ZONES["TD3"]}).text
