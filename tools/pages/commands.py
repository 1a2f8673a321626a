"""The page of the command line, from the parsers themselves."""

import argparse
from collections.abc import Iterator
from importlib import import_module

from isotrace.server.cli import COMMANDS, module_of
from tools.pages.text import WRITTEN, code, join, table

_INTRODUCTION = """
`isotrace COMMAND`; in a checkout `.venv/bin/isotrace COMMAND`. `isotrace --help` lists the commands, `isotrace COMMAND --help`
says what one takes, `isotrace --version` names the release. Every command reads its settings from the environment, see
[configuration](configuration.md).

A command ends with 0 when it did its work, with 2 for bad input, with 1 for what failed, with 130 when it was interrupted. What
went wrong stands in one line on standard error, without values of records; `ISOTRACE_DEBUG=True` shows the whole trace.

`account`, `token`, `backup`, `restore`, `migrate` and `upgrade` act as the owner of the database (`DATABASE_URL`). Where no database is
configured they use the demonstration's own PostgreSQL in the data folder and start it for the while when it does not run; that
needs `ISOTRACE_MODE=demo`.
"""


def command(name: str, purpose: str) -> Iterator[str]:
    """Yield the blocks of one command: what it is for, how it is written, what it takes, its steps."""
    yield f"## isotrace {name}"
    module = import_module(f"isotrace.server.commands.{module_of(name)}")
    parser = argparse.ArgumentParser(prog=f"isotrace {name}")
    module.add_arguments(parser)
    yield f"{purpose[0].upper()}{purpose[1:]}."
    yield from _words(parser)
    yield parser.epilog or ""
    for step, inner, told in _steps(parser):
        yield f"### isotrace {name} {step}"
        yield f"{told[0].upper()}{told[1:]}." if told else ""
        yield from _words(inner)


def _words(parser: argparse.ArgumentParser) -> Iterator[str]:
    taken = [action for action in _actions(parser) if not isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    steps = " STEP" if any(True for _step in _steps(parser)) else ""
    yield f"```\n{' '.join([parser.prog, *map(_usage, taken)])}{steps}\n```"
    yield table(("what", "meaning", "default"), [(code(_name(a)), _meaning(a), _default(a)) for a in taken])


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    # argparse shows what it was told nowhere else, and its help text differs between releases of Python.
    return [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]  # noqa: SLF001


def _steps(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            yield from ((name, inner, told.get(name, "")) for name, inner in action.choices.items())


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return _value(action)
    return ", ".join(action.option_strings) + ("" if action.nargs == 0 else f" {_value(action)}")


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return action.dest.upper().replace("_", "-")


def _usage(action: argparse.Action) -> str:
    if action.option_strings:
        words = action.option_strings[-1] + ("" if action.nargs == 0 else f" {_value(action)}")
        return words if action.required else f"[{words}]"
    more = {"*": f"[{_value(action)} ...]", "+": f"{_value(action)} ...", "?": f"[{_value(action)}]"}
    return more.get(str(action.nargs), _value(action))


def _meaning(action: argparse.Action) -> str:
    listed = isinstance(action.choices, (list, tuple, set, frozenset, dict))
    choices = f"one of {', '.join(map(code, action.choices or ()))}" if listed else ""
    return "; ".join(filter(None, (action.help or "", choices)))


def _default(action: argparse.Action) -> str:
    if action.required:
        return "must be given"
    return "" if action.default in (None, False, "", argparse.SUPPRESS) else code(action.default)


def page() -> str:
    """Return the whole page."""
    told = [(f"[{name}](#isotrace-{name})", purpose) for name, purpose in COMMANDS.items()]
    each = [block for name, purpose in COMMANDS.items() for block in command(name, purpose)]
    return join("# Command line", WRITTEN, _INTRODUCTION, table(("command", "purpose"), told), *each)
