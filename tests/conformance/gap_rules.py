"""What was lost: named as such, lost with its segment, and for good."""

from collections.abc import Iterator

from tests.conformance.playlist import Segment
from tests.conformance.recording import Recording

_NOBODYS = "-0."
"""In a name: the run of what never came."""


def lost_media_has_the_name_of_no_run(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.7, 4.4.4.9 and the house's: a part is GAP=YES where its run is none, and nowhere else; a
    segment that never came is EXT-X-GAP. One that the disk lost keeps its name."""
    for _, answer in recording.playlists:
        for _, _, part in answer.playlist.parts:
            if part.gap != (_NOBODYS in part.uri):
                yield f"{answer.path}: GAP of {part.uri} and its name disagree"
        for segment in answer.playlist.segments:
            if _NOBODYS in segment.uri and not segment.gap and not answer.playlist.is_ts:
                yield f"{answer.path}: {segment.uri} without EXT-X-GAP"


def a_segment_without_all_of_its_parts_is_lost(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.2: a segment has the media of its parts; but of two workers' runs one may have all of it."""
    for _, answer in recording.playlists:
        for segment in answer.playlist.segments:
            if not segment.gap and any(part.gap for part in segment.parts) and not _spare(segment):
                yield f"{answer.path}: {segment.uri} has a lost part and is not lost"


def _spare(segment: Segment) -> bool:
    runs = {_run(part.uri) for part in segment.parts if not part.gap}
    return _run(segment.uri) not in {*runs, "0"}


def _run(uri: str) -> str:
    return uri.partition("-")[2].partition(".")[0]


def what_is_lost_stays_lost(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: players have gone over it; so it is in a headend's next life too."""
    for _, before, after in recording.pairs:
        now = {segment.msn: segment for segment in after.playlist.everything}
        for segment, at, part in before.playlist.parts:
            again = now[segment.msn].parts[at : at + 1] if segment.msn in now else []
            if part.gap and not all(one.gap for one in again):
                yield f"{after.path}: {segment.msn}.{at} was lost, and is not any more"
