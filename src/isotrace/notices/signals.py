"""What other rooms may hear of notices."""

from django.dispatch import Signal

withdrawn = Signal()
"""Sent with `viewer` and `notice` in the transaction in which its owner takes a notice back."""
