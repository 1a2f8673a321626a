"""The command line: one module a command, imported only when it is asked for."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Protocol, cast

from isotrace import __version__
from isotrace.engine.errors import InputError
from isotrace.server.errors import ServerError

COMMANDS = {
    "demo": "show the whole on this machine, with an invented sample world",
    "check": "check a traveller against the published notices",
    "import": "import a file into reports, or say what that would change",
    "account": "add, list, change or end accounts",
    "organisation": "add, list or change organisations",
    "token": "make or end a token for the programming interface",
    "serve": "answer web requests",
    "worker": "do background jobs",
    "migrate": "bring the database to this release",
    "upgrade": "back up, migrate and verify",
    "backup": "write a backup of the database",
    "restore": "replace the database by a backup",
    "audit": "examine, seal and sign the chain of the audit trail",
    "privacy": "check proofs of deletion, and delete again what a backup brought back",
    "check-ready": "say what keeps this installation from serving",
}


class Command(Protocol):
    """What a module in `isotrace.server.commands` has."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it and return the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 2 for bad input, 1 for what failed; each with one line that says what to do."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = _command(words[0]) if words and words[0] in COMMANDS else None
    args = _parser(words[0] if command else "", command).parse_args(words)
    return reported(lambda: command.run(args)) if command else 2


def reported(work: Callable[[], int]) -> int:
    """Do the work and return its exit code, or tell what went wrong in one line and return 2 (bad input) or 1."""
    try:
        return work()
    except InputError as error:
        several: list[InputError] = getattr(error, "errors", [])
        for each in several if len(several) > 1 else []:
            _say(f"{each.field}: {each}", 2)
        return _say(str(error), 2)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:  # noqa: BLE001  # the last place where a person can be told
        return _failed(error)


def module_of(name: str) -> str:
    """Return what the module of a command is called."""
    return f"{name}_" if iskeyword(name) else name.replace("-", "_")


def _command(name: str) -> Command:
    return cast("Command", import_module(f"isotrace.server.commands.{module_of(name)}"))


def _parser(chosen: str, command: Command | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="isotrace", description="Shared police information, notices and border checks.")
    parser.add_argument("--version", action="version", version=f"isotrace {__version__}")
    branches = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        branch = branches.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
        if command and name == chosen:
            command.add_arguments(branch)
    return parser


def _failed(error: Exception) -> int:
    if os.environ.get("ISOTRACE_DEBUG") == "True":
        traceback.print_exc()
        return 1
    if isinstance(error, ServerError):
        return _say(str(error), 1)
    from isotrace.server.logs import told_of

    told = told_of(error)
    return _say(f"It failed ({told['class']} at {told['place'].rpartition(' > ')[2]}). ISOTRACE_DEBUG=True shows all.", 1)


def _say(line: str, code: int) -> int:
    print(f"isotrace: {' '.join(line.split())}", file=sys.stderr)
    return code
