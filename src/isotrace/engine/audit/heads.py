"""The signed head of a chain: one line that, kept elsewhere, holds the chain to what it was."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from isotrace.engine.errors import InputError
from isotrace.engine.text import N_

_CHAIN = "isotrace audit 1"


@dataclass(frozen=True, slots=True)
class Head:
    """The last place of a chain at a moment, its link, and an Ed25519 signature over both by the key `public_key`."""

    at: datetime
    seq: int
    link: bytes
    public_key: bytes
    signature: bytes

    def line(self) -> str:
        """Return the head as one line of JSON, for safekeeping elsewhere."""
        return json.dumps({**_said(self.at, self.seq, self.link), "public_key": self.public_key.hex(), "signature": self.signature.hex()})

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read a line that `line` made. Raises InputError."""
        try:
            said = json.loads(text)
            if said["chain"] != _CHAIN:
                raise ValueError("another chain")
            given = {name: bytes.fromhex(said[name]) for name in ("link", "public_key", "signature")}
            return cls(at=datetime.fromisoformat(said["at"]), seq=int(said["seq"]), **given)
        except (ValueError, KeyError, TypeError) as bad:
            raise InputError(N_("This is no head of an audit chain. Take the line that isotrace audit head printed, whole.")) from bad


class Signer:
    """Signs heads with a key made from a secret text; the same text gives the same key."""

    def __init__(self, secret: str) -> None:
        """Take the text: 32 characters or more that nobody guesses."""
        seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"isotrace audit head").derive(secret.encode())
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> bytes:
        """The 32 bytes with which anybody checks what this one signed."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, at: datetime, seq: int, link: bytes) -> Head:
        """Return the head of a chain that ends at place `seq` with `link`."""
        return Head(at, seq, link, self.public_key, self._key.sign(_bytes(at, seq, link)))


def check_head(head: Head, public_key: bytes) -> bool:
    """Whether `head` was signed by the holder of `public_key` as it stands."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(head.signature, _bytes(head.at, head.seq, head.link))
    except InvalidSignature:
        return False
    return head.public_key == public_key


def _said(at: datetime, seq: int, link: bytes) -> dict[str, str | int]:
    return {"chain": _CHAIN, "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "seq": seq, "link": link.hex()}


def _bytes(at: datetime, seq: int, link: bytes) -> bytes:
    return json.dumps(_said(at, seq, link), sort_keys=True, separators=(",", ":")).encode()
