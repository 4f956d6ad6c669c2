"""The lists of thumbnails: an image playlist, and WebVTT for the page's seek bar. Pure.

The image playlist is that of https://github.com/image-media-playlist/spec (0.4), which Roku and Shaka Player know:
one picture in a file, as it is without EXT-X-TILES. Players that do not know the tags pass them over (RFC 8216
6.3.1).
"""

from collections import Counter
from dataclasses import dataclass

from flow.names import PartName, SegmentName, picture_name
from flow.playlist import Edge, Playlist
from flow.profile import Profile
from flow.thumbnail import LENGTH, MOST_BYTES, SHEET, THUMBNAILS, pitch_of
from flow.timebase import SCALE, hours_text
from packager import tags
from packager.page import Page

BANDWIDTH = -(-MOST_BYTES * 8 * SCALE // LENGTH)
"""Bit/s that are declared: no picture is larger than it may be."""

_VERSION, _VERSION_GAP = 3, 8  # decimals in EXTINF; EXT-X-GAP, as strict readers ask
_SECONDS = LENGTH // SCALE


@dataclass(frozen=True, slots=True)
class Row:
    """One place: its number, and the run that the picture came from, 0 where there is none."""

    msn: int
    run: int

    @property
    def name(self) -> SegmentName:
        """The picture's address."""
        return SegmentName(self.msn, self.run)


def stream_of(size: tuple[int, int]) -> str:
    """The line of the multivariant playlist."""
    return tags.image_stream_inf([
        ("BANDWIDTH", str(BANDWIDTH)), ("CODECS", tags.quoted("jpeg")), ("RESOLUTION", f"{size[0]}x{size[1]}"),
        ("URI", tags.quoted(f"{THUMBNAILS}/index.m3u8")),
    ])


def playlist_of(rows: tuple[Row, ...], following: int, size: tuple[int, int], profile: Profile) -> Playlist:
    """Both lists of these rows, behind which the place `following` comes."""
    last = following - 1
    return Playlist(
        edge=Edge(last, 0), last_msn=last, part_limit=0, target_duration=_SECONDS,
        full=Page.of(lambda: image_text(rows, following, profile)),
        sprites=Page.of(lambda: sprites_text(rows, size)),
    )


def image_text(rows: tuple[Row, ...], following: int, profile: Profile) -> str:
    """The image playlist. What is missing is a gap, so that every number has its own time; no discontinuity is
    told, since pictures do not follow from each other.

    Shaka Player (5.2) takes the distance from the live edge, for all it plays, out of the list that it reads
    first, and that is this one: without the parts' distance here it would stay 30 s behind, three pictures.
    """
    first = rows[0].msn if rows else following
    lines = [
        tags.EXTM3U, tags.version(_VERSION_GAP if any(not row.run for row in rows) else _VERSION),
        f"#EXT-X-TARGETDURATION:{_SECONDS}", *tags.live_edge(profile),
        tags.media_sequence(first), tags.IMAGES_ONLY,
    ]
    if rows:
        lines.append(tags.program_date_time(first * LENGTH))
    for row in rows:
        lines += [*([] if row.run else [tags.GAP]), tags.extinf(LENGTH), picture_name(row.name)]
    return _text(lines)


def sprites_text(rows: tuple[Row, ...], size: tuple[int, int]) -> str:
    """One cue for each picture, its times those of the media: since the epoch. What is missing has none.

    A whole minute of one run is in one sheet, for one request; `#xywh` says where each stands
    (https://www.w3.org/TR/media-frags/, 4.2.2).
    """
    width, height = size
    sheets = _sheets(rows)
    lines = ["WEBVTT"]
    for row in rows:
        if row.run:
            times = f"{hours_text(row.msn * LENGTH)} --> {hours_text((row.msn + 1) * LENGTH)}"
            first, at = row.msn - row.msn % SHEET, row.msn % SHEET
            whole = (first, row.run) in sheets
            name, top = (PartName(first, row.run, SHEET), at * pitch_of(height)) if whole else (row.name, 0)
            lines += ["", times, f"{picture_name(name)}#xywh=0,{top},{width},{height}"]
    return _text(lines)


def _sheets(rows: tuple[Row, ...]) -> frozenset[tuple[int, int]]:
    """The first place and the run of each sheet of which all is there."""
    counts = Counter((row.msn - row.msn % SHEET, row.run) for row in rows if row.run)
    return frozenset(sheet for sheet, count in counts.items() if count == SHEET)


def _text(lines: list[str]) -> str:
    return "".join([f"{line}\n" for line in lines])
