"""The forms of what arrives: registering it, and deciding on it."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.engine.intake import CHANNELS, DECISIONS, URGENCIES, Channel, Kind, Urgency, deciding, files
from isotrace.engine.notices.grades import SCHEMES
from isotrace.engine.policy import CLASSIFICATION_LABELS, PURPOSE_LABELS, Classification, OrganisationKind, Purpose, Viewer
from isotrace.intake.actions import SCHEME
from isotrace.intake.gap_forms import number_in
from isotrace.intake.registering import Arriving, Upload


def _labelled(table: Any) -> list[tuple[str, Any]]:
    return [(str(code), _(text.label)) for code, text in table.items()]


class RegisterForm(forms.Form):
    """Asks what arrived, from whom and how: short enough to be filled in within a minute."""

    channel = forms.ChoiceField(label=_("On which way it came"), widget=forms.RadioSelect)
    urgency = forms.ChoiceField(
        label=_("How soon it must be looked at"), choices=_labelled(URGENCIES), widget=forms.RadioSelect, initial=Urgency.ROUTINE
    )
    title = forms.CharField(label=_("What it is about"), help_text=_("In a few words, without a name of a person."), max_length=200)
    sender = forms.CharField(
        label=_("From whom"), help_text=_("An organisation or a post. Never name an informant: use a code reference."), max_length=200
    )
    reference = forms.CharField(label=_("The sender's reference"), required=False, max_length=80)
    received_at = forms.DateTimeField(
        label=_("When it was received"),
        help_text=_("In UTC. Leave it empty for now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    text = forms.CharField(
        label=_("Its text"), required=False, max_length=4 * files.MOST_TEXT, widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"})
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Of at most 5 MB: a text, a mail, a PDF, an office document or a picture. The words of a text or a mail are read."),
        required=False,
    )
    citation_title = forms.CharField(label=_("Where it was published"), help_text=_("For the press alone."), required=False, max_length=200)
    citation_url = forms.CharField(label=_("Its address on the web"), required=False, max_length=2000)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[(p, _(PURPOSE_LABELS[p])) for p in Purpose], initial=Purpose.INFO)
    classification = forms.TypedChoiceField(
        label=_("Marking"),
        coerce=int,
        choices=[(int(c), _(CLASSIFICATION_LABELS[c])) for c in Classification],
        initial=int(Classification.RESTRICTED),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        """Take Django's arguments and who takes it in: only the unit is written to by the IAEA."""
        super().__init__(*args, **kwargs)
        ours = viewer.kind == OrganisationKind.SECRETARIAT
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label in _labelled(CHANNELS) if ours or code != Channel.IAEA
        ]

    def arriving(self) -> Arriving:
        """Return what was entered, for `registering.register`."""
        data = self.cleaned_data
        names = ("title", "sender", "text", "channel", "urgency", "reference", "purpose", "classification")
        received: datetime | None = data["received_at"]
        file = data["file"]
        return Arriving(
            **{name: data[name] for name in names},
            received_at=received.astimezone(UTC) if received else None,
            citation={name: data[f"citation_{name}"] for name in ("title", "url")},
            upload=Upload(file.name, file.read(files.MOST_BYTES + 1)) if file else None,
        )


class DecideForm(forms.Form):
    """Asks for a decision with its reason, and how reliable the source and the information are."""

    judged_later = True

    source_grade = forms.ChoiceField(label=_("Source grade"), required=False)
    information_grade = forms.ChoiceField(label=_("Information grade"), required=False)
    kind = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    report = forms.CharField(
        label=_("The report on the person, if it is here already"),
        help_text=_("Its address or its number, to propose a notice from it."),
        required=False,
        max_length=300,
    )
    reason = forms.CharField(label=_("Why"), min_length=20, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        """Take Django's arguments and where the arrival stands."""
        super().__init__(*args, **kwargs)
        scheme = SCHEMES[SCHEME]
        for name, grades in (("source_grade", scheme.sources), ("information_grade", scheme.information)):
            chosen = [("", _("Not graded yet")), *((code, f"{code} · {_(label)}") for code, label in grades.items())]
            self.fields[name].choices = chosen  # type: ignore[attr-defined]
        kinds = [kind for kind in Kind if not (kind is Kind.TRIAGE and state == deciding.State.TRIAGE)]
        self.fields["kind"].choices = [(str(kind), _told(kind)) for kind in kinds]  # type: ignore[attr-defined]

    def clean_report(self) -> uuid.UUID | None:
        """Return the number of a report that stands in what was entered."""
        return number_in(self.cleaned_data["report"])


def _told(kind: Kind) -> str:
    return f"{_(DECISIONS[kind].label)}: {_(DECISIONS[kind].about)}"


class QueueForm(forms.Form):
    """Narrows the list of what arrived."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Waits for a decision")), *((str(s), _(label)) for s, label in deciding.STATES.items() if s not in deciding.OPEN)],
    )
