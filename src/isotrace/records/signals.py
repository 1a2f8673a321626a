"""What other rooms may want to know of reports."""

from django.dispatch import Signal

report_said = Signal()
"""Sent in the transaction in which a report was filed or corrected, with `report`; whoever listens may read and write, never refuse."""
