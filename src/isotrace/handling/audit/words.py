"""The words of a search, beside the chain: encrypted under the day's key, each row with a salt of its own."""

import hashlib
import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from isotrace.handling.audit import keys
from isotrace.handling.audit.keys import Use

_SALT, _NONCE = 16, bytes(12)


def closed(words: Mapping[str, str], using: str) -> tuple[int, bytes]:
    """Return the id of the day's key and the words under it: a salt, then AES-GCM under a key that follows from both."""
    key_id, key = keys.current(Use.TERMS, using)
    salt = secrets.token_bytes(_SALT)
    said = json.dumps(dict(words), ensure_ascii=False, sort_keys=True).encode()
    return key_id, salt + _cipher(key, salt).encrypt(_NONCE, said, None)


def mark(sealed_words: bytes) -> str:
    """Return what the entry says of its words: a digest of what is encrypted, which tells nothing of the words."""
    return hashlib.sha256(sealed_words).hexdigest()[:32]


def opened(key: bytes, sealed_words: bytes) -> dict[str, str] | None:
    """Return the words again, None where they are not what was encrypted."""
    salt, said = sealed_words[:_SALT], sealed_words[_SALT:]
    try:
        words: dict[str, str] = json.loads(_cipher(key, salt).decrypt(_NONCE, said, None))
    except (InvalidTag, ValueError):
        return None
    return words


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    """The key is used for these words alone, so the nonce may be the same everywhere."""
    return AESGCM(keys.derived(key, b"isotrace audit words" + salt))
