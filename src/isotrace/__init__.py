"""Isotrace: shared police information, notices and border checks against crime with radioactive material."""

__version__ = "0.1.0"
