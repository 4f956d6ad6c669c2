"""I-frame playlists: one picture of each segment, for who looks through the past."""

import itertools
from collections.abc import Iterator

from tests.conformance.answer import Answer
from tests.conformance.boxes import Fragment, codec_of, find, fragments_of, is_idr, scale_of
from tests.conformance.playlist import Playlist, Segment
from tests.conformance.rates import peak_of
from tests.conformance.recording import Recording

_STREAM = "EXT-X-I-FRAME-STREAM-INF"
_NEEDED = ("URI", "BANDWIDTH", "CODECS", "RESOLUTION")
_OF_VARIANTS = ("FRAME-RATE", "AUDIO", "SUBTITLES", "CLOSED-CAPTIONS")
_EXACT = 1e-4
_OLDEST = 5
"""The version that has EXT-X-MAP in a playlist of I-frames (RFC 8216bis, 8)."""


def iframe_playlists_say_that_they_are(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.6, 4.4.4.9, 8: EXT-X-I-FRAMES-ONLY where the multivariant playlist names one, and nowhere
    else; with an EXT-X-MAP, a version that has both, and neither parts nor hints."""
    named = set(_streams(recording))
    for name, answer in recording.playlists:
        playlist = answer.playlist
        if (name in named) != playlist.is_iframes:
            yield f"{answer.path} has {'an' if playlist.is_iframes else 'no'} EXT-X-I-FRAMES-ONLY"
        if not playlist.is_iframes:
            continue
        if playlist.number("EXT-X-VERSION") < _OLDEST or not playlist.all("EXT-X-MAP"):
            yield f"{answer.path} has version {playlist.value('EXT-X-VERSION')} or no EXT-X-MAP"
        if any(playlist.all(tag) for tag in ("EXT-X-PART", "EXT-X-PART-INF", "EXT-X-PRELOAD-HINT")):
            yield f"{answer.path} lists parts of pictures"


def iframe_streams_say_what_they_are(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.3, Apple rule 6.1: one for each rendition of pictures, with its size and its pictures'
    codec as the init section spells it, and nothing that speaks of sound or motion."""
    index = recording.multivariants.get("index")
    if index is None:
        return
    streams = _streams(recording)
    sizes = [tag.pairs.get("RESOLUTION", "") for tag in index.playlist.all("EXT-X-STREAM-INF")]
    if sorted(sizes) != sorted(pairs.get("RESOLUTION", "") for pairs in streams.values()):
        yield f"{index.path} has variants of {sizes}, and I-frames of other sizes"
    for name, pairs in streams.items():
        if any(not pairs.get(one) for one in _NEEDED) or any(one in pairs for one in _OF_VARIANTS):
            yield f"{index.path}: {_STREAM} of {name} says {sorted(pairs)}"
        for segment in recording.last[name].playlist.segments[-1:] if name in recording.last else []:
            init = recording.body(name, segment.map)
            if init is not None and codec_of(init) != pairs.get("CODECS"):
                yield f"{name} is {codec_of(init)}, {_STREAM} says {pairs.get('CODECS')}"


def iframe_bandwidth_holds_the_peak(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.3: as of any variant."""
    for name, pairs in _streams(recording).items():
        if peak_of(recording, name) > int(pairs.get("BANDWIDTH", "0")):
            yield f"{name} peaks at {peak_of(recording, name):.0f} bit/s, BANDWIDTH is {pairs.get('BANDWIDTH')}"


def an_iframe_is_one_picture(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.1.2, 4.4.3.6: a fragment with one sample, an IDR picture, which decodes alone."""
    for name, segment, fragments in _pictures(recording):
        runs = find(recording.bodies[f"{name}/{segment.uri}"].body, "moof/traf/trun")
        init = recording.body(name, segment.map)
        if init is None or [run.number(4, 4) for run in runs] != [1] or not _begins_anew(fragments[0], init):
            yield f"{name}/{segment.uri} is not one IDR picture"


def an_iframe_lasts_until_the_next(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.6: EXTINF is the time from the picture to the next one."""
    for (name, segment, fragments), (other, after, then) in itertools.pairwise(_pictures(recording)):
        init = recording.body(name, segment.map)
        if name != other or after.msn != segment.msn + 1 or init is None:
            continue
        apart = (then[0].start - fragments[0].start) / scale_of(init)
        if abs(apart - segment.duration) >= _EXACT:
            yield f"{name}/{segment.uri} has EXTINF {segment.duration}, the next comes {apart:.5f} s later"


def an_iframe_is_its_segments_first_picture(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4 and the house's: the same bytes at the same time, so that what one looks for is what is
    played."""
    for name, segment, fragments in _pictures(recording):
        whole = recording.body(_own(name), segment.uri)
        first = _fragments(whole)[:1]
        if first and (first[0].first, first[0].start) != (fragments[0].first, fragments[0].start):
            yield f"{name}/{segment.uri} is another picture than its segment's first"


def iframes_are_listed_as_their_segments_are(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4 and the house's: the same window, segment for segment with its date, map, key, gap and
    discontinuity, asked for at one time; the newest may come a moment later."""
    for moment in recording.moments:
        for name in _streams(recording):
            if name in moment and _own(name) in moment:
                yield from _apart(moment[name], moment[_own(name)].playlist)


def _apart(answer: Answer, media: Playlist) -> Iterator[str]:
    pictures = answer.playlist
    rows = {segment.msn: _row(segment) for segment in media.segments}
    if abs(pictures.first_msn - media.first_msn) > 1 or abs(pictures.last_msn - media.last_msn) > 1:
        yield f"{answer.path} ends at {pictures.last_msn}, its segments at {media.last_msn}"
    for segment in pictures.segments:
        if rows.get(segment.msn, _row(segment)) != _row(segment):
            yield f"{answer.path}: {segment.msn} is {_row(segment)} and was to be {rows[segment.msn]}"


def _row(one: Segment) -> tuple[object, ...]:
    return one.uri, one.duration, one.date, one.map, one.key, one.gap, one.discontinuity


def _streams(recording: Recording) -> dict[str, dict[str, str]]:
    """What the multivariant playlist says of each I-frame playlist, by its rendition."""
    index = recording.multivariants.get("index")
    tags = index.playlist.all(_STREAM) if index is not None else []
    return {tag.pairs.get("URI", "").split("/")[0]: tag.pairs for tag in tags}


def _own(name: str) -> str:
    return name.removeprefix("iframes-")


def _pictures(recording: Recording) -> Iterator[tuple[str, Segment, tuple[Fragment, ...]]]:
    """Every picture that was fetched and can be read, in order."""
    for name in _streams(recording):
        answers = recording.reloads.get(name, ())
        segments = {segment.msn: segment for answer in answers for segment in answer.playlist.segments}
        for _, segment in sorted(segments.items()):
            if fragments := _fragments(recording.body(name, segment.uri)):
                yield name, segment, fragments


def _begins_anew(fragment: Fragment, init: bytes) -> bool:
    return fragment.sync and is_idr(fragment, init)


def _fragments(body: bytes | None) -> tuple[Fragment, ...]:
    try:
        return fragments_of(body) if body else ()
    except ValueError:  # the rule of the boxes tells
        return ()
