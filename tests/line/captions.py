"""A viewer of captions: reads every part and segment of them and the pictures beside, and keeps what it saw."""

import re
import time
from dataclasses import dataclass, field

import aiohttp

from flow.timebase import SCALE, hours_text
from tests.conformance.playlist import Segment, read_text

_TIME = r"(\d{2,}):(\d\d):(\d\d)\.(\d{3})"
_MAP = re.compile(rf"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:{_TIME},MPEGTS:(\d+)\n\n(.*)", re.DOTALL)
_CUE = re.compile(rf"{_TIME} --> {_TIME}\n(.+?)\n\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SeenCue:
    """A cue on the clock grid, in units since the epoch; its text as it was sent."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class SeenCaptions:
    """What was seen: `first` is where the first segment begins, `silent` counts segments without a cue; `video`
    holds the bodies of one rendition's segments of the same numbers, its init section first."""

    first: int = 0
    segments: int = 0
    silent: int = 0
    gaps: int = 0
    uris: dict[int, str] = field(default_factory=dict)
    cues: list[SeenCue] = field(default_factory=list)
    video: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def texts(self) -> set[str]:
        return {cue.text for cue in self.cues}


def cues_in(text: str, start: int) -> list[SeenCue]:
    """The cues of a document of the segment that begins at `start`; raises ValueError for another time map."""
    found = _MAP.fullmatch(text)
    wanted = start, start * 15 // 8 % 2**33
    if found is None or (_units(*found.groups()[:4]), int(found[5])) != wanted:
        message = f"wrong header: {text[:80]!r}"
        raise ValueError(message)
    cues = [
        SeenCue(_units(*cue[:4]), _units(*cue[4:8]), cue[8]) for cue in _CUE.findall(found[6])
    ]
    if text.count(" --> ") != len(cues):
        message = f"a broken cue: {text!r}"
        raise ValueError(message)
    return cues


def _units(hours: str, minutes: str, seconds: str, millis: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * SCALE + int(millis) * SCALE // 1_000


async def follow_captions(origin: str, channel: str, seconds: float, video: str = "v240") -> SeenCaptions:
    """Follow a channel's captions with blocking reloads for so long, and fetch the pictures of each segment."""
    seen = SeenCaptions()
    base = f"{origin}/live/{channel}"
    async with aiohttp.ClientSession(base + "/", timeout=aiohttp.ClientTimeout(total=30)) as session:
        listing = read_text(await _text(session, "captions/index.m3u8"))
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            query = f"?_HLS_msn={listing.next_msn}&_HLS_part=2"
            before, listing = listing, read_text(await _text(session, f"captions/index.m3u8{query}"))
            for segment in listing.segments:
                if seen.uris.setdefault(segment.msn, segment.uri) != segment.uri:
                    seen.problems.append(f"MSN {segment.msn} has two addresses")
                if segment.msn >= before.next_msn:
                    await _take(session, seen, segment)
        await _pictures(session, seen, video)
    return seen


async def _take(session: aiohttp.ClientSession, seen: SeenCaptions, segment: Segment) -> None:
    start = segment.msn * round(segment.duration * SCALE)
    seen.first = seen.first or start
    seen.segments += 1
    seen.gaps += segment.gap
    if segment.gap:
        return
    cues = cues_in(await _text(session, f"captions/{segment.uri}"), start)
    parts = [
        cue for part in segment.parts if not part.gap
        for cue in cues_in(await _text(session, f"captions/{part.uri}"), start)
    ]
    if segment.parts and parts != cues:
        seen.problems.append(f"segment {segment.uri} is not the sum of its parts")
    seen.silent += not cues
    seen.cues += cues


async def _pictures(session: aiohttp.ClientSession, seen: SeenCaptions, video: str) -> None:
    listing = read_text(await _text(session, f"{video}/index.m3u8"))
    taken = sorted(seen.uris)[-seen.segments :]
    uris = [listing.everything[-1].map, *(one.uri for one in listing.segments if one.msn in taken and not one.gap)]
    for uri in uris:
        async with session.get(f"{video}/{uri}") as answer:
            answer.raise_for_status()
            seen.video[uri] = await answer.read()


async def _text(session: aiohttp.ClientSession, uri: str) -> str:
    async with session.get(uri) as answer:
        answer.raise_for_status()
        return await answer.text()


def head_of(start: int) -> str:
    """The header of a document of the segment that begins at `start`."""
    return f"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:{hours_text(start)},MPEGTS:{start * 15 // 8 % 2**33}\n\n"
