"""What the multivariant playlist says, and whether it is so."""

import re
from collections.abc import Iterator

from tests.conformance.answer import Answer
from tests.conformance.boxes import codec_of
from tests.conformance.playlist import Playlist
from tests.conformance.rates import peak_of
from tests.conformance.recording import Recording

_STREAM = "EXT-X-STREAM-INF"
_NEEDED = ("BANDWIDTH", "AVERAGE-BANDWIDTH", "CODECS")
_OF_PICTURES = ("RESOLUTION", "FRAME-RATE")
_SOUND = "audio"
_THINNEST = 64_000
"""Bit/s of the line that sound alone is for."""
_OF_ONE_GROUP = ("GROUP-ID", "URI", "CHANNELS", "BIT-DEPTH", "SAMPLE-RATE", "STABLE-RENDITION-ID", "INSTREAM-ID")
"""What may differ from group to group, and what tells them apart."""


def variants_say_what_they_are(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.2; Apple rules 9.1, 9.2, 9.14, 9.15: rates, codecs, size, and frames with three
    decimals."""
    for kind, answer in recording.multivariants.items():
        for tag in answer.playlist.all(_STREAM):
            pairs = tag.pairs
            for name in _NEEDED if kind == _SOUND else (*_NEEDED, *_OF_PICTURES):
                if not pairs.get(name):
                    yield f"{answer.path}: a variant without {name}"
            if pairs.get("FRAME-RATE") and not re.fullmatch(r"\d+\.\d{3}", pairs["FRAME-RATE"]):
                yield f"{answer.path}: FRAME-RATE={pairs['FRAME-RATE']}"


def averages_are_below_peaks(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.2."""
    for answer in recording.multivariants.values():
        for tag in answer.playlist.all(_STREAM):
            pairs = tag.pairs
            if int(pairs.get("AVERAGE-BANDWIDTH", "0")) > int(pairs.get("BANDWIDTH", "0")):
                yield f"{answer.path}: AVERAGE-BANDWIDTH above BANDWIDTH: {tag.value}"


def segments_are_declared_independent(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.2.1, Apple rule 9.11; a list for old boxes has no tag that is newer than they are."""
    for found in _of_fragments(recording):
        if not found.playlist.all("EXT-X-INDEPENDENT-SEGMENTS"):
            yield f"{found.path} has no EXT-X-INDEPENDENT-SEGMENTS"


def sound_alone_fits_the_thinnest_line(recording: Recording) -> Iterator[str]:
    """`/live/<channel>/audio.m3u8`: inside 64 kb/s, no picture, nothing but AAC (RFC 8216bis 4.4.6.2)."""
    found = recording.multivariants.get(_SOUND)
    if found is None:
        yield "there is no list of sound alone"
        return
    for tag in found.playlist.all(_STREAM):
        pairs = tag.pairs
        if int(pairs.get("BANDWIDTH", "0")) > _THINNEST or any(name in pairs for name in _OF_PICTURES):
            yield f"{found.path}: {tag.value}"
        if not all(codec.startswith("mp4a.40.") for codec in pairs.get("CODECS", "").split(",")):
            yield f"{found.path}: CODECS={pairs.get('CODECS')}"


def _of_fragments(recording: Recording) -> list[Answer]:
    return [recording.multivariants[name] for name in ("index", _SOUND) if name in recording.multivariants]


def groups_that_variants_name_exist(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.2: AUDIO and SUBTITLES name a group of that type."""
    for answer in recording.multivariants.values():
        groups = {(tag.pairs.get("TYPE"), tag.pairs.get("GROUP-ID")) for tag in answer.playlist.all("EXT-X-MEDIA")}
        for tag in answer.playlist.all(_STREAM):
            for kind in ("AUDIO", "SUBTITLES"):
                if kind in tag.pairs and (kind, tag.pairs[kind]) not in groups:
                    yield f"{answer.path}: no group {tag.pairs[kind]} of {kind}"


def renditions_of_a_group_differ(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.1, 4.4.6.1.1; Apple rule 8.10: names once, one default at most, which is chosen by itself
    too, a language for each."""
    for answer in recording.multivariants.values():
        yield from _wrong_groups(answer.path, answer.playlist)


def _wrong_groups(path: str, playlist: Playlist) -> Iterator[str]:
    members: dict[tuple[str, str], list[dict[str, str]]] = {}
    for tag in playlist.all("EXT-X-MEDIA"):
        pairs = tag.pairs
        members.setdefault((pairs.get("TYPE", ""), pairs.get("GROUP-ID", "")), []).append(pairs)
        if not pairs.get("LANGUAGE") or not pairs.get("NAME"):
            yield f"{path}: a rendition without LANGUAGE or NAME"
        if pairs.get("DEFAULT") == "YES" and pairs.get("AUTOSELECT") == "NO":
            yield f"{path}: a default that is not to be chosen"
    for (kind, group), all_of_it in members.items():
        names = [pairs.get("NAME") for pairs in all_of_it]
        if len(set(names)) < len(names):
            yield f"{path}: a NAME twice in {kind} {group}"
        if sum(pairs.get("DEFAULT") == "YES" for pairs in all_of_it) > 1:
            yield f"{path}: two defaults in {kind} {group}"


def groups_of_a_kind_have_the_same_members(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.1.1: a player that changes the group with the picture finds there what it was playing."""
    for answer in recording.multivariants.values():
        kinds: dict[str, dict[str, list[dict[str, str]]]] = {}
        for tag in answer.playlist.all("EXT-X-MEDIA"):
            pairs = {name: value for name, value in tag.pairs.items() if name not in _OF_ONE_GROUP}
            group = kinds.setdefault(tag.pairs.get("TYPE", ""), {}).setdefault(tag.pairs.get("GROUP-ID", ""), [])
            group.append(pairs)
        for kind, groups in kinds.items():
            first, *others = groups.values()
            if any(other != first for other in others):
                yield f"{answer.path}: groups of {kind} have different members"


def closed_captions_are_none_everywhere_or_nowhere(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.2: CLOSED-CAPTIONS=NONE on all variants or on none."""
    for answer in recording.multivariants.values():
        said = {("CLOSED-CAPTIONS", "NONE") in tag.attributes for tag in answer.playlist.all(_STREAM)}
        if len(said) > 1:
            yield f"{answer.path}: CLOSED-CAPTIONS=NONE on some variants"


def codecs_are_those_of_the_init_sections(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.6.2, Apple rule 9.1: every format that a variant can reach, as its init section spells
    it."""
    for found in _of_fragments(recording):
        for tag, rendition in _variants(found.playlist):
            said = tag.get("CODECS", "").split(",")
            for name in [rendition, *_sounds(found.playlist, tag.get("AUDIO", ""))]:
                for segment in recording.last[name].playlist.segments[-1:] if name in recording.last else []:
                    init = recording.body(name, segment.map)
                    if init is not None and codec_of(init) not in said:
                        yield f"{name} is {codec_of(init)}, its variant says {said}"


def bandwidth_holds_the_peak(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.1, 4.4.6.2: no run of segments from half to one and a half target durations, with the heaviest
    sound, is above BANDWIDTH."""
    for answer in recording.multivariants.values():
        for tag, rendition in _variants(answer.playlist):
            names = _sounds(answer.playlist, tag.get("AUDIO", ""))
            picture = 0.0 if rendition in names else peak_of(recording, rendition)
            peak = picture + max((peak_of(recording, name) for name in names), default=0.0)
            if peak > int(tag.get("BANDWIDTH", "0")):
                yield f"{rendition} peaks at {peak:.0f} bit/s, BANDWIDTH is {tag.get('BANDWIDTH')}"


def _variants(playlist: Playlist) -> list[tuple[dict[str, str], str]]:
    lines = [line for line in playlist.lines if line and not line.startswith("#")]
    return [
        (tag.pairs, line.split("/")[0]) for tag, line in zip(playlist.all(_STREAM), lines, strict=False)
    ]


def _sounds(playlist: Playlist, group: str) -> list[str]:
    found = (tag.pairs for tag in playlist.all("EXT-X-MEDIA"))
    return [
        one["URI"].split("/")[0] for one in found if one.get("TYPE") == "AUDIO" and one.get("GROUP-ID") == group
    ]
