"""Addresses as they may be shown: everything that could be a secret becomes `…`."""

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

HIDDEN = "…"

_HARMLESS = frozenset({
    "mode", "latency", "rcvlatency", "peerlatency", "timeout", "connect_timeout", "listen_timeout", "pkt_size",
    "pbkeylen", "localaddr", "localport", "fifo_size", "buffer_size", "overrun_nonfatal", "reuse", "ttl",
    "sources", "block", "transtype", "maxbw", "oheadbw", "linger", "tlpktdrop",
})
"""Settings of the network that name no secret; any other query value is taken for one."""

_TELLING = r"pass|pwd|key(?!len)|token|secret|auth|sig|session|hmac|hdn[te]|\bpw(?==|%3d)"
_SECRET_PAIR = re.compile(
    rf"((?:{_TELLING})[\w.-]*?(?:=|%3d))(?!_[a-z]+=)[^/&;,]+", re.IGNORECASE,
)
"""A setting in a path, as cameras have it: `/user=a&password=b&channel=1`, `/user=a_password=b_channel=1.sdp`."""
_TOKEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w-]{20,}|eyJ[\w-]+\.[\w.-]+", re.ASCII)
"""A part of a path that looks like a key: long, of letters and digits; or a JSON web token (RFC 7519)."""


def names_secret(name: str) -> bool:
    """Whether a setting of that name holds a secret."""
    return re.search(rf"{_TELLING}|^pw$", name, re.IGNORECASE) is not None


def secret_in_path(path: str) -> bool:
    """Whether a setting in a path has a name that says it is a secret, and a value."""
    return _SECRET_PAIR.search(path) is not None


def looks_like_key(element: str) -> bool:
    """Whether one part of a path looks made by a machine to be guessed by nobody."""
    return _TOKEN.fullmatch(element) is not None


def shown(address: str, *, key_in_path: bool = False) -> str:
    """`address` without user information, secrets of its query and its path and, when `key_in_path`, its last path
    element: RTMP carries the stream key there. An address that cannot be parsed is hidden whole.
    """
    try:
        parts = urlsplit(address)
        place = _place(parts)
    except ValueError:
        return HIDDEN
    path = _SECRET_PAIR.sub(rf"\1{HIDDEN}", parts.path)
    path = "/".join(HIDDEN if looks_like_key(element) else element for element in path.split("/"))
    if key_in_path and path.strip("/"):
        path = path.rstrip("/")
        path = path[: path.rindex("/") + 1] + HIDDEN
    text = f"{parts.scheme}://{place}{path}"
    if parts.query:
        text += "?" + "&".join(_pair(name, value) for name, value in _query(parts.query))
    return text


def _place(parts: SplitResult) -> str:
    """Host and port; what stands before the `@` is hidden."""
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    port = "" if parts.port is None else f":{parts.port}"
    at = f"{HIDDEN}@" if parts.username else ("@" if "@" in parts.netloc else "")
    return f"{at}{host}{port}"


def _query(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _pair(name: str, value: str) -> str:
    if name in _HARMLESS:
        return f"{name}={value}"
    # A lone word without `=` may be a token itself.
    return f"{name}={HIDDEN}" if value else HIDDEN
