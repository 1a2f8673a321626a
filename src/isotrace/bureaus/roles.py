"""The roles of people, and the kinds of record that each opens."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from isotrace.engine.policy import OrganisationKind, Purpose


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
    ADMINISTRATOR = "administrator", _("Administrator of a bureau")
    DUTY_OFFICER = "duty_officer", _("Duty officer")
    CONTROL_OFFICER = "control_officer", _("Officer of the control body")


class Database(models.TextChoices):
    """The kinds of record that a role can open."""

    INCIDENTS = "incidents", _("Incident reports")
    NOTICES = "notices", _("Notices")
    HITS = "hits", _("Border checks and hits")
    REPORTS = "reports", _("Analytical reports")
    MESSAGES = "messages", _("Messages between bureaus")
    LIBRARY = "library", _("Library")
    DESK = "desk", _("Tasks")
    AUDIT = "audit", _("Audit trail")
    SENSITIVE = "sensitive", _("Sensitive data")


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
    Role.ADMINISTRATOR: frozenset({_D}),
    Role.DUTY_OFFICER: frozenset({_I, _N, _H, _D}),
    Role.CONTROL_OFFICER: frozenset({_I, _N, _H, _D}),
}

SENSITIVE_ROLES = frozenset({Role.BUREAU_OFFICER, Role.ANALYST, Role.CONTROL_OFFICER})
"""Who may open sensitive data: no role opens them by itself, each opening has a reason and is written down (R2.19)."""

GRANTABLE: tuple[str, ...] = (
    Database.HITS,
    Database.INCIDENTS,
    Database.NOTICES,
    Database.REPORTS,
    Database.MESSAGES,
    Database.LIBRARY,
)
"""What a national entity opens only as far as its bureau grants it (R1.03); tasks and the audit trail need no grant."""

_R, _K = Role, OrganisationKind
HELD_AT: dict[str, tuple[Role, ...]] = {
    _K.SECRETARIAT: (_R.ANALYST, _R.REVIEWER, _R.DUTY_OFFICER, _R.PROGRAMME_MANAGER, _R.AUDITOR, _R.ADMINISTRATOR),
    _K.BUREAU: (_R.BUREAU_OFFICER, _R.BORDER_OFFICER, _R.AUDITOR, _R.ADMINISTRATOR),
    _K.NATIONAL_ENTITY: (_R.BORDER_OFFICER, _R.BUREAU_OFFICER, _R.AUDITOR),
    _K.CONTROL_BODY: (_R.CONTROL_OFFICER, _R.ADMINISTRATOR),
    _K.PARTNER: (_R.MEMBER, _R.ADMINISTRATOR),
    _K.DONOR: (_R.DONOR, _R.ADMINISTRATOR),
}
"""Which roles the people of a kind of organisation hold. An entity has no administrator of its own: its bureau's answers for it."""

_P = Purpose
PURPOSES: dict[str, tuple[Purpose, ...]] = {
    Role.BORDER_OFFICER: (_P.BORDER,),
    Role.BUREAU_OFFICER: (_P.INFO, _P.WARN, _P.LOCATE, _P.IDENT, _P.WANTED, _P.FORENSIC, _P.BORDER),
    Role.ANALYST: (_P.ANALYSIS, _P.INFO, _P.WARN, _P.IDENT),
    Role.REVIEWER: (_P.WARN, _P.INFO),
    Role.DUTY_OFFICER: (_P.WARN, _P.INFO),
}
"""For what each role may look, its first choice first; an officer at a border cannot look for analysis (R2.02)."""
