"""The lists for old boxes: plain HLS, as the first players knew it, without a word of low latency."""

from collections.abc import Sequence

from flow.channel import Channel
from flow.key_turns import KeyTurns
from flow.ladder import Rendition, ts_id
from flow.playlist import Body, Edge, Playlist
from flow.profile import PROFILES, ProfileName
from flow.timebase import AAC_FRAME, SCALE
from packager import tags
from packager.multivariant import Figures, Measured, Rung, ordered, padding
from packager.rows import key_line
from packager.ts.listing import TsSegment
from packager.ts.packets import PACKET, ROOM, ROUND
from packager.ts.segment import FRAMES, LENGTH

PROFILE = PROFILES[ProfileName.CLASSIC]
"""Segments of 3.84 s without parts, whatever the channel's own profile is."""

_VERSION = 3
"""Decimal EXTINF (RFC 8216bis section 8), and nothing newer."""
_TABLES = 2 * ROUND
_HALF = ROOM // 2
"""Bytes of stuffing at the end of a PES packet, on average."""
_PICTURE_HEAD = 33
"""Clock, PES header and delimiter."""
_SOUND_HEAD = 14
_FRAME_HEAD = 7


def media_playlist(
    segments: Sequence[TsSegment], discontinuity_sequence: int, keys: KeyTurns | None = None,
) -> Playlist:
    """The list of these segments, of which there is at least one; `keys` are what they are encrypted with."""
    last = segments[-1].msn
    return Playlist(
        edge=Edge(last, 0), last_msn=last, part_limit=0, target_duration=PROFILE.target_duration,
        full=Body.of(_text(segments, discontinuity_sequence, keys)),
    )


def _text(segments: Sequence[TsSegment], discontinuity_sequence: int, keys: KeyTurns | None) -> str:
    lines = [
        tags.EXTM3U, tags.version(_VERSION), tags.target_duration(PROFILE), tags.media_sequence(segments[0].msn),
        tags.discontinuity_sequence(discontinuity_sequence),
    ]
    for segment in segments:
        if segment.discontinuity:
            lines.append(tags.DISCONTINUITY)
        if keys is not None:
            lines.append(key_line(keys, segment.msn, LENGTH))
        lines += [tags.program_date_time(segment.msn * LENGTH), tags.extinf(LENGTH), str(segment.name)]
    return "\n".join(lines) + "\n"


def multivariant_text(channel: Channel, figures: Figures) -> str:
    """The list of every rung with its first sound in it; the rest as in the channel's other one."""
    lines = [tags.EXTM3U, tags.version(_VERSION)]
    for rung in ordered(channel):
        known = figures[rung.id]
        lines += [
            tags.stream_inf([
                ("BANDWIDTH", str(known.bandwidth)), ("AVERAGE-BANDWIDTH", str(known.average)),
                ("CODECS", tags.quoted(known.codecs)), ("RESOLUTION", f"{rung.width}x{rung.height}"),
                ("FRAME-RATE", tags.frame_rate(rung.fps)),
            ]),
            f"{ts_id(rung.id)}/index.m3u8",
        ]
    return "\n".join(lines) + "\n"


def figures_of(channel: Channel, measured: dict[str, Measured]) -> Figures:
    """What is said of each rung; what is not measured yet counts as declared."""
    return {rung.id: _figures(channel, rung, measured[rung.id]) for rung in channel.ladder.avc}


def _figures(channel: Channel, rung: Rendition, measured: Measured) -> Rung:
    declared = _declared(channel, rung)
    bandwidth = max(declared, measured.rates.peak) + padding(channel)
    return Rung(bandwidth=bandwidth, average=measured.rates.average or declared, codecs=measured.codecs)


def _declared(channel: Channel, rung: Rendition) -> int:
    """Bit/s of a rung whose encoders spend all they may, in packets."""
    sounds = SCALE // (FRAMES * AAC_FRAME) + 1
    heads = rung.fps * (_PICTURE_HEAD + _HALF) + sounds * (_SOUND_HEAD + FRAMES * _FRAME_HEAD + _HALF)
    payload = (rung.maxrate + channel.ladder.sound_of(rung).bitrate) // 8 + heads
    tables_and_rounds = (_TABLES + ROUND) * PACKET * SCALE // LENGTH
    return (payload * PACKET // ROOM + tables_and_rounds) * 8
