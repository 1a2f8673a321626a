"""The forms of retention."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from isotrace.engine.policy.retention import CHOSEN, GROUNDS, MOST_REASON

WITHIN = [("", _("All that have an end")), ("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days"))]


class WithinForm(forms.Form):
    """How far ahead the list looks."""

    within = forms.ChoiceField(label=_("What ends within"), choices=WITHIN, required=False)

    def days(self) -> int | None:
        """Return how many days were asked for, None for all."""
        chosen = self.cleaned_data["within"] if self.is_valid() else ""
        return int(chosen) if chosen else None


class RenewForm(forms.Form):
    """Until when a record is kept, and why it is still needed; the rules judge both."""

    judged_later = True

    until = forms.DateField(label=_("Keep it through"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Why it is still needed"),
        help_text=_("It stays with the record and goes with it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": MOST_REASON}),
    )

    def __init__(self, *args: Any, personal: bool, **kwargs: Any) -> None:
        """Take whether the record holds data on persons: then the end is at most five years ahead."""
        super().__init__(*args, **kwargs)
        told = _("At most five years from today.") if personal else _("Leave it empty for a record that is kept without an end.")
        self.fields["until"].help_text = str(told)


class DeleteForm(forms.Form):
    """Why a record goes."""

    judged_later = True

    ground = forms.ChoiceField(label=_("Why it goes"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the grounds that an owner can choose, in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(ground.value, gettext(GROUNDS[ground].label)) for ground in CHOSEN]  # type: ignore[attr-defined]


class ProofForm(forms.Form):
    """The id of the record that is said to be gone."""

    record = forms.UUIDField(
        label=_("Id of the record"),
        help_text=_("It stood in the address of its page and in every copy. Nobody else can tell from the proof which record it was."),
    )
