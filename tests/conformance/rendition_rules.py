"""What must be equal in all renditions, and what they say of each other."""

from collections.abc import Callable, Iterator, Mapping

from tests.conformance.answer import Answer
from tests.conformance.playlist import Playlist
from tests.conformance.recording import Recording
from tests.conformance.time_rules import FRAME


def target_durations_are_equal(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4, Apple rule 8.2."""
    name = "EXT-X-TARGETDURATION"
    yield from _differing(recording, name, lambda playlist: playlist.value(name))


def server_controls_are_equal(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4: the same attributes with the same values."""
    yield from _differing(
        recording, "EXT-X-SERVER-CONTROL",
        lambda playlist: str(sorted(tag.value for tag in playlist.all("EXT-X-SERVER-CONTROL"))),
    )


def _differing(recording: Recording, what: str, of: Callable[[Playlist], str]) -> Iterator[str]:
    for family in _families(recording.last):
        values = {of(answer.playlist) for answer in family.values()}
        if len(values) > 1:
            yield f"{what} differs: {sorted(values)}"


def _families(answers: Mapping[str, Answer]) -> list[dict[str, Answer]]:
    """Transport streams have a multivariant playlist of their own, so the rules hold among them alone."""
    boxes = {name: answer for name, answer in answers.items() if answer.playlist.is_ts}
    return [boxes, {name: answer for name, answer in answers.items() if name not in boxes}]


def segments_begin_together(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4: dates agree. That equal numbers mean equal times is the house's: the numbers are
    places on a clock grid."""
    for what, one, other in _met(recording, "times"):
        if abs(one - other) >= FRAME:
            yield f"segment {what} has times {one - other:.3f} s apart in two renditions"


def discontinuities_are_shared(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4: at the same places, with the same sequence numbers."""
    for what, one, other in _met(recording, "sequences"):
        if one != other:
            yield f"segment {what} has discontinuity sequences {one} and {other} in two renditions"


def _met(recording: Recording, which: str) -> Iterator[tuple[int, float, float]]:
    for moment in (*recording.moments, recording.last):
        for family in _families(moment):
            seen: dict[int, float] = {}
            for answer in family.values():
                for msn, value in (_times if which == "times" else _sequences)(answer.playlist).items():
                    yield msn, seen.setdefault(msn, value), value


def _times(playlist: Playlist) -> dict[int, float]:
    return {segment.msn: segment.time for segment in playlist.everything}


def _sequences(playlist: Playlist) -> dict[int, float]:
    sequence = playlist.number("EXT-X-DISCONTINUITY-SEQUENCE")
    found = {}
    for segment in playlist.everything:
        sequence += segment.discontinuity
        found[segment.msn] = sequence
    return found


def renditions_advance_in_step(recording: Recording) -> Iterator[str]:
    """RFC 8216bis B.1: asked at one time, they end within one part of each other, or one segment without parts.
    I-frames, which have none, are held to their own segments."""
    for moment in recording.moments:
        for family in _families(moment):
            lists = {name: one.playlist for name, one in family.items() if not one.playlist.is_iframes}
            ends = {name: one.end for name, one in lists.items()}
            step = max((one.part_target or one.segments[-1].duration for one in lists.values()), default=0.0)
            if ends and max(ends.values()) - min(ends.values()) > step + FRAME:
                yield f"at one time the renditions end at {ends}"


def reports_name_every_other_rendition(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.4, B.1: one report for each other media playlist, by a relative address without a
    query."""
    parted = [name for name, answer in recording.last.items() if answer.playlist.part_target]
    for rendition in parted:
        wanted = sorted(f"../{other}/index.m3u8" for other in parted if other != rendition)
        for answer in recording.reloads[rendition]:
            named = sorted(tag.pairs.get("URI", "") for tag in answer.playlist.all("EXT-X-RENDITION-REPORT"))
            if named != wanted:
                yield f"{answer.path} reports on {named}"


def reports_are_true(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.4: how far the other one reaches: not beyond what it lists a moment later, nor more than a
    segment behind what it listed a moment before."""
    for moment in recording.moments:
        for name, answer in moment.items():
            for tag in answer.playlist.all("EXT-X-RENDITION-REPORT"):
                other = moment.get(tag.pairs.get("URI", "").removeprefix("../").split("/")[0])
                if other is not None and not _true(tag.pairs, other.playlist):
                    yield f"{name} says {tag.value}, which ends at {other.playlist.edge}"


def _true(report: dict[str, str], other: Playlist) -> bool:
    """Both were asked at one time and answered a little apart, so the report may be one part ahead."""
    try:
        msn, part = int(report["LAST-MSN"]), int(report["LAST-PART"])
    except (KeyError, ValueError):
        return False
    parts = max(len(segment.parts) for segment in other.everything)
    reported, listed = msn * parts + part, other.edge[0] * parts + min(other.edge[1], parts - 1)
    return -1 <= listed - reported <= parts
