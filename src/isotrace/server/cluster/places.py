"""Where a cluster keeps its files and its socket."""

import hashlib
import os
from pathlib import Path

SOCKET_PATH_BYTES = 107
_SOCKET_NAME = ".s.PGSQL.5432.lock"


def owner_of(folder: Path) -> int:
    """Return the user id that owns the folder, or will when it is made."""
    try:
        return folder.stat().st_uid
    except OSError:
        return os.geteuid()


def short_name(folder: Path) -> str:
    """Return a name that stands for the folder where its whole path does not fit."""
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]


def socket_folder(folder: Path) -> Path:
    """Return where the server of the cluster in `folder` has its socket: the same for every process, whether or not it runs.

    A Unix socket's path takes 107 bytes; root's server may run as somebody who cannot enter the folder. Both get a short one in /tmp.
    """
    folder = folder.absolute()
    uid = owner_of(folder)
    inside = folder / "run"
    if uid != 0 and len(os.fsencode(inside / _SOCKET_NAME)) <= SOCKET_PATH_BYTES:
        return inside
    return Path(f"/tmp/isotrace-{uid}-{short_name(folder)}")  # noqa: S108  # made 0700, and refused when somebody else made it
