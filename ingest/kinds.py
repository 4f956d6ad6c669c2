"""What an operator's words name: the kind of a feed, its address, and the address as it may be shown."""

import difflib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flow.errors import OperatorError
from flow.feed import Feed, FeedKind
from ingest.redact import shown

TESTCARD = "testcard:"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_NETWORK = {
    "srt": FeedKind.SRT,
    "rtmp": FeedKind.RTMP,
    "rtsp": FeedKind.RTSP,
    "udp": FeedKind.UDP,
    "http": FeedKind.HLS,
    "https": FeedKind.HLS,
}
_NEEDS_PORT = frozenset({FeedKind.SRT, FeedKind.UDP})
_WORDS = (*_NETWORK, "testcard", "file")


def feed_of(text: str) -> Feed:
    """The feed that `text` names: `testcard:`, a file, or an address of the network.

    Raises OperatorError, which names the nearest right scheme, or says what is missing.
    """
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text) or not text.strip():
        problem = "The feed's address is empty or has control characters in it"
        raise OperatorError(problem, f"Give an address such as {TESTCARD}, /path/to/file.mp4 or srt://host:port")
    if text == TESTCARD:
        return Feed(address=TESTCARD, kind=FeedKind.TESTCARD, shown=TESTCARD)
    found = _SCHEME.fullmatch(text)
    if found is None or Path(text).is_file():
        return _file(text)
    scheme = found[1].lower()
    if scheme == "file":
        return _file(_path_of(text))
    if scheme not in _NETWORK or not found[2].startswith("//"):
        raise _unknown(scheme)
    return _network(text, scheme)


def _path_of(text: str) -> str:
    """The path of a `file:` URL; `file:name` and `file:///path` are both common."""
    parts = urlsplit(text)
    if parts.netloc not in ("", "localhost"):
        problem = f"A file: address with a host ({parts.netloc}) cannot be read"
        raise OperatorError(problem, "Give the path alone, such as file:///srv/film.mp4")
    return unquote(parts.path)


def _file(text: str) -> Feed:
    path = Path(text).resolve()
    if path.is_dir():
        problem = f"{text} is a folder, not a file"
        raise OperatorError(problem, "Give the path of a video file")
    if not path.is_file():
        remedy = "Check the path"
        if near := difflib.get_close_matches(text.rstrip(":").lower(), _WORDS, 1, 0.7):
            remedy = f"Check the path; for a feed of that kind write {_form(near[0])}"
        problem = f"There is no file {text}"
        raise OperatorError(problem, remedy)
    return Feed(address=str(path), kind=FeedKind.FILE, shown=str(path))


def _network(text: str, scheme: str) -> Feed:
    kind = _NETWORK[scheme]
    display = shown(text, key_in_path=kind is FeedKind.RTMP)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        problem = f"The address {scheme}://… has no valid host and port"
        raise OperatorError(problem, f"Write it as {_form(scheme)}") from None
    if kind in _NEEDS_PORT and port is None:
        problem = f"The address {display} has no port"
        raise OperatorError(problem, f"Write it as {_form(scheme)}")
    if not host and kind not in _NEEDS_PORT:  # srt://:9000 and udp://:9000 wait on every interface
        problem = f"The address {display} has no host"
        raise OperatorError(problem, f"Write it as {_form(scheme)}")
    if kind is FeedKind.HLS and not parts.path.lower().endswith(".m3u8"):
        problem = f"{display} is not an HLS playlist: its path does not end in .m3u8"
        raise OperatorError(problem, "Give the address of the .m3u8, or download the file and give its path")
    return Feed(address=text, kind=kind, shown=display)


def _unknown(scheme: str) -> OperatorError:
    near = difflib.get_close_matches(scheme, _WORDS, 1, 0.5)
    known = ", ".join(_form(word) for word in _WORDS)
    hint = f"The nearest is {_form(near[0])}" if near else f"Known are {known}"
    return OperatorError(f"xacast knows no feeds that start with “{scheme}:”", hint)


def _form(word: str) -> str:
    """How an address of that scheme is written."""
    forms = {
        "testcard": TESTCARD, "file": "file:///path", "srt": "srt://host:port", "udp": "udp://host:port",
        "rtmp": "rtmp://host/app/key", "rtsp": "rtsp://host/path",
    }
    return forms.get(word, f"{word}://host/path.m3u8")
