"""What somebody saw of a notice before he changed it, as a word that forms and programs send back unchanged."""

from datetime import datetime

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_
from isotrace.notices.models import Notice


def token(notice: Notice) -> str:
    """Return the word for the notice as it stands."""
    return notice.changed_at.isoformat()


def moment(word: str) -> datetime | None:
    """Return the `changed_at` behind a word, None for no word. Raises InputError (field `seen`) for one that we never gave."""
    if not word:
        return None
    try:
        return datetime.fromisoformat(word)
    except ValueError as bad:
        raise InputError(N_("Send back what you got with the notice, unchanged."), field="seen") from bad
