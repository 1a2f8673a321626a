"""Texts that people hand in to this room, as they are kept."""

from isotrace.engine.errors import InputError
from isotrace.engine.schema.plain import clean_text
from isotrace.engine.text import N_


def words(raw: str, field: str, most: int, least: int, *, lines: bool = False) -> str:
    """Return a text as it is kept. Raises InputError naming `field` for one too short, too long or with control characters."""
    try:
        text = clean_text(raw, most, lines=lines)
    except InputError as error:
        error.field = field
        raise
    if len(text) < least:
        raise InputError(N_("Write at least %(least)d characters."), field=field, least=least)
    return text
