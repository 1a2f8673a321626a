"""Five countries, their organisations and one person per role: committed once, read by every test."""

from dataclasses import dataclass
from datetime import date

from django.db import connections

from isotrace.bureaus.models import Account, Grant, Organisation, SheetEntry
from isotrace.bureaus.queries import viewer_of
from isotrace.bureaus.roles import GRANTABLE
from isotrace.engine import clock
from isotrace.engine.policy import Viewer
from isotrace.handling.rights import owned_models

ORGANISATIONS = [
    # code, name, kind, country, parent
    ("radnuc", "Radiological and Nuclear Unit", "secretariat", "", None),
    ("counter-terrorism", "Counter-Terrorism Unit", "secretariat", "", None),
    ("MDA", "National Central Bureau of Moldova", "bureau", "MDA", None),
    ("GEO", "National Central Bureau of Georgia", "bureau", "GEO", None),
    ("FRA", "National Central Bureau of France", "bureau", "FRA", None),
    ("KEN", "National Central Bureau of Kenya", "bureau", "KEN", None),
    ("FRA-border", "Border Police of France", "national_entity", "FRA", "FRA"),
    ("MDA-regulator", "Regulator of Moldova", "national_entity", "MDA", "MDA"),
    ("partner", "Sample Partner Organisation", "partner", "", None),
    ("donor", "Sample Donor", "donor", "", None),
    ("control", "Sample Control Body", "control_body", "", None),
]
PEOPLE = [
    # address, organisation, role, post
    ("mda.officer", "MDA", "bureau_officer", ""),
    ("mda.second", "MDA", "bureau_officer", ""),
    ("geo.officer", "GEO", "bureau_officer", ""),
    ("fra.officer", "FRA", "bureau_officer", ""),
    ("ken.officer", "KEN", "bureau_officer", ""),
    ("fra.border", "FRA-border", "border_officer", "Sample Airport, Hall 2"),
    ("analyst", "radnuc", "analyst", ""),
    ("analyst.second", "radnuc", "analyst", ""),
    ("reviewer", "radnuc", "reviewer", ""),
    ("manager", "radnuc", "programme_manager", ""),
    ("auditor", "radnuc", "auditor", ""),
    ("member", "partner", "member", ""),
    ("donor", "donor", "donor", ""),
    ("duty", "radnuc", "duty_officer", ""),
    ("control", "control", "control_officer", ""),
    ("mda.admin", "MDA", "administrator", ""),
    ("fra.admin", "FRA", "administrator", ""),
    ("unit.admin", "radnuc", "administrator", ""),
]
FOR_GOOD = date(2100, 1, 1)
"""Accounts and grants hold until then, so that a test may go years ahead."""

SYSTEM_TABLES = (
    "procrastinate_jobs",
    "procrastinate_events",
    "bureaus_apikey",
    "django_session",
    "server_throttle",
    "handling_auditqueue",
    "handling_auditseal",
    "handling_audithead",
    "handling_auditkey",
)


@dataclass(frozen=True)
class World:
    """Organisations by code and people by the first part of their address."""

    organisations: dict[str, Organisation]
    people: dict[str, Account]

    def viewer(self, who: str) -> Viewer:
        return viewer_of(self.people[who])


def make() -> None:
    """Write the base world as the database's owner."""
    made: dict[str, Organisation] = {}
    for code, name, kind, country, parent in ORGANISATIONS:
        made[code] = Organisation(code=code, name=name, kind=kind, country=country, parent=made.get(parent or ""))
        made[code].save(using="owner")
    for address, organisation, role, post in PEOPLE:
        account = Account(
            email=f"{address}@example.org", name=f"Sample {address.title()}", organisation=made[organisation], role=role, post=post
        )
        account.confirmed_on = FOR_GOOD
        account.set_unusable_password()
        account.save(using="owner")
    for organisation in made.values():
        _delegate(organisation)


def _delegate(organisation: Organisation) -> None:
    """A bureau's law lets a confirmed hit go at once; an entity is granted everything by its bureau."""
    if organisation.kind == "bureau":
        SheetEntry.objects.using("owner").create(
            country=organisation.country, item="automatic_sightings", value="yes", reference="Sample Act, section 1", at=clock.now()
        )
    grant_all(organisation)


def grant_all(organisation: Organisation) -> None:
    """Grant a national entity everything, for good; nothing for another organisation."""
    if organisation.kind == "national_entity":
        Grant.objects.using("owner").create(
            entity=organisation,
            granted_by=organisation.parent,
            databases=list(GRANTABLE),
            verbs=["consult", "record"],
            agreement="SAMPLE-AGREEMENT",
            valid_from=date(2020, 1, 1),
            review_due=FOR_GOOD,
            made_at=clock.now(),
        )


def load() -> World:
    """Return the base world as the serving role reads it."""
    organisations = {o.code: o for o in Organisation.objects.all()}
    people = {a.email.split("@")[0]: a for a in Account.objects.select_related("organisation")}
    return World(organisations, people)


def clean() -> None:
    """Take away what a test committed."""
    tables = [model._meta.db_table for model, _ in owned_models()] + list(SYSTEM_TABLES)
    with connections["owner"].cursor() as cursor:
        cursor.execute("truncate " + ", ".join(tables) + " cascade")
        cursor.execute("update notices_listepoch set epoch = epoch + 1")  # truncating fires no row's trigger
