"""What an answer tells of hidden records."""

import re
from typing import Any

from tests.walk.classified import NUMBER, WORD
from tests.walk.hidden import may_know

_WORD = re.compile(rf"{WORD}(\w*)")
_NUMBER = re.compile(rf"{NUMBER}-N\d+")


def leaks(walk: Any, who: str, said: bytes) -> list[str]:
    """What an answer tells of hidden records that this person may not know of: words, numbers, ids. Houses and grants are no secret."""
    text = said.decode("utf-8", "replace")
    tables = {label.rpartition(".")[2].lower(): label for label in walk.hidden.ids}
    words = {found[0] for found in _WORD.finditer(text) if found[1] and not may_know(walk, who, tables.get(found[1].lower(), ""))}
    words |= set() if may_know(walk, who, "notices.Notice") else set(_NUMBER.findall(text))
    owned = {one: label for one, label in walk.hidden.table_of().items() if not label.startswith("bureaus.")}
    ids = {f"{label} {one}" for one, label in owned.items() if one in text and not may_know(walk, who, label)}
    return sorted(words | ids)
