"""What low latency asks of one playlist: parts, hints, and EXT-X-SERVER-CONTROL."""

import re
from collections.abc import Iterator

from tests.conformance.playlist import OPENING
from tests.conformance.recording import Recording
from tests.conformance.time_rules import FRAME

_EPSILON = 1e-6
_NEWER = ("EXT-X-PART-INF", "EXT-X-PART", "EXT-X-SERVER-CONTROL", "EXT-X-PRELOAD-HINT", "EXT-X-SKIP", "EXT-X-GAP")


def parts_have_a_target(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.7: PART-TARGET is there as soon as there is a part; this channel's profile says when."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        wanted = bool(recording.terms.part) and not playlist.is_ts and not playlist.is_iframes
        if (wanted or playlist.all("EXT-X-PART")) and playlist.part_target <= 0:
            yield f"{answer.path} has no PART-TARGET"


def parts_are_listed_up_to_the_edge(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.9: a playlist that promises parts lists them, so that a blocking reload can be
    answered."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        if playlist.part_target and playlist.segments and not playlist.segments[-1].parts:
            yield f"{answer.path} has PART-INF, and its last segment no parts"


def parts_are_within_their_target(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.9: none is longer; AVPlayer refuses the whole playlist for one."""
    for _, answer in recording.playlists:
        target = answer.playlist.part_target
        for _, _, part in answer.playlist.parts:
            if target and part.duration > target + _EPSILON:
                yield f"{part.uri} lasts {part.duration} s, PART-TARGET is {target}"


def short_parts_have_an_excuse(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.9: at least 85 % of PART-TARGET, but for independent parts, gaps, what stands before a
    gap, and the last of a segment."""
    for _, answer in recording.playlists:
        for segment, at, part in answer.playlist.parts:
            last = bool(segment.uri) and at == len(segment.parts) - 1
            before_gap = at + 1 < len(segment.parts) and segment.parts[at + 1].gap
            excused = part.independent or part.gap or last or before_gap
            if part.duration < 0.85 * answer.playlist.part_target - _EPSILON and not excused:
                yield f"{part.uri} lasts only {part.duration} s"


def parts_add_up_to_their_segment(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.2: together they last as long as their segment, within a frame."""
    for _, answer in recording.playlists:
        for segment in answer.playlist.segments:
            lasting = sum(part.duration for part in segment.parts)
            if segment.parts and abs(lasting - segment.duration) >= FRAME:
                yield f"the parts of {segment.uri} last {lasting:.5f} s and not {segment.duration}"


def tags_of_a_segment_stand_before_its_parts(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.3 to 4.4.4.6: DISCONTINUITY, KEY, MAP and the date apply to the parts as well."""
    for _, answer in recording.playlists:
        for segment in answer.playlist.everything:
            if segment.late:
                yield f"{segment.msn}: {', '.join(segment.late)} behind a part ({', '.join(OPENING)} go before)"


def one_part_is_hinted(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.3, B.1: exactly one hint for a part where there are parts, at most one for a map."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        types = [tag.pairs.get("TYPE") for tag in playlist.all("EXT-X-PRELOAD-HINT")]
        wanted = 1 if playlist.part_target else 0
        if types.count("PART") != wanted or types.count("MAP") > 1 or set(types) - {"PART", "MAP"}:
            yield f"{answer.path} hints at {types}"


def the_hint_is_not_listed_yet(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.3: it is what comes next."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        if playlist.hint and playlist.hint in {part.uri for _, _, part in playlist.parts}:
            yield f"{answer.path} hints at {playlist.hint}, which it lists"


def the_hint_names_the_next_part(recording: Recording) -> Iterator[str]:
    """The house's: names are number, run and index, so the next one's is known but for its run."""
    for _, answer in recording.playlists:
        hint, (msn, index) = answer.playlist.hint, answer.playlist.next
        if hint and re.fullmatch(rf"{msn}-[1-9]\d*\.{index}\.(m4s|vtt)", hint) is None:
            yield f"{answer.path} hints at {hint}, what comes next is part {index} of {msn}"


def old_parts_are_let_go(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.2: no parts further than three target durations from the end (the hinted part's)."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        for segment in playlist.segments:
            start_of_last = segment.time + segment.duration - playlist.part_target
            if segment.parts and playlist.end - start_of_last > 3 * playlist.target + playlist.part_target + FRAME:
                yield f"{answer.path} still lists parts of {segment.uri}"


def hold_back_is_three_segments(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.8: at least three target durations, which it also is when it is not there."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        said = playlist.attribute("EXT-X-SERVER-CONTROL", "HOLD-BACK")
        if said and playlist.number("EXT-X-SERVER-CONTROL", "HOLD-BACK") < 3 * playlist.target - _EPSILON:
            yield f"{answer.path} has HOLD-BACK={said}"


def part_hold_back_is_three_parts(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.8 asks for two parts, Apple rule 14.3 for three; of the longest PART-TARGET of all."""
    longest = max((answer.playlist.part_target for _, answer in recording.playlists), default=0.0)
    for _, answer in recording.playlists:
        playlist = answer.playlist
        held = playlist.number("EXT-X-SERVER-CONTROL", "PART-HOLD-BACK")
        if playlist.part_target and held < 3 * longest - _EPSILON:
            yield f"{answer.path} has PART-HOLD-BACK={held}"


def skip_boundary_is_six_segments(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.8: CAN-SKIP-UNTIL is at least six target durations; skipped dates need it."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        said = playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL")
        if said and playlist.number("EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL") < 6 * playlist.target - _EPSILON:
            yield f"{answer.path} has CAN-SKIP-UNTIL={said}"
        if not said and playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-SKIP-DATERANGES"):
            yield f"{answer.path} skips dates and no segments"


def reloads_may_block(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.8, B.1: CAN-BLOCK-RELOAD=YES, wherever there are no transport streams."""
    for _, answer in recording.playlists:
        said = answer.playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-BLOCK-RELOAD")
        if not answer.playlist.is_ts and said != "YES":
            yield f"{answer.path} has CAN-BLOCK-RELOAD={said or 'nothing'}"


def updates_are_offered(recording: Recording) -> Iterator[str]:
    """RFC 8216bis B.1: CAN-SKIP-UNTIL, wherever there are no transport streams."""
    for _, answer in recording.playlists:
        if not answer.playlist.is_ts and not answer.playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL"):
            yield f"{answer.path} offers no updates"


def lists_for_old_boxes_are_plain(recording: Recording) -> Iterator[str]:
    """The house's, for devices that know the first HLS alone: version 3 and not a word of what came later; no
    gaps, since those players ask for them and stop."""
    for _, answer in recording.playlists:
        if answer.playlist.is_ts:
            names = {tag.name for tag in answer.playlist.tags}.intersection(_NEWER)
            if names:
                yield f"{answer.path} has {', '.join(sorted(names))}"
