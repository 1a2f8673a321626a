"""A language that nobody speaks: English with strange letters in brackets, so that what skipped translation stands out."""

import re

_LETTERS = str.maketrans("AaCcDdEeGgHhIiLlNnOoRrSsTtUuWwYyZz", "ÅáÇçĐđÉéĜĝĤĥÍíĻļÑñÖöŔŕŠšŦŧÛûŴŵÝýŽž")
_KEEP = re.compile(r"(%\(\w+\)[a-z]|%%|%[sd]|<[^>]*>|&#?\w+;|\{\w*\})")


def pseudo(text: str) -> str:
    """Return `text` in the pseudo-language; placeholders and tags stay as they are, blank text stays blank."""
    if not text.strip():
        return text
    parts = _KEEP.split(text)
    strange = "".join(part if at % 2 else part.translate(_LETTERS) for at, part in enumerate(parts))
    return f"[!! {strange} !!]"
