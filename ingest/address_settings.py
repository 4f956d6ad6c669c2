"""What stands behind the `?` of a feed's address, for the kinds whose settings are ours: unknown means refused.

What stands there for RTMP, RTSP and HLS belongs to the server that is asked (a token, a camera's channel), and is
handed on as it is.
"""

import re
from urllib.parse import parse_qsl, urlsplit

from flow.errors import FeedError, OperatorError
from flow.feed import Feed, FeedKind
from flow.nearest import remedy_for
from ingest.exposure import listens
from ingest.reach.nowhere import nowhere
from ingest.redact import HIDDEN
from ingest.udp.socket import places_of

KNOWN = {
    FeedKind.SRT: ("latency", "mode", "passphrase", "pbkeylen", "program", "streamid"),
    FeedKind.UDP: ("interface", "localaddr", "program", "sources", "twin"),
}
"""The settings of each kind that has some."""

_MODES = ("caller", "listener")
_OF_CALLERS = ("streamid",)
"""What a caller says and FFmpeg's listener never looks at: there it would seem to keep strangers out (T-01)."""
_PASSPHRASE = range(10, 80)
"""Letters that SRT takes."""
_LATENCY = range(20, 8_001)
_PROGRAM = range(1, 65_536)
"""ISO/IEC 13818-1, 2.4.4.5: a number of 16 bits, of which 0 is the network's own table."""
_NAME = re.compile(r"[A-Za-z_-]{1,24}")
"""What may be repeated of a setting that nobody knows: longer or with digits in it, it may be a secret."""


def program_of(address: str, kind: FeedKind, display: str) -> int:
    """The programme that the settings of `address` ask for, 0 for the first, once all of them make sense.

    `display` is the address without secrets. Raises OperatorError for a setting that is unknown (with the nearest
    one), said twice or empty, and for a value that cannot be.
    """
    if kind not in KNOWN:
        return 0
    settings = _settings(address, KNOWN[kind], display)
    if kind is FeedKind.SRT:
        _check_srt(settings, hosted=bool(urlsplit(address).hostname), display=display)
    else:
        _check_places(address, display)
    program = settings.get("program", "0")
    if "program" in settings and not _within(program, _PROGRAM):
        problem = f"The programme of {display} is no number from 1 to 65535"
        raise OperatorError(problem, "Give its number, such as program=1203; `xacast probe` shows what comes in")
    return int(program)


def unknown_settings(feed: Feed) -> tuple[str, ...]:
    """Settings of a feed that mean nothing: an earlier version took them, and passed over them."""
    asked = parse_qsl(_asked(feed.address), keep_blank_values=True)
    idle = _OF_CALLERS if feed.kind is FeedKind.SRT and listens(feed) else ()
    return tuple(_name(name) for name, _ in asked if name in idle or name not in KNOWN.get(feed.kind, (name,)))


def _asked(address: str) -> str:
    return address.partition("?")[2].partition("#")[0]


def _settings(address: str, known: tuple[str, ...], display: str) -> dict[str, str]:
    if "#" in address or urlsplit(address).path not in ("", "/"):
        problem = f"After the port of {display} stands something that means nothing there"
        raise OperatorError(problem, "Settings stand after a ?; write %23 for a # in them, and %2F for a /")
    found: dict[str, str] = {}
    for name, value in parse_qsl(_asked(address), keep_blank_values=True):
        if name not in known:
            word = _name(name) if value else HIDDEN  # a lone word may be a secret itself
            problem = f"There is no setting “{word}” for an address such as {display.partition('?')[0]}"
            raise OperatorError(problem, remedy_for(word, known))
        if name in found or not value:
            fault = "stands there twice" if name in found else "is empty"
            problem = f"The setting “{name}” of {display} {fault}"
            raise OperatorError(problem, f"Write {name}=… once, or leave it out")
        found[name] = value
    return found


def _name(name: str) -> str:
    return name if _NAME.fullmatch(name) else HIDDEN


def _within(text: str, numbers: range) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(numbers[-1])) and int(text) in numbers


def _check_srt(settings: dict[str, str], *, hosted: bool, display: str) -> None:
    if not all(value.isprintable() for value in settings.values()):  # they go into a script, a line each (T-05)
        problem = f"A setting of {display} has control characters in it"
        raise OperatorError(problem, "Use letters, digits and signs")
    if "mode" in settings:
        _check_mode(settings["mode"], hosted=hosted, display=display)
    if "streamid" in settings and (not hosted or settings.get("mode") == "listener"):
        problem = f"A listener such as {display} does not compare the streamid: any caller would be let in"
        raise OperatorError(problem, "Leave streamid out; a passphrase keeps strangers away")
    letters = len(settings.get("passphrase", "x" * _PASSPHRASE[0]))
    if letters not in _PASSPHRASE:
        problem = f"The passphrase of {display} has {letters} letters"
        raise OperatorError(problem, "SRT takes 10 to 79; use 20 random ones or more")
    if not _within(settings.get("latency", "200"), _LATENCY):
        problem = f"The latency of {display} is not 20 to 8000 ms"
        raise OperatorError(problem, "Give milliseconds, such as latency=200: three times the round trip or more")
    if settings.get("pbkeylen", "32") not in ("16", "24", "32"):
        problem = f"The key length of {display} is none of 16, 24, 32"
        raise OperatorError(problem, "Leave pbkeylen out for AES-256")


def _check_mode(mode: str, *, hosted: bool, display: str) -> None:
    if mode not in _MODES:
        problem = f"The mode of {display} is not one that feeds have"
        raise OperatorError(problem, remedy_for(mode, _MODES))
    if mode == "caller" and not hosted:
        problem = f"The address {display} says that we call, and names no host"
        raise OperatorError(problem, "Write srt://host:port to call, or leave mode out to wait for the sender")


def _check_places(address: str, display: str) -> None:
    try:
        places = places_of(address)
    except FeedError as error:
        problem = f"{display} cannot be received: {error.reason}"
        raise OperatorError(problem, "Write the address, its twin, source and interface in numbers") from None
    if len({(place.host, place.port) for place in places}) < len(places):
        problem = f"The twin of {display} is the same place once more"
        raise OperatorError(problem, "Write where the other way arrives, such as twin=239.1.1.2:5002")
    for host in {host for place in places for host in (place.source, place.interface)}:
        if why := nowhere(host):
            problem = f"{display} cannot be received: {why}"
            raise OperatorError(problem, "Write udp://SOURCE@GROUP:port, and for interface an address of ours")
    if not all(place.port for place in places):
        problem = f"A port of {display} is no number from 1 to 65535"
        raise OperatorError(problem, "Write address:port, such as twin=239.1.1.2:5002")
