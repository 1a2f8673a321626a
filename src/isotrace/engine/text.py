"""Sentences that the engine says: English message ids, translated by whoever shows them."""

from dataclasses import dataclass, field
from typing import Any


def N_(msgid: str) -> str:  # noqa: N802  # the name that message extractors look for
    """Mark `msgid` for extraction and return it unchanged."""
    return msgid


@dataclass(frozen=True, slots=True)
class Message:
    """A message id with %(name)s places and the values for them."""

    msgid: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence."""
        return self.msgid % self.params if self.params else self.msgid
