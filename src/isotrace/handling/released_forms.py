"""The forms of what is released: a title and to whom, a text, a reference."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.engine.policy import OrganisationKind
from isotrace.engine.schema.plain import LONG
from isotrace.handling.counter import LEAST_TITLE, MOST_TITLE, Audience
from isotrace.handling.countries import all_names

_OURS = (OrganisationKind.CONTROL_BODY,)


def _kinds() -> list[tuple[str, Any]]:
    return [(str(code), label) for code, label in Organisation.KINDS if code not in _OURS]


def _organisations() -> list[tuple[str, str]]:
    """Partners and donors by name; whole kinds and countries are named otherwise."""
    found = Organisation.objects.filter(kind__in=[OrganisationKind.PARTNER, OrganisationKind.DONOR])
    return [(str(each.id), each.name) for each in found]


def _countries() -> list[tuple[str, str]]:
    return sorted(all_names().items(), key=lambda pair: pair[1])


class ReleaseForm(forms.Form):
    """Asks for a title and to whom something is released."""

    title = forms.CharField(label=_("Title"), min_length=LEAST_TITLE, max_length=MOST_TITLE)
    kinds = forms.MultipleChoiceField(label=_("Kinds of organisation"), required=False, choices=_kinds, widget=forms.CheckboxSelectMultiple)
    organisations = forms.TypedMultipleChoiceField(
        label=_("Partners and donors"), required=False, choices=_organisations, coerce=uuid.UUID, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(label=_("Countries"), required=False, choices=_countries)

    def audience(self) -> Audience:
        """Return to whom it is released."""
        said = self.cleaned_data
        return Audience(tuple(said["kinds"]), tuple(said["organisations"]), tuple(said["countries"]))


class PaperForm(ReleaseForm):
    """Asks for a text as well."""

    text = forms.CharField(
        label=_("Text"),
        help_text=_("For readers who see no police data: no persons, nothing that leads to one."),
        min_length=20,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    field_order = ["title", "text"]
