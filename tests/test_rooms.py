"""Rooms without police data pull nothing: what they get was pushed to the counter in `handling`."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "isotrace"
ALLOWED = {"engine", "bureaus", "handling", "desk"}
ROOMS = {"risk": ALLOWED, "capacity": ALLOWED | {"risk"}, "partners": ALLOWED | {"risk"}, "library": ALLOWED}
"""What each of these rooms may import besides itself; `capacity` and `partners` also read released editions of the index."""


def imported(path: Path, package: Path) -> set[str]:
    """The rooms that a module imports from, wherever in it."""
    found: set[str] = set()
    inside = path.relative_to(package.parent).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(inside[: len(inside) - node.level + 1]) if node.level else ""
            whole = ".".join(filter(None, (base, node.module or "")))
            found |= {f"{whole}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("isotrace."):
            found.add(node.value)
    return {name.split(".")[1] for name in found if name.startswith("isotrace.")}


def breaches(package: Path) -> list[str]:
    """Every module of a room without police data that reaches into a room that it must not know."""
    return sorted(
        f"{path.relative_to(package).as_posix()}: {room}"
        for name, allowed in ROOMS.items()
        for path in (package / name).rglob("*.py")
        for room in imported(path, package) - allowed - {name}
        if (package / room).is_dir()
    )


def test_rooms_without_police_data_import_none_of_it():
    assert breaches(SRC) == []


@pytest.mark.parametrize(
    ("line", "room"),
    [
        ("from isotrace.records import queries", "records"),
        ("import isotrace.notices.models", "notices"),
        ("from isotrace import screening", "screening"),
        ("from ..records.models import Report", "records"),
        ("def late():\n    from isotrace.privacy import cases", "privacy"),
        ("import importlib\nimportlib.import_module('isotrace.records.models')", "records"),
    ],
)
def test_room_that_pulls_is_found(tmp_path, line, room):
    package = tmp_path / "isotrace"
    for name in ("risk", "records", "notices", "screening", "privacy", "handling"):
        (package / name).mkdir(parents=True)
    (package / "risk" / "views.py").write_text(f"from isotrace.handling import counter\n{line}\n", encoding="utf-8")
    assert breaches(package) == [f"risk/views.py: {room}"]


def test_nothing_below_the_counter_knows_what_is_released():
    """The counter never asks a room for more: it imports none of those with police data."""
    files = ["counter.py", "released.py", "released_views.py", "released_forms.py", "released_api.py"]
    assert {name: imported(SRC / "handling" / name, SRC) - ALLOWED for name in files} == {name: set() for name in files}
