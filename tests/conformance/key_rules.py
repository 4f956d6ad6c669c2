"""What encryption asks of a channel; a channel in clear keeps all of it."""

from collections.abc import Iterator

from tests.conformance.opening import CLEAR, keys_of_media, opened_body
from tests.conformance.playlist import Tag
from tests.conformance.recording import Recording


def every_segment_has_its_key(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.4: an encrypted channel has no segment in clear in any rendition; captions tell most."""
    if recording.keys:
        for _, answer in recording.playlists:
            for segment in answer.playlist.everything:
                if not segment.key or "METHOD=NONE" in segment.key:
                    yield f"{answer.path}: {segment.msn} is in clear"


def the_iv_is_the_number(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 5.2: what players take that read no IV, with all of its bits."""
    for _, answer in recording.playlists:
        for segment in answer.playlist.everything:
            iv = Tag("EXT-X-KEY", segment.key).pairs.get("IV", "")
            if iv and int(iv, 16) != segment.msn:
                yield f"{answer.path}: {segment.msn} has the IV {iv}"


def a_time_has_one_key_in_all_renditions(recording: Recording) -> Iterator[str]:
    """The house's: keys turn at one place everywhere, so that a player that changes rendition needs no other."""
    seen: dict[float, str] = {}
    for name, answer in recording.playlists:
        for segment in answer.playlist.everything:
            uri = Tag("EXT-X-KEY", segment.key).pairs.get("URI", "")
            if uri and segment.date and seen.setdefault(segment.time, uri) != uri:
                yield f"{name} at {segment.date} has {uri}, another rendition {seen[segment.time]}"


def keys_are_there_when_they_are_named(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 5.1: 16 bytes, and there before the playlist that names them."""
    for uri, answer in recording.keys.items():
        if answer.status != 200 or len(answer.body) != 16:
            yield f"{uri} is {answer.status} with {len(answer.body)} bytes"


def keys_are_in_no_cache(recording: Recording) -> Iterator[str]:
    """T-16: `no-store`, and never below an address that edges cache."""
    for uri, answer in recording.keys.items():
        if answer.headers.get("cache-control") != "no-store" or "/live/" in uri:
            yield f"{uri} has Cache-Control: {answer.headers.get('cache-control')}"


def keys_turn(recording: Recording) -> Iterator[str]:
    """T-16: a key that leaks opens no more than it was to."""
    times: dict[str, list[float]] = {}
    for _, answer in recording.playlists:
        for segment in answer.playlist.segments:
            uri = Tag("EXT-X-KEY", segment.key).pairs.get("URI", "")
            if uri:
                times.setdefault(uri, []).extend((segment.time, segment.time + segment.duration))
    for uri, found in times.items():
        if max(found) - min(found) > recording.terms.key:
            yield f"{uri} serves {max(found) - min(found):.0f} s"


def the_hinted_part_has_its_key(recording: Recording) -> Iterator[str]:
    """ExoPlayer opens a hinted part with the key that stands above the hint: that of its own segment."""
    for _, answer in recording.playlists:
        playlist = answer.playlist
        if recording.keys and playlist.hint:
            key = playlist.hinted_key
            if int(Tag("EXT-X-KEY", key).pairs.get("IV", "0"), 16) != playlist.next[0]:
                yield f"{answer.path}: {playlist.hint} stands below {key}"


def media_opens_with_its_key(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 5.2: AES-128 in CBC with PKCS7, a part as a segment each on its own; never sent in clear."""
    for path, key in keys_of_media(recording).items():
        answer = recording.bodies.get(path)
        if answer is None or answer.status != 200:
            continue
        if CLEAR.match(answer.body):
            yield f"{path} is in clear"
            continue
        try:
            opens = CLEAR.match(opened_body(recording.keys, key, answer.body))
        except (KeyError, ValueError):
            opens = None
        if opens is None:
            yield f"{path} does not open with {key}"
