"""The audit trail: who looked at what, when and for which purpose; ids, counts and codes only, for control and nothing else."""

from isotrace.handling.audit.write import at_terminal, record, record_many

__all__ = ["at_terminal", "record", "record_many"]
