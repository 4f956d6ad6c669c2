"""From an RTSP address to tracks that are ready to play: the server is asked what it has, and how it sends it."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from flow.errors import FeedError
from ingest.rtsp.message import LARGEST_BODY, RtspMessage
from ingest.rtsp.talk import RtspTalk, refusal
from ingest.rtsp.tracks import Track, control_of, tracks_of
from ingest.rtsp.transport import Transport, granted, over_tcp, over_udp

OpenPair = Callable[[], Awaitable[int]]
"""Two UDP ports of ours for one more track; the even one."""

_OK, _NOT_THAT_WAY = 200, 461
_USUAL, _LEAST, _MOST = 60.0, 5.0, 120.0
_SESSION = re.compile(r"([!-:<-~]{1,256})(?:\s*;.*?timeout\s*=\s*(\d{1,5}))?.*")
_NUMBERS = re.compile(r"(seq|rtptime)=(\d{1,10})")


@dataclass(frozen=True, slots=True, kw_only=True)
class RtspStream:
    """A stream that is set up. `url` plays and ends it, `transports` are those of `tracks`; `keeper` is the method
    that keeps the session alive, at least each `timeout` seconds."""

    url: str
    tracks: tuple[Track, ...]
    transports: tuple[Transport, ...]
    keeper: str
    timeout: float


async def set_up(talk: RtspTalk, url: str, pair: OpenPair) -> RtspStream:
    """Ask for what stands at `url`: over the same connection, or over UDP where the server wants that.

    Raises FeedError, and Elsewhere for a redirection.
    """
    public = (await talk.ask("OPTIONS", url)).header("public").upper()
    told = await talk.get("DESCRIBE", url, {"Accept": "application/sdp"})
    base = told.header("content-base") or told.header("content-location") or url
    text = told.body[:LARGEST_BODY].decode("utf-8", "replace")
    tracks = tracks_of(text, base)
    transports, timeout = await _transports(talk, tracks, pair)
    return RtspStream(
        url=control_of(text, base), tracks=tracks, transports=tuple(transports),
        keeper="GET_PARAMETER" if "GET_PARAMETER" in public else "OPTIONS", timeout=timeout,
    )


def play_info(reply: RtspMessage, tracks: Sequence[Track], base: str) -> str:
    """The times at which the tracks begin (`RTP-Info`), for our front, who knows track n as `base/n`.

    They keep picture and sound together until the sender's first report comes.
    """
    entries = [entry.strip() for entry in reply.header("rtp-info").split("url=") if entry.strip()]
    found = []
    for at, entry in enumerate(entries):
        url = entry.partition(";")[0].strip()
        named = [number for number, track in enumerate(tracks) if url and track.url.endswith(url)]
        number = named[0] if len(named) == 1 else at
        numbers = "".join(f";{name}={value}" for name, value in _NUMBERS.findall(entry))
        if number < len(tracks) and numbers:
            found.append(f"url={base}/{number}{numbers}")
    return ",".join(found)


async def _transports(talk: RtspTalk, tracks: Sequence[Track], pair: OpenPair) -> tuple[list[Transport], float]:
    found: list[Transport] = []
    tcp, timeout = True, _USUAL
    for at, track in enumerate(tracks):
        reply = await talk.ask("SETUP", track.url, {"Transport": over_tcp(at) if tcp else over_udp(await pair())})
        if reply.status == _NOT_THAT_WAY and not found and tcp:
            tcp = False
            reply = await talk.ask("SETUP", track.url, {"Transport": over_udp(await pair())})
        if reply.status != _OK:
            raise refusal(reply)
        timeout = _session(talk, reply)
        found.append(granted(reply.header("transport"), tcp=tcp, track=at))
    return found, timeout


def _session(talk: RtspTalk, reply: RtspMessage) -> float:
    """Keep the session's name for every request from now on; how long it lives."""
    found = _SESSION.fullmatch(reply.header("session"))
    if found is None:
        reason = "the RTSP server opens no session"
        raise FeedError(reason)
    talk.session = found[1]
    return min(_MOST, max(_LEAST, float(found[2]))) if found[2] else _USUAL
