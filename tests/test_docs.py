"""What the documents point at is there: files, headings, tests, commands, targets and variables."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from isotrace.server.cli import COMMANDS
from tools.catalogue.sources import everything
from tools.pages.configuration import named

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
SETTING_UP = {"ISOTRACE_BOOTSTRAP_VIA", "ISOTRACE_SHARED"}

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def headings(page: Path) -> frozenset[str]:
    """The anchors of a page: lower case, marks left out, blanks as hyphens."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles)


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere in this checkout."""
    wrong = []
    for target in LINK.findall(FENCE.sub("", text(page))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in headings(path)):
            wrong.append(target)
    return wrong


@pages
def test_links_of_a_page_resolve(page):
    assert broken(page) == []


def test_broken_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](#one) [b](#two) [c](none.md) [d](https://example.org) ![e](none.png)\n```\n[f](none.md)\n```\n")
    assert broken(page) == ["#two", "none.md", "none.png"]


@pages
def test_paths_that_a_page_names_exist(page):
    spans = {span for span in SPAN.findall(text(page)) if re.match(r"(src|tests|tools|docs|demo|bench)/[\w./-]+$", span)}
    assert {span for span in spans if not (ROOT / span).exists()} == set()


def named_tests(page: Path) -> list[tuple[str, str]]:
    """The tests that a page names, each with the file that is named before it."""
    found, last = [], ""
    for span in SPAN.findall(text(page)):
        if span.startswith("tests/"):
            last = span
        elif re.fullmatch(r"test_\w+", span):
            found.append((last, span))
    return found


@pages
def test_tests_that_a_page_names_exist(page):
    assert [(path, name) for path, name in named_tests(page) if not path or f"def {name}(" not in text(ROOT / path)] == []


@pages
def test_commands_and_targets_that_a_page_names_exist(page):
    said = text(page)
    targets = set(re.findall(r"\bmake ([a-z][a-z0-9-]+)\b", " ".join([*SPAN.findall(said), *FENCE.findall(said)])))
    known = set(re.findall(r"^([a-z0-9-]+)(?=[^=\n]*:)", text(ROOT / "Makefile"), re.MULTILINE))
    assert targets - known == set()
    assert set(re.findall(r"`(?:\.venv/bin/)?isotrace ([a-z][a-z-]*)", said)) - set(COMMANDS) == set()


@pages
def test_variables_that_a_page_names_are_read(page):
    variables = {name.removesuffix("_FILE") for name in re.findall(r"\bISOTRACE_[A-Z_]*[A-Z]\b", text(page))}
    assert variables - named() - SETTING_UP == set()


@pytest.mark.parametrize("name", ["analyst", "border-officer", "bureau-officer", "reviewer"])
def test_guide_calls_things_what_the_screen_calls_them(name):
    sentences = {sentence.text for sentence in everything().files}
    bold = set(re.findall(r"\*\*([^*]+?)\*\*", text(ROOT / "docs" / "guides" / f"{name}.md").replace("\n", " ")))
    assert {words for words in bold if " ".join(words.split()) not in sentences and not words.endswith(".")} == set()


def test_threat_model_names_a_test_for_every_threat():
    rows = [line for line in text(ROOT / "THREAT_MODEL.md").splitlines() if line.startswith("| T")]
    assert [row for row in rows if not re.search(r"`tests/[\w/]+\.py` `test_\w+`", row)] == []
    assert len(rows) > 20


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "adr"
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", text(folder / "README.md")))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def test_licence_is_the_whole_apache_licence():
    lines = text(ROOT / "LICENSE").splitlines()
    assert (len(lines), lines[0].strip(), lines[-1].strip()) == (201, "Apache License", "limitations under the License.")


def test_nothing_names_this_machine_or_a_registry():
    tracked = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    words = re.compile(r"/work/|/root/|pypi\.org|npmjs\.(org|com)")
    assert [name for name in tracked if words.search(text(ROOT / name))] == []
