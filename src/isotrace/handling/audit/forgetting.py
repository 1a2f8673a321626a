"""What goes when its time is over: entries, words and keys; the chain stays, and says until when each was to be there."""

from datetime import date

from django.db import connections

from isotrace.engine import clock
from isotrace.engine.policy.sql import SCHEMA


def forget(today: date | None = None, using: str = "jobs") -> int:
    """Delete the entries whose retention ended before today, and every key and alert whose time is over; return how many entries.

    With its key goes what the key opened: the words of a day's searches, the digests of a time's travellers (R4.14).
    """
    with connections[using].cursor() as cursor:
        cursor.execute(f"select {SCHEMA}.forget_trail(%s)", [today or clock.today()])
        return int(cursor.fetchone()[0])
