"""What a model declares of its rows: who finds, files and changes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from isotrace.engine.policy import Verb
from isotrace.engine.policy.rules import term_for
from isotrace.engine.policy.terms import Term


@dataclass(frozen=True, slots=True)
class Rights:
    """The terms of one table; `database` is the kind of record that roles open."""

    database: str
    find: Term = term_for(Verb.FIND)
    file: Term = term_for(Verb.FILE)
    edit: Term | None = term_for(Verb.EDIT)

    def term(self, verb: Verb) -> Term:
        """Return the term of `verb`; reading is finding and opening. Raises PermissionError where nobody may."""
        chosen = {Verb.FIND: self.find, Verb.READ: self.find, Verb.FILE: self.file, Verb.EDIT: self.edit}[verb]
        if chosen is None:
            raise PermissionError(f"Nobody may {verb} in {self.database}.")
        return chosen


def owned_models() -> Iterator[tuple[type[models.Model], Rights]]:
    """Yield every model that holds owned data, with its rights."""
    for model in apps.get_models():
        rights: Any = getattr(model, "rights", None)
        if isinstance(rights, Rights):
            yield model, rights
