"""Whether this process can serve: its database answers, is at this code's state and keeps its policies."""

from threading import Lock
from time import monotonic

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse

from isotrace import __version__
from isotrace.server import migrate

KEPT_SECONDS = 10.0  # reading the state of the migrations takes longer than the rest of the answer
_checked: dict[str, float] = {}
_lock = Lock()


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 with version and database when requests can be served, else 503 with one word for why.

    The words: database (it does not answer), empty, behind, newer (its state against this code, see `migrate.state`).
    """
    try:
        version = database_version()
        reason = _state()
    except Error:
        reason = "database"
    if reason != "current":
        return JsonResponse({"status": "unavailable", "reason": reason, "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__, "database": version})


def database_version() -> str:
    """Return the server's version, for example 18.6, after asking it."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0]).partition(" ")[0]


def _state() -> str:
    with _lock:
        if monotonic() - _checked.get("current", -KEPT_SECONDS) < KEPT_SECONDS:
            return "current"
        found = migrate.state()
        if found == "current":
            _checked[found] = monotonic()
        return found
