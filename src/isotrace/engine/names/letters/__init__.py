"""How a word in any script is read: as the symbols of its own script, and in the letters a to z."""

from isotrace.engine.names.letters.reading import LATIN_LETTERS, LONGEST, Kind, Reading, kind_of, latin, readings

__all__ = ["LATIN_LETTERS", "LONGEST", "Kind", "Reading", "kind_of", "latin", "readings"]
