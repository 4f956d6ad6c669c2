"""How a track's packets travel, as `Transport` says it (RFC 2326, section 12.39)."""

import re
from dataclasses import dataclass

from flow.errors import FeedError

_PAIR = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_WORD = re.compile(r"[0-9A-Fa-f.:]{2,45}")
_CHANNELS, _LEAST_PORT, _MOST_PORT = 256, 1_024, 65_536
_OTHER = "the RTSP server offers its packets by a way that was not asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """What the server granted. Over TCP `first` and `second` are channels, over UDP its ports for RTP and RTCP;
    `source` is the address its packets come from, empty for the one that was called."""

    tcp: bool
    first: int
    second: int
    source: str = ""


def over_tcp(track: int) -> str:
    """What to ask for: channels of the same connection."""
    return f"RTP/AVP/TCP;unicast;interleaved={2 * track}-{2 * track + 1}"


def over_udp(port: int) -> str:
    """What to ask for: two ports of ours, the second one for RTCP."""
    return f"RTP/AVP;unicast;client_port={port}-{port + 1}"


def granted(text: str, *, tcp: bool, track: int) -> Transport:
    """What an answer grants; raises FeedError for another way than the one asked for."""
    first, *rest = (word.strip() for word in text.partition(",")[0].split(";"))
    words = {name.strip().lower(): value.strip() for name, _, value in (word.partition("=") for word in rest)}
    if first.upper().endswith("/TCP") != tcp or "multicast" in words:
        raise FeedError(_OTHER)
    one, two = _pair(words.get("interleaved" if tcp else "server_port", ""), (2 * track, 2 * track + 1), tcp=tcp)
    source = words.get("source", "")
    return Transport(tcp=tcp, first=one, second=two, source=source if _WORD.fullmatch(source) else "")


def _pair(text: str, usual: tuple[int, int], *, tcp: bool) -> tuple[int, int]:
    found = _PAIR.fullmatch(text)
    if found is None:
        return usual if tcp else (0, 0)
    one = int(found[1])
    two = int(found[2]) if found[2] else one + 1
    least, most = (0, _CHANNELS) if tcp else (_LEAST_PORT, _MOST_PORT)
    if not (least <= one < most and least <= two < most):
        raise FeedError(_OTHER)
    return one, two
