"""Delta updates: merged with what the client holds they are the full playlist, and leave out what they may."""

from collections.abc import Iterator

from tests.conformance.playlist import Playlist, Segment
from tests.conformance.recording import Recording

_HEAD = (
    "EXT-X-TARGETDURATION", "EXT-X-SERVER-CONTROL", "EXT-X-PART-INF", "EXT-X-MEDIA-SEQUENCE",
    "EXT-X-DISCONTINUITY-SEQUENCE", "EXT-X-I-FRAMES-ONLY",
)


def deltas_are_given_when_asked_for(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.1: a server that offers it must skip when something lies before the boundary, and no more
    than nothing when nothing does."""
    for one in recording.deltas:
        playlist, full = one.delta.playlist, one.full.playlist
        if not full.number("EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL"):
            continue
        if _skippable(full) and not playlist.skipped:
            yield f"{one.delta.path} skips nothing of {len(full.segments)} segments"
        if playlist.all("EXT-X-SKIP") and playlist.skipped <= 0:
            yield f"{one.delta.path} has an EXT-X-SKIP of nothing"


def deltas_skip_to_the_boundary(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.2, 6.2.5.1: all that is further from the end of the last segment than CAN-SKIP-UNTIL, and
    nothing that is nearer."""
    for one in recording.deltas:
        if one.delta.playlist.skipped and one.delta.playlist.skipped != _skippable(one.full.playlist):
            yield f"{one.delta.path} skips {one.delta.playlist.skipped} and not {_skippable(one.full.playlist)}"


def _skippable(full: Playlist) -> int:
    boundary, behind, kept = full.number("EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL"), 0.0, 0
    for segment in reversed(full.segments):
        if behind >= boundary - 1e-6:
            break
        behind, kept = behind + segment.duration, kept + 1
    return len(full.segments) - kept


def deltas_keep_what_is_not_skipped(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.2: the tags of the whole playlist are those of the full one, EXT-X-VERSION aside."""
    for one in recording.deltas:
        for name in _HEAD:
            if one.delta.playlist.all(name) != one.full.playlist.all(name):
                yield f"{one.delta.path}: {name} is {one.delta.playlist.value(name)!r}"


def deltas_merge_to_the_full_playlist(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.3.7: what the client holds, then what the delta lists, is what the full playlist lists."""
    for one in recording.deltas:
        delta, full = one.delta.playlist, one.full.playlist
        held = {segment.msn: segment for segment in one.held.playlist.segments}
        skipped = [held.get(msn) for msn in range(delta.first_msn, delta.first_msn + delta.skipped)]
        if None in skipped:
            yield f"{one.delta.path} skips what the client does not hold"
            continue
        merged = [segment for segment in skipped if segment is not None]
        before = merged[-1] if merged else Segment(0)
        whole = [_seen(segment) for segment in merged]
        whole += [_seen(segment, before) for segment in delta.everything]
        if whole != [_seen(segment) for segment in full.everything]:
            yield f"{one.delta.path} and what was held are not the full playlist"


def _seen(segment: Segment, before: Segment | None = None) -> tuple[object, ...]:
    """What stood above `before` goes on. Without parts: old ones have gone since the client got its copy. The
    newest are checked as the delta's tail."""
    map_uri, key = (before.map, before.key) if before else ("", "")
    return (
        segment.msn, segment.uri, segment.duration, segment.date, segment.gap, segment.discontinuity,
        segment.late, segment.map or map_uri, segment.key or key,
    )


def deltas_end_as_the_full_playlist_does(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.2: parts, hint and reports are never skipped."""
    for one in recording.deltas:
        delta, full = one.delta.playlist, one.full.playlist
        tails = [
            ([part for _, _, part in each.parts], each.hint, each.hinted_key, _reports(each))
            for each in (delta, full)
        ]
        if tails[0] != tails[1]:
            yield f"{one.delta.path} has other parts, another hint or other reports than the full playlist"


def _reports(playlist: Playlist) -> list[str]:
    """Who is reported on; how far they are may have moved between the two questions."""
    return [tag.pairs.get("URI", "") for tag in playlist.all("EXT-X-RENDITION-REPORT")]
