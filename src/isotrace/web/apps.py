"""The face as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Templates, tags and built files of the face."""

    name = "isotrace.web"
    label = "web"

    def ready(self) -> None:
        """Fill the navigation."""
        from isotrace.bureaus.roles import Role
        from isotrace.finding.actions import waiting
        from isotrace.handling.audit.queries import open_alerts
        from isotrace.web.navigation import register

        police = (Role.BUREAU_OFFICER, Role.ANALYST, Role.REVIEWER)
        border = (Role.BORDER_OFFICER, Role.BUREAU_OFFICER)
        everybody = tuple(Role)
        register("home", _("Home"), roles=tuple(role for role in everybody if role != Role.BORDER_OFFICER), order=10)
        register("check", _("Check a person"), roles=border, order=20)
        register("hits", _("Hits"), roles=border, order=30)
        register("search", _("Search"), roles=(*police, Role.DUTY_OFFICER), order=35, count=waiting)
        register("reports", _("Incident reports"), roles=(*police, Role.DUTY_OFFICER), order=40)
        register("arrivals", _("What arrived"), roles=(Role.BUREAU_OFFICER, Role.ANALYST, Role.DUTY_OFFICER), order=35)
        register("case_requests", _("Requests about cases"), roles=(Role.BUREAU_OFFICER, Role.ANALYST), order=46)
        register("gaps", _("Open questions"), roles=(Role.BUREAU_OFFICER, Role.ANALYST), order=45)
        register("lost_found", _("Lost and found"), roles=(*police, Role.DUTY_OFFICER), order=46)
        register("suggestions", _("The same?"), roles=police, order=45)
        register("notices", _("Notices"), roles=(*police, Role.DUTY_OFFICER), order=50)
        register("person_requests", _("Requests of persons"), roles=(Role.CONTROL_OFFICER,), order=40)
        register("glass_week", _("Openings"), roles=(Role.DUTY_OFFICER, Role.AUDITOR, Role.BUREAU_OFFICER), order=84)
        passing_on = tuple(role for role in everybody if role not in (Role.CONTROL_OFFICER, Role.DONOR, Role.MEMBER))
        register("request_pass_on", _("A person's request"), roles=passing_on, order=96)
        register("expiring", _("What expires"), roles=(*police, Role.AUDITOR), order=80)
        register("released", _("Released"), roles=(*police, Role.PROGRAMME_MANAGER, Role.DONOR, Role.MEMBER), order=90)
        register("rules", _("Rules"), order=95)
        register("audit_alerts", _("Alerts"), roles=(Role.AUDITOR,), order=60, count=open_alerts)
        register("audit_trail", _("Audit trail"), roles=(Role.AUDITOR,), order=70)
        access = (*police, Role.ADMINISTRATOR, Role.DUTY_OFFICER, Role.CONTROL_OFFICER, Role.AUDITOR)
        register("people", _("People"), roles=(Role.ADMINISTRATOR,), order=60)
        register("access", _("Access"), roles=access, order=90)
