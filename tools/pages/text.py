"""Pieces of Markdown."""

from collections.abc import Iterable, Sequence

WRITTEN = "<!-- Written by tools/reference.py from the code. Change the code, then run make docs. -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or "" when it has no row."""
    lines = [_line(row) for row in rows]
    return "\n".join([_line(heads), "|" + "---|" * len(heads), *lines]) if lines else ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def join(*blocks: str) -> str:
    """Return a page of its blocks, empty ones left out, one blank line between them."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"


def code(text: object) -> str:
    """Return text as code, "" for nothing."""
    return f"`{text}`" if f"{text}" else ""
