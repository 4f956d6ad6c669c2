"""How one machine proves to another who it is, with each request: a signature over what is asked, when, and once.

    Authorization: XACAST-HMAC-SHA256 id=studio-2,time=1795000000000,nonce=…,body=…,mac=…

`time` is in milliseconds since the epoch, `body` the SHA-256 of what is sent. Both sides make `mac` of the same
text, HMAC-SHA256 (RFC 2104) under the machine's key, so neither the key nor anything that serves twice
is on the line.
No I/O, no clock.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

SCHEME = "XACAST-HMAC-SHA256"
EMPTY = hashlib.sha256(b"").hexdigest()
_LONGEST = 512
_OURS = "xacast-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, as it stands on the line: `target` is path and query, `headers` all of them, of which those
    of our own count."""

    method: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who asks (`id`), when (`time_ms`), the number used once, what the body is, and the proof."""

    id: str
    time_ms: int
    nonce: str
    body: str
    mac: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What an `Authorization` header says; None when it is another scheme's, or nothing."""
        scheme, _, rest = text.partition(" ")
        if scheme != SCHEME or len(text) > _LONGEST or not text.isascii():
            return None
        words = [pair.partition("=")[::2] for pair in rest.split(",")]
        if [key for key, _ in words] != ["id", "time", "nonce", "body", "mac"]:
            return None
        name, time, nonce, body, mac = (value for _, value in words)
        if not (time.isdigit() and len(time) <= 16 and nonce and mac):
            return None
        return cls(id=name, time_ms=int(time), nonce=nonce, body=body, mac=mac)

    def __str__(self) -> str:
        return (f"{SCHEME} id={self.id},time={self.time_ms},nonce={self.nonce},body={self.body},mac={self.mac}")

    def proves(self, key: str, asked: Asked) -> bool:
        """Whether who holds the key asked for just that; the time that it takes says nothing."""
        right = _mac(key, asked, name=self.id, time_ms=self.time_ms, nonce=self.nonce, body=self.body)
        return hmac.compare_digest(right, self.mac)


def digest_of(body: bytes) -> str:
    """The `body` of a signature."""
    return hashlib.sha256(body).hexdigest() if body else EMPTY


def sign(key: str, asked: Asked, *, name: str, time_ms: int, nonce: str, body: str = EMPTY) -> Signature:
    """The signature of a request; `nonce` is never used again."""
    mac = _mac(key, asked, name=name, time_ms=time_ms, nonce=nonce, body=body)
    return Signature(id=name, time_ms=time_ms, nonce=nonce, body=body, mac=mac)


def _mac(key: str, asked: Asked, *, name: str, time_ms: int, nonce: str, body: str) -> str:
    ours = sorted(
        f"{header.lower()}:{value}" for header, value in asked.headers.items() if header.lower().startswith(_OURS)
    )
    text = "\n".join((name, str(time_ms), nonce, asked.method, asked.target, body, *ours))
    return hmac.new(key.encode("ascii"), text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()
