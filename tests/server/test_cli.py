import os
import subprocess
import sys
import time

import pytest

from isotrace import __version__
from isotrace.engine.errors import InputError
from isotrace.server import cli
from isotrace.server.errors import BackupError


def told(capsys, work):
    code = cli.reported(work)
    return code, capsys.readouterr().err


def fail(error):
    raise error


def test_version_is_said(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert (end.value.code, capsys.readouterr().out) == (0, f"isotrace {__version__}\n")


@pytest.mark.parametrize("words", [[], ["nonsense"], ["demo", "--nonsense"], ["serve", "--threads", "0"], ["backup"]])
def test_words_not_understood_end_with_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert (end.value.code, capsys.readouterr().err.splitlines()[0].startswith("usage: isotrace")) == (2, True)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_command_in_the_table_has_its_module_and_help(name, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert (end.value.code, capsys.readouterr().out.startswith(f"usage: isotrace {name}")) == (0, True)


def test_input_error_is_one_line_and_2(capsys):
    assert told(capsys, lambda: fail(InputError("No country %(code)s:\n write another.", code="XX"))) == (
        2,
        "isotrace: No country XX: write another.\n",
    )


def test_known_failure_is_one_line_and_1(capsys):
    assert told(capsys, lambda: fail(BackupError("The database does not answer."))) == (1, "isotrace: The database does not answer.\n")


def test_unknown_failure_is_one_line_without_its_values(capsys):
    code, said = told(capsys, lambda: fail(RuntimeError("Testov Exemplar")))
    assert (code, said.startswith("isotrace: It failed (RuntimeError at "), "Exemplar" in said, said.count("\n")) == (1, True, False, 1)


def test_unknown_failure_shows_all_when_asked(capsys, monkeypatch):
    monkeypatch.setenv("ISOTRACE_DEBUG", "True")
    code, said = told(capsys, lambda: fail(RuntimeError("why")))
    assert (code, "Traceback" in said, "RuntimeError: why" in said) == (1, True, True)


def test_production_without_settings_says_what_is_missing_and_does_not_start():
    bare = {name: value for name, value in os.environ.items() if not name.startswith("ISOTRACE_") and name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "isotrace", "serve"], env=bare | {"PYTHONPATH": "src"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.startswith("isotrace: Not set: ISOTRACE_APP_URL, ")) == (2, "", True)


def test_help_is_quick_because_nothing_heavy_is_imported():
    code = "import sys; from isotrace.server.cli import main\ntry: main(['--help'])\nexcept SystemExit: print([m for m in ('django', 'psycopg', 'granian') if m in sys.modules])"
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": "src"}, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert time.monotonic() - began < 5
