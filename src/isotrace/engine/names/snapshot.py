"""A list of people as one immutable file: read by mapping it into memory, shared by all processes that do."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Self, overload

import numpy as np

from isotrace.engine.errors import InputError
from isotrace.engine.names.fields import SEXES, birth_numbers, country_numbers, place_numbers
from isotrace.engine.names.grams import GRAMS, grams_of_word
from isotrace.engine.names.judging import Names
from isotrace.engine.names.kernel import Words
from isotrace.engine.names.names import Laid, lay_names
from isotrace.engine.names.near import Grams, Near, near_table
from isotrace.engine.names.person import Person, checked
from isotrace.engine.names.proposing import cards
from isotrace.engine.names.travel import document_key
from isotrace.engine.names.vocabulary import sound_tables, word_of
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_

MAGIC = b"ISOTRACE NAMES 2\n"
_ALIGNED = 64
Arrays = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The list as arrays; `version` is of its content, `rights` are the keys that entries carry."""

    arrays: Mapping[str, Any]
    laid: Laid
    grams: Grams
    near: Near
    rights: tuple[str, ...]
    version: str

    @classmethod
    def of(cls, people: Iterable[Person]) -> Self:
        """Build a list in memory. Raises InputError for a name that nobody has."""
        return cls._from(_built(list(people)))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map the file at `path`; the pages of the file are read when they are needed. Raises InputError if it is none of ours."""
        try:
            return cls._mapped(path)
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise InputError(
                N_("The file %(path)s does not hold a list of people, or only a part of one. Build it again."), path=path.name
            ) from error

    @classmethod
    def _mapped(cls, path: Path) -> Self:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise ValueError(MAGIC)
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        whole = np.memmap(path, np.uint8, "c")
        arrays = {}
        for name, (kind, start, count) in header["arrays"].items():
            end = start + count * np.dtype(kind).itemsize
            if end > len(whole):
                raise ValueError(name)
            arrays[name] = np.frombuffer(whole, np.dtype(kind), count, start)
        return cls._from(arrays)

    @classmethod
    def _from(cls, arrays: Arrays) -> Self:
        words = Words(*(arrays[f"word_{name}"] for name in Words._fields))
        names = Names(*(arrays[f"name_{name}"] for name in Names._fields))
        grams = Grams(*(arrays[f"gram_{name}"] for name in Grams._fields))
        near = Near(*(arrays[f"near_{name}"] for name in Near._fields))
        head = json.loads(arrays["head"].tobytes())
        laid = Laid(words, names, _Texts(arrays["folded_ends"], arrays["folded"]), arrays["of_name"])
        return cls(arrays, laid, grams, near, tuple(head["rights"]), head["version"])

    def __len__(self) -> int:
        return len(self.arrays["rights"])

    def save(self, path: Path) -> None:
        """Write the file; whoever has an older one open keeps reading that."""
        header, start = {}, _ALIGNED * 1_024
        for name, array in self.arrays.items():
            header[name] = (array.dtype.str, start, len(array))
            start += -(-array.nbytes // _ALIGNED) * _ALIGNED
        head = json.dumps({"arrays": header}).encode()
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        with new.open("wb") as file:
            file.write(MAGIC + len(head).to_bytes(8, "little") + head)
            for name, array in self.arrays.items():
                file.seek(header[name][1])
                file.write(array.tobytes())
            file.truncate(max(start, file.tell()))
        new.replace(path)

    def word(self, folded: str) -> int:
        """The number of a word of the list, -1 if nobody has it."""
        keys, key = self.arrays["spelt_value"], key_number(folded)
        place = int(np.searchsorted(keys, key))
        return int(self.arrays["spelt_word"][place]) if place < len(keys) and keys[place] == key else -1

    def near_words(self, word: int) -> Near:
        """The words of the list that read like that word of it."""
        start, end = self.arrays["near_ends"][word : word + 2].tolist()
        return Near(*(column[start:end] for column in self.near))

    def person(self, number: int) -> Person:
        """Return an entry as it was given."""
        start, end = self.arrays["text_ends"][number : number + 2]
        kept = json.loads(self.arrays["text"][start:end].tobytes())
        return Person(
            id=kept["id"],
            names=tuple(kept["names"]),
            births=tuple(PartialDate.parse(text) for text in kept.get("births", ())),
            nationalities=frozenset(kept.get("nationalities", ())),
            documents=frozenset((text, country) for text, country in kept.get("documents", ())),
            sex=kept.get("sex"),
            places=tuple(kept.get("places", ())),
            rights=self.rights[self.arrays["rights"][number]],
        )

    def id(self, number: int) -> str:
        """Return an entry's id."""
        return _Texts(self.arrays["id_ends"], self.arrays["ids"])[number]

    def people(self) -> Iterator[Person]:
        """Yield every entry."""
        return map(self.person, range(len(self)))


class _Texts(Sequence[str]):
    """Texts behind each other, each decoded when it is asked for."""

    def __init__(self, ends: Any, content: Any) -> None:
        self._ends, self._content = ends, content

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[n] for n in range(len(self))[number]]
        return str(self._content[self._ends[number] : self._ends[number + 1]].tobytes(), "utf-8")


def build_snapshot(path: Path, people: Iterable[Person]) -> Snapshot:
    """Build the list of `people`, write it to `path` and return it mapped."""
    Snapshot.of(people).save(path)
    return Snapshot.open(path)


def _head(arrays: Arrays, rights: Sequence[str]) -> Any:
    """The keys of rights and the version: the same entries in the same order have the same."""
    digest = sha256(json.dumps(rights).encode())
    digest.update(arrays["text"].tobytes())
    digest.update(arrays["rights"].tobytes())
    return np.frombuffer(bytearray(json.dumps({"rights": rights, "version": digest.hexdigest()[:16]}).encode()), np.uint8)


def _built(people: list[Person]) -> Arrays:
    laid = lay_names(checked(person.names) for person in people)
    arrays: Arrays = {f"word_{name}": array for name, array in zip(Words._fields, laid.words, strict=True)}
    arrays |= {f"name_{name}": array for name, array in zip(Names._fields, laid.names, strict=True)}
    arrays["of_name"] = np.array(laid.of_name, np.int32)
    arrays |= _postings(laid.names, len(laid.folded)) | _near(laid.folded, laid.words) | _spelt(laid.folded) | _kept_texts(people)
    arrays |= _fields(people, arrays["shortest"])
    rights = tuple(dict.fromkeys(person.rights for person in people))
    number = {key: i for i, key in enumerate(rights)}
    arrays["rights"] = np.array([number[person.rights] for person in people], np.int32)
    return arrays | {"head": _head(arrays, rights)}


def _ragged(name: str, rows: Sequence[Any], kind: Any = np.int32) -> Arrays:
    """Rows of different lengths as values and ends."""
    ends = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    values = np.fromiter(chain.from_iterable(rows), kind, int(ends[-1]))
    return {f"{name}_ends": ends, name: values}


def _inverted(name: str, keys: Any, values: Any, size: int) -> Arrays:
    """For each key from 0 to `size` the distinct values that it stands with, in order."""
    pairs = np.unique(np.stack([keys, values], axis=1), axis=0) if len(keys) else np.zeros((0, 2), np.int64)
    return {f"{name}_ends": np.searchsorted(pairs[:, 0], np.arange(size + 1)), name: pairs[:, 1].astype(np.int32)}


def _postings(names: Names, words: int) -> Arrays:
    """Who has each word, and how many words the shortest name of each person has."""
    form_of = np.repeat(np.arange(len(names.forms) - 1), np.diff(names.forms))
    lengths = np.diff(names.ends)
    person_of = np.repeat(form_of, lengths)
    shortest = np.full(len(names.forms) - 1, 255, np.int64)
    np.minimum.at(shortest, form_of, lengths)
    return _inverted("posted", names.words.astype(np.int64), person_of, words) | {"shortest": shortest.astype(np.uint8)}


def _near(folded: Sequence[str], words: Words) -> Arrays:
    """Which words have each gram, and for each word those that read like it."""
    rows = [grams_of_word(word) for text in folded if (word := word_of(text)) is not None]
    own = _ragged("own", rows)
    number = np.repeat(np.arange(len(rows)), np.diff(own["own_ends"]))
    found = _inverted("gram_words", own["own"].astype(np.int64), number, GRAMS)
    grams = Grams(found["gram_words_ends"], found["gram_words"], np.array([len(row) for row in rows], np.uint8))
    ends, near = near_table(words, own["own_ends"], own["own"], grams, sound_tables())
    return (
        {f"gram_{name}": column for name, column in zip(Grams._fields, grams, strict=True)}
        | {f"near_{name}": column for name, column in zip(Near._fields, near, strict=True)}
        | {"near_ends": ends}
    )


def _spelt(folded: Sequence[str]) -> Arrays:
    """The words, and by their keys, to find the number of one."""
    keys = np.array([key_number(word) for word in folded], np.int64)
    order = np.argsort(keys, kind="stable")
    return {"spelt_value": keys[order], "spelt_word": order.astype(np.int32)} | _texts("folded_ends", "folded", folded)


def _fields(people: Sequence[Person], shortest: Any) -> Arrays:
    births = [birth_numbers(person.births) for person in people]
    codes = [country_numbers(person.nationalities) for person in people]
    places = [place_numbers(person.places) for person in people]
    sexes = np.array([SEXES.get(person.sex or "", 0) for person in people], np.int32)
    keys = [[key_number(key) for number, _ in person.documents if (key := document_key(number))] for person in people]
    return (
        _ragged("births", births)
        | _ragged("nationalities", codes)
        | _ragged("places", places)
        | {"card": cards(births, codes, places, sexes, shortest)}
        | _sorted("born", births, np.int32)
        | _sorted("papers", keys, np.int64)
    )


def _sorted(name: str, rows: Sequence[Any], kind: Any) -> Arrays:
    """Values in order, and whose they are."""
    values = np.fromiter(chain.from_iterable(rows), kind)
    people = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])
    order = np.lexsort((people, values))
    return {f"{name}_value": values[order], f"{name}_person": people[order]}


def key_number(key: str) -> int:
    """A document key as a number of 63 bits."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "little") >> 1


def _kept_texts(people: Sequence[Person]) -> Arrays:
    kept = [json.dumps(_kept(person), ensure_ascii=False, separators=(",", ":")) for person in people]
    return _texts("text_ends", "text", kept) | _texts("id_ends", "ids", [person.id for person in people])


def _texts(ends: str, name: str, texts: Sequence[str]) -> Arrays:
    rows = [text.encode() for text in texts]
    return {ends: np.cumsum([0, *map(len, rows)], dtype=np.int64), name: np.frombuffer(bytearray(b"".join(rows)), np.uint8)}


def _kept(person: Person) -> dict[str, Any]:
    row = {
        "id": person.id,
        "names": person.names,
        "births": [str(birth) for birth in person.births],
        "nationalities": sorted(person.nationalities),
        "documents": sorted(person.documents, key=str),
        "sex": person.sex,
        "places": person.places,
    }
    return {name: value for name, value in row.items() if value or name in ("id", "names")}
