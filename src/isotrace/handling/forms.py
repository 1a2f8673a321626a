"""Between forms and the engine: its messages in the reader's language, its errors beside their fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import get_language_bidi, gettext

from isotrace.engine.errors import InputError
from isotrace.engine.text import Message


def sentence(message: Message) -> str:
    """Return an engine's message in the language in use."""
    translated = gettext(message.msgid)
    return translated % {name: isolated(value) for name, value in message.params.items()} if message.params else translated


def isolated(value: Any) -> Any:
    """Return what stands in a sentence; in a right-to-left language a text keeps its own direction.

    Without that a date behind an Arabic word, 1982-11-05, is shown as 05-11-1982.
    """
    return f"\u2068{value}\u2069" if isinstance(value, str) and get_language_bidi() else value


def attach(form: forms.BaseForm, error: InputError) -> None:
    """Put an engine's error, or each of several, beside its field, or above the form where the form has no such field."""
    for each in getattr(error, "errors", None) or [error]:
        form.add_error(each.field if each.field in form.fields else None, sentence(each.message))


def taken(form: forms.BaseForm, act: Callable[[], Any]) -> Any:
    """Do what a valid form asks for and return what that makes; an error of the engine is put into the form, and None returned.

    Raises PermissionDenied for what the viewer may not.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except InputError as error:
        attach(form, error)
    except PermissionError as error:
        raise PermissionDenied(str(error)) from error
    return None
