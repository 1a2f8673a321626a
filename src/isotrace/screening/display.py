"""What hits look like in lists and on pages: values for the template to format."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from isotrace.engine.notices import kind
from isotrace.engine.notices.caveats import in_words
from isotrace.engine.policy import Viewer
from isotrace.engine.schema import registry
from isotrace.screening.models import Hit


def rows(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Return what a list shows of each hit."""
    return [
        {
            "url": reverse("hit", args=[hit.id]),
            "notice": hit.notice_number,
            "band": hit.band,
            "caveats": in_words(hit.caveats),
            "state": hit.get_state_display(),
            "open": hit.closed_at is None,
            "post": hit.post,
            "country": hit.country,
            "owner": hit.notice_owner.name,
            "at": hit.at,
        }
        for hit in hits
    ]


def notice_label(hit: Hit) -> str:
    """Return the name of the notice's kind."""
    return _(kind(hit.notice_kind).label)


def checked(hit: Hit) -> list[dict[str, str]]:
    """Return what a hit keeps of the traveller: rows of a label, a value and how it is written."""
    known = hit.traveller
    sexes = registry().kinds["Person"].properties["sex"].choices or {}
    found = [
        (_("Name"), known.get("name", ""), "name"),
        (_("Date of birth"), known.get("birth", ""), "partial_date"),
        (_("Document number"), known.get("document", ""), "name"),
        (_("Country that issued it"), known.get("document_country", ""), "country"),
        (_("Nationality"), known.get("nationality", ""), "country"),
        (_("Sex"), _(sexes[known["sex"]]) if known.get("sex") in sexes else "", "text"),
    ]
    return [{"label": label, "value": value, "kind": how} for label, value, how in found if value]


def checking_side(viewer: Viewer, hit: Hit) -> bool:
    """Whether `viewer` sees the hit as the side that checked, which confirms and dismisses it."""
    return viewer.organisation == hit.owner_id or viewer.country == hit.owner_country != ""
