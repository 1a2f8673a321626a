"""What others add to a case: asked from the open side, answered by reports of their own, and nothing of what only the unit may see."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.http import Http404

from isotrace.bureaus.keys import issue
from isotrace.bureaus.models import Account
from isotrace.desk.jobs import notify
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.handling.audit.models import AuditEntry
from isotrace.handling.context import acting_as
from isotrace.identity import queries as identity
from isotrace.identity.actions import Verdicts, judge
from isotrace.intake import contacts, requests
from isotrace.intake.case_models import CaseRequest, Confirmation
from isotrace.intake.models import Contact
from isotrace.intake.requests import Replying, Wishing
from isotrace.records import actions as records
from isotrace.records.models import Entity, Report
from tests.intake.build import arrived, as_, filing, waiting

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
SECRET = "Zwillbrock notification of ninety curies in the Hidden Foundry"
CITED = ({"title": "Sample Gazette", "url": "https://gazette.example/1"},)


def press(world, audience="all") -> Report:
    """What the press reports, filed by the unit."""
    said = {"title": "Invented source offered in a garage", "type": "trafficking_attempted_sale", "country": "MDA", "event_date": "2026-05"}
    return as_(world, "analyst", records.file_incident, filing(kind="open_source", citations=CITED, audience=audience, incident=said))[0]


def notified(world) -> Report:
    """What the IAEA says of the same case: the unit's alone."""
    said = {
        "title": SECRET,
        "type": "trafficking_attempted_sale",
        "country": "MDA",
        "event_date": "2026-05",
        "summary": f"Serial QZ-88731. {SECRET}.",
    }
    return as_(
        world, "analyst", records.file_incident, filing(kind="notification", audience="only", incident=said, reference="ITDB-99917")
    )[0]


def incident(report) -> Entity:
    return Entity.objects.using("owner").get(report=report, kind="RadiologicalIncident")


def case(world) -> tuple[Report, Report]:
    """Both sides of one case, judged the same by the unit."""
    open_side, closed_side = press(world), notified(world)
    as_(world, "analyst", judge, incident(open_side).pk, incident(closed_side).pk, Verdicts("same", "The date and the place agree."))
    return open_side, closed_side


def regulator(world) -> Account:
    """An officer of the regulator of Moldova."""
    account = Account(email="mda.regulator@example.org", name="Sample Regulator", organisation=world.organisations["MDA-regulator"])
    account.role, account.confirmed_on = "bureau_officer", world.people["mda.officer"].confirmed_on
    account.set_unusable_password()
    account.save(using="owner")
    world.people["mda.regulator"] = account
    return account


@pytest.fixture
def with_regulator(world):
    account = regulator(world)
    yield world
    Account.objects.using("owner").filter(pk=account.pk).delete()


def test_bureau_is_asked_with_one_click_and_a_deadline(world, client_for):
    report = press(world)
    page = client_for("analyst").get(f"/cases/reports/{report.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "Ask National Central Bureau of Moldova to add what it knows" in page
    sent = client_for("analyst").post(f"/cases/reports/{report.pk}/ask/", {"wish": "add"})
    made = CaseRequest.objects.using("owner").get()
    assert (sent.status_code, sent["Location"]) == (302, f"/cases/requests/{made.pk}/")
    assert (made.asked.code, made.record, (made.due_at - made.asked_at).days) == ("MDA", report.pk, 10)
    assert waiting(world, "MDA") == [("case.add", "caserequest", "bureau_officer")]
    assert client_for("mda.officer").get(f"/cases/requests/{made.pk}/").status_code == 200


def test_complementary_report_joins_the_case_under_its_own_rules(world):
    open_side, closed_side = case(world)
    asked = as_(world, "analyst", requests.request, open_side.pk, Wishing())
    mine, _none = as_(world, "mda.officer", records.file_incident, filing(envelope=_shared_with_unit(world)))
    as_(world, "mda.officer", requests.answer, asked.pk, Replying("added", "", mine.pk))
    assert waiting(world, "MDA") == []
    assert ("case.told", "caserequest", "analyst") in waiting(world, "radnuc")
    seen = {
        who: {each.report_id for each in as_(world, who, identity.profile, incident(open_side).pk).things}
        for who in ("analyst", "mda.officer", "geo.officer")
    }
    assert seen == {
        "analyst": {open_side.pk, closed_side.pk, mine.pk},
        "mda.officer": {open_side.pk, mine.pk},
        "geo.officer": {open_side.pk},
    }
    assert as_(world, "analyst", requests.added, as_(world, "analyst", requests.look, asked.pk)).pk == mine.pk
    assert ("case.told", "caserequest", "analyst") not in waiting(world, "radnuc")


def _shared_with_unit(world):
    from isotrace.handling.envelopes import Choice

    return Choice(audience="only", organisations=(world.organisations["radnuc"].id,))


def test_nothing_of_the_notification_reaches_whoever_is_asked(world, client, client_for):
    """Request, task, mail, pages, programs and the bureau's own trail: none names it, by word, number or id."""
    open_side, closed_side = case(world)
    arrived(world, "analyst", channel="iaea", title="Zwillbrock letter", text=f"{SECRET} and more words of the same letter")
    mail.outbox = []
    asked = as_(
        world, "analyst", requests.request, open_side.pk, Wishing(text="Please add what your services know of the man in the garage.")
    )
    task = Task.objects.using("owner").get(kind="case.add")
    notify(task, overdue=False)
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {issue(world.people['mda.officer'], 'Sample')}"}
    paths = (
        f"/cases/requests/{asked.pk}/",
        f"/cases/reports/{open_side.pk}/",
        f"/reports/{open_side.pk}/",
        "/",
        "/cases/requests/",
        "/intake/",
        "/reports/",
        "/gaps/",
    )
    said = [client_for("mda.officer").get(path).content.decode() for path in paths]
    said += [
        client.get(f"/api/v1{path}", **bearer).content.decode()
        for path in ("/case-requests", f"/case-requests/{asked.pk}", "/tasks", "/reports", "/arrivals")
    ]
    with acting_as(world.viewer("mda.officer")) as viewer:
        found = as_(world, "mda.officer", identity.profile, incident(open_side).pk)
        said += [str(each.properties) for each in found.things] + [str(each.reason) for each in found.judgements]
        said += [str(entry.detail) for entry in AuditEntry.objects.filter(organisation=viewer.organisation)]
    said += [message.subject + message.body for message in mail.outbox]
    said += [json.dumps({name: str(value) for name, value in row.items()}) for row in CaseRequest.objects.using("owner").values()]
    said += [
        json.dumps({name: str(value) for name, value in row.items()})
        for row in Task.objects.using("owner").filter(addressee=task.addressee).values()
    ]
    secrets = ("Zwillbrock", "Hidden Foundry", "QZ-88731", "ITDB-99917", str(closed_side.pk), str(incident(closed_side).pk), "IAEA", "iaea")
    assert [(secret, text[:80]) for secret in secrets for text in said if secret in text] == []
    assert len(mail.outbox) == 2, "both officers of the bureau were written to"


@pytest.mark.parametrize(
    "text",
    [
        "Do you know of ninety curies in the Hidden Foundry that somebody offered?",
        "Is an object with the serial number 88731 known to your services?",
        "Please see to the case with the number 99917 of this year.",
    ],
    ids=["words", "serial", "reference"],
)
def test_request_that_repeats_the_notification_is_refused(world, text):
    open_side, _closed = case(world)
    with pytest.raises(InputError, match="only the unit may see") as caught:
        as_(world, "analyst", requests.request, open_side.pk, Wishing(text=text))
    assert (caught.value.field, CaseRequest.objects.using("owner").count()) == ("text", 0)


def test_nobody_is_asked_from_a_notification_or_about_what_he_may_not_see(world):
    _open, closed_side = case(world)
    hidden = press(world, "only")
    for report, said in ((closed_side, "Ask from the report of the press"), (hidden, "Nobody can be asked")):
        with pytest.raises(InputError, match=said):
            as_(world, "analyst", requests.request, report.pk, Wishing())
    with pytest.raises(Http404):
        as_(world, "mda.officer", requests.request, closed_side.pk, Wishing())
    assert CaseRequest.objects.using("owner").count() == 0


def test_bad_request_changes_nothing(world):
    report = press(world)
    unknown = world.organisations["GEO"].id
    for said, field in (
        (Wishing("tell"), "wish"),
        (Wishing(asked=unknown), "asked"),
        (Wishing(text="short"), "text"),
        (Wishing(due_at=datetime(2020, 1, 1, tzinfo=UTC)), "due_at"),
        (Wishing(due_at=clock.now() + timedelta(days=61)), "due_at"),
    ):
        with pytest.raises(InputError) as caught:
            as_(world, "analyst", requests.request, report.pk, said)
        assert caught.value.field == field
    as_(world, "analyst", requests.request, report.pk, Wishing())
    with pytest.raises(InputError, match="asked already"):
        as_(world, "analyst", requests.request, report.pk, Wishing())
    with pytest.raises(PermissionError):
        as_(world, "reviewer", requests.request, report.pk, Wishing())


@pytest.mark.parametrize(("answer", "text"), [("nothing", ""), ("refused", "Our prosecutor keeps the file closed for now.")])
def test_nothing_to_add_and_refusal_are_answers(world, answer, text):
    asked = as_(world, "analyst", requests.request, press(world).pk, Wishing())
    as_(world, "mda.officer", requests.answer, asked.pk, Replying(answer, text))
    kept = CaseRequest.objects.using("owner").get()
    assert (kept.state, kept.answer, kept.answered_by) == (answer, text, world.people["mda.officer"].id)
    with pytest.raises(InputError, match="answered already"):
        as_(world, "mda.officer", requests.answer, asked.pk, Replying("nothing"))


def test_bad_answer_changes_nothing(world):
    asked = as_(world, "analyst", requests.request, press(world).pk, Wishing())
    hidden, _none = as_(world, "mda.officer", records.file_incident, filing(audience="only"))
    foreign, _none = as_(world, "geo.officer", records.file_incident, filing())
    for said, field in (
        (Replying("refused", "no"), "text"),
        (Replying("said"), "answer"),
        (Replying("added"), "report"),
        (Replying("added", "", foreign.pk), "report"),
        (Replying("added", "", hidden.pk), "report"),
    ):
        with pytest.raises(InputError) as caught:
            as_(world, "mda.officer", requests.answer, asked.pk, said)
        assert caught.value.field == field
    with pytest.raises(PermissionError, match="Only whoever was asked"):
        as_(world, "analyst", requests.answer, asked.pk, Replying("nothing"))
    for who in ("geo.officer", "fra.border"):
        with pytest.raises(Http404):
            as_(world, who, requests.answer, asked.pk, Replying("nothing"))
    assert CaseRequest.objects.using("owner").get().state == "open"


def test_request_is_taken_back(world):
    asked = as_(world, "analyst", requests.request, press(world).pk, Wishing())
    with pytest.raises(PermissionError, match="Only whoever asked"):
        as_(world, "mda.officer", requests.withdraw, asked.pk)
    as_(world, "analyst", requests.withdraw, asked.pk)
    assert (CaseRequest.objects.using("owner").get().state, waiting(world, "MDA")) == ("withdrawn", [])


def test_request_goes_with_the_report_that_it_is_about(world):
    from isotrace.privacy.deletion import erase
    from isotrace.privacy.roots import root_of

    report = press(world)
    as_(world, "analyst", requests.request, report.pk, Wishing())
    erase(root_of("report"), report.pk, "not_relevant")
    assert (CaseRequest.objects.using("owner").count(), waiting(world, "MDA")) == (0, [])


def test_named_contact_confirms_what_the_press_reports_of_its_country(with_regulator):
    world, report = with_regulator, press(with_regulator)
    house = world.organisations["MDA-regulator"]
    as_(world, "mda.officer", contacts.name, house.id, "Duty officer of the regulator", "Sample 112")
    asked = as_(world, "analyst", requests.request, report.pk, Wishing("confirm"))
    assert (asked.asked_id, waiting(world, "MDA-regulator")) == (house.id, [("case.confirm", "caserequest", "bureau_officer")])
    with clock.frozen(NOW):
        as_(world, "mda.regulator", contacts.say, report.pk, "denied", "No such source is missing.")
    said = Confirmation.objects.using("owner").get()
    assert (said.says, said.at, said.person, said.owner_id) == ("denied", NOW, world.people["mda.regulator"].id, house.id)
    assert (CaseRequest.objects.using("owner").get().state, waiting(world, "MDA-regulator")) == ("said", [])
    assert {kind for kind, _of, _role in waiting(world, "radnuc")} == {"case.told", "report.said"}
    with clock.frozen(NOW + timedelta(hours=1)):
        as_(world, "mda.regulator", contacts.say, report.pk, "confirmed")
    seen = as_(world, "geo.officer", contacts.confirmations, report)
    assert [each.says for each in seen] == ["confirmed", "denied"]
    as_(world, "analyst", contacts.confirmations, report)
    assert {kind for kind, _of, _role in waiting(world, "radnuc")} == {"case.told"}


def test_only_the_own_country_is_spoken_for_and_only_of_the_press(with_regulator):
    world = with_regulator
    report = press(world)
    police, _none = as_(world, "geo.officer", records.file_incident, filing())
    as_(world, "mda.officer", contacts.name, world.organisations["MDA-regulator"].id, "Duty officer of the regulator")
    for who, found in (("geo.officer", report), ("analyst", report), ("mda.officer", report), ("mda.regulator", police)):
        with pytest.raises(PermissionError, match="Only whoever speaks"):
            as_(world, who, contacts.say, found.pk, "confirmed")
    with pytest.raises(InputError, match="is so, or is not"):
        as_(world, "mda.regulator", contacts.say, report.pk, "perhaps")
    assert Confirmation.objects.using("owner").count() == 0


def test_bureau_speaks_where_nobody_is_named(world):
    report = press(world)
    as_(world, "mda.officer", contacts.say, report.pk, "confirmed")
    assert Confirmation.objects.using("owner").get().owner.code == "MDA"


def test_confirmation_is_seen_by_the_readers_of_the_report_alone(with_regulator):
    world = with_regulator
    from isotrace.handling.envelopes import Choice

    choice = Choice(audience="only", countries=("MDA",))
    said = {"title": "Sample", "type": "theft", "country": "MDA"}
    report, _none = as_(
        world, "analyst", records.file_incident, filing(kind="open_source", citations=CITED, envelope=choice, incident=said)
    )
    as_(world, "mda.officer", contacts.say, report.pk, "denied")
    assert [len(as_(world, who, contacts.confirmations, report)) for who in ("analyst", "mda.second", "geo.officer")] == [1, 1, 0]


def test_bureau_names_and_ends_its_contacts_and_no_others(world):
    house, other = world.organisations["MDA-regulator"].id, world.organisations["FRA-border"].id
    as_(world, "mda.officer", contacts.name, house, "Duty desk")
    as_(world, "mda.admin", contacts.name, house, "Duty officer", "Sample 112")
    made = Contact.objects.using("owner").get()
    assert (made.post, made.reached, made.country) == ("Duty officer", "Sample 112", "MDA")
    for who, organisation, field in (("mda.officer", other, "organisation"), ("fra.officer", house, "organisation")):
        with pytest.raises(InputError) as caught:
            as_(world, who, contacts.name, organisation, "Duty desk")
        assert caught.value.field == field
    with pytest.raises(InputError, match="Name no person"):
        as_(world, "mda.officer", contacts.name, house, " ")
    for who in ("analyst", "fra.border", "reviewer"):
        with pytest.raises(PermissionError):
            as_(world, who, contacts.name, house, "Duty desk")
    with pytest.raises(Http404):
        as_(world, "fra.officer", contacts.end, made.pk)
    as_(world, "mda.officer", contacts.end, made.pk)
    assert as_(world, "analyst", contacts.contacts, "MDA") == []


def test_pages_answer_say_and_name(with_regulator, client_for):
    world, report = with_regulator, press(with_regulator)
    client = client_for("mda.officer")
    asked = as_(world, "analyst", requests.request, report.pk, Wishing())
    assert client.post(f"/cases/requests/{asked.pk}/", {"answer": "refused", "text": "no"}).status_code == 422
    assert client.post(f"/cases/requests/{asked.pk}/", {"answer": "nothing", "text": ""}).status_code == 302
    assert (
        client.post("/cases/contacts/", {"organisation": str(world.organisations["MDA-regulator"].id), "post": "Duty desk"}).status_code
        == 302
    )
    assert "Duty desk" in client_for("analyst").get("/cases/contacts/").content.decode()
    assert client.post(f"/cases/reports/{report.pk}/say/", {"says": "denied"}).status_code == 403
    assert (
        client_for("mda.regulator").post(f"/cases/reports/{report.pk}/say/", {"says": "denied", "note": "It is not so."}).status_code == 302
    )
    page = client_for("geo.officer").get(f"/cases/reports/{report.pk}/").content.decode()
    assert ("Denied by the State" in page, "It is not so." in page, "Regulator of Moldova" in page) == (True, True, True)
    assert client.post(f"/cases/contacts/{Contact.objects.using('owner').get().pk}/end/").status_code == 302


def test_programs_ask_answer_and_say(world, client):
    report = press(world)

    def ask(who, verb, path, body=None):
        bearer = {"HTTP_AUTHORIZATION": f"Bearer {issue(world.people[who], 'Sample')}", "content_type": "application/json"}
        answer = getattr(client, verb)(f"/api/v1{path}", json.dumps(body) if body is not None else None, **bearer)
        return answer.status_code, answer.json()

    status, made = ask("analyst", "post", f"/reports/{report.pk}/case-requests", {})
    assert (status, made["asked"], made["state"]) == (201, "National Central Bureau of Moldova", "open")
    assert ask("geo.officer", "get", f"/case-requests/{made['id']}")[0] == 404
    assert ask("mda.officer", "post", f"/case-requests/{made['id']}/answer", {"answer": "nothing"})[1]["state"] == "nothing"
    assert ask("analyst", "post", f"/case-requests/{made['id']}/withdrawal")[0] == 422
    assert ask("mda.officer", "post", f"/reports/{report.pk}/confirmations", {"says": "confirmed"})[0] == 201
    assert [each["says"] for each in ask("geo.officer", "get", f"/reports/{report.pk}/confirmations")[1]["sayings"]] == ["confirmed"]
    status, named = ask("mda.officer", "post", "/contacts", {"organisation": str(world.organisations["MDA"].id), "post": "Duty desk"})
    assert (status, ask("analyst", "get", "/contacts?country=MDA")[1]["contacts"][0]["post"]) == (201, "Duty desk")
    assert ask("mda.officer", "post", f"/contacts/{named['id']}/end")[0] == 200
