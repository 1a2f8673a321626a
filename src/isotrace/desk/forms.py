"""The forms of questions to an owner, of their answers, of passing on, of a challenge and of break-glass."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.desk import glass
from isotrace.desk.asking import LEAST_REASON, MOST_REASON
from isotrace.handling.countries import choices
from isotrace.handling.envelope_fields import organisation_choices

_NOTHING: list[tuple[Any, Any]] = [("", "—")]


def _text(label: Any, hint: Any = "", *, least: int = LEAST_REASON, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=hint, required=least > 0, min_length=least or None, max_length=MOST_REASON, widget=widget)


class ReasonForm(forms.Form):
    """Asks why; the owner of the record reads it."""

    reason = _text(_("Your reason"), _("The owner reads it. Write no more about persons than is needed."))


class AnswerForm(forms.Form):
    """The owner's words."""

    text = _text(_("Your answer in words"), _("Whoever asked reads it. A refusal needs its reason."), least=0)


class CorrectionForm(forms.Form):
    """Asks how a field should read, and how one knows."""

    field = forms.ChoiceField(label=_("What should read otherwise"), required=False)
    text = _text(_("It should read"), least=1, rows=3)
    reason = _text(_("How you know"), _("The owner reads it and decides."))

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        """Take Django's arguments and what can be corrected, as (name, label)."""
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Something else, or the whole")), *fields]  # type: ignore[attr-defined]


class ForwardForm(forms.Form):
    """Asks to whom a record is passed on."""

    recipient = forms.ChoiceField(label=_("Pass it on to"), choices=lambda: _NOTHING + organisation_choices())
    note = _text(_("Note to them"), _("Its purpose, marking and conditions go with it."), least=0, rows=3)


class GlassForm(forms.Form):
    """Asks all that break-glass needs: which record, which threat, and why it cannot wait for the owner."""

    kind = forms.ChoiceField(label=_("Kind of record"), widget=forms.RadioSelect)
    named = forms.CharField(label=_("Which one"), help_text=_("Its id, its owner's reference, or the number of the notice."), max_length=80)
    country = forms.ChoiceField(
        label=_("Country of its owner"), help_text=_("Needed where several owners use the same reference."), required=False, choices=choices
    )
    imminent = forms.BooleanField(label=_("There is an imminent threat to somebody's life"), required=False)
    threat_reference = forms.CharField(
        label=_("Reference of the threat"), help_text=_("The number of the alert, the case or the call."), max_length=120
    )
    reason = _text(
        _("Why it cannot wait for the owner"), _("The owner and the auditor read it: at least 40 characters."), least=glass.LEAST_REASON
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, _(label)) for code, label in glass.kinds().items()]  # type: ignore[attr-defined]
