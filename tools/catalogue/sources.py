"""Where sentences stand: Python, templates, islands and the schema's YAML; each with the files it stands in."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "isotrace"

_SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop", "N_"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
_LITERAL = r"""(?P<{}>u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))"""
_MORE = r"(?:\s*,\s*{})?"
_TEMPLATE = re.compile(
    r"\b(?P<call>gettext|_|ngettext|pgettext|npgettext)\(\s*"
    + _LITERAL.format("a")
    + _MORE.format(_LITERAL.format("b"))
    + _MORE.format(_LITERAL.format("c"))
)
_ISLAND = re.compile(r"""\bt\(\s*(?P<text>"(?:\\.|[^"\\])*")""")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message id; `plural` and `context` are "" where there are none."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(slots=True)
class Found:
    """All sentences with the files that hold them, relative to the checkout."""

    files: dict[Sentence, set[str]] = field(default_factory=dict)

    def add(self, sentence: Sentence, where: str) -> None:
        if sentence.text:
            self.files.setdefault(sentence, set()).add(where)


def everything() -> Found:
    """Return every sentence of the product that a person may read."""
    found = Found()
    readers: dict[str, Callable[[str], Iterator[Sentence]]] = {
        "*.py": in_python,
        "*.html": in_template,
        "*.txt": in_template,
        "*.ts": in_island,
    }
    for pattern, read in readers.items():
        for path in sorted(PACKAGE.rglob(pattern)):
            if not {"migrations", "static"} & set(path.parts):
                for sentence in read(path.read_text(encoding="utf-8")):
                    found.add(sentence, path.relative_to(ROOT).as_posix())
    for text in _of_schema():
        found.add(Sentence(text), "src/isotrace/engine/schema")
    return found


def in_python(code: str) -> Iterator[Sentence]:
    """Yield the sentences that Python marks by `_`, gettext and its kin, or N_."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (name := _name(node.func)):
            yield from _called(name, [_text(argument) for argument in node.args])


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


def _text(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _called(name: str, texts: list[str | None]) -> Iterator[Sentence]:
    match texts:
        case [str(text), *_] if name in _SINGLE:
            yield Sentence(text)
        case [str(text), str(plural), *_] if name in _PLURAL:
            yield Sentence(text, plural)
        case [str(context), str(text), *_] if name in _CONTEXT:
            yield Sentence(text, context=context)
        case [str(context), str(text), str(plural), *_] if name in _CONTEXT_PLURAL:
            yield Sentence(text, plural, context)


def in_template(source: str) -> Iterator[Sentence]:
    """Yield the sentences of a Django template: translate, blocktranslate and _() in tags."""
    from django.utils.translation.template import templatize

    for call in _TEMPLATE.finditer(templatize(source)):
        texts = [ast.literal_eval(call[part]) if call[part] else None for part in "abc"]
        yield from _called(call["call"], texts)


def in_island(code: str) -> Iterator[Sentence]:
    """Yield the sentences of a TypeScript island: the first argument of t("...")."""
    for call in _ISLAND.finditer(code):
        yield Sentence(ast.literal_eval(call["text"]))


def _of_schema() -> Iterator[str]:
    from isotrace.engine.schema import registry

    yield from registry().message_ids()
