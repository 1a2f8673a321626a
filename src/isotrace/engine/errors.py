"""The root of every error that a person's input can cause."""

from typing import Any

from isotrace.engine.text import Message


class InputError(ValueError):
    """Bad input: `message` says what is wrong and what to do; nothing was changed.

    `field` names the form field or API property at fault, "" for the whole.
    """

    def __init__(self, msgid: str, *, field: str = "", **params: Any) -> None:
        """Take an English message id with %(name)s places and their values."""
        self.message = Message(msgid, params)
        self.field = field
        super().__init__(str(self.message))
