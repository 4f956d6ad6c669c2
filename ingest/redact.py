"""Addresses as they may be shown: everything that could be a secret becomes `…`."""

from urllib.parse import SplitResult, parse_qsl, urlsplit

HIDDEN = "…"

_HARMLESS = frozenset({
    "mode", "latency", "rcvlatency", "peerlatency", "timeout", "connect_timeout", "listen_timeout", "pkt_size",
    "pbkeylen", "localaddr", "localport", "fifo_size", "buffer_size", "overrun_nonfatal", "reuse", "ttl",
    "sources", "block", "transtype", "maxbw", "oheadbw", "linger", "tlpktdrop",
})
"""Settings of the network that name no secret; any other query value is taken for one."""


def shown(address: str, *, key_in_path: bool = False) -> str:
    """`address` without user information, query secrets and, when `key_in_path`, its last path element.

    RTMP carries the stream key there. An address that cannot be parsed is hidden whole.
    """
    try:
        parts = urlsplit(address)
        place = _place(parts)
    except ValueError:
        return HIDDEN
    path = parts.path
    if key_in_path and path.count("/") > 1:
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
