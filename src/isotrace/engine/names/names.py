"""Names of people laid out for the loops: one vocabulary, and for each person the forms of the names as numbers of words."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from isotrace.engine.names.judging import Names
from isotrace.engine.names.kernel import Words
from isotrace.engine.names.tokens import forms
from isotrace.engine.names.vocabulary import Word, lay_out, word_of

MOST_FORMS = 60
"""Forms of one person's names beyond these are left out, so that a comparison ends in time."""


class Laid(NamedTuple):
    """A vocabulary, the names in it, the folded words, and of each form which of its person's names it is."""

    words: Words
    names: Names
    folded: Sequence[str]
    of_name: Sequence[int]


def lay_names(people: Iterable[Sequence[str]], *, cut: bool = False) -> Laid:
    """Lay out the names of each of `people`; `cut` lets a word be the start of a longer one: of a name that does not
    fit its field any part may be shortened (ICAO 9303-3 section 4.2.3).
    """
    known: dict[tuple[str, bool], int] = {}
    words: list[Word] = []
    form_ends, flat, person_ends, of_name = [0], [], [0], []
    for names in people:
        parted = [(number, form) for number, name in enumerate(names) for form in forms(name)]
        for number, form in {form: (number, form) for number, form in reversed(parted)}.values():
            numbers = [_number(word, cut, known, words) for word in form]
            readable = [each for each in numbers if each is not None]
            if readable and len(form_ends) - 1 - person_ends[-1] < MOST_FORMS:
                flat += readable
                form_ends.append(len(flat))
                of_name.append(number)
        person_ends.append(len(form_ends) - 1)
    laid = lay_out(words, [number for (_, is_cut), number in known.items() if is_cut])
    names_ = Names(np.array(person_ends, np.int32), np.array(form_ends, np.int32), np.array(flat, np.int32))
    return Laid(laid, names_, tuple(word for word, _ in known), tuple(of_name))


def _number(folded: str, is_cut: bool, known: dict[tuple[str, bool], int], words: list[Word]) -> int | None:
    number = known.get((folded, is_cut))
    if number is None and (word := word_of(folded)) is not None:
        number = known[folded, is_cut] = len(words)
        words.append(word)
    return number
