"""What an RTSP server offers, read from its description (SDP, RFC 8866), and written anew for our front.

The front's FFmpeg sees no line of the server's but what names a track's codec: no address to connect to, no other
protocol (T-04, T-07).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flow.errors import FeedError
from ingest.rtsp.address import within

MOST = 8
"""Tracks that are asked for (T-09)."""

_MEDIA = re.compile(r"m=(video|audio) \d+(?:/\d+)? RTP/AVPF?(?:/TCP)? ([0-9 ]+)", re.IGNORECASE)
_KEPT = re.compile(r"a=(?:rtpmap|fmtp|framerate):[ -~]{1,8192}")
_CONTROL = "a=control:"
_NONE = "the RTSP server offers neither picture nor sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One picture or sound: its address at the server, and the lines that describe it."""

    url: str
    lines: tuple[str, ...]


def tracks_of(text: str, base: str) -> tuple[Track, ...]:
    """The tracks of a description that came from `base`; raises FeedError when there is none."""
    plain = text.replace("\r\n", "\n")
    sections = [section.splitlines() for section in re.split(r"^(?=m=)", plain, flags=re.MULTILINE)]
    whole = within(base, _control(sections[0]))
    found = [
        Track(url=within(whole, _control(lines)), lines=(_media(media), *filter(_KEPT.fullmatch, lines[1:])))
        for lines in sections[1:] if (media := _MEDIA.fullmatch(lines[0].strip()))
    ]
    if not found:
        raise FeedError(_NONE)
    return tuple(found[:MOST])


def control_of(text: str, base: str) -> str:
    """What the whole presentation is played and ended by: the description's own `control`, else `base`."""
    return within(base, _control(text.replace("\r\n", "\n").partition("\nm=")[0].splitlines()))


def description(tracks: Sequence[Track]) -> str:
    """The description that our front gets: its track number n is called `n`."""
    lines = ["v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=feed", "c=IN IP4 127.0.0.1", "t=0 0", f"{_CONTROL}*"]
    for at, track in enumerate(tracks):
        lines += [*track.lines, f"{_CONTROL}{at}"]
    return "\r\n".join([*lines, ""])


def _control(lines: Sequence[str]) -> str:
    return next((line[len(_CONTROL):].strip() for line in lines if line.lower().startswith(_CONTROL)), "")


def _media(found: re.Match[str]) -> str:
    return f"m={found[1].lower()} 0 RTP/AVP {found[2].strip()}"
