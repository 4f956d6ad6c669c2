"""The lines of complete segments in a media playlist."""

from collections.abc import Iterable

from flow.key_turns import KeyTurns
from flow.names import InitName, PartName, SegmentName, text_name
from flow.profile import Profile
from packager import tags
from packager.aes import iv_of
from packager.segment import Part, Segment
from packager.segmenter import OpenSegment

NO_PARTS = 2**63
"""A number that no segment reaches: none is listed with its parts."""


def lines_of(
    profile: Profile, segments: Iterable[Segment], *, map_run: int, parts_from: int = NO_PARTS, text: bool = False,
    keys: KeyTurns | None = None,
) -> list[str]:
    """The lines of these segments, behind one whose init section is `map_run`'s (0: behind none); those from
    `parts_from` on with their parts. `text` says that they are captions, `keys` what they are encrypted with."""
    lines: list[str] = []
    extinf = tags.extinf(profile.segment)
    for segment in segments:
        lines += opening(profile, segment, map_run, text=text, keys=keys)
        map_run = segment.map_run
        if segment.msn >= parts_from:
            lines += part_lines(profile, segment.msn, segment.parts, text=text)
        if segment.lost:
            lines.append(tags.GAP)
        lines += [extinf, uri_of(SegmentName(segment.msn, segment.run), text=text)]
    return lines


def opening(
    profile: Profile, segment: Segment | OpenSegment, map_run: int, *, text: bool = False,
    keys: KeyTurns | None = None,
) -> list[str]:
    """What stands before a segment's first part: players that find it later fetch the whole again.

    Init sections are in clear, so EXT-X-MAP stands where no key applies (RFC 8216bis 4.4.4.5).
    """
    lines = [tags.DISCONTINUITY] if segment.discontinuity else []
    if segment.map_run != map_run and not text:  # each text has its own header
        if keys is not None and map_run:
            lines.append(tags.KEY_NONE)
        lines.append(tags.init_map(str(InitName(segment.map_run))))
    if keys is not None:
        lines.append(key_line(keys, segment.msn, profile.segment))
    lines.append(tags.program_date_time(segment.msn * profile.segment))
    return lines


def key_line(keys: KeyTurns, msn: int, length: int) -> str:
    """The key and the IV of a segment and of its parts; segments of its list are `length` units long.

    Lost segments have one too, since some of their parts may be there. The address is relative to
    `/live/<channel>/<rendition>/`, so it holds under any prefix.
    """
    return tags.key(f"../../../keys/{keys.channel}/{keys.at(msn * length)}", iv_of(msn))


def part_lines(profile: Profile, msn: int, parts: tuple[Part, ...], *, text: bool = False) -> list[str]:
    """The lines of a segment's parts."""
    return [
        tags.part(
            profile.chunk, uri_of(PartName(msn, part.run, part.index), text=text), independent=part.independent,
            gap=part.lost,
        )
        for part in parts
    ]


def uri_of(name: SegmentName | PartName, *, text: bool) -> str:
    """How a playlist spells a name."""
    return text_name(name) if text else str(name)
