"""What an operator's words name: the kind of a feed, its address, and the address as it may be shown."""

import difflib
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flow.errors import FeedError, OperatorError
from flow.feed import NO_CAPTIONS, Feed, FeedKind
from ingest.address_settings import program_of
from ingest.captions.sidecar import ENDINGS
from ingest.exposure import listens
from ingest.reach.nowhere import nowhere
from ingest.reach.web_address import host_of
from ingest.redact import HIDDEN, shown

TESTCARD = "testcard:"
DOOR = "rtmp:///live/"
"""Begins the address of a feed that a publisher brings to this machine; its stream key follows. It has no port:
where the door stands is a setting of the machine."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
NETWORK = {
    "srt": FeedKind.SRT,
    "rtmp": FeedKind.RTMP,
    "rtmps": FeedKind.RTMP,
    "rtsp": FeedKind.RTSP,
    "udp": FeedKind.UDP,
    "rtp": FeedKind.UDP,
    "http": FeedKind.HLS,
    "https": FeedKind.HLS,
}
_NEEDS_PORT = frozenset({FeedKind.SRT, FeedKind.UDP})
_WORDS = (*NETWORK, "testcard", "file", "once", "still")
_STILLS = (".png", ".jpg", ".jpeg")
_SOUND = "?sound="
_CAPTIONS = "?captions="
_KEY = re.compile(r"[A-Za-z0-9_-]{22,128}")
"""A stream key of our door: at least 128 bits in base64url (T-02)."""


def feed_of(text: str) -> Feed:
    """The feed that `text` names: `testcard:`, a file, a still picture, or an address of the network.

    Raises OperatorError, which names the nearest right scheme, or says what is missing.
    """
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text) or not text.strip():
        problem = "The feed's address is empty or has control characters in it"
        raise OperatorError(problem, f"Give an address such as {TESTCARD}, /path/to/file.mp4 or srt://host:port")
    if text == TESTCARD:
        return Feed(address=TESTCARD, kind=FeedKind.TESTCARD, shown=TESTCARD)
    found = _SCHEME.fullmatch(text)
    if found is None or file_there(text):
        return _file(text)
    scheme = found[1].lower()
    match scheme:
        case "file":
            return _file(_path_of(text))
        case "once":
            return _file(found[2], once=True)
        case "still":
            return _still(found[2])
        case _ if scheme in NETWORK and found[2].startswith("//"):
            return _network(text, scheme)
    raise _unknown(scheme)


def words_of(feed: Feed) -> str:
    """The words that name this feed wherever the operator stands: `feed_of` gives it again."""
    if feed.kind is FeedKind.STILL:
        return f"still:{feed.address}" + (f"{_SOUND}{feed.sound}" if feed.sound else "")
    film = f"{feed.address}{_CAPTIONS}{feed.captions}" if feed.captions else feed.address
    return f"once:{film}" if feed.once else film


def _path_of(text: str) -> str:
    """The path of a `file:` URL; `file:name` and `file:///path` are both common."""
    text, mark, captions = text.partition(_CAPTIONS)
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket where a host would stand
        parts = None
    if parts is None or parts.netloc not in ("", "localhost"):
        problem = "A file: address with a host cannot be read"
        raise OperatorError(problem, "Give the path alone, such as file:///srv/film.mp4")
    return unquote(parts.path) + mark + unquote(captions)


def _file(text: str, *, once: bool = False) -> Feed:
    if text.lower().endswith(_STILLS):
        return _still(text)
    film, _, wanted = text.partition(_CAPTIONS)
    path, captions = _there(film), _captions(wanted)
    feed = Feed(address=str(path), kind=FeedKind.FILE, shown=str(path), once=once, captions=captions)
    return replace(feed, shown=words_of(feed))


def _captions(wanted: str) -> str:
    """A film's captions in a file: `/srv/film.mp4?captions=/srv/film.vi.srt`; `none` for none at all."""
    if wanted in ("", NO_CAPTIONS):
        return wanted
    path = _there(wanted)
    if not path.name.lower().endswith(ENDINGS):
        problem = f"{wanted} is no file with captions"
        raise OperatorError(problem, f"Give one whose name ends in {' or '.join(ENDINGS)}, or captions=none")
    return str(path)


def _still(text: str) -> Feed:
    """A picture, with silence or with a file's sound: `still:/srv/pause.png?sound=/srv/music.m4a`."""
    picture, _, sound = text.partition(_SOUND)
    path = _there(picture)
    if not path.name.lower().endswith(_STILLS):
        problem = f"{picture} is no still picture"
        raise OperatorError(problem, "Give a PNG or JPEG file, its name ending in .png or .jpg")
    heard = str(_there(sound)) if sound else ""
    display = f"still:{path}" + (f"{_SOUND}{heard}" if heard else "")
    return Feed(address=str(path), kind=FeedKind.STILL, shown=display, sound=heard)


def file_there(path: str | Path) -> bool:
    """Whether there is a file of that name, which may be none that a file can have. Looks at the disk."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _there(text: str) -> Path:
    """The whole path of a file that exists."""
    try:
        path = Path(text).resolve()
        if path.is_dir():
            problem = f"{text} is a folder, not a file"
            raise OperatorError(problem, "Give the path of a video file")
    except (OSError, ValueError):  # longer than any name may be, or with a letter that none has
        path = Path()
    if not file_there(path):
        remedy = "Check the path"
        if near := difflib.get_close_matches(text.rstrip(":").lower(), _WORDS, 1, 0.7):
            remedy = f"Check the path; for a feed of that kind write {_form(near[0])}"
        problem = f"There is no file {text}"
        raise OperatorError(problem, remedy)
    return path


def _network(text: str, scheme: str) -> Feed:
    kind = NETWORK[scheme]
    display = shown(text, key_in_path=kind is FeedKind.RTMP)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        problem = f"The address {scheme}://… has no valid host or port"
        raise OperatorError(problem, f"Write it as {_form(scheme)}") from None
    if kind in _NEEDS_PORT and port is None:
        problem = f"The address {display} has no port"
        raise OperatorError(problem, f"Write it as {_form(scheme)}")
    if port == 0:
        problem = f"The port of {display} is 0, at which nobody can be reached"
        raise OperatorError(problem, "Give one from 1 to 65535")
    if scheme == "rtmp" and not host:
        _check_key(parts.path)
        display = f"{DOOR}{HIDDEN}"  # also of one that was given with a port, which may be another
    elif not host and kind not in _NEEDS_PORT:  # srt://:9000 and udp://:9000 wait on every interface
        problem = f"The address {display} has no host"
        raise OperatorError(problem, f"Write it as {_form(scheme)}")
    if host and kind is not FeedKind.UDP:  # which takes numbers alone
        _check_host(host, display)
    if kind is FeedKind.HLS and not parts.path.lower().endswith(".m3u8"):
        problem = f"{display} is not an HLS playlist: its path does not end in .m3u8"
        raise OperatorError(problem, "Give the address of the .m3u8, or download the file and give its path")
    feed = Feed(address=text, kind=kind, shown=display, program=program_of(text, kind, display))
    if host and kind is not FeedKind.UDP:
        _check_called(feed, host)
    return feed


def _check_host(host: str, display: str) -> None:
    """Spellings that one program reads as one machine and the next as another are none (T-04)."""
    try:
        host_of(f"[{host}]" if ":" in host else host)
    except FeedError:
        problem = f"The host of {display} is not written so that it can be read in one way only"
        raise OperatorError(problem, "Write a name, or an IP address such as 10.0.0.9 or [fd00::9]") from None


def _check_called(feed: Feed, host: str) -> None:
    """Raises OperatorError for an address at which nobody can ever be called."""
    waits = listens(feed)
    if why := nowhere(host, ours=waits):
        remedy = "Write the sender's address; a multicast group is received by udp:// or rtp://"
        if feed.kind is FeedKind.SRT:
            remedy = "Write srt://:port to wait for the sender, or the sender's own address to call it"
        problem = f"{feed.shown} can never come: {why}"
        raise OperatorError(problem, remedy)


def _check_key(path: str) -> None:
    app, _, key = path.lstrip("/").partition("/")
    if app != "live" or not _KEY.fullmatch(key):
        problem = "A feed that a publisher brings needs a stream key of 22 or more letters, digits, - and _"
        raise OperatorError(problem, f"Write rtmp: alone to have one made, or {DOOR}KEY")


def _unknown(scheme: str) -> OperatorError:
    swapped = [word for word in _WORDS if sorted(word) == sorted(scheme)]  # rstp is rtsp, not rtp
    near = swapped or difflib.get_close_matches(scheme, _WORDS, 1, 0.7)
    known = ", ".join([*(_form(word) for word in _WORDS), "srt://:port", "rtmp:"])
    hint = f"The nearest is {_form(near[0])}" if near else f"Known are {known}"
    return OperatorError(f"xacast knows no feeds that start with “{scheme}:”", hint)


def _form(word: str) -> str:
    """How an address of that scheme is written."""
    forms = {
        "testcard": TESTCARD, "file": "file:///path", "srt": "srt://host:port", "udp": "udp://10.0.0.9:port",
        "rtp": "rtp://10.0.0.9:port", "rtmp": "rtmp://host/app/key", "rtmps": "rtmps://host/app/key",
        "rtsp": "rtsp://host/path", "once": "once:/path", "still": "still:/path.png",
    }
    return forms.get(word, f"{word}://host/path.m3u8")
