"""The face as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Templates, tags and built files of the face."""

    name = "isotrace.web"
    label = "web"

    def ready(self) -> None:
        """Fill the navigation, and say how the header knows the person."""
        from isotrace.bureaus.roles import Role
        from isotrace.web.context import identify_by
        from isotrace.web.navigation import register

        police = (Role.BUREAU_OFFICER, Role.ANALYST, Role.REVIEWER)
        border = (Role.BORDER_OFFICER, Role.BUREAU_OFFICER)
        everybody = tuple(Role)
        register("home", _("Home"), roles=tuple(role for role in everybody if role != Role.BORDER_OFFICER), order=10)
        register("check", _("Check a person"), roles=border, order=20)
        register("hits", _("Hits"), roles=border, order=30)
        register("reports", _("Incident reports"), roles=police, order=40)
        register("notices", _("Notices"), roles=police, order=50)
        identify_by(_identity)


def _identity(request: HttpRequest) -> Any:
    from isotrace.web.context import Identity

    account = getattr(request, "account", None)
    return Identity(account.name, account.organisation.name, account.get_role_display()) if account else None
