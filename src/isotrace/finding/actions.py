"""What a person can do with a search: keep it, open it again, let it tell what is new or not, drop it."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from isotrace.engine import clock
from isotrace.engine.errors import InputError
from isotrace.engine.policy import Viewer
from isotrace.engine.text import N_
from isotrace.finding import queries
from isotrace.finding.asking import Asked
from isotrace.finding.models import SavedSearch
from isotrace.handling import audit
from isotrace.handling.filters import visible

MOST_KEPT = 50
KEPT_FOR = timedelta(days=180)
"""How long a search that nobody opens is kept (a decision of this product: its words may name persons)."""
LOOKED_AT = 200
"""Among so many of the newest that match, what was not there before is new."""


def keep(viewer: Viewer, asked: Asked, name: str, *, alerts: bool = True) -> SavedSearch:
    """Keep a search; what it finds now is known. Raises InputError for an empty one, a name that cannot be, and too many."""
    title = name.strip()
    if not asked:
        raise InputError(N_("Search for something first, then keep the search."), field="name")
    if not title or len(title) > 120 or not title.isprintable():
        raise InputError(N_("Give the search a name of at most 120 characters on one line."), field="name")
    if kept(viewer).count() >= MOST_KEPT:
        raise InputError(N_("You keep %(most)d searches. Drop one of them first."), field="name", most=MOST_KEPT)
    now = clock.now()
    with transaction.atomic():
        made = SavedSearch.objects.create(
            person=viewer.person,
            organisation_id=viewer.organisation,
            name=title,
            asked=asked.raw(),
            purpose=viewer.purpose,
            alerts=alerts,
            known=queries.newest_ids(viewer, asked, LOOKED_AT),
            made_at=now,
            used_at=now,
        )
        audit.record(viewer, "search.keep", "savedsearch", made.pk, by=sorted(asked.raw()))
    return made


def kept(viewer: Viewer) -> QuerySet[SavedSearch]:
    """Return the searches that this person keeps, by name."""
    return visible(SavedSearch.objects.all(), viewer)


def one(viewer: Viewer, search_id: uuid.UUID) -> SavedSearch:
    """Return a search of this person's own. Raises Http404."""
    found = kept(viewer).filter(pk=search_id).first()
    if found is None:
        raise Http404
    return found


def open_again(viewer: Viewer, search_id: uuid.UUID) -> SavedSearch:
    """Take what is new for seen: it is marked where the search is shown next, and the job looks for what comes after. Raises Http404."""
    found = one(viewer, search_id)
    ids = queries.newest_ids(viewer, Asked.of(found.asked), LOOKED_AT)
    fresh = sorted(set(ids) - set(found.known), key=ids.index)
    with transaction.atomic():
        changes = {"known": ids, "fresh": fresh, "waiting_since": None, "used_at": clock.now()}
        kept(viewer).filter(pk=found.pk).update(**changes)
        audit.record(viewer, "search.open", "savedsearch", found.pk, count=len(fresh))
    for name, value in changes.items():
        setattr(found, name, value)
    return found


def switch(viewer: Viewer, search_id: uuid.UUID, *, alerts: bool) -> None:
    """Let a search tell what is new, or not. Raises Http404."""
    found = one(viewer, search_id)
    with transaction.atomic():
        kept(viewer).filter(pk=found.pk).update(alerts=alerts, waiting_since=None)
        audit.record(viewer, "search.switch", "savedsearch", found.pk, alerts=alerts)


def drop(viewer: Viewer, search_id: uuid.UUID) -> None:
    """Drop a search: its words go at once, its row right after. Raises Http404."""
    found = one(viewer, search_id)
    with transaction.atomic():
        kept(viewer).filter(pk=found.pk).update(asked={}, known=[], fresh=[])
        audit.record(viewer, "search.drop", "savedsearch", found.pk)
        gone = found.pk
        transaction.on_commit(lambda: SavedSearch.objects.using("jobs").filter(pk=gone).delete())  # the serving role deletes nothing


def waiting(viewer: Viewer) -> int:
    """Return how many of this person's searches found something new."""
    return kept(viewer).exclude(waiting_since=None).count()
