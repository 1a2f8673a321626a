"""What somebody saw of a notice before he changed it, as a word that forms and programs send back unchanged."""

from datetime import datetime

from isotrace.engine.notices import NotAllowed
from isotrace.engine.text import N_
from isotrace.notices.models import Notice


def token(notice: Notice) -> str:
    """Return the word for the notice as it stands."""
    return notice.changed_at.isoformat()


def moment(word: str) -> datetime | None:
    """Return the `changed_at` behind a word, None for no word. Raises NotAllowed for one that we never gave."""
    if not word:
        return None
    try:
        return datetime.fromisoformat(word)
    except ValueError as bad:
        raise NotAllowed(N_("Nobody can say what you changed. Reload the notice, then enter your changes again.")) from bad
