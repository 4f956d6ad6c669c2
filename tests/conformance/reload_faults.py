"""A fault for each rule of two answers, of deltas, directives, headers, and of what stays."""

from dataclasses import replace

from tests.conformance.answer import Answer
from tests.conformance.faults import (
    Fault,
    Spoil,
    deltas,
    fault,
    header,
    later,
    media,
    playlists,
    probe,
    reload,
    status,
    written,
)
from tests.conformance.recording import Recording


def of_reloads() -> list[Fault]:
    """`reload_rules`."""
    return [
        fault("what_a_channel_begins_with_stays",
              reload("v0", 3, lambda answer: written(answer, ",HOLD-BACK=6.000", ",HOLD-BACK=7.000"))),
        fault("listed_segments_never_change",
              reload("ts-v0", 3, lambda answer: written(answer, r"\n(\d+)-2\.ts", r"\n\1-7.ts"))),
        fault("parts_of_a_segment_never_change", reload("v0", 4, lambda answer: written(
            answer, r'(#EXT-X-PART:[^\n]*URI="[^"]*)\.0\.m4s"', r'\1.7.m4s"'))),
        fault("the_open_segment_is_only_added_to", reload("v0", 4, lambda answer: written(
            answer, r'(.*#EXT-X-PART:[^\n]*URI="[^"]*)\.0\.m4s"', r'\1.7.m4s"'))),
        fault("sequence_numbers_count_what_left", reload("ts-v0", -1, lambda answer: written(
            answer, r"MEDIA-SEQUENCE:\d+", "MEDIA-SEQUENCE:7")),
            "playlists_never_go_back", "ts_times_are_their_dates"),
        fault("playlists_never_go_back", _swapped, "discontinuity_sequence_counts_tags_that_left",
              "sequence_numbers_count_what_left"),
        fault("discontinuity_sequence_counts_tags_that_left", reload("v0", -2, lambda answer: written(
            answer, r"DISCONTINUITY-SEQUENCE:\d+", "DISCONTINUITY-SEQUENCE:77"))),
        fault("segments_come_in_time", _from("ts-v0", 3, 20.0), "dates_are_near_now"),
        fault("parts_come_in_time", _from("v0", 9, 0.9)),
        fault("hints_are_kept", reload("v0", 3, lambda answer: written(
            answer, r'(HINT:TYPE=PART,URI="\d+)-\d', r"\1-9"))),
    ]


def _swapped(recording: Recording) -> Recording:
    first, second, *rest = recording.reloads["ts-v0"]
    return replace(recording, reloads={**recording.reloads, "ts-v0": (first, rest[2], second, *rest)})


def _from(rendition: str, at: int, seconds: float) -> Spoil:
    """All answers from the one at `at` on came later."""
    def spoil(recording: Recording) -> Recording:
        answers = recording.reloads[rendition]
        late = (replace(one, came=one.came + seconds) for one in answers[at:])
        return replace(recording, reloads={**recording.reloads, rendition: (*answers[:at], *late)})
    return spoil


def of_deltas() -> list[Fault]:
    """`delta_rules`."""
    return [
        fault("deltas_are_given_when_asked_for", lambda recording: replace(recording, deltas=tuple(
            replace(each, delta=each.full) for each in recording.deltas))),
        fault("deltas_skip_to_the_boundary", deltas(
            r"SKIPPED-SEGMENTS=(\d+)(\n)(.*?\n)(\d+-\d+\.m4s\n)", r"SKIPPED-SEGMENTS=99\2\3\4"),
            "deltas_merge_to_the_full_playlist"),
        fault("deltas_keep_what_is_not_skipped", deltas(r"HOLD-BACK=6.000", "HOLD-BACK=7.000")),
        fault("deltas_merge_to_the_full_playlist", deltas(r"EXTINF:1.92000,", "EXTINF:1.91000,")),
        fault("deltas_end_as_the_full_playlist_does", deltas(r'(HINT:TYPE=PART,URI=")', r"\g<1>9")),
    ]


def of_blocking() -> list[Fault]:
    """`blocking_rules`."""
    refusals = {
        "a_part_without_a_segment_is_refused": "part alone", "what_is_no_number_is_refused": "no number",
        "a_far_segment_is_refused": "far segment", "a_far_part_is_refused": "far part",
        "what_is_unknown_is_404": "unknown part",
    }
    return [
        *(fault(rule, probe(point, later(3))) for rule, point in refusals.items()),
        fault("what_is_unknown_is_404", probe("unknown rendition", status(403))),
        fault("what_is_near_is_not_refused", probe("near part", status(400))),
        fault("a_segment_is_waited_for", _answered_before("next segment")),
        fault("a_part_is_waited_for", _answered_before("near part")),
        fault("a_part_beyond_the_last_is_the_next_segments_first", _answered_before("beyond the last part")),
        fault("nothing_waits_longer_than_it_must", _answered_last("near part")),
        fault("the_past_is_answered_at_once", probe("long past", later(2))),
        fault("the_past_is_answered_at_once", probe("past part", status(404)), ),
        fault("what_never_comes_is_503", probe("what never comes", later(-30))),
        fault("what_never_comes_is_503", probe("what never comes", status(404))),
    ]


def _answered_before(point: str) -> Spoil:
    """As if it had not waited."""
    def spoil(recording: Recording) -> Recording:
        asked = recording.probes[point]
        early = replace(asked.answer, body=asked.before.body)
        return replace(recording, probes={**recording.probes, point: replace(asked, answer=early)})
    return spoil


def _answered_last(point: str) -> Spoil:
    """As if it had waited for something much later."""
    def spoil(recording: Recording) -> Recording:
        asked = recording.probes[point]
        late = replace(asked.answer, body=recording.reloads["v0"][-1].body)
        return replace(recording, probes={**recording.probes, point: replace(asked, answer=late)})
    return spoil


def of_headers() -> list[Fault]:
    """`header_rules`."""
    segment = r"v0/\d+-[1-9]\.m4s"
    return [
        fault("playlists_are_known_by_type_and_suffix", playlists(header("content-type", "text/plain"), "v0/")),
        fault("media_have_their_types", media(segment, header("content-type", "text/html"))),
        fault("playlists_are_gzipped_for_who_takes_it", playlists(header("content-encoding", None), "v0/")),
        fault("playlists_are_gzipped_for_who_takes_it", playlists(header("vary", None), "v0/")),
        fault("playlists_are_gzipped_for_who_takes_it", probe("plain", header("content-encoding", "gzip"))),
        fault("playlists_live_no_longer_than_they_may", reload("v0", 3, header("cache-control", "max-age=60"))),
        fault("media_live_as_long_as_they_may", media(segment, header("cache-control", "max-age=31536000"))),
        fault("refusals_are_soon_forgotten", probe("unknown part", header("cache-control", "max-age=60"))),
        fault("refusals_are_soon_forgotten", probe("what never comes", header("retry-after", None))),
        fault("ages_are_within_their_lifetime", playlists(header("age", "70"), "v0/")),
        fault("pages_of_others_may_read", media(segment, header("access-control-expose-headers", "Date"))),
        fault("answers_have_a_length", media(segment, header("content-length", None))),
        fault("ranges_are_answered", probe("range", status(200))),
        fault("heads_are_answered", probe("head", status(405))),
        fault("nothing_is_redirected", media(segment, status(302)), "what_is_listed_is_there"),
    ]


def of_shelf() -> list[Fault]:
    """`shelf_rules`."""
    return [
        fault("what_is_listed_is_there", media(r"audio/\d+-[1-9]\.m4s", status(404))),
        fault("a_name_has_one_content", lambda recording: replace(recording, again={
            path: replace(answer, body=b"other") for path, answer in recording.again.items()})),
        fault("a_hinted_part_waits_and_comes_whole", _hinted(status(503))),
        fault("a_hinted_part_waits_and_comes_whole", _hinted(later(0.5))),
        fault("what_left_stays_a_while", lambda recording: replace(recording, late=tuple(
            replace(each, answer=status(404)(each.answer)) for each in recording.late))),
        fault("gaps_have_no_media", probe("gap", status(200))),
    ]


def _hinted(change: object) -> Spoil:
    def spoil(recording: Recording) -> Recording:
        path = next(path for path, answer in recording.hinted.items() if answer.status == 200)
        answer: Answer = change(recording.hinted[path])  # type: ignore[operator]
        return replace(recording, hinted={**recording.hinted, path: answer})
    return spoil
