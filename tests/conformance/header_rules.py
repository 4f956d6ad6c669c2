"""Statuses and headers: what caches and players go by besides the body."""

import re
from collections.abc import Iterator

from tests.conformance.answer import Answer
from tests.conformance.recording import Recording

_PLAYLIST = ("application/vnd.apple.mpegurl", "audio/mpegurl")
_TYPES = {
    ".ts": ("video/mp2t",), ".vtt": ("text/vtt", "text/plain"), ".m4s": ("video/iso.segment", "video/mp4"),
    ".mp4": ("video/mp4", "audio/mp4"),
}
_DAY = 86_400


def playlists_are_known_by_type_and_suffix(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4, Apple rule 10.4: either would do; both are given."""
    for _, answer in recording.texts:
        kind = answer.headers.get("content-type", "").split(";")[0]
        if kind not in _PLAYLIST or not answer.place.endswith(".m3u8"):
            yield f"{answer.path} has the type {kind or 'nothing'}"


def media_have_their_types(recording: Recording) -> Iterator[str]:
    """Apple rule 10.4."""
    for answer in _there(recording):
        suffix = re.sub(r".*(?=\.)", "", answer.place)
        kind = answer.headers.get("content-type", "").split(";")[0]
        if kind not in _TYPES.get(suffix, ()):
            yield f"{answer.path} has the type {kind or 'nothing'}"


def playlists_are_gzipped_for_who_takes_it(recording: Recording) -> Iterator[str]:
    """RFC 8216bis B.1, Apple rule 10.1; and plain for who does not, which caches must know of (Vary)."""
    for _, answer in recording.texts:
        if answer.headers.get("content-encoding") != "gzip":
            yield f"{answer.path} is not gzipped"
        if "accept-encoding" not in answer.headers.get("vary", "").lower():
            yield f"{answer.path} does not vary by Accept-Encoding"
    plain = recording.probes.get("plain")
    if plain is not None and ("content-encoding" in plain.answer.headers or not plain.answer.playlist.segments):
        yield f"{plain.answer.path} is packed for who asks for it plain"


def playlists_live_no_longer_than_they_may(recording: Recording) -> Iterator[str]:
    """RFC 8216bis B.1: half a target duration, six for the answer to a blocking request (one second is the
    least that can be said)."""
    for _, answer in (*recording.playlists, *((one.delta.path, one.delta) for one in recording.deltas)):
        target = answer.playlist.target
        most = 6 * target if "_HLS_msn" in answer.directives else max(1.0, target / 2)
        if not 0 < _age(answer) <= most:
            yield f"{answer.path} has Cache-Control: {answer.headers.get('cache-control', 'nothing')}"


def media_live_as_long_as_they_may(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.2, B.1: parts and segments six target durations; init sections are never other ones."""
    for path, answer in recording.bodies.items():
        if answer.status == 200:
            newest = recording.last.get(path.split("/")[0])
            target = newest.playlist.target if newest is not None else 2
            most = _DAY if answer.place.endswith(".mp4") else 6 * target
            if not 0 < _age(answer) <= most:
                yield f"{answer.path} has Cache-Control: {answer.headers.get('cache-control', 'nothing')}"


def refusals_are_soon_forgotten(recording: Recording) -> Iterator[str]:
    """RFC 8216bis B.1: at most one target duration, so that what comes next is seen; a 503 says when to come
    again, and nothing is 429, which players take for the end."""
    every = [probe.answer for probe in recording.probes.values()]
    for answer in [*every, *recording.hinted.values()]:
        if answer.status >= 400:
            control = answer.headers.get("cache-control", "")
            if control != "no-store" and not 0 <= _age(answer) <= 1:
                yield f"{answer.path} ({answer.status}) has Cache-Control: {control or 'nothing'}"
            if answer.status == 429 or (answer.status == 503 and "retry-after" not in answer.headers):
                yield f"{answer.path} is {answer.status} without a word when to come again"


def ages_are_within_their_lifetime(recording: Recording) -> Iterator[str]:
    """RFC 8216bis B.1, RFC 9111 5.1: a cache in between says Age, and gives nothing that has outlived itself."""
    for answer in _every(recording):
        age = answer.headers.get("age")
        if age is not None and (not age.isdigit() or int(age) > max(_age(answer), 0)):
            yield f"{answer.path} has Age: {age}, Cache-Control: {answer.headers.get('cache-control')}"


def pages_of_others_may_read(recording: Recording) -> Iterator[str]:
    """Fetch standard, CORS: players on another origin read everything, Age too, else they take old for fresh."""
    for answer in _every(recording):
        exposed = answer.headers.get("access-control-expose-headers", "").lower().replace(" ", "").split(",")
        missing = {"age", "date", "content-length"}.difference(exposed)
        if answer.headers.get("access-control-allow-origin") != "*" or missing:
            yield f"{answer.path} hides {', '.join(sorted(missing)) or 'itself'} from other origins"


def answers_have_a_length(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1, 6.2.6: what is listed is whole, so its length is known before its first byte."""
    for answer in _there(recording):
        length = answer.headers.get("content-length")
        if length is None or ("content-encoding" not in answer.headers and length != str(len(answer.body))):
            yield f"{answer.path} says {length} bytes and has {len(answer.body)}"


def ranges_are_answered(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.2, RFC 9110 14: 206 with just those bytes."""
    probe = recording.probes.get("range")
    if probe is not None:
        answer, whole = probe.answer, recording.bodies.get(probe.answer.place)
        if answer.status != 206 or whole is None or answer.body != whole.body[10:20]:
            yield f"{answer.path} bytes 10 to 19: {answer.status}, {len(answer.body)} bytes"


def heads_are_answered(recording: Recording) -> Iterator[str]:
    """RFC 9110 9.3.2: old boxes ask with HEAD first; it is the answer without its body."""
    probe = recording.probes.get("head")
    if probe is not None:
        answer, whole = probe.answer, recording.bodies.get(probe.answer.place)
        length = answer.headers.get("content-length")
        if answer.status != 200 or answer.body or whole is None or length != str(len(whole.body)):
            yield f"HEAD {answer.path}: {answer.status}, length {length}"


def nothing_is_redirected(recording: Recording) -> Iterator[str]:
    """Apple rule 8.18."""
    for answer in _every(recording):
        if 300 <= answer.status < 400:
            yield f"{answer.path} is {answer.status}"


def _age(answer: Answer) -> int:
    found = re.fullmatch(r"max-age=(\d+)", answer.headers.get("cache-control", ""))
    return int(found[1]) if found else -1


def _there(recording: Recording) -> Iterator[Answer]:
    every = (*recording.bodies.values(), *recording.hinted.values())
    return (answer for answer in every if answer.status == 200)


def _every(recording: Recording) -> Iterator[Answer]:
    yield from (answer for _, answer in recording.texts)
    yield from recording.bodies.values()
    yield from recording.hinted.values()
