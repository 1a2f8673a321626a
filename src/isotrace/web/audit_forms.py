"""What an auditor narrows the trail to, and what he says of an alert."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isotrace.bureaus.models import Account
from isotrace.handling.audit.models import AlertOutcome
from isotrace.handling.audit.queries import Asked
from isotrace.web.audit_display import OUTCOMES, VERBS

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DAY = {"type": "date"}


class TraceForm(forms.Form):
    """Narrows the trail to a person, a record, an act, its result, and a time."""

    person = forms.CharField(label=gettext_lazy("Person"), help_text=gettext_lazy("The e-mail address."), required=False, max_length=254)
    record = forms.CharField(
        label=gettext_lazy("Record"), help_text=gettext_lazy("Its number or the address of its page."), required=False, max_length=300
    )
    act = forms.ChoiceField(label=gettext_lazy("What"), required=False, choices=[("", "—"), *VERBS.items()])
    outcome = forms.ChoiceField(label=gettext_lazy("Result"), required=False, choices=[("", "—"), *OUTCOMES.items()])
    since = forms.DateField(label=gettext_lazy("From day"), required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(label=gettext_lazy("To day"), required=False, widget=forms.DateInput(attrs=_DAY))

    def clean_person(self) -> uuid.UUID | None:
        """Take an address or an id; an unknown address is told."""
        given = self.cleaned_data["person"].strip()
        if not given or _ID.fullmatch(given):
            return uuid.UUID(given) if given else None
        found = Account.objects.filter(email__iexact=given).values_list("id", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has this address. Check it."))
        return found

    def clean_record(self) -> uuid.UUID | None:
        """Take the id out of an address, or as it is."""
        given = self.cleaned_data["record"].strip()
        found = _ID.search(given)
        if given and not found:
            raise forms.ValidationError(_("This is no number of a record. Copy the address of its page."))
        return uuid.UUID(found.group()) if found else None

    def asked(self) -> Asked:
        """Return what is asked; nothing of a form with errors."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
        return Asked(**given)


class AlertForm(forms.Form):
    """What an auditor found."""

    outcome = forms.ChoiceField(label=gettext_lazy("What you found"), choices=AlertOutcome.choices, widget=forms.RadioSelect)
