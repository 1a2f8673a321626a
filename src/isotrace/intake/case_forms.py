"""The forms about cases: asking, answering, confirming or denying, naming contacts, terms of agreements."""

import uuid
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.engine.intake.cases import ANSWERS, GIVEN, SAYINGS, TEXTS, WISHES, Saying, Wish
from isotrace.engine.policy import AUDIENCE_LABELS, Audience
from isotrace.handling.countries import choices
from isotrace.handling.envelope_fields import kind_choices, organisation_choices
from isotrace.intake.agreements import Agreed
from isotrace.intake.gap_forms import number_in
from isotrace.intake.requests import Replying, Wishing


class AskForm(forms.Form):
    """Asks what is asked for, of whom, by when; sent as it stands it asks for the usual."""

    wish = forms.ChoiceField(label=_("What you ask for"), widget=forms.RadioSelect)
    asked = forms.ChoiceField(label=_("Whom you ask"))
    text = forms.CharField(
        label=_("Your words"),
        help_text=_("Write from the report that both sides see. Whatever else you know of the case stays with you."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    due_on = forms.DateField(
        label=_("Answer wanted by"), help_text=_("Empty means in ten days."), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, wishes: list[Wish], asked: list[Organisation], **kwargs: Any) -> None:
        """Take Django's arguments, what can be asked for and of whom."""
        kwargs["initial"] = {"wish": wishes[0] if wishes else "", "text": _(TEXTS[wishes[0]]) if wishes else ""} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["wish"].choices = [(str(wish), _(WISHES[wish])) for wish in wishes]  # type: ignore[attr-defined]
        self.fields["asked"].choices = [(str(each.pk), each.name) for each in asked]  # type: ignore[attr-defined]

    def wishing(self) -> Wishing:
        """Return what was entered."""
        data = self.cleaned_data
        due = datetime.combine(data["due_on"], time(23, 59), UTC) if data["due_on"] else None
        usual = data["text"].strip() == str(_(TEXTS[Wish(data["wish"])])).strip()
        return Wishing(data["wish"], uuid.UUID(data["asked"]), "" if usual else data["text"], due)


class ReplyForm(forms.Form):
    """Asks for an answer."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=[(str(a), _(ANSWERS[a])) for a in GIVEN], widget=forms.RadioSelect)
    report = forms.CharField(
        label=_("Your report"),
        help_text=_("The address or the number of a report of your own organisation."),
        required=False,
        max_length=300,
    )
    text = forms.CharField(
        label=_("In words"),
        help_text=_("For a refusal, say why."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean_report(self) -> uuid.UUID | None:
        """Return the report's number."""
        return number_in(self.cleaned_data["report"])

    def replying(self) -> Replying:
        """Return what was entered."""
        return Replying(**self.cleaned_data)


class SayForm(forms.Form):
    """Asks whether what the press reports is so."""

    says = forms.ChoiceField(label=_("What your State says"), choices=[(str(s), _(SAYINGS[s])) for s in Saying], widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note for the readers of the report"), required=False, max_length=500)


class ContactForm(forms.Form):
    """Asks who speaks for the country."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    post = forms.CharField(label=_("Post"), help_text=_("A post, not a person."), max_length=200)
    reached = forms.CharField(label=_("How it is reached"), required=False, max_length=200)

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        """Take Django's arguments and whom a bureau can name."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(each.pk), each.name) for each in organisations]  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """Asks for the terms of an agreement."""

    reference = forms.CharField(label=_("Reference of the agreement"), max_length=120)
    agreed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Holds until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    terms = forms.CharField(
        label=_("Its terms on who may see what"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
    audience = forms.ChoiceField(
        label=_("Whom it lets in"),
        choices=[(str(a), _(AUDIENCE_LABELS[a])) for a in (Audience.ONLY, Audience.ALL)],
        widget=forms.RadioSelect,
        initial=Audience.ONLY,
    )
    countries = forms.MultipleChoiceField(label=_("Countries"), choices=lambda: choices()[1:], required=False)
    organisations = forms.MultipleChoiceField(label=_("Single organisations"), choices=organisation_choices, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisation"), choices=kind_choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def agreed(self) -> Agreed:
        """Return what was entered."""
        data = dict(self.cleaned_data)
        data["countries"], data["kinds"] = tuple(data["countries"]), tuple(data["kinds"])
        data["organisations"] = tuple(uuid.UUID(each) for each in data["organisations"])
        return Agreed(**data)
