"""One table: what kind of answer it is, and the headers that follow. Pure.

Lifetimes as RFC 8216bis Appendix B.1 asks, in target durations; `max-age` knows whole seconds only. An answer to a
blocking request is cacheable although it is live: its address names the state that it shows, and a cache in front
can answer every waiting viewer with one request of its own.
"""

from enum import StrEnum

from flow.ids import RenditionId
from flow.ladder import is_captions, is_sound
from flow.thumbnail import is_thumbnails


class Kind(StrEnum):
    """What is answered."""

    MULTIVARIANT = "multivariant"
    PLAYLIST = "playlist"
    BLOCKING_PLAYLIST = "blocking playlist"
    INIT = "init"
    SEGMENT = "segment"
    PART = "part"
    TS = "transport stream"
    SPRITES = "sprites"


_PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
_DAY = 86_400
_FAILURE = 1  # seconds; long enough to join a crowd's requests, short enough to hide nothing that comes next

CORS = {
    "Access-Control-Allow-Origin": "*",
    # hls.js reads Age only when it is exposed, and takes a cached playlist for a fresh one otherwise.
    "Access-Control-Expose-Headers": "Age, Date, Content-Length",
}
"""Every page may read media: it holds nothing of who asked."""

_ALWAYS = {**CORS, "X-Content-Type-Options": "nosniff"}


def lifetime(kind: Kind, target_duration: int) -> int:
    """Seconds that a cache may keep a good answer; `target_duration` in seconds."""
    match kind:
        case Kind.MULTIVARIANT:
            return 1  # half of the shortest target duration, 2 s
        case Kind.PLAYLIST | Kind.SPRITES:
            return max(1, target_duration // 2)
        case Kind.BLOCKING_PLAYLIST | Kind.SEGMENT | Kind.PART | Kind.TS:
            return 6 * target_duration
        case Kind.INIT:
            return _DAY  # the run is in its name, so it never changes


def content_type(kind: Kind, rendition: RenditionId | None = None) -> str:
    """The media type (HLS Authoring Specification 10.4)."""
    match kind:
        case Kind.MULTIVARIANT | Kind.PLAYLIST | Kind.BLOCKING_PLAYLIST:
            return _PLAYLIST_TYPE
        case Kind.INIT:
            return "audio/mp4" if rendition and is_sound(rendition) else "video/mp4"
        case Kind.SPRITES:
            return "text/vtt"
        case Kind.SEGMENT | Kind.PART if rendition and is_thumbnails(rendition):
            return "image/jpeg"
        case Kind.SEGMENT | Kind.PART:
            return "text/vtt" if rendition and is_captions(rendition) else "video/iso.segment"
        case Kind.TS:
            return "video/mp2t"


def headers_of(kind: Kind, target_duration: int, rendition: RenditionId | None = None) -> dict[str, str]:
    """The headers of a good answer, but for what depends on the request."""
    headers = {
        **_ALWAYS,
        "Content-Type": content_type(kind, rendition),
        "Cache-Control": f"max-age={lifetime(kind, target_duration)}",
    }
    text = rendition is not None and is_captions(rendition)
    if text or kind in {Kind.MULTIVARIANT, Kind.PLAYLIST, Kind.BLOCKING_PLAYLIST, Kind.SPRITES}:
        headers["Vary"] = "Accept-Encoding"
    else:
        headers["Accept-Ranges"] = "bytes"
    return headers


def failure_headers(status: int) -> dict[str, str]:
    """The headers of a refusal. A busy 503 says when to come again: players retry it, but no 4xx."""
    headers = dict(_ALWAYS)
    headers["Cache-Control"] = f"max-age={_FAILURE}" if status in {400, 404, 503} else "no-store"
    if status == 404:
        headers["Vary"] = "Cookie"  # what is not there for one viewer may be there for another
    if status == 503:
        headers["Retry-After"] = "1"
    return headers
