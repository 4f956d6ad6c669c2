"""What is inside of captions."""

import re
from collections.abc import Iterator

from tests.conformance.playlist import Segment
from tests.conformance.recording import Recording

_HEAD = re.compile(r"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:(\d+):(\d\d):(\d\d\.\d{3}),MPEGTS:(\d+)\n\n")
_CUE = re.compile(r"(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3})[^\n]*\n(.*?)\n\n", re.DOTALL)
_WRAP = 1 << 33
_TICKS = 90_000


def captions_begin_with_their_time_map(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.1.4: the header, and at once the map from cue time to media time, at 90 kHz in 33 bits. That
    both count from the epoch is the house's."""
    for path, answer in recording.bodies.items():
        if path.endswith(".vtt") and answer.status == 200:
            found = _HEAD.match(answer.text)
            if found is None:
                yield f"{path} begins with {answer.text[:60]!r}"
            elif abs(round(_seconds(*found.groups()[:3]) * _TICKS) % _WRAP - int(found[4])) > _TICKS // 1_000:
                yield f"{path} maps {found[0]!r}"


def captions_lie_in_their_segment(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.1.4: a segment has the cues that are shown while it lasts."""
    for name, segment, text in _segments(recording):
        for cue in _CUE.finditer(text):
            start, end = _seconds(*cue.groups()[:3]), _seconds(*cue.groups()[3:6])
            if not (start < end and start < segment.time + segment.duration and end > segment.time):
                yield f"{name}/{segment.uri} has a cue from {start} to {end}"


def captions_of_parts_are_their_segments(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.2: the same words, whether they come part by part or whole."""
    for name, segment, text in _segments(recording):
        parts = [recording.body(name, part.uri) for part in segment.parts]
        told = [part.decode() for part in parts if part is not None]
        words = {cue[7] for part in told for cue in _CUE.finditer(part)}
        if parts and len(told) == len(parts) and words != {cue[7] for cue in _CUE.finditer(text)}:
            yield f"{name}/{segment.uri} has other words than its parts"


def _segments(recording: Recording) -> Iterator[tuple[str, Segment, str]]:
    for name, answers in recording.reloads.items():
        seen: set[str] = set()
        for answer in answers:
            for segment in answer.playlist.segments:
                body = recording.body(name, segment.uri) if segment.uri.endswith(".vtt") else None
                if body is not None and segment.uri not in seen:
                    seen.add(segment.uri)
                    yield name, segment, body.decode("utf-8", "replace")


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3_600 + int(minutes) * 60 + float(seconds)
