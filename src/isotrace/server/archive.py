"""The file of a backup: a tar of a manifest, PostgreSQL's dump and the list of deletions, readable by its owner only."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from isotrace.server.errors import BackupError

FORMAT = 1
MANIFEST, DUMP, FORGOTTEN = "manifest.json", "database.dump", "forgotten.jsonl"
_LARGEST_MANIFEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself.

    `migrations` are "app.name", `schema` is their SHA-256, `tables` counts rows by "schema.table", `dump_sha256` is the dump's.
    `made` is ISO 8601 in UTC. `forgotten` counts the deletions in the list that goes with it, `forgotten_sha256` is the list's.
    """

    format: int
    isotrace: str
    made: str
    server: str
    schema: str
    migrations: list[str]
    tables: dict[str, int]
    dump_sha256: str
    forgotten: int = 0
    forgotten_sha256: str = ""


def write(path: Path, manifest: Manifest, dump: Path, forgotten: bytes = b"") -> None:
    """Write the archive (0600) under another name first, so that a half-written one never looks like a backup."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                _add(tar, MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True).encode())
                _add(tar, FORGOTTEN, forgotten)
                tar.add(dump, DUMP, filter=_nameless)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BackupError(f"{path} cannot be written ({error.strerror}): choose another place.") from None


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, BytesIO(content))


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, Path]]:
    """Yield the manifest and the unpacked dump, after checking that the dump is the one that the manifest names.

    Raises BackupError for what is not a whole backup.
    """
    with TemporaryDirectory(prefix="isotrace-restore-") as folder:
        dump = Path(folder) / DUMP
        try:
            with tarfile.open(path, mode="r:") as tar:
                manifest = _manifest(tar)
                _unpack(tar, dump)
        except OSError as error:
            raise BackupError(f"{path} cannot be read ({error.strerror or 'it is cut short'}): name a backup.") from None
        except (tarfile.TarError, KeyError, ValueError, TypeError, EOFError):
            raise BackupError(f"{path} is not a whole backup of Isotrace: take another one.") from None
        if sha256(dump) != manifest.dump_sha256:
            raise BackupError(f"{path} is damaged, its content is not what its manifest says: take another backup.")
        yield manifest, dump


def forgotten(path: Path) -> bytes:
    """Return the list of deletions of a backup, empty in one that was made before there was such a list.

    Raises BackupError for one that is not the list that the manifest names.
    """
    with opened(path) as (manifest, _dump), tarfile.open(path, mode="r:") as tar:
        file = tar.extractfile(FORGOTTEN) if FORGOTTEN in tar.getnames() else None
        content = file.read() if file else b""
    if manifest.forgotten_sha256 and hashlib.sha256(content).hexdigest() != manifest.forgotten_sha256:
        raise BackupError(f"{path} is damaged, its list of deletions is not what its manifest says: take another backup.")
    return content


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(tar: tarfile.TarFile) -> Manifest:
    entry = tar.getmember(MANIFEST)
    file = tar.extractfile(entry)
    if file is None or entry.size > _LARGEST_MANIFEST:
        raise KeyError(MANIFEST)
    content = json.load(file)
    if content.get("format") != FORMAT:
        raise BackupError(f"The backup has format {content.get('format')}, this release reads {FORMAT}: use the release that made it.")
    return Manifest(**content)


def _unpack(tar: tarfile.TarFile, target: Path) -> None:
    source = tar.extractfile(DUMP)
    if source is None:
        raise KeyError(DUMP)
    with target.open("wb") as file:
        while block := source.read(1 << 20):
            file.write(block)


def _nameless(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry
