"""A list of people as one immutable file: read by mapping it into memory, shared by all processes that do."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np

from isotrace.engine.errors import InputError
from isotrace.engine.names.fields import SEXES, birth_numbers, country_numbers, place_numbers
from isotrace.engine.names.grams import GRAMS, grams_of_word
from isotrace.engine.names.judging import Names
from isotrace.engine.names.kernel import Words
from isotrace.engine.names.names import lay_names
from isotrace.engine.names.person import Person, checked
from isotrace.engine.names.travel import document_key
from isotrace.engine.names.vocabulary import word_of
from isotrace.engine.schema.partial import PartialDate
from isotrace.engine.text import N_

MAGIC = b"ISOTRACE NAMES 1\n"
_ALIGNED = 64
Arrays = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The list as arrays; `version` is of its content, `rights` are the keys that entries carry."""

    arrays: Mapping[str, Any]
    words: Words
    names: Names
    rights: tuple[str, ...]
    version: str

    @classmethod
    def of(cls, people: Iterable[Person]) -> Self:
        """Build a list in memory. Raises InputError for a name that nobody has."""
        arrays, rights = _built(list(people))
        return cls._from(arrays, rights, _version(arrays, rights))

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
        return cls._from(arrays, tuple(header["rights"]), header["version"])

    @classmethod
    def _from(cls, arrays: Arrays, rights: tuple[str, ...], version: str) -> Self:
        words = Words(*(arrays[f"word_{name}"] for name in Words._fields))
        names = Names(*(arrays[f"name_{name}"] for name in Names._fields))
        return cls(arrays, words, names, rights, version)

    def __len__(self) -> int:
        return len(self.arrays["sex"])

    def save(self, path: Path) -> None:
        """Write the file; whoever has an older one open keeps reading that."""
        header, start = {}, _ALIGNED * 1_024
        for name, array in self.arrays.items():
            header[name] = (array.dtype.str, start, len(array))
            start += -(-array.nbytes // _ALIGNED) * _ALIGNED
        head = json.dumps({"arrays": header, "rights": self.rights, "version": self.version}).encode()
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        with new.open("wb") as file:
            file.write(MAGIC + len(head).to_bytes(8, "little") + head)
            for name, array in self.arrays.items():
                file.seek(header[name][1])
                file.write(array.tobytes())
            file.truncate(max(start, file.tell()))
        new.replace(path)

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
        start, end = self.arrays["id_ends"][number : number + 2]
        return bytes(self.arrays["ids"][start:end]).decode()

    def people(self) -> Iterator[Person]:
        """Yield every entry."""
        return map(self.person, range(len(self)))


def build_snapshot(path: Path, people: Iterable[Person]) -> Snapshot:
    """Build the list of `people`, write it to `path` and return it mapped."""
    Snapshot.of(people).save(path)
    return Snapshot.open(path)


def _version(arrays: Arrays, rights: Sequence[str]) -> str:
    """The same entries in the same order have the same version."""
    digest = sha256(json.dumps(rights).encode())
    digest.update(arrays["text"].tobytes())
    digest.update(arrays["rights"].tobytes())
    return digest.hexdigest()[:16]


def _built(people: list[Person]) -> tuple[Arrays, tuple[str, ...]]:
    laid = lay_names(checked(person.names) for person in people)
    arrays: Arrays = {f"word_{name}": array for name, array in zip(Words._fields, laid.words, strict=True)}
    arrays |= {f"name_{name}": array for name, array in zip(Names._fields, laid.names, strict=True)}
    arrays["of_name"] = np.array(laid.of_name, np.int32)
    arrays |= _postings(laid.names, len(laid.folded)) | _gram_index(laid.folded) | _fields(people) | _texts(people)
    rights = tuple(dict.fromkeys(person.rights for person in people))
    number = {key: i for i, key in enumerate(rights)}
    arrays["rights"] = np.array([number[person.rights] for person in people], np.int32)
    return arrays, rights


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


def _gram_index(folded: Sequence[str]) -> Arrays:
    rows = [grams_of_word(word) for text in folded if (word := word_of(text)) is not None]
    ragged = _ragged("own_grams", rows)
    words = np.repeat(np.arange(len(rows)), np.diff(ragged["own_grams_ends"]))
    counts = np.array([len(row) for row in rows], np.uint8)
    return _inverted("grams", ragged["own_grams"].astype(np.int64), words, GRAMS) | {"gram_count": counts}


def _fields(people: Sequence[Person]) -> Arrays:
    births = [birth_numbers(person.births) for person in people]
    keys = [[key_number(key) for number, _ in person.documents if (key := document_key(number))] for person in people]
    return (
        _ragged("births", births)
        | _ragged("nationalities", [country_numbers(person.nationalities) for person in people])
        | _ragged("places", [place_numbers(person.places) for person in people])
        | {"sex": np.array([SEXES.get(person.sex or "", 0) for person in people], np.uint8)}
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


def _texts(people: Sequence[Person]) -> Arrays:
    kept = [json.dumps(_kept(person), ensure_ascii=False, separators=(",", ":")).encode() for person in people]
    ends = np.cumsum([0, *map(len, kept)], dtype=np.int64)
    ids = [person.id.encode() for person in people]
    return {
        "text_ends": ends,
        "text": np.frombuffer(bytearray(b"".join(kept)), np.uint8),
        "id_ends": np.cumsum([0, *map(len, ids)], dtype=np.int64),
        "ids": np.frombuffer(bytearray(b"".join(ids)), np.uint8),
    }


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
