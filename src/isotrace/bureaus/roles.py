"""The roles of people, and the kinds of record that each opens."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.engine.policy import Purpose


class Role(models.TextChoices):
    """What a person is here to do; one home screen each."""

    BORDER_OFFICER = "border_officer", _("Border officer")
    BUREAU_OFFICER = "bureau_officer", _("Bureau officer")
    ANALYST = "analyst", _("Analyst")
    REVIEWER = "reviewer", _("Notice reviewer")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    DONOR = "donor", _("Donor")
    MEMBER = "member", _("Working-group member")
    AUDITOR = "auditor", _("Data-protection officer or auditor")


class Database(models.TextChoices):
    """The kinds of record that a role can open."""

    INCIDENTS = "incidents", _("Incident reports")
    NOTICES = "notices", _("Notices")
    HITS = "hits", _("Border checks and hits")
    DESK = "desk", _("Tasks")
    AUDIT = "audit", _("Audit trail")


_I, _N, _H, _D, _A = Database.INCIDENTS, Database.NOTICES, Database.HITS, Database.DESK, Database.AUDIT

OPENS: dict[str, frozenset[str]] = {
    Role.BORDER_OFFICER: frozenset({_H, _D}),
    Role.BUREAU_OFFICER: frozenset({_I, _N, _H, _D}),
    Role.ANALYST: frozenset({_I, _N, _D}),
    Role.REVIEWER: frozenset({_I, _N, _D}),
    Role.PROGRAMME_MANAGER: frozenset({_D}),
    Role.DONOR: frozenset({_D}),
    Role.MEMBER: frozenset({_D}),
    Role.AUDITOR: frozenset({_A, _D}),
}

PURPOSES: dict[str, Purpose] = {
    Role.BORDER_OFFICER: Purpose.BORDER,
    Role.BUREAU_OFFICER: Purpose.INFO,
    Role.ANALYST: Purpose.ANALYSIS,
    Role.REVIEWER: Purpose.WARN,
}
