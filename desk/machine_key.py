"""The key by which the processes of this machine know each other.

A definition may hold secrets of feeds, and a chunk is what viewers see: another user of the same machine can reach
a loopback port, and shall get and give neither (T-11, T-45). At the machines' listener it signs
(`desk/machines/`); commands show it as it is to the operators' listener of the same machine.
"""

import hmac
from pathlib import Path

from aiohttp import hdrs, web

from desk.secret_file import secret_in

FILE = "machine.key"


def machine_key(data: Path) -> str:
    """The key in the data directory, made when there is none; its file is the owner's alone.

    Raises ToolError when it can be neither read nor made.
    """
    return secret_in(data / FILE, "the key of this machine")


def headers_with(key: str) -> dict[str, str]:
    """What a command says to this machine's operators' listener."""
    return {hdrs.AUTHORIZATION: f"Bearer {key}"}


def key_for_reading(data: Path) -> str:
    """The key, for a command of the operator's; empty when there is none that this user may read."""
    try:
        return (data / FILE).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def has_key(request: web.Request, key: str) -> bool:
    """Whether who asks knows the key."""
    given = request.headers.get(hdrs.AUTHORIZATION, "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, headers_with(key)[hdrs.AUTHORIZATION].encode())
