"""Two answers for the same playlist, one after the other: what may be added, what may go, and nothing else."""

import itertools
from collections.abc import Iterator

from tests.conformance.playlist import Segment
from tests.conformance.recording import Recording

_FIXED = ("EXT-X-TARGETDURATION", "EXT-X-SERVER-CONTROL", "EXT-X-PART-INF")


def what_a_channel_begins_with_stays(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.1, 6.2.1: TARGETDURATION, SERVER-CONTROL and PART-TARGET never change."""
    for _, before, after in recording.pairs:
        for name in _FIXED:
            if before.playlist.value(name) != after.playlist.value(name):
                yield f"{after.path}: {name} was {before.playlist.value(name)}, is {after.playlist.value(name)}"


def listed_segments_never_change(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1, 6.3.4: address, EXTINF, date, key, map, gap and discontinuity of a number stay. What
    the disk has lost becomes a gap under its own address, once it has no parts any more."""
    for _, before, after in recording.pairs:
        kept = {segment.msn: segment for segment in after.playlist.segments}
        for segment in before.playlist.segments:
            again = kept.get(segment.msn)
            if again is None:
                continue
            lost = recording.terms.losses and again.gap and not again.parts
            if _fixed(segment) != _fixed(again) or (segment.gap != again.gap and not lost):
                yield f"segment {segment.msn} was {_fixed(segment)} and is {_fixed(again)}"


def _fixed(one: Segment) -> tuple[object, ...]:
    return one.uri, one.duration, one.date, one.key, one.map, one.discontinuity


def parts_of_a_segment_never_change(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: they stay as they were, and go all at once."""
    for _, before, after in recording.pairs:
        kept = {segment.msn: segment.parts for segment in after.playlist.segments}
        for segment in before.playlist.segments:
            again = kept.get(segment.msn)
            if again and again != segment.parts:
                yield f"parts of {segment.msn} changed"


def the_open_segment_is_only_added_to(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: its parts stay in front of what is added, and what stood above them stays."""
    for _, before, after in recording.pairs:
        opened = before.playlist.open
        again = next((one for one in after.playlist.everything if opened and one.msn == opened.msn), None)
        if opened is None or again is None or not again.parts:
            continue
        above = [(one.map, one.key, one.discontinuity) for one in (opened, again)]
        if again.parts[: len(opened.parts)] != opened.parts or above[0] != above[1]:
            yield f"{after.path}: what was listed of {opened.msn} changed"


def sequence_numbers_count_what_left(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.2, 6.2.2: never less at either end, and exactly one more for each segment that left."""
    for _, before, after in recording.pairs:
        old, new = before.playlist, after.playlist
        if new.first_msn < old.first_msn or new.last_msn < old.last_msn:
            yield f"{after.path}: {old.first_msn} to {old.last_msn} became {new.first_msn} to {new.last_msn}"
        numbers = {segment.uri: segment.msn for segment in old.segments}
        moved = [one.uri for one in new.segments if numbers.get(one.uri, one.msn) != one.msn]
        if moved:
            yield f"{after.path}: {moved[0]} and {len(moved) - 1} more have other numbers than before"


def playlists_never_go_back(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: segments and parts are added at the end, and taken away only at the beginning."""
    for _, before, after in recording.pairs:
        if after.playlist.edge < before.playlist.edge:
            yield f"{after.path} ends at {after.playlist.edge}, it ended at {before.playlist.edge}"


def discontinuity_sequence_counts_tags_that_left(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.3, 6.2.2: one more for each EXT-X-DISCONTINUITY that left with its segment, no other."""
    for _, before, after in recording.pairs:
        old, new = before.playlist, after.playlist
        gone = sum(one.discontinuity for one in old.segments if one.msn < new.first_msn)
        step = new.number("EXT-X-DISCONTINUITY-SEQUENCE") - old.number("EXT-X-DISCONTINUITY-SEQUENCE")
        if new.first_msn <= old.last_msn + 1 and step != gone:
            yield f"{after.path}: the discontinuity sequence moved by {step:.0f}, {gone} tags left"


def segments_come_in_time(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: the next one within one and a half target durations."""
    for name, answers in recording.reloads.items():
        first_seen: dict[int, float] = {}
        for answer in answers:
            first_seen.setdefault(answer.playlist.last_msn, answer.came)
        times = sorted(first_seen.items())
        for (msn, came), (later, then) in itertools.pairwise(times):
            allowed = 1.5 * answers[0].playlist.target * (later - msn) + recording.terms.slack
            if then - came > allowed:
                yield f"{name}: segment {later} came {then - came:.2f} s after {msn}"


def parts_come_in_time(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: the next one within a PART-TARGET. As parts follow each other at just that distance,
    none may be later against its own date than the promptest by more than a PART-TARGET."""
    for name, answers in recording.reloads.items():
        target = answers[0].playlist.part_target if answers else 0.0
        if not target:
            continue
        delays: dict[tuple[int, int], float] = {}
        for before, after in itertools.pairwise(answers):
            if after.playlist.edge > before.playlist.edge and after.directives:
                delays.setdefault(after.playlist.edge, after.came - after.playlist.end)
        for edge, delay in delays.items():
            if delay - min(delays.values()) > target + recording.terms.slack:
                yield f"{name}: part {edge} came {delay:.2f} s after its end, others {min(delays.values()):.2f} s"


def hints_are_kept(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.3, 6.2.6, B.1: what is listed next is what was hinted at; a hint that is given up, since
    media was lost or another run began, is answered with 404."""
    for name, before, after in recording.pairs:
        hint, (msn, index) = before.playlist.hint, before.playlist.next
        there = next((one.parts for one in after.playlist.everything if one.msn == msn), [])
        if hint and len(there) > index and there[index].uri != hint:
            asked = recording.hinted.get(f"{name}/{hint}")
            if asked is None or asked.status != 404:
                yield f"{name} hinted at {hint} and lists {there[index].uri}"
