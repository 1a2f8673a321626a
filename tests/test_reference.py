"""The reference that is committed is the one that the code makes now."""

import argparse
import json

import pytest

from tools import reference
from tools.pages import commands, configuration, interface
from tools.pages.text import join, table


@pytest.fixture(scope="module")
def made():
    return reference.pages()


@pytest.mark.parametrize("name", ["openapi.json", "api.md", "command-line.md", "configuration.md", "data-model.md"])
def test_committed_page_is_the_one_that_the_code_makes(made, name):
    assert (reference.FOLDER / name).read_text(encoding="utf-8") == made[name], "run make docs"


def test_published_document_is_the_one_of_the_service(world, client, made):
    assert client.get("/api/v1/openapi.json").json() == json.loads(made["openapi.json"])


def test_every_operation_has_its_heading(made):
    document = json.loads(made["openapi.json"])
    wanted = {f"### {method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert {line for line in made["api.md"].splitlines() if line.startswith("### ") and " /" in line} == wanted


def test_every_operation_needs_a_key_and_describes_itself():
    for methods in interface.schema()["paths"].values():
        for operation in methods.values():
            assert operation["security"] == [{"Key": []}]
            assert operation["description"]
            assert {"401", "404", "422"} <= {str(status) for status in operation["responses"]}


def test_variable_that_nobody_described_is_named(monkeypatch):
    monkeypatch.setitem(configuration.SERVICE, "ISOTRACE_MADE_UP", ("", "Sample."))
    with pytest.raises(LookupError, match="ISOTRACE_MADE_UP"):
        configuration.page()


def test_command_with_steps_tells_what_each_takes(monkeypatch):
    class Module:
        @staticmethod
        def add_arguments(parser: argparse.ArgumentParser) -> None:
            steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
            step = steps.add_parser("file", help="file a thing")
            step.add_argument("path", nargs="*")
            step.add_argument("--until", required=True, help="last day")
            step.add_argument("--kind", choices=("a", "b"), default="a")

    monkeypatch.setattr(commands, "import_module", lambda name: Module)
    assert list(commands.command("sample", "try it")) == [
        "## isotrace sample",
        "Try it.",
        "```\nisotrace sample STEP\n```",
        "",
        "",
        "### isotrace sample file",
        "File a thing.",
        "```\nisotrace sample file [PATH ...] --until UNTIL [--kind KIND]\n```",
        (
            "| what | meaning | default |\n|---|---|---|\n| `PATH` |  | must be given |\n"
            "| `--until UNTIL` | last day | must be given |\n| `--kind KIND` | one of `a`, `b` | `a` |"
        ),
    ]


def test_table_without_rows_is_nothing_and_bars_are_escaped():
    assert table(("a", "b"), []) == ""
    assert table(("a", "b"), [("x|y", "two\nlines")]) == "| a | b |\n|---|---|\n| x\\|y | two lines |"
    assert join("# Title", "", "text\n") == "# Title\n\ntext\n"
