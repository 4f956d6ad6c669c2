"""A fault for each rule of the list of thumbnails."""

from dataclasses import replace

from tests.conformance.faults import Change, Fault, Spoil, at, fault, header, status, text, written
from tests.conformance.recording import Recording

_STREAM = r"(#EXT-X-IMAGE-STREAM-INF:[^\n]*)"
_INDEX = r"index\.m3u8"
_WIDTH = 87
"""Where the made pictures say how wide they are: behind SOI, APP0, DQT, and the frame's precision and height."""


def of_images() -> list[Fault]:
    """`image_rules`."""
    a_jpeg = "an_image_is_a_jpeg_of_the_size_that_is_told"
    grid, keep = "images_lie_on_their_grid", "images_keep_their_numbers"
    same = "sprites_are_the_images_of_the_list"
    return [
        fault("image_streams_say_what_they_are", text('CODECS="jpeg"', 'CODECS="png"', _INDEX)),
        fault("image_streams_say_what_they_are", text(_STREAM, r"\1,FRAME-RATE=25.000", _INDEX)),
        fault("image_streams_say_what_they_are", text("(#EXT-X-STREAM-INF)", (
            r'#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=9,CODECS="jpeg",RESOLUTION=16x9,URI="a/b"\n\1'), r"ts\.m3u8")),
        fault("image_lists_hold_images_alone", _lists("#EXT-X-IMAGES-ONLY\n", "")),
        fault("image_lists_hold_images_alone", _lists("(#EXTINF)", r'#EXT-X-MAP:URI="init-1.mp4"\n\1')),
        fault(grid, _lists(r"EXTINF:10\.0", "EXTINF:9.0")),
        fault(grid, _lists(r"\d\d\.000Z", "11.500Z")),
        fault(keep, _last(r"(\d+)-(\d+)\.jpg", r"\1-99.jpg")),
        fault(keep, _last(r"(MEDIA-SEQUENCE:\d+)\d\d", r"\g<1>00"), grid, same),
        fault(a_jpeg, _images(at(_WIDTH, b"\0\x9f")), "sprites_point_into_pictures"),
        fault(a_jpeg, _images(header("content-type", "text/html"))),
        fault("image_bandwidth_holds_the_peak", text(rf"{_STREAM}BANDWIDTH=\d+", r"\1BANDWIDTH=90", _INDEX)),
        fault(same, _sprites(r"(\d+):(\d\d):(\d\d\.\d{3}) -->", "00:00:10.000 -->")),
        fault("sprites_point_into_pictures", _sprites(",160,90", ",160,91")),
        fault("images_are_there", _images(status(404))),
    ]


def _lists(pattern: str, to: str) -> Spoil:
    """Every list of images is another one."""
    return lambda recording: replace(recording, galleries=tuple(
        replace(each, listing=written(each.listing, pattern, to)) for each in recording.galleries
    ))


def _last(pattern: str, to: str) -> Spoil:
    def spoil(recording: Recording) -> Recording:
        *others, last = recording.galleries
        return replace(recording, galleries=(*others, replace(last, listing=written(last.listing, pattern, to))))
    return spoil


def _sprites(pattern: str, to: str) -> Spoil:
    return lambda recording: replace(recording, galleries=tuple(
        replace(each, sprites=written(each.sprites, pattern, to)) for each in recording.galleries
    ))


def _images(change: Change) -> Spoil:
    """The first image is another one."""
    def spoil(recording: Recording) -> Recording:
        path = next(iter(recording.images))
        return replace(recording, images={**recording.images, path: change(recording.images[path])})
    return spoil
