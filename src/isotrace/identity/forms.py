"""Forms of judging and taking back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.engine.identity.judging import VERDICT_LABELS
from isotrace.identity.actions import MOST_REASON, Verdicts

VERDICTS = [(str(code), _(label)) for code, label in VERDICT_LABELS.items()]


class JudgeForm(forms.Form):
    """What somebody says of two things, and why; `insist` is asked only where visible judgements stand against it."""

    verdict = forms.ChoiceField(label=_("They are"), choices=VERDICTS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What speaks for it. Whoever sees both entries and your judgement reads this."),
    )
    insist = forms.BooleanField(label=_("I have read what stands against it and judge so all the same"), required=False)

    def __init__(self, *args: object, warned: bool = False, **more: object) -> None:
        """Ask to insist only once somebody was warned."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        if not warned:
            self.fields["insist"].widget = forms.HiddenInput()

    def said(self) -> Verdicts:
        """Return what was entered."""
        held = self.cleaned_data
        return Verdicts(held["verdict"], held["reason"], held["insist"])


class EndForm(forms.Form):
    """Why a judgement is taken back."""

    reason = forms.CharField(label=_("Why you take it back"), max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 3}))
