"""EXT-X-DATERANGE: what operators marked, the same everywhere and for good."""

import re
from collections.abc import Iterator
from datetime import datetime

from tests.conformance.playlist import Playlist
from tests.conformance.recording import Delta, Recording

_TAG = "EXT-X-DATERANGE"
_GRACE = 4.0
_ZONE = re.compile(r".*(Z|[+-]\d\d:\d\d)")


def date_ranges_say_which_and_since_when(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.1: ID, START-DATE with its zone, no length below 0, CLASS where the next one ends it, and
    a date of a segment in the same playlist."""
    for answers in recording.reloads.values():
        for answer in answers:
            for tag in answer.playlist.all(_TAG):
                if _wrong(tag.pairs) or not answer.playlist.all("EXT-X-PROGRAM-DATE-TIME"):
                    yield f"{answer.path}: {tag.value}"


def _wrong(pairs: dict[str, str]) -> bool:
    if not pairs.get("ID") or not _ZONE.fullmatch(pairs.get("START-DATE", "")):
        return True
    if pairs.get("END-ON-NEXT") and (not pairs.get("CLASS") or {"DURATION", "END-DATE"} & set(pairs)):
        return True
    return float(pairs.get("DURATION", "0")) < 0


def date_ranges_are_only_added_to(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.1, 6.2.1: tags of one ID agree, attributes stay as they were, and a range stays while any
    of it is listed."""
    for _, before, after in recording.pairs:
        new = _ranges(after.playlist)
        for name, old in _ranges(before.playlist).items():
            if name not in new and _reaches(old, after.playlist.segments[0].time):
                yield f"{after.path}: {name} is gone too early"
            elif name in new and not old <= new[name]:
                yield f"{after.path}: {name} changed"
        for name, pairs in new.items():
            if len(pairs) > len(dict(pairs)):
                yield f"{after.path}: {name} says two things"


def _ranges(playlist: Playlist) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for tag in playlist.all(_TAG):
        name = tag.pairs.get("ID", "")
        found[name] = found.get(name, frozenset()) | frozenset(tag.pairs.items())
    return found


def _reaches(one: frozenset[tuple[str, str]], place: float) -> bool:
    pairs = dict(one)
    if place < 0:  # of a segment without a date
        return False
    if "DURATION" not in pairs:
        return True
    return datetime.fromisoformat(pairs["START-DATE"]).timestamp() + float(pairs["DURATION"]) >= place


def date_ranges_are_shared(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4: all playlists that carry any carry the same."""
    for moment in recording.moments:
        found = {name: _ranges(answer.playlist) for name, answer in moment.items()}
        carried = [ranges for ranges in found.values() if ranges]
        if any(ranges != carried[0] for ranges in carried):
            yield f"renditions have different date ranges: {({name: len(one) for name, one in found.items()})}"


def deltas_keep_date_ranges(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.1: `_HLS_skip=YES` skips no date range, and speaks of none that left."""
    for one in recording.deltas:
        if not _without_dates(one) and (
            _ranges(one.delta.playlist) != _ranges(one.full.playlist) or _removed(one.delta.playlist) is not None
        ):
            yield f"{one.delta.path} has other date ranges than the full playlist"


def updates_name_the_date_ranges_that_left(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.2: RECENTLY-REMOVED-DATERANGES stands in each update that skips date ranges, empty or not;
    and they are skipped where CAN-SKIP-DATERANGES says so."""
    for one in recording.deltas:
        offered = one.full.playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-SKIP-DATERANGES") == "YES"
        if _without_dates(one) and offered and one.delta.playlist.skipped and _removed(one.delta.playlist) is None:
            yield f"{one.delta.path} does not say which date ranges left"


def updates_merge_to_all_date_ranges(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.3.7: what the client holds, without what left, and what the update adds are all of them."""
    for one in recording.deltas:
        removed = _removed(one.delta.playlist)
        if removed is not None:
            held = {name: pairs for name, pairs in _ranges(one.held.playlist).items() if name not in removed}
            for name, pairs in _ranges(one.delta.playlist).items():
                held[name] = held.get(name, frozenset()) | pairs
            if held != _ranges(one.full.playlist):
                yield f"{one.delta.path} makes {sorted(held)} of {sorted(_ranges(one.full.playlist))}"


def updates_leave_out_old_date_ranges(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.1: those that were there for longer than CAN-SKIP-UNTIL; a hundred marks would make an
    update longer than the list. Nobody is held to a second."""
    for one in recording.deltas:
        if _removed(one.delta.playlist) is None:
            continue
        before = one.delta.asked - one.full.playlist.number("EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL") - _GRACE
        answers = recording.reloads.get(one.delta.path.split("/")[0], ())
        known = {tag.value for answer in answers if answer.came < before for tag in answer.playlist.all(_TAG)}
        old = known.intersection(tag.value for tag in one.delta.playlist.all(_TAG))
        if old:
            yield f"{one.delta.path} repeats {len(old)} old date ranges"


def _without_dates(one: Delta) -> bool:
    return one.delta.directives.get("_HLS_skip") == "v2"


def _removed(delta: Playlist) -> set[str] | None:
    """The ids that an update names as gone; None when it speaks of none."""
    said = [tag.pairs.get("RECENTLY-REMOVED-DATERANGES") for tag in delta.all("EXT-X-SKIP")]
    return set(said[0].split("\t")) if said and said[0] is not None else None
