"""Lost and found: which reported losses and thefts a found or seized radioactive source could be, with reasons and a probability."""

from isotrace.engine.radiology.lost_found.item import DEFAULTS, Item, Noise
from isotrace.engine.radiology.lost_found.register import CONFIDENT, Candidate, Ranking, Register

__all__ = ["CONFIDENT", "DEFAULTS", "Candidate", "Item", "Noise", "Ranking", "Register"]
