"""The public API: keys only, one shape of error, every operation described in OpenAPI."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from isotrace import __version__
from isotrace.bureaus.models import Account
from isotrace.delegation.api import router as access
from isotrace.desk.api import router as control
from isotrace.desk.glass_api import router as glass
from isotrace.desk.rule_api import router as rules
from isotrace.engine.errors import InputError
from isotrace.engine.notices import NotAllowed
from isotrace.files.api import router as files
from isotrace.finding.api import router as finding
from isotrace.handling.forms import sentence
from isotrace.handling.released_api import router as released
from isotrace.identity.api import router as identity
from isotrace.imports.api import router as imports
from isotrace.intake.api import router as intake
from isotrace.intake.case_api import router as cases_of_others
from isotrace.intake.gap_api import router as gaps
from isotrace.notices.actions import ConditionsNotMetError
from isotrace.notices.api import router as notices
from isotrace.privacy.api import router as privacy
from isotrace.privacy.case_api import router as cases
from isotrace.records.api import router as records
from isotrace.records.sensitive_api import router as sensitive
from isotrace.records.things_api import router as things
from isotrace.screening.api import router as screening
from isotrace.tracing.api import router as tracing
from isotrace.web.api import router as desk


class Key(HttpBearer):
    """A key made with `isotrace token`, sent as `Authorization: Bearer isk_...`."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:  # noqa: ARG002  # the middleware looked it up
        account: Account | None = request.account  # type: ignore[attr-defined]
        return account


api = NinjaAPI(
    title="Isotrace",
    version=__version__,
    description="Reports, notices, border checks, hits and tasks, each as far as the key's person may see it.",
    docs_url=None,
    auth=Key(),
    urls_namespace="api",
)
api.add_router("", records)
api.add_router("", things)
api.add_router("", tracing)
api.add_router("", files)
api.add_router("", imports)
api.add_router("", sensitive)
api.add_router("", intake)
api.add_router("", gaps)
api.add_router("", cases_of_others)
api.add_router("", identity)
api.add_router("", notices)
api.add_router("", screening)
api.add_router("", finding)
api.add_router("", privacy)
api.add_router("", cases)
api.add_router("", glass)
api.add_router("", desk)
api.add_router("", control)
api.add_router("", access)
api.add_router("", rules)
api.add_router("", released)


def _errors(request: HttpRequest, status: int, *items: tuple[str, str]) -> HttpResponse:
    return api.create_response(request, {"errors": [{"field": field, "message": message} for field, message in items]}, status=status)


@api.exception_handler(InputError)
def _input(request: HttpRequest, error: InputError) -> HttpResponse:
    found = getattr(error, "errors", None) or [error]
    return _errors(request, 422, *((each.field, sentence(each.message)) for each in found))


@api.exception_handler(NotAllowed)
def _not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    """What was sent is well formed, but stands against how the record stands; a missing reason is the sender's to mend."""
    return _errors(request, 422 if error.field else 409, (error.field, sentence(error.message)))


@api.exception_handler(ConditionsNotMetError)
def _unmet(request: HttpRequest, error: ConditionsNotMetError) -> HttpResponse:
    return _errors(request, 409, *((each.field, sentence(each.message)) for each in error.errors))


@api.exception_handler(ValidationError)
def _validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _errors(request, 422, *((_place(each["loc"]), str(each["msg"])) for each in error.errors))


def _place(location: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in location[2:] or location[1:])


@api.exception_handler(PermissionError)
def _forbidden(request: HttpRequest, error: PermissionError) -> HttpResponse:
    return _errors(request, 403, ("", str(error)))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    return _errors(request, 404, ("", _("There is no such record, or you may not see it.")))


@api.exception_handler(SuspiciousOperation)
def _too_much(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:  # noqa: ARG001
    return _errors(request, 400, ("", _("Nothing was changed. Go back, shorten what you entered, and try again.")))


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    return _errors(request, 401, ("", _("Send a valid key: Authorization: Bearer isk_…")))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _errors(request, error.status_code, ("", str(error)))
