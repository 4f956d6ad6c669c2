"""Delivery directives: what waits, what is refused, what is answered at once (RFC 8216bis 6.2.5.2).

A probe's name says its point; what the answer must be follows from its directives and the playlist known before.
"""

from collections.abc import Iterator

from tests.conformance.answer import Answer
from tests.conformance.recording import Probe, Recording

AT_ONCE = 0.5
"""Seconds that an answer without waiting may take on a busy machine; far below any part's wait in `low`."""


def a_part_without_a_segment_is_refused(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: `_HLS_part` without `_HLS_msn` is 400."""
    yield from _refused(recording, "part alone", 400)


def what_is_no_number_is_refused(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: directives are decimal integers; anything else is 400."""
    yield from _refused(recording, "no number", 400)


def a_far_segment_is_refused(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: more than two segments beyond the last one is 400, at once."""
    yield from _refused(recording, "far segment", 400)


def a_far_part_is_refused(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: beyond the last part by more than the Advance Part Limit is 400, at once."""
    yield from _refused(recording, "far part", 400)


def what_is_unknown_is_404(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.6, T-12: a rendition, a segment and a part that were never there, at once."""
    for point in ("unknown rendition", "unknown segment", "unknown part", "unknown name"):
        yield from _refused(recording, point, 404)


def _refused(recording: Recording, point: str, status: int) -> Iterator[str]:
    probe = recording.probes.get(point)
    if probe is not None and (probe.answer.status != status or probe.answer.waited > AT_ONCE):
        yield f"{probe.answer.path} was answered {probe.answer.status} after {probe.answer.waited:.2f} s"


def what_is_near_is_not_refused(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: two segments ahead, and the Advance Part Limit itself, may be asked for; players do not
    try again after a 400."""
    for point in ("two segments ahead", "near part"):
        probe = recording.probes.get(point)
        if probe is not None and probe.answer.status != 200:
            yield f"{probe.answer.path} was answered {probe.answer.status}"


def a_segment_is_waited_for(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: with `_HLS_msn` alone, until that segment is listed whole."""
    for answer in _blocking(recording):
        last, wanted = answer.playlist.last_msn, answer.directives
        if "_HLS_part" not in wanted and last < int(wanted["_HLS_msn"]):
            yield f"{answer.path} was answered with {last}"


def a_part_is_waited_for(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: until that part, or anything later, is listed."""
    for answer in _blocking(recording):
        wanted = answer.directives
        if "_HLS_part" not in wanted or not answer.playlist.part_target:
            continue
        if answer.playlist.edge < (int(wanted["_HLS_msn"]), int(wanted["_HLS_part"])):
            yield f"{answer.path} was answered with {answer.playlist.edge}"


def a_part_beyond_the_last_is_the_next_segments_first(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: not answered early because the segment is whole, which would make clients ask in a
    loop."""
    probe = recording.probes.get("beyond the last part")
    if probe is not None:
        msn = int(probe.answer.directives["_HLS_msn"])
        if probe.answer.status != 200 or not (msn + 1, 0) <= probe.answer.playlist.edge < (msn + 1, 10**6):
            yield f"{probe.answer.path} was answered {probe.answer.status} with {probe.answer.playlist.edge}"


def nothing_waits_longer_than_it_must(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: an answer comes with the first playlist that satisfies it, not with a later one."""
    for answer in _blocking(recording):
        wanted = answer.directives
        first = int(wanted["_HLS_msn"]), int(wanted.get("_HLS_part", "0"))
        lasting = answer.playlist.segments[-1].duration
        if first >= (answer.playlist.first_msn, 0) and "_HLS_part" in wanted and answer.playlist.part_target:
            parts = round(lasting / answer.playlist.part_target)
            place = (first[0] + first[1] // parts) * parts + (0 if first[1] >= parts else first[1])
            edge = answer.playlist.edge
            reached = edge[0] * parts + min(edge[1], parts - 1)
            if answer.waited > AT_ONCE and reached > place + 1:
                yield f"{answer.path} was answered only at {edge}"


def _blocking(recording: Recording) -> Iterator[Answer]:
    every = [answer for _, answer in recording.playlists]
    every += [probe.answer for point, probe in recording.probes.items() if point != "beyond the last part"]
    return (answer for answer in every if answer.status == 200 and answer.directives.get("_HLS_msn", "").isdigit()
            and answer.playlist.segments and not answer.playlist.skipped and not answer.playlist.is_ts)


def the_past_is_answered_at_once(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: with the playlist as it is now, also when what is asked for has left it."""
    for point in ("past segment", "past part", "long past"):
        probe = recording.probes.get(point)
        if probe is None:
            continue
        late = probe.answer.waited > AT_ONCE or probe.answer.status != 200
        if late or probe.answer.playlist.edge < probe.before.playlist.edge:
            yield f"{probe.answer.path} was answered {probe.answer.status} after {probe.answer.waited:.2f} s"


def what_never_comes_is_503(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.5.2: after three target durations, and not before."""
    probe = recording.probes.get("what never comes")
    if probe is not None:
        held, allowed = _held(probe), recording.terms.patience
        if probe.answer.status != 503 or not 0.9 * allowed <= held <= allowed + 1:
            yield f"{probe.answer.path} was answered {probe.answer.status} after {held:.2f} target durations"


def _held(probe: Probe) -> float:
    return probe.answer.waited / max(probe.before.playlist.target, 1.0)
