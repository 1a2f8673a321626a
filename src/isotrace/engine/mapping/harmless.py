"""Cells that a spreadsheet shows and never runs."""

import re

_RUN = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def harmless(cell: str) -> str:
    """Return `cell`, with an apostrophe before it if it begins like a formula and is no plain number.

    A cell that begins so behind apostrophes gets one as well: `unharmed` takes it off again.
    """
    return f"'{cell}" if _RUN.match(cell.lstrip("'")) and not _NUMBER.fullmatch(cell) else cell


def unharmed(cell: str) -> str:
    """Return what `harmless` was given, and what a spreadsheet means by an apostrophe before a formula."""
    return cell[1:] if cell[:1] == "'" and _RUN.match(cell.lstrip("'")) else cell
