"""The form of a notice, drawn from its kind; the filters of the list; the reason of a step."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from isotrace.bureaus.models import Organisation
from isotrace.engine.errors import InputError
from isotrace.engine.notices import GROUNDS, NEUTRALITY_ANSWERS, SCHEMES, STATE_LABELS, Kind, kind
from isotrace.engine.notices.draft import HOLDINGS
from isotrace.engine.notices.kinds import Asks, Need, Question
from isotrace.engine.policy import OrganisationKind
from isotrace.handling.envelope_fields import envelope_fields
from isotrace.handling.forms import sentence
from isotrace.notices.person_fields import counts, person_fields, person_initial, person_values
from isotrace.notices.steps import MOST_REASON
from isotrace.records.schema_fields import form_field

HOLDING_LABELS = {
    "dna_profile": _("DNA profile"),
    "fingerprints": _("Fingerprints"),
    "marks": _("Distinguishing marks"),
    "parents_names": _("Names of the parents"),
    "photo": _("Good photograph"),
}
WHOSE_LABELS = {
    "": _("All that you may see"),
    "mine": _("Those that your organisation works on"),
    "review": _("Those that wait for review"),
    "published": _("Published ones"),
}
_ELSEWHERE = {
    "confidentiality_set": "classification",
    "restrictions_set": "audience",
    "report_information_grade": "grade_source",
    "grade.scheme": "grade_source",
    "grade.source_grade": "grade_source",
    "grade.information_grade": "grade_information",
    **dict.fromkeys(HOLDINGS, "holdings"),
}
"""Where the form asks for what the engine names otherwise."""
_PARTS = {
    "threat": ("possible_threat", "assessment_number", "assessment_author", "assessment_date"),
    "conviction": ("conviction_court", "conviction_date", "conviction_offence", "conviction_sentence"),
    "offence": ("offence", "scam_justification", "neutrality"),
    "handling": ("classification", "audience", "countries", "organisations", "retention_until"),
}
_NOTHING: list[tuple[Any, Any]] = [("", "—")]


def _text(label: Any, hint: Any = "", most: int = 500) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most)


def _long(label: Any, hint: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=20_000, widget=widget)


def _day(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=10, widget=forms.DateInput(attrs={"type": "date"}))


def _one(label: Any, choices: Any, hint: Any = "", *, radio: bool = False) -> forms.ChoiceField:
    named: list[tuple[Any, Any]] = [(code, _(text)) for code, text in choices]
    if radio:
        return forms.ChoiceField(label=label, help_text=hint, required=False, choices=named, widget=forms.RadioSelect)
    return forms.ChoiceField(label=label, help_text=hint, required=False, choices=_NOTHING + named)


def _ticks(label: Any, choices: Any, hint: Any = "") -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=hint, required=False, choices=list(choices), widget=widget)


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


def _grades(label: Any, side: str, hint: Any) -> forms.ChoiceField:
    """One half of a grade: the codes of every scheme under its name, each as scheme:code."""
    groups = [
        (
            _(scheme.label),
            [(f"{scheme.code}:{code}", format_lazy("{} · {}", code, _(text))) for code, text in getattr(scheme, side).items()],
        )
        for scheme in SCHEMES.values()
    ]
    return forms.ChoiceField(label=label, help_text=hint, required=False, choices=[*_NOTHING, *groups])


class NoticeForm(forms.Form):
    """Asks for all that a notice says; nothing is required yet, the checklist says what is missing.

    `answers` are raw answers to begin with. `graded`: the report's own grade counts, so none is asked for. `certifies`: the
    viewer is of the bureau that owns the notice. `judged_later`: no field is called optional, since the checklist may want it.
    """

    judged_later = True

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    possible_threat = _tick(_("The authority considers the person a possible threat to public safety"))
    assessment_number = _text(_("Number of the assessment"))
    assessment_author = _text(_("Authority that made it"))
    assessment_date = _day(_("Date of the assessment"))
    ground = _one(_("It rests on"), GROUNDS.items(), radio=True)
    conviction_court = _text(_("Court"))
    conviction_date = _text(_("Date of the conviction"), _("As far as it is known: 2011, 2011-05 or 2011-05-12."), 10)
    conviction_offence = _text(_("Offence in the judgment"))
    conviction_sentence = _text(_("Sentence"))
    ground_narrative = _long(_("Other grounds, told in full"), _("What the authority knows, how, and since when."))
    grade_source = _grades(_("Grade of the source"), "sources", _("How reliable is whoever told it?"))
    grade_information = _grades(_("Grade of the information"), "information", _("From the same scheme as the grade of the source."))
    scam_justification = _long(_("Why a scam without material is a threat"), _("Only for a scam without radioactive material."), 3)
    neutrality = _one(_("Is the matter political, military, religious or racial?"), NEUTRALITY_ANSWERS.items(), radio=True)
    minor = _tick(_("The person was, or may have been, a minor at the time"))
    certified = _tick(
        _("The bureau certifies the data, the conditions and the interest for other countries"),
        _("You answer for it by name, for your bureau."),
    )

    def __init__(self, data: Any = None, *, code: str, answers: Mapping[str, Any], graded: bool, certifies: bool) -> None:
        """Take what was sent, if anything, the kind's code, and what the class says."""
        person = answers.get("person") or {}
        self.chosen, self.numbers = kind(code), counts(person, data or ())
        super().__init__(data, initial={**_initial(answers), **person_initial(person)})
        if self.chosen.person is not Need.NEVER:
            self.fields.update(person_fields(self.numbers))
        self.fields.update(_kinds_fields(self.chosen))
        self.fields.update(_handling_fields(answers))
        for name in _left_out(self.chosen, graded=graded, certifies=certifies):
            self.fields.pop(name, None)

    def sections(self) -> Iterator[dict[str, Any]]:
        """Yield the parts of the page in order: a title, a hint, and the fields."""
        yield from (section for section in self._told() if section["fields"])
        told = _("Until it is published, only its owner and the unit see it. Both see it always.")
        yield self._section("handling", _("Who may see it, and how long"), told, *_PARTS["handling"])
        if "certified" in self.fields:
            yield self._section("certified", _("The bureau's word"), "", "certified")

    def _told(self) -> Iterator[dict[str, Any]]:
        people = [name for name in self.fields if name.startswith("person_")]
        grade = ("grade_source", "grade_information")
        questions = [f"said_{question.name}" for question in self.chosen.questions]
        own = self._section("questions", _("What this kind asks"), "", *questions)
        if not self.chosen.needs_person:
            yield own
        yield self._section("person", _("The person"), _("Facts only, described objectively."), *people, "holdings", "minor")
        yield self._section("threat", _("The authority's assessment"), "", *_PARTS["threat"])
        grounds_hint = _("Fill in the part that fits: a conviction, or other grounds.")
        yield self._section("grounds", _("What it rests on"), grounds_hint, "ground", *_PARTS["conviction"], "ground_narrative", *grade)
        if self.chosen.needs_person:
            yield own
        yield self._section("offence", _("The offence"), "", *_PARTS["offence"])
        texts = (rule.field for rule in self.chosen.texts)
        yield self._section("texts", _("What the notice says"), "", *texts, "allowed_actions")

    def _section(self, code: str, title: Any, hint: Any, *names: str) -> dict[str, Any]:
        return {"code": code, "title": title, "hint": hint, "fields": [self[name] for name in names if name in self.fields]}

    def clean(self) -> dict[str, Any]:
        """Refuse two halves of a grade that come from two schemes."""
        data = super().clean() or {}
        source, information = (str(data.get(f"grade_{half}") or "") for half in ("source", "information"))
        if source and information and source.partition(":")[0] != information.partition(":")[0]:
            self.add_error("grade_information", _("Choose both grades from the same scheme."))
        return data

    def raw(self) -> dict[str, Any]:
        """Return what was entered as raw answers."""
        data = self.cleaned_data
        names = [name for name in self.fields if not name.startswith(("person_", "grade_", "said_")) and name != "seen"]
        said = {question.name: data[f"said_{question.name}"] for question in self.chosen.questions}
        person = person_values(self.numbers, data) if self.chosen.person is not Need.NEVER else {}
        return {name: data[name] for name in names} | {"person": person, "grade": _grade(data), "said": said}

    def place(self, field: str) -> str:
        """Return the name of the form's field for a field of the engine, "" where it asks for no such thing."""
        return form_field(_ELSEWHERE.get(field, field.replace("said.", "said_")), list(self.fields))

    def anchor(self, field: str) -> str:
        """Return the id of the element that asks for a field of the engine, "" for none."""
        name = self.place(field)
        if not name:
            return ""
        return f"{self[name].auto_id}_group" if self[name].use_fieldset else str(self[name].id_for_label)

    def attach(self, error: InputError) -> None:
        """Put each of an engine's errors beside the field that asked for it, or above the form."""
        for each in getattr(error, "errors", None) or [error]:
            self.add_error(self.place(each.field) or None, sentence(each.message))


def _initial(answers: Mapping[str, Any]) -> dict[str, Any]:
    grade = answers.get("grade") or {}
    halves = {half: f"{grade['scheme']}:{grade[f'{half}_grade']}" for half in ("source", "information") if grade}
    shown = {name: value for name, value in answers.items() if name not in ("person", "grade", "said")}
    shown |= {f"said_{name}": value for name, value in (answers.get("said") or {}).items()}
    return shown | {f"grade_{half}": value for half, value in halves.items()}


def _grade(data: Mapping[str, Any]) -> dict[str, str] | None:
    source, information = (str(data.get(f"grade_{half}") or "").partition(":") for half in ("source", "information"))
    scheme = source[0] or information[0]
    return {"scheme": scheme, "source_grade": source[2], "information_grade": information[2]} if scheme else None


_ASSESSED = {"possible_threat": ("possible_threat",), "ground": ("ground", *_PARTS["conviction"], "ground_narrative")}
_OF_PERSONS = ("minor", "holdings")


def _left_out(chosen: Kind, *, graded: bool, certifies: bool) -> tuple[str, ...]:
    """Fields that this kind, this report or this viewer has no use for."""
    checks = {requirement.check for requirement in chosen.requirements}
    unused = [name for check, names in _ASSESSED.items() if check not in checks for name in names]
    unused += [] if "assessment" in checks else ["assessment_number", "assessment_author", "assessment_date"]
    unused += [] if chosen.offences else ["offence", "scam_justification"]
    unused += _OF_PERSONS if chosen.person is Need.NEVER else ()
    unused += () if "grade" in checks or "ground" in checks else ("grade_source", "grade_information")
    return (*unused, *(("grade_source", "grade_information") if graded else ()), *(() if certifies else ("certified",)))


def _kinds_fields(chosen: Kind) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {rule.field: _long(_(rule.label), _(rule.hint), 5) for rule in chosen.texts}
    made |= {f"said_{question.name}": _question(question) for question in chosen.questions}
    made["offence"] = _one(_("What it is about"), [(row.code, row.label) for row in chosen.offences])
    made["allowed_actions"] = _ticks(_("What the reader may do"), [(row.code, _(row.label)) for row in chosen.actions])
    made["holdings"] = _ticks(_("Identity material on file"), HOLDING_LABELS.items(), _("What your bureau can send on request."))
    return made


def _question(question: Question) -> forms.Field:
    """The field of what only one kind asks; whose words the answer must be stands in its hint."""
    label, hint = _(question.label), _(question.hint) if question.hint else ""
    if question.words_of:
        hint = format_lazy(_("Word for word, as {} says it."), _(question.words_of))
    match question.asks:
        case Asks.TICK:
            return _tick(label, hint)
        case Asks.CHOICE:
            return _one(label, question.choices.items(), hint)
        case Asks.DAY:
            return _day(label, hint)
        case Asks.TEXT:
            return _long(label, hint)
    return _text(label, hint)


def _handling_fields(answers: Mapping[str, Any]) -> dict[str, forms.Field]:
    """The envelope's fields as far as a notice asks for them; purpose and unit follow from its kind."""
    whole = envelope_fields("e", personal=True)
    made = {name: whole[f"e_{name}"] for name in ("classification", "audience", "countries")}
    made["classification"].choices = [*_NOTHING, *made["classification"].choices]  # type: ignore[attr-defined]
    made["classification"].empty_value = ""  # type: ignore[attr-defined]
    made["audience"].label = _("Who may see it once it is published")
    for field in made.values():
        field.required, field.initial = False, None
    named = [str(each) for each in answers.get("organisations") or ()]
    made["organisations"] = forms.MultipleChoiceField(
        label=_("Organisations"),
        help_text=_("Units of the secretariat and partners, beside the countries."),
        required=False,
        choices=lambda: _organisations(named),
    )
    made["retention_until"] = _day(_("Keep until"), _("Five years at most; then it is deleted unless you renew it."))
    return made


def _organisations(named: list[str]) -> list[tuple[str, str]]:
    """Organisations that no country stands for, and those named already."""
    kinds = (OrganisationKind.SECRETARIAT, OrganisationKind.PARTNER)
    found = Organisation.objects.filter(kind__in=kinds) | Organisation.objects.filter(id__in=named)
    return [(str(each.id), each.name) for each in found.order_by("name")]


class FilterForm(forms.Form):
    """Narrows a list of notices."""

    whose = forms.ChoiceField(label=_("Which"), required=False, choices=list(WHOSE_LABELS.items()))
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*_NOTHING, *((str(state), _(label)) for state, label in STATE_LABELS.items())]
    )
    number = forms.CharField(label=_("Number"), help_text=_("Its beginning is enough."), required=False, max_length=20)


class ReasonForm(forms.Form):
    """Why a step is taken; whoever owns or judges the notice reads it. The engine says whether it is enough."""

    judged_later = True

    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("The owner and the unit read it. It stays in the history of the notice."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": MOST_REASON}),
    )
