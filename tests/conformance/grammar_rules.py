"""Spelling: what every playlist must look like before anything in it means anything."""

import re
import unicodedata
from collections.abc import Iterator

from tests.conformance.playlist import Playlist
from tests.conformance.recording import Recording

_ONCE = (
    "EXTM3U", "EXT-X-VERSION", "EXT-X-INDEPENDENT-SEGMENTS", "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE",
    "EXT-X-DISCONTINUITY-SEQUENCE", "EXT-X-PART-INF", "EXT-X-SERVER-CONTROL", "EXT-X-PLAYLIST-TYPE",
    "EXT-X-ENDLIST", "EXT-X-I-FRAMES-ONLY", "EXT-X-SKIP",
)
_LISTS = (
    "EXT-X-SERVER-CONTROL", "EXT-X-PART-INF", "EXT-X-PART", "EXT-X-MAP", "EXT-X-KEY", "EXT-X-SKIP", "EXT-X-MEDIA",
    "EXT-X-PRELOAD-HINT", "EXT-X-RENDITION-REPORT", "EXT-X-STREAM-INF", "EXT-X-I-FRAME-STREAM-INF",
    "EXT-X-DATERANGE", "EXT-X-START",
)
_QUOTED = ("URI", "CODECS", "GROUP-ID", "NAME", "LANGUAGE", "AUDIO", "SUBTITLES", "CHANNELS", "KEYFORMAT", "ID",
           "CLASS", "START-DATE", "END-DATE")
_MAYBE_EMPTY = ("RECENTLY-REMOVED-DATERANGES",)
_BARE = ("METHOD", "TYPE", "CAN-BLOCK-RELOAD", "INDEPENDENT", "GAP", "DEFAULT", "AUTOSELECT", "DURATION")
_MULTIVARIANT = ("EXT-X-STREAM-INF", "EXT-X-MEDIA", "EXT-X-I-FRAME-STREAM-INF", "EXT-X-SESSION-KEY")
_MEDIA = ("EXTINF", "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE", "EXT-X-PART", "EXT-X-MAP")


def playlists_are_clean_utf8(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.1: UTF-8 without a byte order mark, normalised, no control characters, no stray white
    space."""
    for _, answer in recording.texts:
        try:
            text = answer.body.decode("utf-8")
        except UnicodeDecodeError:
            yield f"{answer.path} is not UTF-8"
            continue
        lines = text.split("\n")
        if text.startswith("\ufeff") or not unicodedata.is_normalized("NFC", text):
            yield f"{answer.path} has a byte order mark or is not normalised"
        if lines[-1] or any(not line or line != line.strip() or not _printable(line) for line in lines[:-1]):
            yield f"{answer.path} has an empty line, stray white space or a control character"


def _printable(line: str) -> bool:
    """EXT-X-SKIP alone has a list within a string, whose entries tabs divide (4.4.5.2)."""
    return (line.replace("\t", "") if line.startswith("#EXT-X-SKIP:") else line).isprintable()


def playlists_begin_with_extm3u(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.1.1: the first line."""
    for _, answer in recording.texts:
        if answer.text.lstrip("\ufeff").split("\n")[0].strip() != "#EXTM3U":
            yield f"{answer.path} does not begin with #EXTM3U"


def attribute_lists_are_well_formed(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.2: names once, strings quoted and not empty, enumerated values and numbers bare."""
    for _, answer in recording.texts:
        for tag in answer.playlist.tags:
            if tag.name in _LISTS and (wrong := _wrong_attributes(tag.attributes)):
                yield f"{answer.path}: {tag.name} {wrong}"


def _wrong_attributes(attributes: tuple[tuple[str, str], ...]) -> str:
    names = [name for name, _ in attributes]
    if "" in names:
        return f"has something that is no attribute: {dict(attributes)['']!r}"
    if len(set(names)) < len(names):
        return "repeats an attribute"
    for name, value in attributes:
        empty = value == '""' and name not in _MAYBE_EMPTY
        if empty or (name in _QUOTED and value[0] != '"') or (name in _BARE and value[0] == '"'):
            return f"has {name}={value}"
    return ""


def tags_of_the_whole_playlist_stand_once(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3: at most one of each."""
    for _, answer in recording.texts:
        for name in _ONCE:
            if len(answer.playlist.all(name)) > 1:
                yield f"{answer.path}: {name} more than once"


def media_and_multivariant_tags_do_not_mix(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6: a playlist with both must be refused."""
    for _, answer in recording.texts:
        names = {tag.name for tag in answer.playlist.tags}
        if names.intersection(_MULTIVARIANT) and names.intersection(_MEDIA):
            yield f"{answer.path} has tags of media and of multivariant playlists"


def sequence_numbers_stand_before_segments(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.3.2, 4.4.3.3; Apple rule 8.17: both there, before the first segment and
    EXT-X-DISCONTINUITY."""
    for _, answer in recording.playlists:
        names = [tag.name for tag in answer.playlist.tags]
        firsts = [names.index(name) for name in ("EXTINF", "EXT-X-PART", "EXT-X-DISCONTINUITY") if name in names]
        for name in ("EXT-X-MEDIA-SEQUENCE", "EXT-X-DISCONTINUITY-SEQUENCE"):
            if name not in names or names.index(name) > min(firsts, default=len(names)):
                yield f"{answer.path}: no {name} before the first segment"


def version_is_the_lowest_that_covers(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.1, section 8. EXT-X-GAP counts as version 8, as in drafts that strict readers still
    follow; captions, which have no EXT-X-MAP, say 6 as what they stand beside."""
    for _, answer in (*recording.playlists, *((one.delta.path, one.delta) for one in recording.deltas)):
        needed, said = _version_needed(answer.playlist), answer.playlist.value("EXT-X-VERSION")
        if said != str(needed):
            yield f"{answer.path} says version {said or 'nothing'} and needs {needed}"


def _version_needed(playlist: Playlist) -> int:
    if playlist.all("EXT-X-SKIP"):
        return 10 if any("RECENTLY-REMOVED-DATERANGES" in one.pairs for one in playlist.all("EXT-X-SKIP")) else 9
    if any(segment.gap or any(part.gap for part in segment.parts) for segment in playlist.everything):
        return 3 if playlist.is_ts else 8
    return 6 if playlist.all("EXT-X-MAP") or not playlist.is_ts else 3


def live_playlists_have_no_type_and_no_end(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.2: both forbid to remove segments."""
    for _, answer in recording.playlists:
        for name in ("EXT-X-PLAYLIST-TYPE", "EXT-X-ENDLIST"):
            if answer.playlist.all(name):
                yield f"{answer.path} has {name}"


def addresses_are_relative(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.5.4 for rendition reports; for all others the house's: they hold under any prefix."""
    for _, answer in recording.texts:
        lines = [line for line in answer.playlist.lines if line and not line.startswith("#")]
        for uri in [*lines, *(tag.pairs.get("URI", "") for tag in answer.playlist.tags if tag.name in _LISTS)]:
            if re.match(r"[a-z][a-z0-9+.-]*:|/", uri):
                yield f"{answer.path} names {uri}"


def no_address_stands_twice(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.2 and the house's: one name, one content; a lost segment's name too."""
    for _, answer in recording.playlists:
        segments = [segment.uri for segment in answer.playlist.segments]
        parts = [part.uri for _, _, part in answer.playlist.parts]
        for uris in (segments, parts):
            if len(set(uris)) < len(uris):
                yield f"{answer.path} names something twice"
