"""What others may hear of a check: the band of its answer, nothing of the traveller."""

from django.dispatch import Signal

check_answered = Signal()
"""Sent with `band` (its code) once the transaction of a check is committed."""
