"""Records that nobody but their owner may know of, one of every kind, each saying words and numbers that nothing else says.

All belong to the bureau of Kenya, which shares them with nobody. Some hang on records that others do see. They are written as the
database's owner, so that they are there whatever a room would let somebody file; what a field needs that this doesn't guess is in SAID.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any
from zlib import crc32

from django.contrib.postgres.fields import ArrayField
from django.db import models

from isotrace.bureaus.models import Account, Grant, Organisation
from isotrace.engine import clock
from isotrace.engine.policy import OrganisationKind
from isotrace.handling.audit.models import AuditQueue
from isotrace.handling.released import Released
from isotrace.handling.rights import owned_models
from tests.notices.build import PERSON
from tests.walk.classified import NUMBER, WORD, Line
from tests.worlds.base import ORGANISATIONS, PEOPLE

HOUSE = "KEN"
OWN_PEOPLE = frozenset({"ken.officer"})
BIG = 987_654_000
"""Where the keys of hidden rows that are counted begin."""
NEVER = BIG + 999

_KIND = {code: kind for code, _name, kind, *_more in ORGANISATIONS}


def _people_of(*kinds: str) -> frozenset[str]:
    return frozenset(who for who, house, *_more in PEOPLE if _KIND[house] in kinds)


OPEN_TO: Mapping[str, frozenset[str]] = {
    "privacy.PersonRequest": frozenset({"control"}),
    "privacy.Case": frozenset({"control"}),
    "privacy.CaseRecord": frozenset({"control"}),
    "desk.Challenge": frozenset({"duty"}),
    "handling.AuditEntry": frozenset({"auditor"}),
    "handling.AuditTerm": frozenset({"auditor"}),
    "bureaus.Grant": frozenset({"fra.admin"}),
    "intake.Agreement": _people_of("secretariat"),
    "intake.Contact": _people_of("secretariat", "bureau", "national_entity") | {"fra.auditor"},
}
"""Who, beside the owner, may see hidden rows of a table by the rules: the control body its own cases (P.10), the duty officer every
challenge (R1.13), the secretariat's auditor every trail (R4.15), the secretariat its agreements, all police who speaks for a State.
"""

SHARED = frozenset({"handling.RuleChange", "handling.RuleSetting"})
"""What no bureau owns: a change of the rule book, read by all police."""

STATES = ("published", "proposed", "draft", "submitted", "reviewed", "withdrawn", "declined")
"""The first is the one that hits hang on."""
_ENVELOPE = {"owner_country": HOUSE, "purpose": "INFO", "classification": 2, "audience": "only", "retention_until": date(2027, 1, 10)}
_QUESTION = {"record_kind": "report"}
_SECOND = uuid.uuid5(uuid.NAMESPACE_URL, "a second person")
SAID: Mapping[str, Mapping[str, Any]] = {
    "records.Report": {"kind": "police", "country": "KEN", "incident_type": "theft", "event_from": date(2026, 5, 1), "event_to": date(2026, 5, 1)},
    "records.Entity": {"kind": "Person"},
    "records.Link": {"kind": "Involvement"},
    "records.Place": {"latitude": 1.25, "longitude": 36.75, "precision": "city"},
    "records.Grading": {"scheme": "admiralty", "source_grade": "B", "information_grade": "2"},
    "records.SensitiveDatum": {"state": "approved", "decided_by": _SECOND},
    "imports.Upload": {"form": "csv", "options": {}, "columns": []},
    "imports.SavedMapping": {"form": "csv", "columns": []},
    "imports.Batch": {"form": "csv", "state": "done", "kind": "police", "for_purpose": "INFO", "grade": {}, "examples": [], "problem": {}, "columns": [], "losses": []},
    "imports.BadRow": {"errors": []},
    "imports.RowStatement": {"gone": []},
    "tracing.Trace": {"side": "found", "within_km": 1.0},
    "notices.Notice": {"kind": "green", "wide_audience": "only"},
    "notices.NoticeEvent": {"action": "publish", "to_state": "published"},
    "screening.Hit": {"purpose": "BORDER", "notice_kind": "green", "state": "lead", "band": "same_name", "criteria": "1", "country": HOUSE, "retention_until": date(2026, 12, 1)},
    "screening.HitAnswer": {"purpose": "BORDER", "answer": "denied"},
    "desk.Task": {"kind": "report.assess", "subject_kind": "report", "addressee_country": HOUSE, "role": ""},
    "desk.Raising": {"before": 1, "after": 2},
    "handling.Consent": {"use": "forward", "state": "asked"},
    "handling.Export": {"purpose": "INFO", "form": "json"},
    "handling.AuditEntry": {"organisation": None, "country": HOUSE, "role": "bureau_officer", "purpose": "INFO", "act": "report.read", "kind": "report", "outcome": "allowed"},
    "handling.AuditTerm": {"country": HOUSE, "entry": BIG + 1},
    "handling.AuditAlert": {"kind": "bulk", "country": HOUSE, "entry": BIG + 1},
    "handling.RuleChange": {"code": "reassessment", "rule": "G.10", "wanted": True, "state": "withdrawn"},
    "handling.Released": {"kind": "paper"},
    "privacy.PersonRequest": {"wish": "access", "state": "admitted"},
    "privacy.Renewal": {"before": date(2026, 1, 1), "until": date(2027, 1, 10)},
    "privacy.Reminder": {"until": date(2027, 1, 10), "rung": 180},
    "privacy.Recall": {"cause": "withdrawn", "forms": ["json"]},
    "privacy.Tombstone": {"ground": "expired"},
}  # fmt: skip
"""What a table's columns hold, where the kind of column doesn't tell."""


@dataclass
class Hidden:
    """What is hidden: the ids of each table's rows, its own records first, then those that hang on what others see."""

    ids: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, label: str) -> list[Any]:
        """Return the ids of a table's hidden rows."""
        return self.ids.get(label, [])

    def table_of(self) -> dict[str, str]:
        """Return the table of each id that is a UUID, as text."""
        return {str(one): label for label, ids in self.ids.items() for one in ids if isinstance(one, uuid.UUID)}


OTHER_THING = "another thing"
"""The name, among the records that others see, of a second thing of which a hidden judgement says that it is the same."""
REFERENCE = uuid.uuid5(uuid.NAMESPACE_URL, "a reference to a hidden record")
"""What is released to everybody and opens for nobody but the owner."""


def word(label: str) -> str:
    """Return the word that only the hidden rows of a table say."""
    return f"{WORD}{label.rpartition('.')[2].lower()}"


def hidden_id(label: str, number: int) -> uuid.UUID:
    """Return the id of a hidden row, known before it is written."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{label} {number}")


@cache
def tables() -> tuple[type[models.Model], ...]:
    """Return every owned table, each behind those that it points at."""
    waiting, ready = [model for model, _ in owned_models()], []
    while waiting:
        for model in waiting:
            if not {key.related_model for key in _keys(model)} & set(waiting) - {model}:
                ready.append(model)
        waiting = [model for model in waiting if model not in ready]
    return tuple(ready)


def _keys(model: type[models.Model]) -> Iterator[Any]:
    return (each for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey))


class Writer:
    """Writes hidden rows: `around` are ids of records that others see, by table, on which the second round hangs."""

    def __init__(self) -> None:
        self.made = Hidden()
        self.house = Organisation.objects.using("owner").get(code=HOUSE)
        people = dict(Account.objects.using("owner").values_list("email", "pk"))
        self.person, self.watcher = (people[f"{who}@example.org"] for who in ("ken.officer", "auditor"))
        self.newest: dict[str, Any] = {}
        self.around: Mapping[str, Any] = {}

    def share(self) -> None:
        """Write what all police read, and nobody else; how the rules stand then is written already, and says nothing.

        And a reference, released to everybody, that points at a hidden record.
        """
        self._one(_model("handling.RuleChange"))
        Released.objects.using("owner").create(
            id=REFERENCE,
            kind="reference",
            title="Sample reference",
            body={"kind": "report", "record": str(hidden_id("records.Report", 0))},
            room="records",
            owner=self.house,
            audience_kinds=[str(kind) for kind in OrganisationKind],
            released_by=self.person,
            at=clock.now(),
        )

    def write(self, around: Mapping[str, Any]) -> Hidden:
        """Write one row of every owned table twice: on hidden records, then on those `around` that others see, by table."""
        for model in tables():
            if model._meta.label not in SHARED:
                self._one(model, **({"state": STATES[0]} if model._meta.label == "notices.Notice" else {}))
            if model._meta.label == "records.Entity":
                self._one(model)
        for state in STATES[1:]:
            self._one(_model("notices.Notice"), state=state)
        self.around = around
        for model in tables():
            if model._meta.label not in SHARED and _hangs(model):
                self._one(model, **({"state": STATES[0]} if model._meta.label == "notices.Notice" else {}))
        self._beside()
        return self.made

    def erase(self) -> None:
        """Take the hidden rows away; `write` brings the same ones back."""
        for model in reversed(tables()):
            if model._meta.label not in SHARED:
                model._default_manager.using("owner").filter(pk__in=self.made.of(model._meta.label)).delete()
                self.made.ids.pop(model._meta.label, None)
        AuditQueue.objects.using("owner").filter(entry__gt=BIG).delete()
        self.newest, self.around = {}, {}

    def _one(self, model: type[models.Model], **more: Any) -> None:
        label, rows = model._meta.label, self.made.ids.setdefault(model._meta.label, [])
        said = {**SAID.get(label, {}), **more}
        row = model(**{each.attname: self._value(label, each, len(rows), said) for each in model._meta.concrete_fields})
        try:
            model._default_manager.using("owner").bulk_create([row])
        except Exception as error:
            raise AssertionError(
                f'No hidden row of {label} could be written ({error}). Add a line to SAID in tests/walk/hidden.py: "{label}": {{...}},'
            ) from error
        rows.append(row.pk)
        if not self.around:
            self.newest.setdefault(label, row.pk)

    def _at(self, label: str) -> Any:
        """The record on which a row hangs in this round."""
        return self.around.get(label, self.newest.get(label))

    def _value(self, label: str, column: Any, number: int, said: Mapping[str, Any]) -> Any:
        if column.primary_key and column.name == "id":
            return hidden_id(label, number) if isinstance(column, models.UUIDField) else BIG + number + 1
        if said.get(column.name) is not None:
            return said[column.name]
        if column.name in _ENVELOPE or column.name in _QUESTION:
            return _ENVELOPE.get(column.name, _QUESTION.get(column.name))
        if isinstance(column, models.ForeignKey):
            return self._pointed(column, label)
        return self._plain(label, column, number)

    def _pointed(self, column: Any, label: str) -> Any:
        target = column.related_model._meta.label
        if target == "bureaus.Organisation":
            return self.house.pk
        if label == "identity.Judgement" and target == "records.Entity":
            return self._end(column.name)
        return self.around.get(label) if target == label else self._at(target)

    def _end(self, name: str) -> Any:
        """One of two things, of which the smaller id stands on the left."""
        hidden = (hidden_id("records.Entity", 0), hidden_id("records.Entity", 1))
        left, right = sorted((self.around["records.Entity"], self.around[OTHER_THING]) if self.around else hidden)
        return left if name == "left" else right

    def _plain(self, label: str, column: Any, number: int) -> Any:
        match column:
            case models.UUIDField():
                return self._uuid(label, column)
            case models.DateTimeField():
                return None if column.null else clock.now() - timedelta(minutes=number)
            case models.DateField():
                return None if column.null else clock.today()
            case models.JSONField():
                return self._json(label, column.name)
            case models.TextField() | models.CharField():
                return self._text(label, column, number)
            case models.BinaryField():
                return b"sealed"
            case ArrayField():
                return []
        return column.get_default() if column.has_default() else None if column.null else 1

    def _uuid(self, label: str, column: Any) -> Any:
        if column.name in ("record", "subject_id", "copy_of"):
            return (
                hidden_id(label, 99) if label == "privacy.CaseRecord" else self.around.get("records.Report", hidden_id("records.Report", 0))
            )
        if column.name == "organisation":
            return self.house.pk
        if label == "handling.AuditAlert" and column.name == "person":
            return self.watcher  # of whom no alert is his own to see
        return None if column.null and column.name not in ("about",) else self.person

    def _json(self, label: str, name: str) -> Any:
        person = PERSON | {
            "names": [f"{word(label)} Vlimmerach"],
            "documents": [{"number": f"{NUMBER}-1", "kind": "passport", "country": HOUSE}],
        }
        person |= {"family_name": "Vlimmerach", "given_names": word(label), "birth_date": "1944-04-14", "nationalities": [HOUSE]}
        said = {
            "content": {"person": person, "asked": f"Ask {word(label)}.", "allowed_actions": ["inform_bureau"]},
            "properties": person,
            "traveller": {"name": f"{word(label)} Vlimmerach", "document": f"{NUMBER}-1", "birth": "1944-04-14"},
            "assessment": {"number": f"{NUMBER}-2", "author": word(label), "date": "2026-01-01", "ground": "conviction"},
            "body": {"text": word(label)},
            "before": {"names": [word(label)]},
            "reasons": [],
            "citations": [],
        }
        return said.get(name, [] if name == "effect" else {})

    def _text(self, label: str, column: Any, number: int) -> Any:
        longest = getattr(column, "max_length", None) or 2000
        if column.has_default() and column.get_default():
            return column.get_default()
        if column.choices:
            return column.choices[0][0]
        if column.name == "number" and label == "notices.Notice":
            return f"{NUMBER}-N{number}"
        if column.unique or longest == 64:
            return f"{number + BIG:064d}"[-longest:]
        return f"{word(label)} {NUMBER}-{number}"[:longest] if longest >= 20 and column.name not in ("event_text", "owner_country") else ""

    def _beside(self) -> None:
        """Name what lies beside the owned tables: the house, its people, their keys for signing in, and a grant of another country."""
        from allauth.mfa.models import Authenticator

        Authenticator.objects.using("owner").get_or_create(
            id=BIG + 1, user_id=self.person, type="webauthn", data={"name": word("mfa.Authenticator")}
        )
        self.made.ids["mfa.Authenticator"] = [BIG + 1]
        self.made.ids["bureaus.Grant"] = [Grant.objects.using("owner").get(entity__code="FRA-border").pk]
        self.made.ids["bureaus.Account"] = [self.person]
        self.made.ids["bureaus.Organisation"] = [self.house.pk]


def _hangs(model: type[models.Model]) -> bool:
    """Whether rows point at a record, by a key or by its id."""
    names = {each.name for each in model._meta.concrete_fields}
    return bool(names & {"record", "subject_id", "copy_of", "about", "report", "notice", "hit", "left"}) and model._meta.label not in {
        "handling.AuditEntry",
        "handling.AuditAlert",
        "privacy.CaseRecord",
        "privacy.Reminder",
    }


def _model(label: str) -> type[models.Model]:
    return next(model for model in tables() if model._meta.label == label)


def police(world: Any) -> frozenset[str]:
    """Return the people of police organisations."""
    kinds = (OrganisationKind.SECRETARIAT, OrganisationKind.BUREAU, OrganisationKind.NATIONAL_ENTITY)
    return frozenset(who for who, account in world.people.items() if account.organisation.kind in kinds)


def may_know(walk: Any, who: str, label: str) -> bool:
    """Whether somebody may know of the hidden rows of a table, by the rules."""
    return who in OWN_PEOPLE or who in OPEN_TO.get(label, frozenset()) or (label in SHARED and who in police(walk.world))


def role_of(walk: Any, who: str) -> str:
    """Return somebody's role, "" for a stranger."""
    return str(walk.world.people[who].role) if who else ""


def thorough(walk: Any, who: str, name: str, line: Line) -> bool:
    """Whether somebody is the one who tries an address in every way: one of those for whom it is meant, by its name."""
    meant = [each for each in walk.programs if role_of(walk, each) in line.roles and each not in OWN_PEOPLE]
    return bool(meant) and who == meant[crc32(name.encode()) % len(meant)]
