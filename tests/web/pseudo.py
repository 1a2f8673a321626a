"""Finds text on a page that never went through translation: whatever is not in the pseudo-language."""

import re
from html.parser import HTMLParser

_INLINE = {"a", "b", "strong", "em", "i", "span", "small", "bdi", "time", "code", "kbd", "abbr", "sup", "sub", "label", "mark"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SKIPPED = {"script", "style", "bdi", "time", "code", "pre", "svg", "textarea"}
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-label")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_KNOWN = {"Isotrace", "UTC", "Bq", "kBq", "MBq", "GBq", "TBq", "PBq", "Ci", "MRZ", "API", "href", "pt"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.blocks: list[str] = [""]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in _INLINE:
            self.blocks.append("")
        if not self._raw() and "data-raw" not in given:
            self.blocks[:-1] = [*self.blocks[:-1], *(given[name] or "" for name in _SPOKEN if name in given)]
        if tag not in _VOID:
            self.open.append((tag, tag in _SKIPPED or "data-raw" in given))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag not in _INLINE:
            self.blocks.append("")

    def handle_data(self, data):
        if not self._raw():
            self.blocks[-1] += data

    def _raw(self) -> bool:
        return any(raw for _tag, raw in self.open)


def _outside(text: str) -> str:
    """Return what stands outside every [!! ... !!], which may be nested."""
    depth, kept = 0, ""
    for part in re.split(r"(\[!!|!!\])", text):
        depth += {"[!!": 1, "!!]": -1}.get(part, 0)
        kept += part if depth <= 0 and part not in ("[!!", "!!]") else ""
    return kept


def untranslated(html: str) -> list[str]:
    """Return the pieces of a page in en-xa that skipped translation.

    Values are not judged: what stands in `<bdi>`, `<time>`, code or an element with `data-raw`, numbers, and units.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    left = [_outside(block).strip() for block in reader.blocks]
    return [text for text in left if set(_WORDS.findall(text)) - _KNOWN]
