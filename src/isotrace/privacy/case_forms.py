"""The forms of requests of persons and of the control body's cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.desk.asking import LEAST_REASON, MOST_REASON
from isotrace.privacy.case_models import CaseRecord, Outcome, Wish
from isotrace.privacy.cases import KINDS

_KINDS = {"report": _("Report"), "notice": _("Notice"), "hit": _("Hit")}


def _long(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    least = LEAST_REASON if required else None
    return forms.CharField(label=label, help_text=hint, required=required, min_length=least, max_length=MOST_REASON, widget=widget)


class IntakeForm(forms.Form):
    """Takes a person's request as it was handed in."""

    person_name = forms.CharField(label=_("Name of the person"), max_length=200)
    born = forms.CharField(
        label=_("Date of birth"), help_text=_("As far as it is known: 1970, 1970-05 or 1970-05-02."), required=False, max_length=10
    )
    contact = forms.CharField(label=_("How the person is reached"), help_text=_("Postal address or e-mail."), max_length=500)
    wish = forms.ChoiceField(label=_("What the person asks for"), choices=Wish.choices, widget=forms.RadioSelect)
    text = _long(_("What the person wrote"), _("Word for word, where you can."), required=False)


class RefuseForm(forms.Form):
    """Asks why a request is not admissible."""

    reason = _long(_("Why it is not admissible"), _("The person reads it in your letter."))


class KeepForm(forms.Form):
    """Asks until when an answered request is kept, and why it is still needed."""

    until = forms.DateField(label=_("Keep it through"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = _long(_("Why it is still needed"), _("For a revision that is asked for or to be expected."))


class SearchForm(forms.Form):
    """Looks for the person of a case."""

    name = forms.CharField(label=_("Name"), max_length=200)
    born = forms.CharField(label=_("Date of birth"), required=False, max_length=10)


class AddForm(forms.Form):
    """Names a record in a case."""

    kind = forms.ChoiceField(label=_("Kind of record"), choices=[(kind, _KINDS[kind]) for kind in KINDS])
    record = forms.UUIDField(label=_("Its id"))


class ConsultForm(forms.Form):
    """Asks the owner of a record."""

    text = _long(_("Your question"), _("The owner reads it and answers in words."))


class DecideForm(forms.Form):
    """Asks for the decision on each record of a case, and its reasons."""

    def __init__(self, *args: Any, records: list[CaseRecord], **kwargs: Any) -> None:
        """Take Django's arguments and the records of the case."""
        super().__init__(*args, **kwargs)
        self.records = records
        for number, each in enumerate(records, start=1):
            self.fields[str(each.pk)] = forms.ChoiceField(
                label=_("Record %(number)s: %(kind)s of %(owner)s")
                % {"number": number, "kind": _KINDS[each.record_kind], "owner": each.owner.name},
                choices=Outcome.choices,
                widget=forms.RadioSelect,
            )
        self.fields["text"] = _long(_("The decision and its reasons"), _("Owners of records to be corrected read it."))

    def outcomes(self) -> dict[Any, str]:
        """Return what is decided, by the id of the case record."""
        return {each.pk: self.cleaned_data[str(each.pk)] for each in self.records}
