"""A fault for each rule of I-frame playlists."""

from dataclasses import replace

from tests.conformance.answer import Answer
from tests.conformance.faults import Change, Fault, fault, media, moments, text, written

_LIST, _INDEX = "iframes-v0/", r"index\.m3u8"
_PICTURE = r"iframes-v0/\d+-[1-9]\.m4s"
_STREAM = r"(#EXT-X-I-FRAME-STREAM-INF:[^\n]*)"


def of_iframes() -> list[Fault]:
    """`iframe_rules`."""
    says = "iframe_streams_say_what_they_are"
    another = "an_iframe_is_its_segments_first_picture"
    return [
        fault("iframe_playlists_say_that_they_are", text("#EXT-X-I-FRAMES-ONLY\n", "", _LIST),
              "parts_have_a_target"),
        fault("iframe_playlists_say_that_they_are", text(
            "(#EXT-X-MEDIA-SEQ)", r"#EXT-X-PART-INF:PART-TARGET=0.64\n\1", _LIST),
              "one_part_is_hinted", "parts_are_listed_up_to_the_edge", "reports_name_every_other_rendition"),
        fault("iframe_playlists_say_that_they_are", text(r"VERSION:\d", "VERSION:4", _LIST),
              "version_is_the_lowest_that_covers"),
        fault(says, text(rf"{_STREAM}\n", "", _INDEX), "iframe_playlists_say_that_they_are"),
        fault(says, text(rf"{_STREAM}RESOLUTION=\d+x", r"\1RESOLUTION=9x", _INDEX)),
        fault(says, text(_STREAM, r"\1,FRAME-RATE=25.000", _INDEX)),
        fault(says, text(rf'{_STREAM}CODECS="[^"]*"', r'\1CODECS="avc1.64001f"', _INDEX)),
        fault("iframe_bandwidth_holds_the_peak", text(rf"{_STREAM}BANDWIDTH=\d+", r"\1BANDWIDTH=90", _INDEX)),
        fault("an_iframe_is_one_picture", media(_PICTURE, _twice, 1)),
        fault("an_iframe_is_one_picture", media(_PICTURE, _no_idr, 1), another, "segments_begin_with_an_idr"),
        fault("an_iframe_lasts_until_the_next", media(_PICTURE, _moved(96_000), newest=True), another,
              "media_time_is_the_date", "media_times_run_on", "media_times_are_equal_in_all_renditions",
              "pictures_of_a_number_begin_at_one_time"),
        fault(another, media(_PICTURE, lambda answer: replace(
            answer, body=answer.body[:-1] + bytes([answer.body[-1] ^ 1])))),
        fault("iframes_are_listed_as_their_segments_are", moments(lambda answer: written(
            answer, r"(\d+)-(\d)\.m4s", r"\1-9.m4s"), "iframes-v0")),
        fault("iframes_are_listed_as_their_segments_are", moments(lambda answer: written(
            answer, r"(MEDIA-SEQUENCE:\d+)\d", r"\g<1>0"), "iframes-v0"), "segments_begin_together",
            "discontinuities_are_shared"),
    ]


def _twice(answer: Answer) -> Answer:
    """Its run says that there are two pictures."""
    at = answer.body.index(b"trun") + 8
    return replace(answer, body=answer.body[:at] + (2).to_bytes(4, "big") + answer.body[at + 4 :])


def _no_idr(answer: Answer) -> Answer:
    return replace(answer, body=answer.body.replace(b"\x65", b"\x61"))


def _moved(units: int) -> Change:
    def change(answer: Answer) -> Answer:
        at = answer.body.index(b"tfdt") + 8
        time = int.from_bytes(answer.body[at : at + 8], "big") + units
        return replace(answer, body=answer.body[:at] + time.to_bytes(8, "big") + answer.body[at + 8 :])
    return change
