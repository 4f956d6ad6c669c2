"""Durations, dates, and what applies to a segment."""

import itertools
import re
from collections.abc import Iterator

from tests.conformance.playlist import Playlist, Tag
from tests.conformance.recording import Recording

FRAME = 0.040
_MILLI = 0.0006
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")
_IV = re.compile(r"0[xX][0-9a-fA-F]{32}")


def target_duration_covers_every_segment(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.1, Apple rule 7.7: a whole number, at least each EXTINF rounded."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        if not re.fullmatch(r"[1-9]\d*", playlist.value("EXT-X-TARGETDURATION")):
            yield f"{answer.path}: EXT-X-TARGETDURATION is {playlist.value('EXT-X-TARGETDURATION')!r}"
        for segment in playlist.segments:
            if int(segment.duration + 0.5) > playlist.target or segment.duration <= 0:
                yield f"{segment.uri} lasts {segment.duration} s, beyond the target duration"


def durations_have_five_decimals(recording: Recording) -> Iterator[str]:
    """Apple rule 8.1: sums stay true to a frame however many are added."""
    for _, answer in recording.playlists:
        for tag in answer.playlist.all("EXTINF"):
            if not re.match(r"\d+\.\d{5,},", tag.value):
                yield f"{answer.path}: EXTINF:{tag.value}"


def every_segment_has_a_date(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.6, Apple rule 8.4: ISO 8601 with milliseconds and a zone that strict parsers read."""
    for _, answer in recording.playlists:
        for segment in answer.playlist.everything:
            if not _DATE.fullmatch(segment.date):
                yield f"{segment.msn} has the date {segment.date!r}"


def dates_follow_the_durations(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.6: a date is the one before plus EXTINF, but behind a discontinuity. A frame may be
    between them; the house's are true to the millisecond, for places of the clock grid are."""
    for _, answer in recording.playlists:
        segments = [one for one in answer.playlist.everything if _DATE.fullmatch(one.date)]
        for one, other in itertools.pairwise(segments):
            apart = other.time - one.time
            follows = other.msn == one.msn + 1 and not other.discontinuity
            if follows and abs(apart - one.duration) >= _MILLI:
                yield f"{other.msn} comes {apart:.3f} s after a segment of {one.duration} s"


def dates_are_near_now(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1, Apple rule 8.5: dates tell air time, so the newest one is a little before now."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        if playlist.segments and playlist.segments[-1].time >= 0:
            behind = answer.came - playlist.end
            if not -1.0 <= behind <= playlist.target * 3 + 4:
                yield f"{answer.path} ends {behind:.1f} s before now"


def fragments_have_a_map_and_streams_none(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.5, 3.1.2: EXT-X-MAP applies to each segment of fragmented MP4; a transport stream has its
    tables inside."""
    for _, answer in recording.playlists:
        for segment in answer.playlist.everything:
            media = segment.uri or "".join(part.uri for part in segment.parts[:1])
            if media.endswith((".m4s", ".mp4")) and not segment.map:
                yield f"{media} has no EXT-X-MAP"
            if media.endswith(".ts") and segment.map:
                yield f"{media} has an EXT-X-MAP"


def another_map_follows_a_discontinuity(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.3: other parameters are told of by EXT-X-DISCONTINUITY, lost segments in between or
    not."""
    for _, answer in recording.playlists:
        in_force, broken = "", True
        for segment in answer.playlist.everything:
            broken = broken or segment.discontinuity
            if segment.map != in_force and not broken:
                yield f"{segment.msn} has another EXT-X-MAP without a discontinuity"
            in_force, broken = segment.map, broken and segment.gap


def keys_have_a_method_an_address_and_an_iv(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.4, 5.2: NONE stands alone; any other METHOD has a URI, and an explicit IV of 128 bits,
    since players disagree on the implicit one."""
    for _, answer in recording.playlists:
        for tag in answer.playlist.all("EXT-X-KEY"):
            pairs = tag.pairs
            if pairs.get("METHOD") == "NONE":
                if len(pairs) > 1:
                    yield f"{answer.path}: METHOD=NONE with {sorted(pairs)}"
            elif pairs.get("METHOD") not in {"AES-128", "SAMPLE-AES"} or not pairs.get("URI"):
                yield f"{answer.path}: EXT-X-KEY:{tag.value}"
            elif not _IV.fullmatch(pairs.get("IV", "")):
                yield f"{answer.path}: a key without an IV of its own"


def init_sections_stand_outside_of_keys(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.5: a key applies to maps behind it too, so a clear init section stands before it."""
    for _, answer in recording.playlists:
        for segment in answer.playlist.everything:
            key = Tag("EXT-X-KEY", segment.key_of_map).pairs
            if segment.map and key.get("METHOD", "NONE") != "NONE":
                yield f"{segment.msn}: its EXT-X-MAP is under a key"


def windows_are_long_enough(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.2, Apple rule 8.11: what a playlist lists after it let go of something is at least three
    target durations, and six segments."""
    for _, before, after in recording.pairs:
        old, new = before.playlist, after.playlist
        if new.first_msn > old.first_msn and _too_short(new):
            yield f"{after.path} let go of segments and lists {len(new.segments)}"


def _too_short(playlist: Playlist) -> bool:
    lasting = sum(segment.duration for segment in playlist.segments)
    return lasting < 3 * playlist.target or len(playlist.segments) < 6
