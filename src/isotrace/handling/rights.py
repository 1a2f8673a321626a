"""What a model declares of its rows: who finds, files, changes and deletes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from isotrace.engine.policy import Verb
from isotrace.engine.policy.rules import term_for
from isotrace.engine.policy.terms import AllOf, Term, Through, factored, renamed

_FIND, _FILE, _EDIT = (term_for(verb) for verb in (Verb.FIND, Verb.FILE, Verb.EDIT))
_BY_FINDING = (Verb.FIND, Verb.FILE, Verb.EDIT, Verb.RAISE, Verb.LOWER, Verb.DELETE, Verb.BLOCK)
_BY_FINDING = (Verb.FIND, Verb.FILE, Verb.EDIT, Verb.RAISE, Verb.LOWER, Verb.DELETE, Verb.BLOCK)
_AT_END = {Verb.KNOW: Verb.KNOW, **dict.fromkeys(_BY_FINDING, Verb.FIND)}
"""What must be allowed at both ends of a record that joins others; whatever opens the record asks to read them."""


@dataclass(frozen=True, slots=True)
class Rights:
    """The terms of one table; `database` is the kind of record that roles open, `root` the column of the record that decides.

    A table with a `find` of its own lies under no envelope: what the rules say beyond find, file and edit, nobody may there.
    `also` is what a table under an envelope asks beyond the rules, whatever somebody wants to do. `ends` are pairs of a foreign key and
    the model that it points at, as "records.Entity": who may not find those records finds nothing of this one, and who may not read
    them does not read it.
    """

    database: str
    find: Term = _FIND
    file: Term = _FILE
    edit: Term | None = _EDIT
    root: str = "id"
    also: Term | None = None
    ends: tuple[tuple[str, str], ...] = ()

    @property
    def enveloped(self) -> bool:
        """Whether the rows lie under an envelope."""
        return self.find is _FIND

    def term(self, verb: Verb) -> Term:
        """Return the term of `verb`, as a database is asked it. Raises PermissionError where nobody may."""
        return _term(self, verb)


@cache
def _term(rights: Rights, verb: Verb) -> Term:
    chosen = {Verb.FIND: rights.find, Verb.FILE: rights.file, Verb.EDIT: rights.edit}.get(verb)
    if verb not in {Verb.FIND, Verb.FILE, Verb.EDIT}:
        chosen = term_for(verb) if rights.enveloped else {Verb.KNOW: rights.find, Verb.READ: rights.find}.get(verb)
    if chosen is None:
        raise PermissionError(f"Nobody may {verb} in {rights.database}.")
    whole = AllOf(chosen, rights.also) if rights.also else chosen
    written: Term = factored(renamed(whole, "root", rights.root))
    ends = tuple(_end(name, apps.get_model(label), at_end(verb)) for name, label in rights.ends)
    return AllOf(*(written.parts if isinstance(written, AllOf) else (written,)), *ends) if ends else written


def at_end(verb: Verb) -> Verb:
    """Return what must be allowed at both ends of a record that joins others, for somebody who wants to do `verb` with it."""
    return _AT_END.get(verb, Verb.READ)


def _end(name: str, model: type[models.Model], verb: Verb) -> Term:
    rights: Rights = model.rights  # type: ignore[attr-defined]
    column = f"{name}_id"
    if column in {each.column for each in model._meta.concrete_fields}:
        raise ValueError(f"{model.__name__} has a column {column} as well: call the end otherwise.")
    return Through(column, model._meta.db_table, rights.database, rights.term(verb))


def owned_models() -> Iterator[tuple[type[models.Model], Rights]]:
    """Yield every model that holds owned data, with its rights."""
    for model in apps.get_models():
        rights: Any = getattr(model, "rights", None)
        if isinstance(rights, Rights):
            yield model, rights
