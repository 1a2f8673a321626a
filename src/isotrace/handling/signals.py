"""What other rooms may hear of records under control."""

from django.dispatch import Signal

taken_back = Signal()
"""Sent with `kind`, `record` (its id), `act` and `by` (an organisation's id) in the transaction that takes something back or blocks it.

`act` is "withdrawn", "ended", "blocked", or "free" where a block ends. What hears it keeps it where no backup undoes it.
"""
