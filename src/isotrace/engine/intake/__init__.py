"""What arrives: how alike two texts are, what can be decided about one, and how long people have for it."""

from isotrace.engine.intake.alike import Sketch, digest, likeness, sketch
from isotrace.engine.intake.deciding import CHANNELS, DECISIONS, URGENCIES, Channel, Kind, State, Urgency

__all__ = ["CHANNELS", "DECISIONS", "URGENCIES", "Channel", "Kind", "Sketch", "State", "Urgency", "digest", "likeness", "sketch"]
