"""The lines of HLS playlists: one small function per tag, each with its section of RFC 8216bis."""

from collections.abc import Iterable, Sequence

from flow.profile import Profile
from flow.timebase import SCALE, seconds_text, utc_text
from packager.grid import skip_units, target_units

EXTM3U = "#EXTM3U"
"""4.4.1.1."""

INDEPENDENT_SEGMENTS = "#EXT-X-INDEPENDENT-SEGMENTS"
"""4.4.2.1: every segment can be decoded alone."""

PART_INF = "#EXT-X-PART-INF"

I_FRAMES_ONLY = "#EXT-X-I-FRAMES-ONLY"
"""4.4.3.6: each segment is one picture that stands alone."""

IMAGES_ONLY = "#EXT-X-IMAGES-ONLY"
"""https://github.com/image-media-playlist/spec: each segment is a picture, or a sheet of pictures."""

DISCONTINUITY = "#EXT-X-DISCONTINUITY"
"""4.4.4.3."""

GAP = "#EXT-X-GAP"
"""4.4.4.7: the segment below has no body."""


def attributes(pairs: Iterable[tuple[str, str]]) -> str:
    """An attribute list (4.2); values come ready, quoted where they are strings."""
    return ",".join(f"{name}={value}" for name, value in pairs)


def quoted(text: str) -> str:
    """A quoted string (4.2). Raises ValueError for what cannot stand in one."""
    if not text or any(character in text for character in '"\r\n'):
        message = f"not a quoted string: {text!r}"
        raise ValueError(message)
    return f'"{text}"'


def version(number: int) -> str:
    """4.4.1.2: the lowest that covers what the playlist holds (section 8)."""
    return f"#EXT-X-VERSION:{number}"


def target_duration(profile: Profile) -> str:
    """4.4.3.1: whole seconds; never changes."""
    return f"#EXT-X-TARGETDURATION:{profile.target_duration}"


def media_sequence(msn: int) -> str:
    """4.4.3.2."""
    return f"#EXT-X-MEDIA-SEQUENCE:{msn}"


def discontinuity_sequence(number: int) -> str:
    """4.4.3.3; always there, since a channel may meet a discontinuity one day (Apple rule 8.17)."""
    return f"#EXT-X-DISCONTINUITY-SEQUENCE:{number}"


def part_inf(profile: Profile) -> str:
    """4.4.3.7: PART-TARGET is the exact length of every part."""
    return f"{PART_INF}:PART-TARGET={seconds_text(profile.chunk)}"


def live_edge(profile: Profile) -> list[str]:
    """4.4.3.8 and 4.4.3.7, of a list without parts beside others that have them."""
    if not profile.parts:
        return []
    pairs = [("PART-HOLD-BACK", _part_hold_back(profile))]
    return ["#EXT-X-SERVER-CONTROL:" + attributes(pairs), part_inf(profile)]


def server_control(profile: Profile) -> str:
    """4.4.3.8. PART-HOLD-BACK is three parts: the draft asks for two, Apple's rule 14.3 for three."""
    target = target_units(profile)
    pairs = [
        ("CAN-BLOCK-RELOAD", "YES"), ("CAN-SKIP-UNTIL", seconds_text(skip_units(profile), 3)),
        ("CAN-SKIP-DATERANGES", "YES"),
    ]
    if profile.parts:
        pairs.append(("PART-HOLD-BACK", _part_hold_back(profile)))
    pairs.append(("HOLD-BACK", seconds_text(3 * target, 3)))
    return "#EXT-X-SERVER-CONTROL:" + attributes(pairs)


def _part_hold_back(profile: Profile) -> str:
    return seconds_text(3 * profile.chunk)


def extinf(units: int) -> str:
    """4.4.4.1; five decimals, so that sums stay true (Apple rule 8.1)."""
    return f"#EXTINF:{seconds_text(units)},"


def i_frame_stream_inf(pairs: Iterable[tuple[str, str]]) -> str:
    """4.4.6.3; values come ready, as in `attributes`."""
    return "#EXT-X-I-FRAME-STREAM-INF:" + attributes(pairs)


def image_stream_inf(pairs: Iterable[tuple[str, str]]) -> str:
    """As `IMAGES_ONLY`; values come ready, as in `attributes`."""
    return "#EXT-X-IMAGE-STREAM-INF:" + attributes(pairs)


def program_date_time(start: int) -> str:
    """4.4.4.6, from the media time itself, so that renditions agree."""
    return f"#EXT-X-PROGRAM-DATE-TIME:{utc_text(start)}"


def init_map(uri: str) -> str:
    """4.4.4.5."""
    return f"#EXT-X-MAP:URI={quoted(uri)}"


KEY_NONE = "#EXT-X-KEY:METHOD=NONE"
"""4.4.4.4: what follows is in clear."""


def key(uri: str, iv: bytes) -> str:
    """4.4.4.4; the IV is written although players know it, since some know 32 bits of it."""
    pairs = [("METHOD", "AES-128"), ("URI", quoted(uri)), ("IV", f"0x{iv.hex()}")]
    return "#EXT-X-KEY:" + attributes(pairs)


def part(units: int, uri: str, *, independent: bool = False, gap: bool = False) -> str:
    """4.4.4.9."""
    pairs = [("DURATION", seconds_text(units)), ("URI", quoted(uri))]
    if independent:
        pairs.append(("INDEPENDENT", "YES"))
    if gap:
        pairs.append(("GAP", "YES"))
    return "#EXT-X-PART:" + attributes(pairs)


def skip(segments: int, removed: Sequence[str] | None = None) -> str:
    """4.4.5.2; `removed` are the ids of date ranges that left of late, said where old ones are skipped."""
    pairs = [("SKIPPED-SEGMENTS", str(segments))]
    if removed is not None:  # it may be empty, as no other string
        pairs.append(("RECENTLY-REMOVED-DATERANGES", '"{}"'.format("\t".join(removed))))
    return "#EXT-X-SKIP:" + attributes(pairs)


def preload_hint(uri: str) -> str:
    """4.4.5.3."""
    return f"#EXT-X-PRELOAD-HINT:TYPE=PART,URI={quoted(uri)}"


def rendition_report(uri: str, msn: int, index: int) -> str:
    """4.4.5.4; the URI is relative to the playlist that holds it."""
    return f"#EXT-X-RENDITION-REPORT:URI={quoted(uri)},LAST-MSN={msn},LAST-PART={index}"


def date_range(pairs: Iterable[tuple[str, str]]) -> str:
    """4.4.5.1."""
    return "#EXT-X-DATERANGE:" + attributes(pairs)


def media(pairs: Iterable[tuple[str, str]]) -> str:
    """4.4.6.1."""
    return "#EXT-X-MEDIA:" + attributes(pairs)


def stream_inf(pairs: Iterable[tuple[str, str]]) -> str:
    """4.4.6.2."""
    return "#EXT-X-STREAM-INF:" + attributes(pairs)


def frame_rate(fps: int) -> str:
    """FRAME-RATE of 4.4.6.2: three decimals."""
    return seconds_text(fps * SCALE, 3)
