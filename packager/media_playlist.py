"""The text of a media playlist, full and delta."""

from flow.names import InitName, PartName, SegmentName, text_name
from flow.playlist import Body, Playlist
from packager import tags
from packager.grid import part_limit
from packager.segment import Part, Segment
from packager.segmenter import OpenSegment
from packager.view import View
from packager.window import skippable

_VERSION_FULL = 6
"""EXT-X-MAP in a playlist that is not I-frames only (RFC 8216bis section 8)."""

_VERSION_GAP = 8
"""EXT-X-GAP came with version 8. Later drafts no longer ask for it, but strict readers still do."""

_VERSION_DELTA = 9
"""EXT-X-SKIP (the same section)."""


def playlist_of(view: View) -> Playlist:
    """The finished playlist."""
    skipped = skippable(view.profile, len(view.segments))
    return Playlist(
        edge=view.edge, last_msn=view.last_msn, part_limit=part_limit(view.profile),
        target_duration=view.profile.target_duration, full=Body.of(full_text(view)),
        delta=Body.of(delta_text(view)) if skipped else None, hint=view.hint,
    )


def full_text(view: View) -> str:
    """Every segment of the window."""
    segments, tail = _segments(view, 0), _tail(view)
    gaps = any(segment.lost for segment in view.segments) or any(part.lost for part in view.listed_open_parts)
    return _text([*_head(view, _VERSION_GAP if gaps else _VERSION_FULL), *segments, *tail])


def delta_text(view: View) -> str:
    """The answer to `_HLS_skip` (6.2.5.1): what lies before the skip boundary is one EXT-X-SKIP.

    The tags of the skipped segments go with them, their EXT-X-MAP too: the client has them.
    """
    skipped = skippable(view.profile, len(view.segments))
    head = [*_head(view, _VERSION_DELTA), tags.skip(skipped)]
    return _text([*head, *_segments(view, skipped), *_tail(view)])


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _head(view: View, version: int) -> list[str]:
    profile = view.profile
    lines = [tags.EXTM3U, tags.version(version), tags.target_duration(profile), tags.server_control(profile)]
    if profile.parts:
        lines.append(tags.part_inf(profile))
    lines.append(tags.media_sequence(view.segments[0].msn))
    lines.append(tags.discontinuity_sequence(view.discontinuity_sequence))
    return lines


def _segments(view: View, skipped: int) -> list[str]:
    lines: list[str] = []
    map_run = view.segments[skipped - 1].map_run if skipped else 0
    for segment in view.segments[skipped:]:
        lines += _opening(view, segment, map_run)
        map_run = segment.map_run
        if view.profile.parts and segment.msn >= view.parts_from:
            lines += _parts(view, segment.msn, segment.parts)
        if segment.lost:
            lines.append(tags.GAP)
        lines += [tags.extinf(view.profile.segment), _uri(view, SegmentName(segment.msn, segment.run))]
    return lines


def _tail(view: View) -> list[str]:
    lines: list[str] = []
    if view.hint is None:
        return lines
    if view.open is not None:
        lines += _opening(view, view.open, view.segments[-1].map_run)
        lines += _parts(view, view.open.msn, view.open.parts)
    lines.append(tags.preload_hint(_uri(view, view.hint)))
    for report in view.reports:
        uri = f"../{report.rendition}/index.m3u8"
        lines.append(tags.rendition_report(uri, report.edge.msn, report.edge.part))
    return lines


def _opening(view: View, segment: Segment | OpenSegment, map_run: int) -> list[str]:
    # What belongs to a segment stands before its first part; players that find it later fetch the whole again.
    lines = [tags.DISCONTINUITY] if segment.discontinuity else []
    if segment.map_run != map_run and not view.text:  # each text has its own header
        lines.append(tags.init_map(str(InitName(segment.map_run))))
    lines.append(tags.program_date_time(segment.msn * view.profile.segment))
    return lines


def _parts(view: View, msn: int, parts: tuple[Part, ...]) -> list[str]:
    return [
        tags.part(
            view.profile.chunk, _uri(view, PartName(msn, part.run, part.index)), independent=part.independent,
            gap=part.lost,
        )
        for part in parts
    ]


def _uri(view: View, name: SegmentName | PartName) -> str:
    return text_name(name) if view.text else str(name)
