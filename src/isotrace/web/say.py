"""Saying what the engine says, in the language of the page."""

from typing import Any

from django.utils.translation import gettext

from isotrace.engine.text import Message
from isotrace.handling.forms import isolated


def say(value: Any) -> Any:
    """Translate an engine `Message` and fill in its values (messages too); anything else as it is.

    The result is plain text: the template escapes it.
    """
    if not isinstance(value, Message):
        return value
    text = gettext(value.msgid)
    return text % {name: isolated(say(each)) for name, each in value.params.items()} if value.params else text
