"""Where the sample world is written down: the folder demo/ of the checkout."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from isotrace.server.errors import ServerError

FOLDER = Path(__file__).resolve().parents[4] / "demo"


@cache
def world() -> dict[str, Any]:
    """Return demo/world.toml. Raises ServerError where the folder is missing."""
    try:
        return tomllib.loads((FOLDER / "world.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ServerError("The sample world is part of the source checkout: start the demonstration from there.") from None


@cache
def notices() -> dict[str, Any]:
    """Return demo/notices.toml."""
    return tomllib.loads((FOLDER / "notices.toml").read_text(encoding="utf-8"))


@cache
def things() -> dict[str, Any]:
    """Return demo/things.toml."""
    return tomllib.loads((FOLDER / "things.toml").read_text(encoding="utf-8"))


@cache
def intake() -> dict[str, Any]:
    """Return demo/intake.toml."""
    return tomllib.loads((FOLDER / "intake.toml").read_text(encoding="utf-8"))


def public_incidents() -> list[dict[str, Any]]:
    """Return the 120 documented public incidents."""
    lines = (FOLDER / "public_incidents.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
