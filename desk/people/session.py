"""A session: that somebody is signed in, and until when. Pure."""

import hashlib
import re
import secrets
from dataclasses import dataclass

IDLE_S = 30 * 60
LONGEST_S = 12 * 3_600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Of `account`, made and last used at these Unix seconds. `digest` is the SHA-256 of its token, in hex: who
    reads the database can be nobody."""

    digest: str
    account: str
    made_s: int
    seen_s: int

    def holds(self, now_s: int) -> bool:
        """Whether it is still one."""
        return now_s - self.seen_s < IDLE_S and now_s - self.made_s < LONGEST_S


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token; empty for what can be none."""
    return hashlib.sha256(token.encode("ascii")).hexdigest() if _TOKEN.fullmatch(token) else ""
