"""The names that the letters of a machine-readable zone may stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from isotrace.engine.names.travel import arabic


class Script(StrEnum):
    """The script that a spelling is in, by its code of ISO 15924."""

    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    ARABIC = "Arab"


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write the name: words parted by blanks. `as_read` if these are the zone's own letters."""

    primary: str
    secondary: str
    script: Script = Script.LATIN
    as_read: bool = False

    @property
    def text(self) -> str:
        """Secondary and primary identifier."""
        return f"{self.secondary} {self.primary}".strip()


def split_name(field: str, width: int = 0) -> tuple[str, str, bool]:
    """Take a name field apart: primary, secondary identifier (words parted by blanks), and whether it fills `width` and may be cut."""
    primary, _, secondary = field.strip("< ").partition("<<")
    truncated = bool(width) and len(field) >= width and not field.endswith("<")
    return " ".join(primary.replace("<", " ").split()), " ".join(secondary.replace("<", " ").split()), truncated


def decode_name(primary: str, secondary: str = "", *codes: str, truncated: bool = False) -> tuple[Spelling, ...]:
    """Return what the identifiers may stand for, the likeliest first; the zone's own letters are always among them.

    `codes` are the issuing state and the nationality, as far as they are known. Never raises.
    """
    read = Spelling(primary, secondary, as_read=True)
    found = [*_arabic(primary, secondary, cut=truncated), read]
    return tuple(dict.fromkeys(found))


def _arabic(primary: str, secondary: str, *, cut: bool) -> Sequence[Spelling]:
    words = [[arabic.codes_of(word, cut=cut) for word in part.split()] for part in (primary, secondary)]
    if not any(code.startswith("X") for part in words for word in part for code in word or ()) or any(None in part for part in words):
        return ()
    script, sounds = ([" ".join("".join(table.get(code, code) for code in word or ()) for word in part) for part in words]
                      for table in (arabic.LETTERS, arabic.SOUNDS))  # fmt: skip
    return (Spelling(script[0], script[1], Script.ARABIC), Spelling(sounds[0], sounds[1]))
