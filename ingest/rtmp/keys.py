"""Which of the known stream keys a publisher has, found in a time that does not depend on the answer (T-02)."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import TypeVar

Place = TypeVar("Place")

APP = "live"
"""The one application that publishers name in front of their key."""


def match(key: str, known: Iterable[tuple[str, Place]]) -> Place | None:
    """What belongs to `key`, or None. Every known key is compared, also after the right one; two alike are an
    operator's mistake, and the first one counts."""
    digest = _digest(key)
    found: Place | None = None
    for other, place in known:
        if hmac.compare_digest(digest, _digest(other)) and found is None:
            found = place
    return found if key else None


def key_of(path: str) -> tuple[bool, str]:
    """Whether a path names our application, and the key in it: what follows the first slash. Clients cut an
    address with several slashes in different places."""
    app, _, key = path.partition("/")
    return app == APP, key


def _digest(key: str) -> bytes:
    return sha256(key.encode("utf-8", "surrogatepass")).digest()
