"""The forms of open questions."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.engine.errors import InputError
from isotrace.engine.intake.gaps import GAP_STATES, PRIORITIES, THEMES, GapState, Priority
from isotrace.handling.countries import choices
from isotrace.handling.envelope_fields import MORE, PLAIN, envelope_choice, envelope_fields
from isotrace.handling.forms import sentence
from isotrace.intake.gaps import Asking

_NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PREFIX = "envelope"
NAMES = ("question", "about", "theme", "priority", "answer_by", "responsible")


def number_in(said: str) -> uuid.UUID | None:
    """Return the number of a record that stands in an address or alone. Raises ValidationError for words without one."""
    if not said.strip():
        return None
    found = _NUMBER.search(said.lower())
    if found is None:
        raise forms.ValidationError(_("Copy the address of the report from its page."))
    return uuid.UUID(found[0])


class GapForm(forms.Form):
    """Asks a question, and at first who may see it."""

    question = forms.CharField(
        label=_("What do we want to know?"), help_text=_("One question, without a name of a person."), max_length=300
    )
    about = forms.CharField(
        label=_("Why, and what is known"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"), help_text=_("None means everywhere."), choices=lambda: choices()[1:], required=False
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=[(str(t), _(label)) for t, label in THEMES.items()])
    priority = forms.ChoiceField(
        label=_("Priority"),
        choices=[(str(p), _(label)) for p, label in PRIORITIES.items()],
        widget=forms.RadioSelect,
        initial=Priority.MEDIUM,
    )
    answer_by = forms.DateField(label=_("Wanted by"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    responsible = forms.EmailField(
        label=_("Who keeps it"), help_text=_("The address of a colleague. Leave it empty for yourself."), required=False
    )

    def __init__(self, *args: Any, envelope: bool = True, **kwargs: Any) -> None:
        """Take Django's arguments, and whether it asks who may see the question."""
        super().__init__(*args, **kwargs)
        if envelope:
            made = envelope_fields(PREFIX, personal=False)
            del made[f"{PREFIX}_retention_until"]
            self.fields.update(made)

    def plain(self) -> list[forms.BoundField]:
        """Return the fields that are always shown."""
        seldom = {f"{PREFIX}_{name}" for name in MORE}
        return [self[name] for name in self.fields if name not in seldom]

    def more(self) -> list[forms.BoundField]:
        """Return the fields that are seldom needed."""
        return [self[f"{PREFIX}_{name}"] for name in MORE] if f"{PREFIX}_{PLAIN[0]}" in self.fields else []

    def asking(self) -> Asking:
        """Return what was entered."""
        data = self.cleaned_data
        said = {name: data[name] for name in NAMES} | {"countries": tuple(data["countries"])}
        return Asking(**said, envelope=envelope_choice({f"{PREFIX}_retention_until": None, **data}, PREFIX))

    def attach(self, error: InputError) -> None:
        """Put an engine's error beside its field."""
        for each in getattr(error, "errors", None) or [error]:
            name = next((name for name in (each.field, f"{PREFIX}_{each.field}") if name in self.fields), None)
            self.add_error(name, sentence(each.message))


class TieForm(forms.Form):
    """Asks for a report that answers the question."""

    report = forms.CharField(label=_("The report that answers it"), help_text=_("Its address or its number."), max_length=300)
    note = forms.CharField(label=_("What it answers"), required=False, max_length=500)

    def clean_report(self) -> uuid.UUID | None:
        """Return the report's number."""
        return number_in(self.cleaned_data["report"])


class EndForm(forms.Form):
    """Asks how a question ended."""

    state = forms.ChoiceField(label=_("How it stands"), widget=forms.RadioSelect)
    conclusion = forms.CharField(
        label=_("What is known now"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        """Take Django's arguments and how the question stands."""
        super().__init__(*args, **kwargs)
        ways = [GapState.OPEN] if state != GapState.OPEN else [GapState.ANSWERED, GapState.DROPPED]
        self.fields["state"].choices = [(str(way), _(GAP_STATES[way])) for way in ways]  # type: ignore[attr-defined]


class GapFilterForm(forms.Form):
    """Narrows the list of questions."""

    country = forms.ChoiceField(label=_("Country"), required=False, choices=choices)
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=[("", "—"), *((str(t), _(label)) for t, label in THEMES.items())])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[*((str(s), _(label)) for s, label in GAP_STATES.items()), ("", _("All"))],
    )
