"""The form of an incident and the form of a grade."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from isotrace.engine.errors import InputError
from isotrace.engine.notices.grades import SCHEMES
from isotrace.engine.policy import Audience
from isotrace.engine.schema import registry
from isotrace.handling.countries import choices
from isotrace.handling.envelope_fields import MORE, envelope_choice, envelope_fields
from isotrace.handling.forms import sentence
from isotrace.records.filing import GROUNDS, Filing, Involved
from isotrace.records.models import Entity, ReportKind
from isotrace.records.schema_fields import PARTS, form_field, schema_fields, schema_initial, schema_values

INCIDENT = ("title", "type", "event_date", "country", "place", "point", "detection", "device", "recovered", "summary")
MATERIAL = (
    "material_type",
    "nuclide",
    "named_material",
    "count",
    "activity",
    "mass",
    "enrichment_pct",
    "form",
    "manufacturer",
    "serial",
    "quantity_text",
)
PERSON = ("names", "family_name", "given_names", "birth_date", "sex", "nationalities", "documents", "place_of_birth", "description")
INVOLVEMENT = ("role", "status", "ground")
_PARTS = (("incident", "RadiologicalIncident", INCIDENT), ("material", "RadioactiveMaterial", MATERIAL), ("person", "Person", PERSON))


class IncidentForm(forms.Form):
    """Asks for an event, its material and a person in it, and how each is handled. Kept simple enough for no JavaScript."""

    reference = forms.CharField(label=_("Your reference"), required=False, max_length=80)
    with_person = forms.BooleanField(
        label=_("A person is involved"),
        help_text=_("The person goes into a second report of its own, which fewer can see and which is deleted sooner."),
        required=False,
    )
    assessment_number = forms.CharField(label=_("Number of the assessment"), required=False, max_length=80)
    assessment_author = forms.CharField(label=_("Authority that made it"), required=False, max_length=200)
    assessment_date = forms.CharField(label=_("Date of the assessment"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    assessment_ground = forms.ChoiceField(
        label=_("It rests on"), required=False, choices=[("", "—"), *((code, _(label)) for code, label in GROUNDS.items())]
    )
    assessment_narrative = forms.CharField(
        label=_("Why the authority considers the person a possible threat"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    countable = forms.BooleanField(
        label=_("The event may be counted in released statistics"),
        help_text=_("By country, type and year, without persons; small counts are not shown. You can change this at any time."),
        required=False,
    )
    lawful = forms.BooleanField(
        label=_("Entering this is lawful in my country"),
        help_text=_("You answer for it by name. Never name an informant or an undercover officer: use a code reference."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments."""
        super().__init__(*args, **kwargs)
        for prefix, kind, names in _PARTS:
            self.fields.update(schema_fields(kind, names, prefix))
        self.fields.update(schema_fields("Involvement", INVOLVEMENT, "involvement"))
        self.fields["person_nationalities"] = forms.ChoiceField(label=_("Nationality"), required=False, choices=choices)
        self.fields.update(envelope_fields("envelope", personal=False, audience=Audience.ALL))
        self.fields.update(envelope_fields("persons_envelope", personal=True))
        self.fields["persons_envelope_retention_until"].required = False

    def sections(self) -> Iterator[dict[str, Any]]:
        """Yield the parts of the page in order: a title, a hint, the fields, and those that are seldom needed."""
        yield self._section("event", _("What happened"), "", "reference", "incident")
        yield self._section("material", _("The material"), _("Leave empty what is not known."), "material")
        yield self._section("handling", _("Who may see the event"), "", "envelope")
        yield self._section(
            "person", _("The person"), _("Facts only, described objectively."), "with_person", "person", "involvement", "assessment"
        )
        yield self._section("persons", _("Who may see the person"), "", "persons_envelope")
        yield self._section("end", _("Before you file it"), "", "countable", "lawful")

    def _section(self, code: str, title: Any, hint: Any, *prefixes: str) -> dict[str, Any]:
        names = [name for prefix in prefixes for name in self.fields if name == prefix or name.startswith(prefix + "_")]
        seldom = {f"{prefix}_{name}" for prefix in prefixes for name in MORE}
        more = [self[name] for name in names if name in seldom]
        envelope = prefixes[0] if more else ""
        fields = [self[name] for name in names if name not in seldom]
        return {"code": code, "title": title, "hint": hint, "fields": fields, "more": more, "envelope": envelope}

    def filing(self) -> Filing:
        """Return what was entered, for `actions.file_incident`."""
        data = self.cleaned_data
        material = schema_values("RadioactiveMaterial", MATERIAL, "material", data)
        return Filing(
            incident=schema_values("RadiologicalIncident", INCIDENT, "incident", data),
            materials=(material,) if any(material.values()) else (),
            involved=self._involved() if data["with_person"] else None,
            envelope=envelope_choice(data, "envelope"),
            persons_envelope=envelope_choice(data, "persons_envelope"),
            lawful=data["lawful"],
            kind=ReportKind.POLICE,
            reference=data["reference"],
            countable=data["countable"],
        )

    def handling(self) -> Filing:
        """Return only who may see what, as far as it is filled in yet, for a preview."""
        data = self.cleaned_data
        return Filing(
            incident={},
            involved=Involved({}, {}) if data.get("with_person") else None,
            envelope=envelope_choice(data, "envelope"),
            persons_envelope=envelope_choice(data, "persons_envelope"),
        )

    def _involved(self) -> Involved:
        data = self.cleaned_data
        assessment = {name: data[f"assessment_{name}"] for name in ("number", "author", "date", "ground", "narrative")}
        return Involved(
            person=schema_values("Person", PERSON, "person", data),
            involvement=schema_values("Involvement", INVOLVEMENT, "involvement", data),
            assessment=assessment,
        )

    def attach(self, error: InputError) -> None:
        """Put each of an engine's errors beside the field that asked for it."""
        for each in getattr(error, "errors", None) or [error]:
            self.add_error(form_field(each.field, list(self.fields)) or None, sentence(each.message))


def begun_with(data: QueryDict, *prefixes: str) -> QueryDict:
    """Return what was sent, with what the form begins with for fields that were not asked for yet.

    With `prefixes`: only for the groups of fields with such a name of which nothing at all was sent.
    """
    blank = IncidentForm()
    groups = tuple(prefix for prefix in prefixes if not any(name.startswith(prefix) for name in data))
    for name, field in blank.fields.items():
        begins = blank.get_initial_for_field(field, name)
        wanted = name.startswith(groups) if prefixes else name not in data
        if wanted and begins not in (None, "", False, []):
            data.setlist(name, [str(each) for each in begins] if isinstance(begins, list | tuple) else [_as_sent(begins)])
    return data


def _as_sent(value: Any) -> str:
    return "on" if value is True else str(value)


class CorrectForm(forms.Form):
    """Asks how one thing of a report should read: every property of its kind. Of several documents it shows the first."""

    judged_later = True

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        """Take Django's arguments and the thing as it is."""
        self.entity, self.names = entity, tuple(registry().kinds[entity.kind].properties)
        kwargs["initial"] = schema_initial(entity.kind, self.names, "said", entity.properties)
        super().__init__(*args, **kwargs)
        self.fields.update(schema_fields(entity.kind, self.names, "said"))

    def properties(self) -> dict[str, Any]:
        """Return what was entered, for `correcting.correct`; further documents stay behind the first."""
        given = schema_values(self.entity.kind, self.names, "said", self.cleaned_data)
        for name, prop in registry().kinds[self.entity.kind].properties.items():
            if prop.many and prop.type in PARTS:
                given[name] = [*(given[name] or []), *(self.entity.properties.get(name) or [])[1:]]
        return given

    def attach(self, error: InputError) -> None:
        """Put each of an engine's errors beside the field that asked for it."""
        for each in getattr(error, "errors", None) or [error]:
            self.add_error(form_field(f"said.{each.field}", list(self.fields)) or None, sentence(each.message))


class GradeForm(forms.Form):
    """Two judgements in one scheme, each by itself: of the origin, and of the content."""

    source_grade = forms.ChoiceField(label=_("Source grade"), help_text=_("How reliable is whoever told it?"), widget=forms.RadioSelect)
    information_grade = forms.ChoiceField(
        label=_("Information grade"), help_text=_("How well is what was told borne out?"), widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, scheme: str, **kwargs: Any) -> None:
        """Take Django's arguments and the code of a grading scheme."""
        super().__init__(*args, **kwargs)
        chosen = SCHEMES[scheme]
        for name, grades in (("source_grade", chosen.sources), ("information_grade", chosen.information)):
            self.fields[name].choices = [(code, f"{code} · {gettext(label)}") for code, label in grades.items()]  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """Narrows a list of reports."""

    text = forms.CharField(label=_("Words, material or reference"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=choices)
    incident_type = forms.ChoiceField(label=_("Type"), required=False)
    kind = forms.ChoiceField(label=_("Kind of report"), required=False, choices=[("", "—"), *ReportKind.choices])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments."""
        super().__init__(*args, **kwargs)
        types = registry().kinds["RadiologicalIncident"].properties["type"].choices or {}
        self.fields["incident_type"].choices = [("", "—"), *((code, _(label)) for code, label in types.items())]  # type: ignore[attr-defined]
