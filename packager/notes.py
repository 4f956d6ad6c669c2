"""The packager's notes for its next life: what was listed, so that no name ever gets other contents.

Small JSON with a version. Read strictly: notes that are not exactly as expected are worth nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from flow.json_words import read_json
from flow.key_turns import UNIT
from flow.profile import Profile
from packager.fields import items, number, numbers, record, text
from packager.grid import index_of, msn_of
from packager.identity import Identity, Map
from packager.marks import Marks
from packager.past import Past, Span, broken_at, spans_of
from packager.runs import Runs
from packager.timeline import Timeline
from packager.track import Track

VERSION = 2
_READABLE = (1, 2)
"""Version 1 knew no segment that is gone, and the size of each."""
_LONGEST = 10**6
"""Segments of a rendition that notes may speak of; the longest window has far fewer."""


def write(timeline: Timeline, key: int = 0) -> bytes:
    """The timeline as notes. Bodies are not in it; the store has those. `key` is the number of the newest one in
    use, 0 for none.

    The floor lies one segment further than what is listed: the next segment may have parts by the time the
    notes are read, and no other run may use its number.
    """
    profile, runs = timeline.profile, timeline.runs
    begun = any(track.begun for track in timeline.tracks.values())
    state = {
        "version": VERSION, "chunk": profile.chunk, "segment": profile.segment,
        "floor": timeline.floor + profile.segment if begun else timeline.floor,
        "last_run": runs.last, "started": runs.started, "breaks": runs.breaks, "passed": runs.passed,
        "passed_long": runs.passed_long, "burnt": runs.burnt, "key": key, "marks": timeline.marks.to_notes(),
        "renditions": {name: _track(track) for name, track in timeline.tracks.items() if track.begun},
    }
    return json.dumps(state, separators=(",", ":")).encode()


def _track(track: Track) -> dict[str, Any]:
    segments = track.window.segments
    listed = track.window.past.with_spans(spans_of(segments)).spans
    spans = [
        [*alike, sum(span.count for span in same)]
        for alike, same in groupby(listed, key=lambda span: (span.run, span.map_run, int(span.gone)))
    ]
    lost = [part.index for part in track.open.parts if part.lost] if track.open else []
    return {
        "first": track.first_msn, "spans": spans, "sizes": [segment.size for segment in segments],
        "lost": lost, "run": track.run, "newest": track.newest,
        "map": [track.map.run, track.map.identity.digest, track.map.identity.codecs] if track.map else None,
    }


def restore(timeline: Timeline, notes: bytes, keys: Sequence[int] = (0,)) -> bool:
    """Fill a new timeline from notes; False when there is no window to go on with.

    When grid or ladder changed since, only the floor and the run numbers that are used up still apply; so it is
    too when the key in use is none of `keys`, the numbers of those that there are: it was lost, or the channel was
    in clear.

    Raises ValueError when the notes are broken or of an unknown version; the timeline is untouched then.
    """
    data = record(read_json(notes))
    if number(data, "version") not in _READABLE:
        message = f"version {data['version']!r}"
        raise ValueError(message)
    profile = timeline.profile
    tracks = record(data.get("renditions"))
    started = tuple(_pair(entry) for entry in items(data, "started"))
    runs = Runs(
        last=number(data, "last_run"), floor=number(data, "floor"), started=started,
        breaks=tuple(numbers(data, "breaks")), passed=number(data, "passed"), burnt=number(data, "burnt"),
        workers=timeline.runs.workers, long=timeline.runs.long,
        passed_long=number(data, "passed_long" if "passed_long" in data else "passed"),
    )
    marks = Marks.from_notes(data.get("marks"))
    same = (number(data, "chunk"), number(data, "segment")) == (profile.chunk, profile.segment)
    opened = (number(data, "key") if "key" in data else 0) in keys
    if tracks and (not same or not opened or set(tracks) != set(timeline.tracks)):
        timeline.marks = Marks(last=marks.last)
        passed = runs.prune(max(runs.breaks, default=0) + runs.long)
        timeline.runs = replace(passed, started=(), burnt=runs.last)
        return False
    restored = {
        name: _restored(timeline.empty_track(), record(tracks[name]), runs)
        for name in timeline.tracks if name in tracks
    }
    timeline.tracks.update(restored)
    timeline.marks = marks
    timeline.runs = runs
    return bool(restored)


def late_keys(notes: bytes, keys: Sequence[int]) -> tuple[int, ...]:
    """Those of the numbers `keys` that came when what begins there was listed under another one already: with them
    rows would change that players have seen. Raises ValueError when the notes are broken."""
    data = record(read_json(notes))
    used = number(data, "key") if "key" in data else 0
    listed = number(data, "floor") - number(data, "segment")
    return tuple(one for one in keys if used < one and one * UNIT <= listed) if used in keys else ()


def _pair(entry: object) -> tuple[int, int]:
    run, start = numbers({"pair": entry}, "pair")
    return run, start


def _restored(track: Track, data: dict[str, Any], runs: Runs) -> Track:
    profile = track.profile
    past = _listed(number(data, "first"), items(data, "spans"), runs.breaks)
    sizes = numbers(data, "sizes")
    if len(sizes) > len(past):
        message = "spans and sizes disagree"
        raise ValueError(message)
    newest = sizes[len(sizes) - min(len(sizes), track.window.live):]
    first = past.end - len(newest)
    rows = past.between(first, past.end).rows()
    segments = tuple(replace(row, size=size) for row, size in zip(rows, newest, strict=True))
    track.window = replace(track.window, past=past.between(past.first, first), segments=segments)
    track.begin((number(data, "first") + len(past)) * profile.segment)
    track.window = track.window.resized(track.window.limit)
    track.refused_places = frozenset(_place(profile, track.frontier, index) for index in numbers(data, "lost"))
    track.run, track.map = number(data, "run"), _map(data.get("map"))
    # Media of the unfinished segment is sent again, so what counts as newest is what is listed whole.
    track.newest = min(number(data, "newest"), track.frontier)
    return track


def _listed(first: int, entries: list[object], breaks: tuple[int, ...]) -> Past:
    past, place = Past(), first
    for entry in entries:
        span = _span(entry, place)
        place = span.end
        if place - first > _LONGEST:
            message = f"{place - first} segments"
            raise ValueError(message)
        past = past.with_spans(broken_at(span, breaks))
    return past


def _span(entry: object, first: int) -> Span:
    run, map_run, *gone, count = numbers({"span": entry}, "span")
    if not 0 < count <= _LONGEST or gone not in ([], [0], [1]):
        message = f"a span of {count}"
        raise ValueError(message)
    return Span(first=first, count=count, run=run, map_run=map_run, gone=gone == [1])


def _place(profile: Profile, frontier: int, index: int) -> int:
    place = frontier + index * profile.chunk
    if index_of(profile, place) != index or msn_of(profile, place) != msn_of(profile, frontier):
        message = f"part {index} is not in a segment"
        raise ValueError(message)
    return place


def _map(entry: object) -> Map | None:
    if entry is None:
        return None
    if not isinstance(entry, list) or len(entry) != 3:
        message = "not an init section"
        raise ValueError(message)
    run, digest, codecs = entry
    values = {"run": run, "digest": digest, "codecs": codecs}
    identity = Identity(digest=text(values, "digest"), codecs=text(values, "codecs"))
    return Map(run=number(values, "run"), identity=identity)
