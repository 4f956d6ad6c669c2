"""What somebody who answers for one region may bring on air. No I/O, but that names are looked up.

Whoever declares a channel has files read and addresses called by this machine: all of what is on it, and all that
listens on it alone, is not a region's to show, nor to learn of (T-04, T-28).
"""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from desk.errors import RefusedError
from flow.feed import Feed
from ingest.kinds import NETWORK, TESTCARD
from ingest.reach.here import leads_here

LIBRARY = "library"
"""The folder of the data directory that is every region's."""
_SPELLINGS = ("file://", "file:", "once:", "still:")
_BESIDE = ("?captions=", "?sound=")
_NONE = frozenset({"", "none"})


def refuse_beyond(words: Mapping[str, Any], library: Path) -> None:
    """Raises RefusedError (403) for a feed or a picture of a channel's words that is beyond a region: a file that
    is not below `library` (a whole path), or an address of this machine itself.

    It is the same whether there is such a file or not.
    """
    for text in (*words.get("feeds", ()), words.get("slides", "")):
        if _scheme(text) in NETWORK:
            _refuse_own(text)
        elif text not in {"", TESTCARD}:
            _refuse_file(text, library)
    for key in ("logo", "slate"):
        if words.get(key):
            _refuse_file(words[key], library)


def _scheme(text: str) -> str:
    scheme, colon, rest = text.partition(":")
    return scheme.lower() if colon and rest.startswith("//") else ""


def _refuse_own(text: str) -> None:
    try:
        host = (urlsplit(text).hostname or "").rstrip(".")
    except ValueError:
        return  # what is no address is told so where addresses are read
    if host == "localhost" or host.endswith(".localhost") or _is_own(host):
        raise _own()


async def refuse_ours(feeds: Iterable[Feed]) -> None:
    """Raises RefusedError (403) for a feed that is called at this machine by an address or a name that only the
    machine knows for its own: behind it may be what a region shall not see."""
    for feed in feeds:
        if await leads_here(feed):
            raise _own()


def _own() -> RefusedError:
    problem = "an account of a region brings nothing on air from this machine itself"
    return RefusedError(403, problem, "Give the address of another machine, or ask an account of the country")


def _is_own(host: str) -> bool:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified or mapped.is_link_local)


def _refuse_file(text: str, library: Path) -> None:
    spelling = next((one for one in _SPELLINGS if text.lower().startswith(one)), "")
    paths = [text[len(spelling):]]
    for mark in _BESIDE:
        paths = [piece for path in paths for piece in path.split(mark)]
    if not all(_is_below(path, library) for path in paths if path not in _NONE):
        problem = f"an account of a region has files of this machine from {library} alone"
        raise RefusedError(403, problem, "Have an account of the country put it there, and give its whole path")


def _is_below(path: str, library: Path) -> bool:
    meant = PurePosixPath(path)
    return "%" not in path and ".." not in meant.parts and PurePosixPath(library) in meant.parents
