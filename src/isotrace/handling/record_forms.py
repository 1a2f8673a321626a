"""The forms about the envelope of any record: who may see it, another envelope, a higher marking."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.roles import Role
from isotrace.engine.errors import InputError
from isotrace.engine.policy import CLASSIFICATION_LABELS, VERB_LABELS, Classification, Verb
from isotrace.handling.envelope_fields import MORE, PLAIN, envelope_choice, envelope_fields, envelope_initial, organisation_choices
from isotrace.handling.envelopes import Choice
from isotrace.handling.forms import sentence

PREFIX = "envelope"


class AccessForm(forms.Form):
    """Asks whether somebody of an organisation may do something with a record."""

    organisation = forms.ChoiceField(label=_("Organisation"), choices=organisation_choices)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.BUREAU_OFFICER)
    clearance = forms.TypedChoiceField(
        label=_("Clearance"), coerce=int, choices=[(int(c), _(CLASSIFICATION_LABELS[c])) for c in Classification], initial=2
    )
    verb = forms.ChoiceField(label=_("What for"), choices=[(str(v), _(label)) for v, label in VERB_LABELS.items()], initial=Verb.READ)

    def chosen(self) -> Organisation | None:
        """Return the organisation asked about, None before a valid question."""
        found = self.cleaned_data.get("organisation") if self.is_valid() else None
        return Organisation.objects.get(pk=uuid.UUID(found)) if found else None


class EnvelopeForm(forms.Form):
    """Asks for another envelope of a record that exists; how long it is kept is not asked here."""

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        """Take Django's arguments and the envelope as it is."""
        kwargs["initial"] = envelope_initial(choice, PREFIX)
        super().__init__(*args, **kwargs)
        made = envelope_fields(PREFIX, personal=False)
        del made[f"{PREFIX}_retention_until"]
        self.fields.update(made)

    def plain(self) -> list[forms.BoundField]:
        """Return the fields that are always shown."""
        return [self[f"{PREFIX}_{name}"] for name in PLAIN]

    def more(self) -> list[forms.BoundField]:
        """Return the fields that are seldom needed."""
        return [self[f"{PREFIX}_{name}"] for name in MORE]

    def choice(self) -> Choice:
        """Return what was chosen."""
        return envelope_choice(self.cleaned_data, PREFIX)

    def attach(self, error: InputError) -> None:
        """Put an engine's error beside its field."""
        for each in getattr(error, "errors", None) or [error]:
            name = f"{PREFIX}_{each.field}"
            self.add_error(name if name in self.fields else None, sentence(each.message))


class RaiseForm(forms.Form):
    """Asks for a higher marking; the owner reads why."""

    classification = forms.TypedChoiceField(label=_("Marking"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("The owner reads it."),
        min_length=20,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, above: int, **kwargs: Any) -> None:
        """Take Django's arguments and the marking as it is."""
        super().__init__(*args, **kwargs)
        higher = [(int(c), _(CLASSIFICATION_LABELS[c])) for c in Classification if c > above]
        self.fields["classification"].choices = higher  # type: ignore[attr-defined]
