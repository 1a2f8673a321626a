"""How many conditions are met, and the rows of the reviewers' queue."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from isotrace.notices import display
from isotrace.notices.queries import Waiting

register = template.Library()


@register.filter
def queue_rows(waiting: Iterable[Waiting]) -> list[dict[str, Any]]:
    """Return what the reviewers' queue shows of each notice."""
    return display.queue(waiting)


@register.filter
def met_of(met: int, total: int) -> str:
    """Return how many conditions are met, such as "12 of 15 met"."""
    return _("%(met)s of %(total)s met") % {"met": met, "total": total}
