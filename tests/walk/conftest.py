"""One committed world for the whole walk: what people share first, then what is hidden."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from isotrace.bureaus import keys
from isotrace.bureaus.models import Account
from isotrace.desk.models import Task
from isotrace.engine import clock
from isotrace.handling.rights import owned_models
from isotrace.notices.models import Notice
from isotrace.records.models import Entity, Report
from isotrace.records.sensitive_models import SensitiveOpening
from tests.notices.build import PERSON, published
from tests.privacy.build import filed
from tests.screening.build import check
from tests.walk.asking import Asker, undone
from tests.walk.classified import REASON
from tests.walk.hidden import OTHER_THING, REFERENCE, Hidden, Writer
from tests.worlds import base as worlds
from tests.worlds.filled import fill

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
PEOPLE = (
    "fra.border", "mda.officer", "fra.officer", "analyst", "reviewer", "manager", "member", "donor", "auditor", "fra.auditor",
    "mda.admin", "unit.admin", "duty", "control",
)  # fmt: skip
"""Who walks: every role, at the bureau that shares and at one that it shares with, and the auditor of a bureau. Nobody of Kenya."""


@dataclass
class Walk:
    """The world, who walks in it and with what, the records that others see by table, what is hidden and who writes it."""

    world: worlds.World
    pages: dict[str, Asker] = field(default_factory=dict)
    programs: dict[str, Asker] = field(default_factory=dict)
    around: dict[str, Any] = field(default_factory=dict)
    hidden: Hidden = field(default_factory=Hidden)
    verbs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    writer: Writer = field(default_factory=Writer)

    def hide(self) -> None:
        """Write what is hidden."""
        self.hidden = self.writer.write(self.around)
        self.warm()

    def warm(self) -> None:
        """Let the list of notices in memory be read anew, so that no request has to."""
        with undone():
            check(self.world, "Nobody Nowhere")


@pytest.fixture(scope="package")
def walk(django_db_setup, django_db_blocker):
    """The world of the walk; everything that it committed is gone afterwards."""
    with django_db_blocker.unblock(), override_settings(SECOND_FACTOR_REQUIRED=False), clock.frozen(NOW):
        extra = _auditor()
        logging.disable()  # each record of a log would keep its request until the end
        try:
            yield _made(Walk(worlds.load()))
        finally:
            logging.disable(logging.NOTSET)
            worlds.clean()
            _forget(extra)


def _auditor() -> Account:
    """The auditor of a bureau, whom the base world lacks."""
    like = Account.objects.get(email="fra.officer@example.org")
    made = Account(email="fra.auditor@example.org", name="Sample Fra.Auditor", organisation=like.organisation, role="auditor")
    made.confirmed_on = worlds.FOR_GOOD
    made.set_unusable_password()
    made.save(using="owner")
    return made


def _opened(world: worlds.World, report: Report) -> None:
    """Let the analyst have opened the sensitive data of the report."""
    who, until = world.people["analyst"], NOW + timedelta(minutes=15)
    beside = {"organisation_id": who.organisation_id, "person": who.pk, "reason": REASON, "at": NOW, "ends_at": until}
    SensitiveOpening.objects.using("owner").create(report_id=report.pk, owner_id=report.owner_id, **beside)


def _forget(account: Account) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    for model in (Authenticator, UserSession):
        model.objects.using("owner").all().delete()
    Account.objects.using("owner").filter(pk=account.pk).delete()


def _made(walk: Walk) -> Walk:
    world = walk.world
    fill(world)
    Notice.objects.using("owner").update(number="G-2025-0001", content={"person": PERSON})  # the numbers that are drawn begin at the first
    Task.objects.using("owner").filter(kind="x").update(kind="report.assess")
    listed, hit, (_event, persons) = published(world), check(world, "Exemplar Testov").leads[0], filed(world)
    walk.writer.share()
    Asker.always["house"] = world.organisations["radnuc"].id
    for who in (*PEOPLE, "ken.officer"):
        walk.pages[who] = Asker(world.people[who])
        walk.programs[who] = Asker(world.people[who], key=keys.issue(world.people[who], "Sample walk"))
    walk.pages[""] = Asker()
    walk.around = {model._meta.label: model._default_manager.using("owner").order_by("pk")[0].pk for model, _ in owned_models()}
    person = Entity.objects.using("owner").get(report_id=persons.pk, kind="Person")
    walk.around |= {"records.Report": persons.pk, "records.Entity": person.pk, "notices.Notice": listed.pk, "screening.Hit": hit.hit_id}
    walk.around["handling.Released"] = REFERENCE
    _opened(world, persons)
    walk.around[OTHER_THING] = Entity.objects.using("owner").filter(kind="Person").exclude(pk=person.pk).order_by("pk")[0].pk
    walk.hide()
    return walk
