"""Who the person is: what a draft holds to identify somebody by, and what is missing (R5.21, G.05)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from isotrace.engine.errors import InputError
from isotrace.engine.notices.draft import NoticeDraft
from isotrace.engine.notices.kinds import IdentityWay
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_, Message


@dataclass(frozen=True, slots=True)
class Feature:
    """Something to identify a person by: the draft's field that holds it and the words that ask for it."""

    field: str
    add: str
    held: Callable[[NoticeDraft], bool]


def partial(text: object) -> PartialDate | None:
    """Return the partial date that `text` says, None for nothing or for what is not a date."""
    try:
        return PartialDate.parse(text) if isinstance(text, str) and text else None
    except InputError:
        return None


def born(draft: NoticeDraft) -> PartialDate | None:
    """Return the person's date of birth, as far as it is known."""
    return partial(draft.person.get("birth_date"))


def says(draft: NoticeDraft, name: str) -> bool:
    """Say whether the person's property `name` has a value."""
    value = draft.person.get(name)
    parts = value if isinstance(value, (list, tuple)) else [value]
    return any(str(part).strip() for part in parts if part is not None)


def _property(name: str) -> Callable[[NoticeDraft], bool]:
    return lambda draft: says(draft, name)


def _holding(name: str) -> Callable[[NoticeDraft], bool]:
    return lambda draft: name in draft.holdings


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "family_name": Feature("family_name", N_("Add the family name."), _property("family_name")),
        "given_names": Feature("given_names", N_("Add the given names."), _property("given_names")),
        "sex": Feature("sex", N_("Add the sex."), _property("sex")),  # X is an answer: passports carry it
        "birth_year": Feature("birth_date", N_("Add the date of birth, at least the year."), lambda draft: born(draft) is not None),
        "description": Feature("description", N_("Add a physical description."), _property("description")),
        "photo": Feature("photo", N_("Add a good photograph."), _holding("photo")),
        "fingerprints": Feature("fingerprints", N_("Add fingerprints."), _holding("fingerprints")),
        "dna_profile": Feature("dna_profile", N_("Add a DNA profile."), _holding("dna_profile")),
        "identity_document": Feature("documents", N_("Add an identity document."), _property("documents")),
        "alias": Feature(
            "names", N_("Add another name that the person uses."), lambda draft: len(set(draft.person.get("names") or ())) > 1
        ),
        "parents_names": Feature("parents_names", N_("Add the names of the parents."), _holding("parents_names")),
        "marks": Feature("marks", N_("Add distinguishing marks."), _holding("marks")),
    }
)
BEYOND_THE_NAME = ("birth_year", "description", "photo", "fingerprints", "dna_profile", "identity_document", "parents_names", "marks")
_ONE_MORE = N_("Add one more: a physical description, a good photograph, fingerprints, a DNA profile or an identity document.")


def holds(draft: NoticeDraft, feature: str) -> bool:
    """Say whether the draft holds this feature."""
    return FEATURES[feature].held(draft)


def only_a_name(draft: NoticeDraft) -> bool:
    """Say whether nothing but a name (with sex and nationality) tells the person from others."""
    return not any(holds(draft, feature) for feature in BEYOND_THE_NAME)


def identity_gap(draft: NoticeDraft, ways: tuple[IdentityWay, ...]) -> tuple[str, Message] | None:
    """Return None when one of the ways is complete, else the field and words of what the first way lacks first."""
    if any(_complete(draft, way) for way in ways):
        return None
    for feature in ways[0].all_of:
        if not holds(draft, feature):
            return FEATURES[feature].field, Message(FEATURES[feature].add)
    return FEATURES[ways[0].any_of[0]].field, Message(_ONE_MORE)


def _complete(draft: NoticeDraft, way: IdentityWay) -> bool:
    return all(holds(draft, feature) for feature in way.all_of) and any(holds(draft, feature) for feature in way.any_of)
