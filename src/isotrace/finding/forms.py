"""The field, and what stands beside it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.finding.asking import FACETS
from isotrace.handling.countries import choices
from isotrace.handling.search import LONGEST


class SearchForm(forms.Form):
    """One field for words, names and numbers; days, country and area narrow. What facets narrow by goes along."""

    text = forms.CharField(
        label=_("Search for"),
        help_text=_("Words, a name in any script, a serial or document number."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    since = forms.CharField(
        label=_("From"), help_text=_("A year, a month or a day: 2024, 2024-05, 2024-05-12."), required=False, max_length=10
    )
    until = forms.CharField(label=_("To"), required=False, max_length=10)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=choices)
    area = forms.CharField(
        label=_("Area of the map"),
        help_text=_("Degrees south, west, north, east: 45,25,50,30."),
        required=False,
        max_length=60,
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Take what was sent."""
        super().__init__(data)
        for name in FACETS:
            if name not in self.fields:
                self.fields[name] = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class KeepForm(forms.Form):
    """Keeps a search under a name."""

    name = forms.CharField(label=_("Name of the search"), max_length=120)
    alerts = forms.BooleanField(
        label=_("Tell me when something new is found"),
        help_text=_("By mail that says only that something waits, and by a number beside Search."),
        required=False,
        initial=True,
    )
