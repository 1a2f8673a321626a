"""The form of a report of any kind: as many things and links as there are, each asked for as the schema registry says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from isotrace.engine.errors import InputError
from isotrace.engine.schema import Kind, registry
from isotrace.engine.schema.said import STATEMENTS, Thing, Tie
from isotrace.handling.envelope_fields import MORE, envelope_choice, envelope_fields
from isotrace.handling.forms import sentence
from isotrace.records.models import ReportKind
from isotrace.records.schema_fields import PARTS, form_field, schema_fields, schema_values
from isotrace.records.things import FILED, GenericFiling

MOST_SLOTS = 40
"""Most things, and most links, that one form asks for; programs and imports file more."""
CITATION = ("title", "url", "retrieved")


@dataclass(frozen=True, slots=True)
class Shape:
    """Which kinds a form asks for, slot by slot; "" is a slot that was taken out, so that the others keep their names."""

    things: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Shape":
        """Read the shape that a form sent; what is no kind is an empty slot."""
        kinds = {kind.name for kind in registry().things()}, {kind.name for kind in registry().links()}
        return cls(*(_slots(data.get(name, ""), known) for name, known in zip(("things", "links"), kinds, strict=True)))

    def changed(self, step: str, data: Mapping[str, Any]) -> "Shape":
        """Return the shape after a step: "thing" and "link" add the kind that was chosen, "-thing-2" takes the third one out."""
        part = "things" if "thing" in step else "links"
        slots = list(getattr(self, part))
        if step.startswith("-") and step.rpartition("-")[2].isdecimal():
            slots = ["" if str(number) == step.rpartition("-")[2] else kind for number, kind in enumerate(slots)]
        elif step in ("thing", "link") and len(slots) < MOST_SLOTS:
            slots += [kind for kind in (str(data.get(f"add_{step}", "")),) if kind in _filed(part)]
        return Shape(**{"things": self.things, "links": self.links, part: tuple(slots)})


def _slots(text: Any, known: set[str]) -> tuple[str, ...]:
    parts = str(text)[:4_000].split(",")[:MOST_SLOTS] if text else []
    return tuple(part if part in known else "" for part in parts)


def _filed(part: str) -> set[str]:
    return {kind.name for kind in (registry().things() if part == "things" else registry().links())}


class ThingsForm(forms.Form):
    """Asks for a report with the things and links of a shape; the engine judges, so that pages and programs get the same answer."""

    judged_later = True

    title = forms.CharField(label=_("Title"), help_text=_("Left empty it is called as its first thing."), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("Kind of report"))
    reference = forms.CharField(label=_("Your reference"), required=False, max_length=80)
    summary = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)
    citation_title = forms.CharField(label=_("Published as"), required=False, max_length=500)
    citation_url = forms.CharField(label=_("Web address"), required=False, max_length=2_000)
    citation_retrieved = forms.DateField(
        label=_("Day on which it was read"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    lawful = forms.BooleanField(
        label=_("Entering this is lawful in my country"),
        help_text=_("You answer for it by name. Never name an informant or an undercover officer: use a code reference."),
        required=False,
    )

    def __init__(self, *args: Any, shape: Shape, **kwargs: Any) -> None:
        """Take Django's arguments and which kinds are asked for."""
        super().__init__(*args, **kwargs)
        self.shape = shape
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in FILED]  # type: ignore[attr-defined]
        for part in ("things", "links"):
            self.fields[part] = forms.CharField(required=False, widget=forms.HiddenInput, initial=",".join(getattr(shape, part)))
        for number, name in self._slots("things"):
            self.fields.update(_said(name, f"t{number}"))
        for number, name in self._slots("links"):
            self.fields.update(self._ends(number, registry().kinds[name]) | _said(name, f"l{number}"))
        self.fields.update(envelope_fields("envelope", personal=True))
        self.fields["envelope_retention_until"].required = False

    def _slots(self, part: str) -> list[tuple[int, str]]:
        return [(number, name) for number, name in enumerate(getattr(self.shape, part)) if name]

    def _ends(self, number: int, kind: Kind) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {}
        wanted = (kind.link.source, kind.link.target) if kind.link else ("", "")
        for name, label, parent in zip(("source", "target"), (_("From"), _("To")), wanted, strict=True):
            fit = [(str(slot), self._called(slot, each)) for slot, each in self._slots("things") if registry().kinds[each].is_a(parent)]
            made[f"l{number}_{name}"] = forms.ChoiceField(label=label, choices=[("", "—"), *fit], required=False)
        return made

    def _called(self, slot: int, name: str) -> str:
        """What a thing of the form is called: its number, its kind, and the first thing entered that names it."""
        kind = registry().kinds[name]
        given = self.data if self.is_bound else self.initial
        texts = (str(given.get(f"t{slot}_{each}") or "").strip() for each in kind.headline)
        first = next((text.splitlines()[0][:60] for text in texts if text), "")
        return f"{slot + 1}. {gettext(kind.label)}" + (f": {first}" if first else "")

    def begin(self) -> list[forms.BoundField]:
        """Return the fields about the report itself."""
        names = ("title", "kind", "reference", "summary", *(f"citation_{part}" for part in CITATION))
        return [self[name] for name in names]

    def handling(self) -> tuple[list[forms.BoundField], list[forms.BoundField]]:
        """Return the fields about who may see it: those always shown, and those seldom needed."""
        names = [name for name in self.fields if name.startswith("envelope_")]
        seldom = {f"envelope_{name}" for name in MORE}
        return [self[name] for name in names if name not in seldom], [self[name] for name in names if name in seldom]

    def parts(self) -> Iterator[dict[str, Any]]:
        """Yield each thing and each link of the form: a heading, what it is, the fields asked for at once, and the others."""
        for part in ("things", "links"):
            for number, name in self._slots(part):
                yield self._part(registry().kinds[name], f"{part[0]}{number}", f"-{part[:-1]}-{number}")

    def _part(self, kind: Kind, prefix: str, step: str) -> dict[str, Any]:
        names = [name for name in self.fields if name.startswith(f"{prefix}_")]
        first = names if not kind.featured else [name for name in names if name in _at_once(kind, prefix)]
        return {
            "title": kind.label if kind.link else self._called(int(prefix[1:]), kind.name),
            "about": kind.description,
            "code": prefix,
            "drop": step,
            "fields": [self[name] for name in first],
            "more": [self[name] for name in names if name not in first],
        }

    def filing(self) -> GenericFiling:
        """Return what was entered, for `things.file_things`."""
        data = self.cleaned_data
        citation = {part: str(data[f"citation_{part}"]) for part in CITATION if data[f"citation_{part}"]}
        return GenericFiling(
            things=tuple(Thing(name, self._values(name, f"t{n}"), str(n), data[f"t{n}_statement"]) for n, name in self._slots("things")),
            links=tuple(self._tie(n, name) for n, name in self._slots("links")),
            title=data["title"],
            summary=data["summary"],
            envelope=envelope_choice(data, "envelope"),
            lawful=data["lawful"],
            kind=data["kind"],
            reference=data["reference"],
            citations=(citation,) if citation and data["kind"] == ReportKind.OPEN_SOURCE else (),
        )

    def _tie(self, number: int, name: str) -> Tie:
        data = self.cleaned_data
        ends = data[f"l{number}_source"], data[f"l{number}_target"]
        return Tie(name, *ends, self._values(name, f"l{number}"), data[f"l{number}_statement"])

    def _values(self, name: str, prefix: str) -> dict[str, Any]:
        return schema_values(name, tuple(registry().kinds[name].properties), prefix, self.cleaned_data)

    def attach(self, error: InputError) -> None:
        """Put each of an engine's errors beside the field that asked for it, or above all with the name of its thing."""
        for each in getattr(error, "errors", None) or [error]:
            name, heading = self._place(each.field)
            text = sentence(each.message)
            self.add_error(name or None, f"{heading}: {text}" if heading and not name else text)

    def _place(self, field: str) -> tuple[str, str]:
        """Return the form's name for an engine's field, "" where there is none, and what the part of the form is called."""
        part, _dot, rest = field.partition(".")
        number, _dot, name = rest.partition(".")
        if part not in ("things", "links") or not number.isdecimal():
            return ("citation_title" if field == "citations" else form_field(field, list(self.fields))), ""
        slots = self._slots(part)
        if int(number) >= len(slots):
            return "", ""
        slot, kind = slots[int(number)]
        heading = self._called(slot, kind) if part == "things" else gettext(registry().kinds[kind].label)
        return (form_field(f"{part[0]}{slot}.{name}", list(self.fields)) if name else ""), heading


def _said(name: str, prefix: str) -> dict[str, forms.Field]:
    kind = registry().kinds[name]
    made = schema_fields(name, tuple(kind.properties), prefix)
    choices = [("", _("As its kind says: a fact, or an assessment")), *((code, _(label)) for code, label in STATEMENTS.items())]
    made[f"{prefix}_statement"] = forms.ChoiceField(label=_("This is"), choices=choices, required=False)
    return made


def _at_once(kind: Kind, prefix: str) -> set[str]:
    """The names of the fields that a form shows at once: of what is featured, and of what is required."""
    asked = [prop for name, prop in kind.properties.items() if prop.required or name in kind.featured]
    return {"_".join(filter(None, (prefix, prop.name, part))) for prop in asked for part in PARTS.get(prop.type, ("",))}


def entered(data: QueryDict) -> dict[str, Any]:
    """Return what was sent as a form begins with it, so that it is shown again without being judged."""
    return {name: data.getlist(name) if len(data.getlist(name)) > 1 else data.get(name) for name in data}
