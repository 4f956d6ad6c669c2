"""Site tokens: what a site is known by, in `/t/<token>/…` and in its browsers' cookie.

256 random bits as base64url. Only its digest is kept: with that much chance in it nothing slower than SHA-256 is
needed, and whoever reads the list can open nothing.
"""

import re
import secrets
from hashlib import sha256

BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def new_token() -> str:
    """A token that nobody has."""
    return secrets.token_urlsafe(BYTES)


def digest_of(token: str) -> bytes | None:
    """What is kept of a token, and looked up; None for what cannot be one.

    What is compared is the digest, so the time that it takes says nothing of a token (T-02).
    """
    return sha256(token.encode("ascii")).digest() if _SHAPE.fullmatch(token) else None
