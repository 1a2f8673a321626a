"""The catalogues: one template, one file a language, and what is made of them."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.catalogue.pseudo import pseudo
from tools.catalogue.sources import PACKAGE, Found, Sentence

LOCALE = PACKAGE / "web" / "locale"
TEMPLATE = LOCALE / "django.pot"
ISLANDS = PACKAGE / "web" / "static" / "built" / "i18n"
LANGUAGES = ("ar", "es", "fr")
PSEUDO = "en_XA"
_DATED = "Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To"
_VOLATILE = re.compile(rf'^"(?:{_DATED}):.*\\n"\n', re.MULTILINE)
_PLACES = re.compile(r"%\(\w+\)[a-z]|</?\w+")


def template_of(found: Found) -> Catalog:
    """Return the template catalogue that holds every sentence found."""
    catalog = Catalog(project="Isotrace", charset="utf-8", fuzzy=False, header_comment="# Sentences of Isotrace.")
    for sentence in sorted(found.files, key=lambda each: (each.text, each.context, each.plural)):
        where = [(name, None) for name in sorted(found.files[sentence])]
        catalog.add(_id(sentence), context=sentence.context or None, locations=where)
    return catalog


def _id(sentence: Sentence) -> str | tuple[str, str]:
    return (sentence.text, sentence.plural) if sentence.plural else sentence.text


def text_of(catalog: Catalog) -> str:
    """Return the catalogue as a .po file without dates and names, so that it changes only when sentences do."""
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, width=120, ignore_obsolete=True, include_lineno=False)
    return _VOLATILE.sub("", out.getvalue().decode())


def path_of(language: str, suffix: str = "po") -> Path:
    """Return where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"


def load(language: str) -> Catalog:
    """Return a language's catalogue, empty where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False, project="Isotrace", header_comment="# Sentences of Isotrace.")
    with path.open("rb") as source:
        return read_po(source, locale=language)


def save(path: Path, catalog: Catalog) -> bool:
    """Write a catalogue; say whether the file changed."""
    text = text_of(catalog)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def merge(language: str, template: Catalog) -> Catalog:
    """Return the language's catalogue with the template's sentences: new ones untranslated, gone ones gone, none guessed."""
    catalog = load(language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def pseudo_catalog(template: Catalog, others: Iterator[Path]) -> Catalog:
    """Return the pseudo-language of our sentences and of those that Django and allauth say."""
    catalog = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for path in others:
        with path.open("rb") as source:
            _speak(catalog, read_po(source, locale="en"))
    _speak(catalog, template)
    return catalog


def _speak(catalog: Catalog, other: Catalog) -> None:
    for message in other:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strange = tuple(pseudo(text) for text in ids)
            catalog.add(message.id, strange if len(ids) > 1 else strange[0], context=message.context, locations=message.locations)


def compile_catalog(language: str, catalog: Catalog) -> None:
    """Write the binary catalogue for the server and the islands' sentences for the browser."""
    path = path_of(language, "mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_mo(target, catalog)
    ISLANDS.mkdir(parents=True, exist_ok=True)
    sentences = {message.id: message.string for message in catalog if message.string and _of_island(message)}
    name = language.replace("_", "-").lower()
    (ISLANDS / f"{name}.json").write_text(json.dumps(sentences, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _of_island(message: Message) -> bool:
    return any(name.endswith(".ts") for name, _line in message.locations)


def faults(language: str, catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with translations: placeholders or tags that differ from the English."""
    for message in catalog:
        if not message.id or not message.string:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {place for text in ids for place in _PLACES.findall(text)}
        for string in filter(None, strings):
            given = set(_PLACES.findall(string))
            if given - wanted or (len(ids) == 1 and given != wanted):
                yield f"{language}: {ids[0]!r} has {sorted(wanted)}, its translation {sorted(given)}"


def counted(catalog: Catalog) -> tuple[int, int]:
    """Return how many sentences are translated, of how many."""
    messages = [message for message in catalog if message.id]
    return sum(1 for message in messages if _whole(message)), len(messages)


def _whole(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)
