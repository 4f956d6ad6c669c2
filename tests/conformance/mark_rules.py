"""EXT-X-DATERANGE: what operators marked, the same everywhere and for good."""

import re
from collections.abc import Iterator
from datetime import datetime

from tests.conformance.playlist import Playlist
from tests.conformance.recording import Recording

_TAG = "EXT-X-DATERANGE"
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
    """RFC 8216bis 6.2.5.1: a delta skips no date range unless CAN-SKIP-DATERANGES says so."""
    for one in recording.deltas:
        if one.full.playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-SKIP-DATERANGES"):
            continue
        if _ranges(one.delta.playlist) != _ranges(one.full.playlist):
            yield f"{one.delta.path} has other date ranges than the full playlist"
