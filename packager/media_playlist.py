"""The text of a media playlist, full and delta."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice

from flow.playlist import Playlist
from packager import tags
from packager.blocks import Blocks
from packager.grid import part_limit
from packager.page import Page, Sheet
from packager.rows import NO_PARTS, key_line, lines_of, opening, part_lines, uri_of
from packager.segment import Segment
from packager.view import View
from packager.window import skippable

_VERSION_FULL = 6
"""EXT-X-MAP in a playlist that is not I-frames only (RFC 8216bis section 8)."""

_VERSION_GAP = 8
"""EXT-X-GAP came with version 8. Later drafts no longer ask for it, but strict readers still do."""

_VERSION_DELTA = 9
"""EXT-X-SKIP (the same section)."""

_VERSION_DELTA_V2 = 10
"""EXT-X-SKIP that goes for EXT-X-DATERANGE too."""


def playlist_of(view: View, blocks: Blocks | None = None) -> Playlist:
    """The finished playlist. Its texts are drawn when they are asked for; `blocks` has the rows of the past."""
    drawn = Blocks(view.profile) if blocks is None else blocks
    delta, delta_v2 = deltas_of(view, lambda v2: Page.of(lambda: delta_text(view, v2=v2)))
    return Playlist(
        edge=view.edge, last_msn=view.last_msn, part_limit=part_limit(view.profile),
        target_duration=view.profile.target_duration, full=Page(lambda: full_sheets(view, drawn)),
        delta=delta, delta_v2=delta_v2, hint=view.hint,
    )


def deltas_of(view: View, draw: Callable[[bool], Page]) -> tuple[Page | None, Page | None]:
    """Both answers to `_HLS_skip`, YES and v2; none while nothing can be skipped."""
    return (draw(False), draw(True)) if skippable(view.profile, view.count) else (None, None)


def full_sheets(view: View, blocks: Blocks) -> list[Sheet]:
    """Every segment of the window: what is settled in ready blocks, the rest new."""
    past = view.past
    lines = _lines(view, view.segments, past.spans[-1].map_run if past.spans else 0)
    head = Sheet.of(_text(full_head(view)))
    settled = blocks.sheets(past, text=view.text, keys=view.keys)
    return [head, *settled, Sheet.of(_text([*lines, *_tail(view)]), last=True)]


def full_text(view: View) -> str:
    """Every segment of the window, each rendered here and now."""
    return _text([*full_head(view), *_lines(view, chain(view.past.rows(), view.segments), 0), *_tail(view)])


def delta_text(view: View, *, v2: bool = False) -> str:
    """The answer to `_HLS_skip` (6.2.5.1): what lies before the skip boundary is one EXT-X-SKIP.

    The tags of the skipped segments go with them, their EXT-X-MAP too: the client has them. With `v2` it has the
    marks that were there before as well, and is told which have left.
    """
    map_run, rows = kept_rows(view)
    return _text([*delta_head(view, v2=v2), *_lines(view, rows, map_run), *_tail(view)])


def delta_head(view: View, *, v2: bool = False) -> list[str]:
    """What stands before the first row of a delta."""
    skipped = skippable(view.profile, view.count)
    if not v2:
        return [*_head(view, _VERSION_DELTA), tags.skip(skipped)]
    recent = replace(view, marks=view.marks.changed_since(view.recent))
    return [*_head(recent, _VERSION_DELTA_V2), tags.skip(skipped, view.marks.removed_since(view.recent))]


def kept_rows(view: View) -> tuple[int, Iterator[Segment]]:
    """The run of the init section in force before them, and the segments that a delta lists."""
    skipped = skippable(view.profile, view.count)
    first = view.first_msn + skipped
    old = view.past.between(first - 1, view.past.end).rows()
    rows = chain(old, islice(view.segments, max(0, skipped - 1 - len(view.past)), None))
    return next(rows).map_run, rows


def _text(lines: list[str]) -> str:
    return "".join([f"{line}\n" for line in lines])


def full_head(view: View) -> list[str]:
    """What stands before the first row of a full playlist."""
    return _head(view, _VERSION_GAP if view.gaps else _VERSION_FULL)


def _head(view: View, version: int) -> list[str]:
    profile = view.profile
    lines = [tags.EXTM3U, tags.version(version), tags.target_duration(profile), tags.server_control(profile)]
    if profile.parts:
        lines.append(tags.part_inf(profile))
    lines.append(tags.media_sequence(view.first_msn))
    lines.append(tags.discontinuity_sequence(view.discontinuity_sequence))
    return lines + view.marks.lines()


def _lines(view: View, segments: Iterator[Segment] | tuple[Segment, ...], map_run: int) -> list[str]:
    parts_from = view.parts_from if view.profile.parts else NO_PARTS
    return lines_of(
        view.profile, segments, map_run=map_run, parts_from=parts_from, text=view.text, keys=view.keys,
    )


def _tail(view: View) -> list[str]:
    lines: list[str] = []
    if view.hint is None:
        return lines
    if view.open is not None:
        last = view.segments[-1] if view.segments else view.past.spans[-1]
        lines += opening(view.profile, view.open, last.map_run, text=view.text, keys=view.keys)
        lines += part_lines(view.profile, view.open.msn, view.open.parts, text=view.text)
    elif view.keys is not None:
        # The hinted part is the first of a segment, and ExoPlayer decrypts it with what stands above it.
        lines.append(key_line(view.keys, view.hint.msn, view.profile.segment))
    lines.append(tags.preload_hint(uri_of(view.hint, text=view.text)))
    for report in view.reports:
        uri = f"../{report.rendition}/index.m3u8"
        lines.append(tags.rendition_report(uri, report.edge.msn, report.edge.part))
    return lines
