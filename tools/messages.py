"""Sentences of the product in every language: extract | compile | pseudo | check.

extract  finds the sentences in Python, templates, islands and the schema, and brings every catalogue up to date
compile  makes what server and browser read, also of the pseudo-language en-xa
pseudo   makes the pseudo-language only
check    fails when a sentence was not extracted, or a translation lost a placeholder
"""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.catalogue import sources, store  # noqa: E402

_NEIGHBOURS = (
    ("django", "conf/locale"),
    ("django", "contrib/auth/locale"),
    ("django", "contrib/humanize/locale"),
    ("allauth", "locale"),
)


def extract() -> int:
    """Bring template and catalogues up to date."""
    template = store.template_of(sources.everything())
    store.save(store.TEMPLATE, template)
    for language in store.LANGUAGES:
        catalog = store.merge(language, template)
        store.save(store.path_of(language), catalog)
        done, of = store.counted(catalog)
        print(f"{language}: {done} of {of} sentences translated")
    return 0


def compile_all() -> int:
    """Make what server and browser read."""
    for language in store.LANGUAGES:
        store.compile_catalog(language, store.load(language))
    return pseudo()


def pseudo() -> int:
    """Make the pseudo-language of the template."""
    with store.TEMPLATE.open("rb") as source:
        template = store.read_po(source)
    catalog = store.pseudo_catalog(template, _neighbours())
    store.compile_catalog(store.PSEUDO, catalog)
    return 0


def _neighbours() -> Iterator[Path]:
    for package, folder in _NEIGHBOURS:
        spec = importlib.util.find_spec(package)
        for home in (spec.submodule_search_locations or []) if spec else []:
            path = Path(home, folder, "en", "LC_MESSAGES", "django.po")
            if path.exists():
                yield path


def check() -> int:
    """Say what is out of date or wrong; 1 if anything is."""
    template = store.template_of(sources.everything())
    wrong = []
    if not store.TEMPLATE.exists() or store.TEMPLATE.read_text(encoding="utf-8") != store.text_of(template):
        wrong.append("The catalogue is out of date. Run: python tools/messages.py extract")
    for language in store.LANGUAGES:
        catalog = store.load(language)
        wrong += store.faults(language, catalog)
        done, of = store.counted(catalog)
        print(f"{language}: {done} of {of} sentences translated")
    print("\n".join(wrong) if wrong else "Catalogues are up to date.")
    return 1 if wrong else 0


def main(arguments: list[str]) -> int:
    """Run one of the four."""
    verbs = {"extract": extract, "compile": compile_all, "pseudo": pseudo, "check": check}
    if len(arguments) != 1 or arguments[0] not in verbs:
        print(f"usage: python tools/messages.py {' | '.join(verbs)}", file=sys.stderr)
        return 2
    return verbs[arguments[0]]()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
