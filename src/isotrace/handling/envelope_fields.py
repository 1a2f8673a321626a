"""The fields with which a form asks for an envelope."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.queries import unit
from isotrace.engine.policy import AUDIENCE_LABELS, CLASSIFICATION_LABELS, PURPOSE_LABELS, Audience, Classification, Purpose
from isotrace.handling.countries import choices
from isotrace.handling.envelopes import Choice


def envelope_fields(prefix: str, *, personal: bool, audience: Audience = Audience.ONLY) -> dict[str, forms.Field]:
    """Return the fields of one envelope, their names beginning with `prefix`; `personal` makes the retention date required."""
    made: dict[str, forms.Field] = {
        "purpose": forms.ChoiceField(label=_("Purpose"), choices=[(p, _(PURPOSE_LABELS[p])) for p in Purpose], initial=Purpose.INFO),
        "classification": forms.TypedChoiceField(
            label=_("Marking"),
            coerce=int,
            choices=[(int(c), _(CLASSIFICATION_LABELS[c])) for c in Classification],
            initial=int(Classification.RESTRICTED if personal else Classification.OFFICIAL_USE_ONLY),
        ),
        "audience": forms.ChoiceField(
            label=_("Who may see it, besides you"),
            choices=[(a, _(AUDIENCE_LABELS[a])) for a in Audience],
            widget=forms.RadioSelect,
            initial=audience,
        ),
        "unit": forms.BooleanField(
            label=_("Name the radiological and nuclear unit"),
            help_text=_("With “only these” it is let in, with “all but these” it is left out."),
            required=False,
            initial=True,
        ),
        "countries": forms.MultipleChoiceField(
            label=_("Countries"),
            help_text=_("Used with “only these” and “all but these”. A country stands for its bureau and all entities below it."),
            choices=lambda: choices()[1:],
            required=False,
        ),
        "retention_until": forms.DateField(
            label=_("Keep until"),
            help_text=_("Data on persons are kept five years at most; then they are deleted unless you renew them."),
            required=personal,
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
    }
    return {f"{prefix}_{name}": field for name, field in made.items()}


def envelope_choice(cleaned: dict[str, Any], prefix: str) -> Choice:
    """Return what was chosen in the fields of `prefix`."""
    given = {
        name: cleaned.get(f"{prefix}_{name}") for name in ("purpose", "classification", "audience", "unit", "countries", "retention_until")
    }
    return Choice(
        purpose=given["purpose"] or "",
        classification=given["classification"] or 0,
        audience=given["audience"] or "",
        countries=tuple(given["countries"] or ()),
        organisations=(unit().id,) if given["unit"] and given["audience"] != Audience.ALL else (),
        retention_until=given["retention_until"],
    )
