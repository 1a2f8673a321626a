"""The forms of imports: a file, how it is read, what its reports share, and why one is taken back."""

import uuid
from itertools import product
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.engine.mapping.delimited import DELIMITERS, ENCODINGS
from isotrace.engine.mapping.limits import MEGABYTE, MOST_BYTES
from isotrace.engine.notices.grades import SCHEMES
from isotrace.engine.policy.retention import CHOSEN, GROUNDS
from isotrace.handling.envelope_fields import envelope_choice, envelope_fields
from isotrace.imports.models import SavedMapping
from isotrace.imports.orders import KINDS, Order
from isotrace.records.models import ReportKind

_ENDINGS = ".csv,.tsv,.xlsx,.jsonl,.json,.ndjson,.ijson"


class UploadForm(forms.Form):
    """Asks for one file."""

    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx,.jsonl,.json,.ndjson,.ijson"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say beside the field what is taken."""
        super().__init__(*args, **kwargs)
        said = _("A table (CSV), a workbook (XLSX), lines of JSON, FollowTheMoney, STIX or public notices: at most %(most)d MB.")
        self.fields["file"].help_text = said % {"most": MOST_BYTES // MEGABYTE}


class ReadForm(forms.Form):
    """Asks how a file is read, where it does not say so itself."""

    encoding = forms.ChoiceField(label=_("Encoding"), required=False, choices=[("", _("Found out")), *((e, e) for e in ENCODINGS)])
    delimiter = forms.ChoiceField(
        label=_("Columns are separated by"),
        required=False,
        choices=[("", _("Found out")), *((code, _(label)) for code, label in DELIMITERS.items())],
    )
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    def __init__(self, *args: Any, sheets: tuple[str, ...], **kwargs: Any) -> None:
        """Take Django's arguments and the sheets of a workbook: a workbook asks for its sheet, a text for the rest."""
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        for name in ("encoding", "delimiter") if sheets else ("sheet",):
            del self.fields[name]


class OrderForm(forms.Form):
    """Asks what all reports of an import share."""

    mapping = forms.ChoiceField(label=_("Mapping"), required=False)
    kind = forms.ChoiceField(label=_("Kind of report"), choices=[(kind, ReportKind(kind).label) for kind in KINDS])
    grade = forms.ChoiceField(
        label=_("Grade of all of them"), help_text=_("A column that the mapping names counts before this."), required=False
    )
    retrieved = forms.CharField(
        label=_("When it was retrieved, for open sources"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    lawful = forms.BooleanField(
        label=_("Entering all this is lawful in my country"),
        help_text=_("You answer for it by name. Never name an informant or an undercover officer: use a code reference."),
        required=False,
    )

    def __init__(self, *args: Any, mappings: list[SavedMapping], **kwargs: Any) -> None:
        """Take Django's arguments and the mappings that fit the file, none for one that needs none."""
        super().__init__(*args, **kwargs)
        self.fields["mapping"].choices = [(str(each.id), str(each)) for each in mappings]  # type: ignore[attr-defined]
        if not mappings:
            del self.fields["mapping"]
        scheme = SCHEMES["admiralty"]
        both = product(scheme.sources.items(), scheme.information.items())
        pairs = [(f"{source}{info}", f"{source}{info} · {_(of)} · {_(said)}") for (source, of), (info, said) in both]
        self.fields["grade"].choices = [("", _("Not graded yet")), *pairs]  # type: ignore[attr-defined]
        fields = envelope_fields("envelope", personal=False)
        fields["envelope_retention_until"].help_text = _("Needed as soon as a row speaks of a person: five years at most.")
        self.fields.update(fields)
        self.order_fields([name for name in self.fields if name != "lawful"] + ["lawful"])

    def mapping_id(self) -> uuid.UUID | None:
        """Return the chosen mapping."""
        chosen = self.cleaned_data.get("mapping")
        return uuid.UUID(chosen) if chosen else None

    def order(self) -> Order:
        """Return what was chosen."""
        data = self.cleaned_data
        grade = {"scheme": "admiralty", "source_grade": data["grade"][0], "information_grade": data["grade"][1]} if data["grade"] else {}
        return Order(envelope_choice(data, "envelope"), data["kind"], grade, data["retrieved"], data["lawful"])


class WithdrawForm(forms.Form):
    """Asks why an import is taken back."""

    ground = forms.ChoiceField(label=_("Why it is taken back"), choices=[(ground, _(GROUNDS[ground].label)) for ground in CHOSEN])
