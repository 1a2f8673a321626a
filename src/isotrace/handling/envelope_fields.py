"""The fields with which a form asks for an envelope."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.bureaus.queries import unit
from isotrace.engine.policy import (
    AUDIENCE_LABELS,
    CLASSIFICATION_LABELS,
    CONDITION_LABELS,
    PURPOSE_LABELS,
    Audience,
    Classification,
    OrganisationKind,
    Purpose,
)
from isotrace.engine.schema.plain import SHORT
from isotrace.handling.countries import choices
from isotrace.handling.envelopes import Choice
from isotrace.handling.models import Community

PLAIN = ("purpose", "classification", "audience", "unit", "countries")
"""The fields that a form shows at once."""
MORE = (
    "organisations",
    "kinds",
    "communities",
    "denied_countries",
    "denied_organisations",
    "denied_kinds",
    "denied_communities",
    "conditions",
    "condition_note",
)
"""The fields that a form shows when they are asked for, or filled in."""
_IDS = ("organisations", "communities", "denied_organisations", "denied_communities")
_LISTS = ("countries", *(name for name in MORE if name != "condition_note"))


def envelope_fields(prefix: str, *, personal: bool, audience: Audience = Audience.ONLY) -> dict[str, forms.Field]:
    """Return the fields of one envelope, their names beginning with `prefix`; `personal` makes the retention date required."""
    marking = Classification.RESTRICTED if personal else Classification.OFFICIAL_USE_ONLY
    made: dict[str, forms.Field] = {
        "purpose": forms.ChoiceField(label=_("Purpose"), choices=[(p, _(PURPOSE_LABELS[p])) for p in Purpose], initial=Purpose.INFO),
        "classification": forms.TypedChoiceField(
            label=_("Marking"), coerce=int, choices=[(int(c), _(CLASSIFICATION_LABELS[c])) for c in Classification], initial=int(marking)
        ),
        **_audience_fields(audience),
        "retention_until": forms.DateField(
            label=_("Keep until"),
            help_text=_("Data on persons are kept five years at most; then they are deleted unless you renew them."),
            required=personal,
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
        **_let_in_fields(),
        **_denied_fields(),
        **_condition_fields(),
    }
    return {f"{prefix}_{name}": field for name, field in made.items()}


def _audience_fields(audience: Audience) -> dict[str, forms.Field]:
    return {
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
    }


def _let_in_fields() -> dict[str, forms.Field]:
    hint = _("Used with “only these” and “all but these”, beside the countries.")
    return {
        "organisations": _many(_("Single organisations"), organisation_choices, hint),
        "kinds": _many(_("Kinds of organisation"), kind_choices, hint, ticks=True),
        "communities": _many(_("Communities"), community_choices, _("Working groups and joint investigations of yours.")),
    }


def _denied_fields() -> dict[str, forms.Field]:
    return {
        "denied_countries": _many(
            _("Never these countries"), lambda: choices()[1:], _("They are left out always, whoever else lets them in.")
        ),
        "denied_organisations": _many(
            _("Never these organisations"), organisation_choices, _("A bureau that is left out leaves its whole country out.")
        ),
        "denied_kinds": _many(_("Never these kinds of organisation"), kind_choices, ticks=True),
        "denied_communities": _many(_("Never these communities"), community_choices),
    }


def _condition_fields() -> dict[str, forms.Field]:
    return {
        "conditions": _many(
            _("Conditions of use"),
            lambda: [(str(c), _(label)) for c, label in CONDITION_LABELS.items()],
            _("Everybody else accepts them before reading it for the first time."),
            ticks=True,
        ),
        "condition_note": forms.CharField(
            label=_("Note on the conditions"),
            required=False,
            max_length=SHORT,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        ),
    }


def _many(label: Any, given: Any, hint: Any = "", *, ticks: bool = False) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple if ticks else forms.SelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=hint, choices=given, required=False, widget=widget)


def organisation_choices() -> list[tuple[str, str]]:
    """Return every organisation but the control body, which no envelope lets in or leaves out."""
    found = Organisation.objects.exclude(kind=OrganisationKind.CONTROL_BODY)
    return [(str(each.id), each.name) for each in found]


def kind_choices() -> list[tuple[str, Any]]:
    """Return the kinds of organisation that an envelope can name."""
    return [(str(kind), label) for kind, label in Organisation.KINDS if kind != OrganisationKind.CONTROL_BODY]


def community_choices() -> list[tuple[str, str]]:
    """Return the communities that whoever asks leads or belongs to: row-level security shows no others."""
    return [(str(each.id), each.name) for each in Community.objects.all()]


def envelope_choice(cleaned: dict[str, Any], prefix: str) -> Choice:
    """Return what was chosen in the fields of `prefix`; lists of an audience of all are left out, since they mean nothing."""
    given = {name: cleaned.get(f"{prefix}_{name}") for name in (*PLAIN, *MORE, "retention_until")}
    lists: dict[str, tuple[Any, ...]] = {name: tuple(given[name] or ()) for name in _LISTS}
    lists |= {name: tuple(uuid.UUID(each) for each in lists[name]) for name in _IDS}
    if given["audience"] == Audience.ALL:
        lists |= dict.fromkeys(("countries", "organisations", "kinds", "communities"), ())
    elif given["unit"]:
        lists["organisations"] = (*lists["organisations"], unit().id)
    return Choice(
        purpose=given["purpose"] or "",
        classification=given["classification"] or 0,
        audience=given["audience"] or "",
        condition_note=given["condition_note"] or "",
        retention_until=given["retention_until"],
        **lists,
    )


def envelope_initial(choice: Choice, prefix: str) -> dict[str, Any]:
    """Return a choice as the fields of `prefix` show it; the unit has a field of its own."""
    shown: dict[str, Any] = {name: [str(each) for each in getattr(choice, name)] for name in _LISTS}
    named = str(unit().id)
    shown |= {"unit": named in shown["organisations"], "organisations": [each for each in shown["organisations"] if each != named]}
    for name in ("purpose", "classification", "audience", "condition_note", "retention_until"):
        shown[name] = getattr(choice, name)
    return {f"{prefix}_{name}": value for name, value in shown.items()}
