"""What is named is there, is always the same, and stays long enough."""

from collections.abc import Iterator

from tests.conformance.recording import Recording

_AT_LINE_SPEED = 0.25
"""Seconds from the first to the last byte on a busy machine; a part that dribbled would take a good half of
itself."""


def what_is_listed_is_there(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: never a name before its media."""
    for path, answer in recording.bodies.items():
        if answer.status != 200 or not answer.body:
            yield f"{path} is {answer.status} with {len(answer.body)} bytes"


def a_name_has_one_content(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1, 6.3.4 and the house's: asked again, by the hint or when it left, it is the same bytes."""
    late = ((one.answer.place, one.answer) for one in recording.late)
    for path, answer in (*recording.again.items(), *recording.hinted.items(), *late):
        first = recording.bodies.get(path)
        if first is not None and answer.status == 200 and answer.body != first.body:
            yield f"{path} has two contents"


def a_hinted_part_waits_and_comes_whole(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.6: a hinted part is 200 once it is there, never sent before it is whole, nor after it is
    listed; 404 when it was given up, and nothing else."""
    listed = _listed(recording)
    for path, answer in recording.hinted.items():
        if answer.status not in ({200} if path in listed else {200, 404}):
            yield f"the hinted {path} is {answer.status}"
        if answer.came - answer.began > _AT_LINE_SPEED:
            yield f"the hinted {path} took {answer.came - answer.began:.2f} s from its first byte to its last"
        if path in listed and answer.came > listed[path] + _AT_LINE_SPEED + recording.terms.slack:
            yield f"the hinted {path} came {answer.came - listed[path]:.2f} s after it was listed"


def _listed(recording: Recording) -> dict[str, float]:
    """When each part was first seen in a playlist, gaps left out."""
    found: dict[str, float] = {}
    for name, answer in recording.playlists:
        for _, _, part in answer.playlist.parts:
            if not part.gap:
                found.setdefault(f"{name}/{part.uri}", answer.came)
    return found


def what_left_stays_a_while(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.2: parts three target durations after they were let go, segments as long as they and the
    longest playlist with them last (RFC 8216 6.2.2, which players that pause go by)."""
    for one in recording.late:
        if one.age <= one.owed - recording.terms.slack and one.answer.status != 200:
            status = one.answer.status
            yield f"{one.answer.path} is {status} {one.age:.1f} s after it left, owed for {one.owed:.1f} s"


def gaps_have_no_media(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.7: what is listed as lost is 404 at once, and nobody waits for it."""
    probe = recording.probes.get("gap")
    if probe is not None and probe.answer.status not in {404, 410}:
        yield f"the lost {probe.answer.path} is {probe.answer.status}"
