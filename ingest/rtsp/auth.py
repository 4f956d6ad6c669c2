"""How a player says who it is to an RTSP server that asks (RFC 2326, section 16; RFC 7616; RFC 7617)."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

_PART = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))')
_HASHES = {"md5": "md5", "sha-256": "sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What a server asks for. `hash` is empty where the password itself is wanted (Basic)."""

    hash: str = ""
    realm: str = ""
    nonce: str = ""
    opaque: str | None = None
    algorithm: str = ""
    auth: bool = False
    """Whether the answer counts its uses (`qop=auth`)."""


def challenge_of(lines: Sequence[str]) -> Challenge | None:
    """The strongest of the ways in the lines of `WWW-Authenticate` that is known here; None when none is."""
    found = [one for line in lines if (one := _read(line)) is not None]
    return max(found, key=lambda one: ("", "md5", "sha256").index(one.hash), default=None)


def proof(asked: Challenge, user: str, password: str, method: str, url: str, nonce: str) -> str:
    """The value of `Authorization` for one request; `nonce` is a word of our own, fresh for each."""
    if not asked.hash:
        return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
    ours = _hash(asked, f"{user}:{asked.realm}:{password}")
    what = _hash(asked, f"{method}:{url}")
    count = f":00000001:{nonce}:auth" if asked.auth else ""
    words = {
        "username": user.replace("\\", "\\\\").replace('"', '\\"'), "realm": asked.realm, "nonce": asked.nonce,
        "uri": url, "response": _hash(asked, f"{ours}:{asked.nonce}{count}:{what}"),
    }
    if asked.opaque is not None:
        words["opaque"] = asked.opaque
    text = ", ".join(f'{name}="{value}"' for name, value in words.items())
    text += f", algorithm={asked.algorithm}" if asked.algorithm else ""
    return f"Digest {text}" + (f', qop=auth, nc=00000001, cnonce="{nonce}"' if asked.auth else "")


def _read(line: str) -> Challenge | None:
    scheme, _, rest = line.partition(" ")
    if scheme.lower() == "basic":
        return Challenge()
    parts = {name.lower(): quoted or bare for name, quoted, bare in _PART.findall(rest)}
    kind = _HASHES.get(parts.get("algorithm", "MD5").lower())
    if scheme.lower() != "digest" or kind is None:
        return None
    return Challenge(
        hash=kind, realm=parts.get("realm", ""), nonce=parts.get("nonce", ""), opaque=parts.get("opaque"),
        algorithm=parts.get("algorithm", ""),
        auth="auth" in [word.strip() for word in parts.get("qop", "").split(",")],
    )


def _hash(asked: Challenge, text: str) -> str:
    return hashlib.new(asked.hash, text.encode(), usedforsecurity=False).hexdigest()
