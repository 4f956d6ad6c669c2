"""I-frame playlists (RFC 8216bis 4.4.3.6), drawn from the same rows as the rendition's own."""

from dataclasses import replace

from flow.playlist import Edge, Playlist
from packager import tags
from packager.blocks import Blocks
from packager.media_playlist import delta_head, deltas_of, full_head, kept_rows
from packager.page import Page, Sheet
from packager.rows import lines_of
from packager.view import View


def iframe_playlist_of(view: View, blocks: Blocks) -> Playlist:
    """The list of the first pictures of the view's complete segments, each called as its segment is.

    EXT-X-MAP, target duration, discontinuities and gaps are the rendition's, so its rows serve here too. There are
    no parts, as 4.4.4.9 asks, but a reload may wait for a segment (6.2.5.2).
    """
    # Without parts nothing of theirs is said, their gaps neither.
    whole = replace(view, open=None, segments=tuple(replace(segment, parts=()) for segment in view.segments))
    delta, delta_v2 = deltas_of(view, lambda v2: Page(lambda: _delta(whole, v2=v2)))
    return Playlist(
        edge=Edge(view.last_msn, view.profile.chunks_per_segment - 1), last_msn=view.last_msn, part_limit=0,
        target_duration=view.profile.target_duration, full=Page(lambda: _full(whole, blocks)),
        delta=delta, delta_v2=delta_v2,
    )


def _full(view: View, blocks: Blocks) -> list[Sheet]:
    past = view.past
    map_run = past.spans[-1].map_run if past.spans else 0
    newest = lines_of(view.profile, view.segments, map_run=map_run, keys=view.keys)
    head = [*_head(full_head(view)), tags.I_FRAMES_ONLY]
    return [_sheet(head), *blocks.sheets(past, keys=view.keys), _sheet(newest, last=True)]


def _delta(view: View, *, v2: bool) -> list[Sheet]:
    map_run, rows = kept_rows(view)
    *head, skip = delta_head(view, v2=v2)
    lines = lines_of(view.profile, rows, map_run=map_run, keys=view.keys)
    return [_sheet([*_head(head), tags.I_FRAMES_ONLY, skip, *lines], last=True)]


def _head(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith(tags.PART_INF)]


def _sheet(lines: list[str], *, last: bool = False) -> Sheet:
    return Sheet.of("".join([f"{line}\n" for line in lines]), last=last)
