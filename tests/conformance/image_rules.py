"""The list of thumbnails, and that of the page's seek bar, which say the same to different readers.

The first is that of https://github.com/image-media-playlist/spec (0.4), called "the image specification" here.
"""

import itertools
import re
from collections.abc import Iterator

from tests.conformance.answer import Answer
from tests.conformance.playlist import Playlist, Segment, Tag
from tests.conformance.recording import Recording

LISTS = re.compile(r'#EXT-X-IMAGE-STREAM-INF:[^\n]*URI="([^"]*)"')
"""In a multivariant playlist: where a list of images is."""

_STREAM = "EXT-X-IMAGE-STREAM-INF"
_NEEDED = {"URI", "BANDWIDTH", "CODECS", "RESOLUTION"}
_NOT_OF_IMAGES = ("EXT-X-MAP", "EXT-X-KEY", "EXT-X-PART", "EXT-X-PRELOAD-HINT")
CUE = re.compile(
    r"(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3})\n([^#\n]+)#xywh=(\d+),(\d+),(\d+),(\d+)\n",
)
"""Of the seek bar's list: from, to, picture, and what to cut out of it."""
_EXACT = 1e-3


def image_streams_say_what_they_are(recording: Recording) -> Iterator[str]:
    """The image specification: address, rate, coding and size; old boxes and lists of sound have none."""
    for name, answer in recording.multivariants.items():
        streams = answer.playlist.all(_STREAM)
        if name != "index" and streams:
            yield f"{answer.path} names images"
        for tag in streams:
            if set(tag.pairs) != _NEEDED or tag.pairs.get("CODECS") != "jpeg":
                yield f"{answer.path}: {_STREAM}:{tag.value}"


def image_lists_hold_images_alone(recording: Recording) -> Iterator[str]:
    """The image specification: EXT-X-IMAGES-ONLY, and nothing that is of fragments or of keys."""
    for answer, playlist in _lists(recording):
        if not playlist.all("EXT-X-IMAGES-ONLY") or any(playlist.all(tag) for tag in _NOT_OF_IMAGES):
            yield f"{answer.path} has {sorted({tag.name for tag in playlist.tags})}"


def images_lie_on_their_grid(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.6 and the house's: an image's number is its place since the epoch, each is as long as
    the next, and the list says when the first was."""
    for answer, playlist in _lists(recording):
        for segment in playlist.segments:
            if abs(segment.duration - playlist.target) > _EXACT:
                yield f"{answer.path}: {segment.uri} lasts {segment.duration}"
        for segment in playlist.segments[:1]:
            if abs(segment.time - segment.msn * playlist.target) > _EXACT:
                yield f"{answer.path}: number {segment.msn} was at {segment.date}"


def images_keep_their_numbers(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1: what is listed stays as it is until it leaves, and the list goes on, never back."""
    for (answer, before), (_, after) in itertools.pairwise(_lists(recording)):
        rows = {segment.msn: _row(segment) for segment in before.segments}
        if after.first_msn < before.first_msn or after.last_msn < before.last_msn:
            yield f"{answer.path} was at {before.last_msn}, and later at {after.last_msn}"
        for segment in after.segments:
            if rows.get(segment.msn, _row(segment)) != _row(segment):
                yield f"{answer.path}: {segment.msn} was {rows[segment.msn]}, and later {_row(segment)}"


def an_image_is_a_jpeg_of_the_size_that_is_told(recording: Recording) -> Iterator[str]:
    """The image specification: one picture, of RESOLUTION; as what it is served (RFC 8216bis 3.1)."""
    size = next((tag.pairs.get("RESOLUTION") for tag in _streams(recording)), "")
    for answer, playlist in _lists(recording):
        for segment in playlist.segments:
            found = recording.images.get(_beside(answer, segment.uri))
            if found is None or segment.gap:
                continue
            width, height = _size(found.body)
            if (f"{width}x{height}", found.headers.get("content-type")) != (size, "image/jpeg"):
                yield f"{found.path} is {width}x{height}, {found.headers.get('content-type')}"


def image_bandwidth_holds_the_peak(recording: Recording) -> Iterator[str]:
    """The image specification: as of any variant."""
    told = next((int(tag.pairs.get("BANDWIDTH", "0")) for tag in _streams(recording)), 0)
    for answer, playlist in _lists(recording):
        for segment in playlist.segments:
            found = recording.images.get(_beside(answer, segment.uri))
            if found is not None and 8 * len(found.body) / segment.duration > told:
                yield f"{found.path} has {len(found.body)} bytes, BANDWIDTH is {told}"


def sprites_are_the_images_of_the_list(recording: Recording) -> Iterator[str]:
    """The house's: a cue for each image that is there, at its time, and none for a gap."""
    for gallery in recording.galleries:
        cues = [_seconds(*cue.groups()[:3]) for cue in CUE.finditer(gallery.sprites.text)]
        playlist = gallery.listing.playlist
        rows = [segment.msn * playlist.target for segment in playlist.segments if not segment.gap]
        if cues != rows:
            yield f"{gallery.sprites.path} has {len(cues)} cues for {len(rows)} images, or others"


def sprites_point_into_pictures(recording: Recording) -> Iterator[str]:
    """Media Fragments 1.0, 4.2.2: what a cue cuts out lies inside of its picture."""
    for gallery in recording.galleries:
        for cue in CUE.finditer(gallery.sprites.text):
            found = recording.images.get(_beside(gallery.sprites, cue[7]))
            x, y, width, height = (int(cue[at]) for at in range(8, 12))
            if found is None:
                continue
            right, bottom = _size(found.body)
            if x + width > right or y + height > bottom or width * height == 0:
                yield f"{gallery.sprites.path}: {cue[7]} is {right}x{bottom}, and has no {cue[0].strip()}"


def images_are_there(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.2: what is listed, and what a cue names, can be had."""
    for path, answer in recording.images.items():
        if answer.status != 200:
            yield f"{path} is {answer.status}"


def _lists(recording: Recording) -> list[tuple[Answer, Playlist]]:
    return [(gallery.listing, gallery.listing.playlist) for gallery in recording.galleries]


def _streams(recording: Recording) -> Iterator[Tag]:
    index = recording.multivariants.get("index")
    yield from index.playlist.all(_STREAM) if index is not None else ()


def _beside(answer: Answer, uri: str) -> str:
    return f"{answer.place.rpartition('/')[0]}/{uri}"


def _row(segment: Segment) -> tuple[str, bool]:
    return segment.uri, segment.gap


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3_600 + int(minutes) * 60 + float(seconds)


def _size(body: bytes) -> tuple[int, int]:
    """Width and height of a JPEG, (0, 0) of what is none (ITU-T T.81, B.1.1 and B.2.2)."""
    at = 2
    while body[:2] == b"\xff\xd8" and body[at : at + 1] == b"\xff":
        if body[at + 1] == 0xC0:
            return int.from_bytes(body[at + 7 : at + 9], "big"), int.from_bytes(body[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(body[at + 2 : at + 4], "big")
    return 0, 0
