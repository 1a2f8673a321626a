"""Between forms and the engine: its messages in the reader's language, its errors beside their fields."""

from django import forms
from django.utils.translation import gettext

from isotrace.engine.errors import InputError
from isotrace.engine.text import Message


def sentence(message: Message) -> str:
    """Return an engine's message in the language in use."""
    translated = gettext(message.msgid)
    return translated % message.params if message.params else translated


def attach(form: forms.BaseForm, error: InputError) -> None:
    """Put an engine's error, or each of several, beside its field, or above the form where the form has no such field."""
    for each in getattr(error, "errors", None) or [error]:
        form.add_error(each.field if each.field in form.fields else None, sentence(each.message))
