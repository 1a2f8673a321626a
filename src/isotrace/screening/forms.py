"""The check, a second identifier, and the owner's answer, as forms; what they hold is judged by the engine."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.handling.countries import choices
from isotrace.screening.actions import LONGEST_ANSWER
from isotrace.screening.models import Answer

_SILENT = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "auto"}


def _birth_field() -> forms.CharField:
    return forms.CharField(
        label=_("Date of birth"),
        help_text=_("Year, month, day: 1970-05-02. If you know less, 1970-05 or 1970."),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={**_SILENT, "inputmode": "numeric", "dir": "ltr"}),
    )


class CheckForm(forms.Form):
    """One field that takes whatever the officer has, and two that narrow it."""

    text = forms.CharField(
        label=_("Machine-readable zone, document number or name"),
        help_text=_("Scan the document, or type. Nothing of the traveller is kept if there is no match."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={**_SILENT, "rows": 2, "data-island": "check"}),
    )
    born = _birth_field()
    nationality = forms.ChoiceField(label=_("Nationality"), required=False, choices=choices)


class ConfirmForm(forms.Form):
    """A second identifier."""

    document = forms.CharField(label=_("Document number"), required=False, max_length=60, widget=forms.TextInput(attrs=_SILENT))
    document_country = forms.ChoiceField(label=_("Country that issued it"), required=False, choices=choices)
    born = _birth_field()


class AnswerForm(forms.Form):
    """What the owner of the notice says."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=Answer.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What the other side needs to know"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
