"""Keys of a demonstration or test, made at first start and kept in its data folder."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import mkstemp

from isotrace.server.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Keys:
    """One secret each; the names are the names of the files."""

    secret: str
    metrics: str
    proof: str
    audit: str
    audit_signing: str
    owner: str
    app: str
    jobs: str
    demo_password: str


def kept_keys(data: Path) -> Keys:
    """Return the keys in `data`/keys, making those that are not there yet.

    The folder is 0700, each file 0600. Raises ConfigError when the folder cannot be written.
    """
    folder = data / "keys"
    try:
        data.mkdir(mode=0o711, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        return Keys(**{entry.name: kept_secret(folder / entry.name, _MAKERS.get(entry.name, _key)) for entry in fields(Keys)})
    except OSError as error:
        raise ConfigError(
            "The keys in %(folder)s cannot be read or made (%(why)s): let ISOTRACE_DATA name a folder of your own.",
            field="ISOTRACE_DATA",
            folder=folder,
            why=error.strerror or "unknown",
        ) from None


def _key() -> str:
    return secrets.token_urlsafe(32)


def _typed_by_hand() -> str:
    """Return 20 characters (100 bits) that nobody mixes up, in groups of five."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(5)) for _ in range(4))


_CLEAR = "abcdefghijkmnpqrstuvwxyz23456789"
_MAKERS = {"demo_password": _typed_by_hand}


def kept_secret(path: Path, make: Callable[[], str] = _key) -> str:
    """Return the secret in the file, after making it (0600) when there is none; two processes get the same."""
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    handle, draft = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(make())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
    return _read(path)


def _read(path: Path) -> str:
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < 16:
        raise ConfigError("The key file %(path)s is damaged: put it back, or delete it.", field="ISOTRACE_DATA", path=path)
    return secret
