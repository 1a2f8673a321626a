"""The baselines: the same requests through the same server and middleware, answered by the simplest views that could."""

import json

from _plain_sql import BY_HAND, EQUAL, values_of
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Engine
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from isotrace.handling.middleware import viewer
from isotrace.server.health import healthz

_TABLE = Engine().from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


@csrf_exempt
def check(request: HttpRequest) -> HttpResponse:
    """Look the text up by equality, nothing else: no reading of zones, no spellings, no audience, no trail."""
    with connection.cursor() as cursor:
        cursor.execute(EQUAL, [json.loads(request.body)["text"]])
        found = [row[0] for row in cursor.fetchall()]
    return JsonResponse({"band": "same_name" if found else "no_match", "leads": found})


def reports(request: HttpRequest) -> HttpResponse:
    """Show the newest reports of a bureau as a bare table."""
    who = viewer(request)
    with connections["owner"].cursor() as cursor:
        cursor.execute(BY_HAND, values_of(who))
        return HttpResponse(_TABLE.render(Context({"rows": cursor.fetchall()[:50]})))


urlpatterns = [path("api/v1/checks", check), path("reports/", reports), path("healthz", healthz)]
