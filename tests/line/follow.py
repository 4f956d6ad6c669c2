"""A viewer that misses nothing: follows every rendition, reads every part and segment, keeps what it saw.

    python -m tests.line.follow http://127.0.0.1:8080 demo --seconds 60 --keep DIR
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import aiohttp

from flow.timebase import GOP, SCALE
from tests.conformance.playlist import Playlist, Segment, read_text
from tests.line.media import chunk_times


@dataclass(slots=True)
class Seen:
    """What one rendition showed."""

    rendition: str
    playlists: int = 0
    segments: int = 0
    parts: int = 0
    gaps: int = 0
    discontinuities: int = 0
    longest_wait: float = 0.0
    first_msn: int = 0
    last_msn: int = 0
    starts: dict[int, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Follower:
    """Follows one rendition with blocking reloads until the deadline."""

    def __init__(self, session: aiohttp.ClientSession, base: str, rendition: str, keep: Path | None) -> None:
        self.session = session
        self.base = f"{base}/{rendition}"
        self.seen = Seen(rendition)
        self.keep = keep
        self.known_parts: dict[str, bytes] = {}
        self.known_segments: dict[int, str] = {}
        self.first: int | None = None

    async def text(self, query: str) -> str:
        """One playlist, kept under its number when asked."""
        async with self.session.get(f"{self.base}/index.m3u8{query}") as answer:
            answer.raise_for_status()
            text = await answer.text()
        if self.keep:
            name = f"{self.seen.rendition}-{self.seen.playlists:05d}.m3u8"
            await asyncio.to_thread((self.keep / name).write_text, text)
        self.seen.playlists += 1
        return text

    async def run(self, seconds: float) -> Seen:
        """Follow for so long; the first playlist is full, later ones are deltas every other time."""
        listing = read_text(await self.text(""))
        self.first = listing.next_msn
        await self.take(listing)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            query = f"?_HLS_msn={listing.next_msn}&_HLS_part={listing.next[1]}"
            if self.seen.playlists % 2:
                query += "&_HLS_skip=YES"
            asked = time.monotonic()
            listing = read_text(await self.text(query))
            self.seen.longest_wait = max(self.seen.longest_wait, time.monotonic() - asked)
            await self.take(listing)
        return self.seen

    async def take(self, listing: Playlist) -> None:
        """Read what is new in a playlist."""
        for _, _, part in listing.parts:
            if part.uri not in self.known_parts:
                self.seen.parts += 1
                self.seen.gaps += part.gap
                self.known_parts[part.uri] = b"" if part.gap else await self.body(part.uri)
        for segment in listing.segments:
            known = self.known_segments.get(segment.msn)
            if known is not None:
                if known != segment.uri:
                    self.seen.problems.append(f"MSN {segment.msn} changed from {known} to {segment.uri}")
                continue
            self.known_segments[segment.msn] = segment.uri
            if self.first is not None and segment.msn >= self.first:
                await self.segment(segment)

    async def segment(self, segment: Segment) -> None:
        """Check one new segment: parts sum to it in bytes and time, it stands on the grid."""
        seen = self.seen
        seen.segments += 1
        seen.first_msn = seen.first_msn or segment.msn
        seen.last_msn = max(seen.last_msn, segment.msn)
        seen.discontinuities += segment.discontinuity
        if segment.gap:
            return
        body = await self.body(segment.uri)
        parts = [self.known_parts.get(part.uri, b"") for part in segment.parts]
        if parts and b"".join(parts) != body:
            seen.problems.append(f"segment {segment.uri} is not the sum of its parts")
        if parts and abs(sum(part.duration for part in segment.parts) - segment.duration) > 0.0005:
            seen.problems.append(f"segment {segment.uri}: parts last another time than EXTINF")
        times = chunk_times(body)
        length = round(segment.duration * SCALE)
        if times[0] != segment.msn * length or length % GOP:
            seen.problems.append(f"segment {segment.uri} starts at {times[0]}, not at MSN x {length}")
        seen.starts[segment.msn] = times[0]

    async def body(self, uri: str) -> bytes:
        """The bytes of a part or segment."""
        async with self.session.get(f"{self.base}/{uri}") as answer:
            if answer.status != 200:
                self.seen.problems.append(f"{uri}: {answer.status}")
                return b""
            return await answer.read()


async def follow(origin: str, channel: str, seconds: float, keep: Path | None = None) -> list[Seen]:
    """Follow every rendition of a channel at once; problems across renditions are put on the first."""
    base = f"{origin}/live/{channel}"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        async with session.get(f"{base}/index.m3u8") as answer:
            answer.raise_for_status()
            multivariant = await answer.text()
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread((keep / "multivariant.m3u8").write_text, multivariant)
        lines = multivariant.splitlines()
        names = [line.split("/")[0] for line in lines if line and not line.startswith("#")]
        names += [line.split('URI="')[1].split("/")[0] for line in lines if "TYPE=AUDIO" in line]
        followers = [Follower(session, base, name, keep) for name in dict.fromkeys(names)]
        seen = await asyncio.gather(*(follower.run(seconds) for follower in followers))
    shared = set.intersection(*(set(one.starts) for one in seen))
    for msn in sorted(shared):
        if len({one.starts[msn] for one in seen}) != 1:
            seen[0].problems.append(f"MSN {msn}: tfdt differs between renditions")
    return list(seen)


def main() -> int:
    """Print what was seen, as JSON; exit 1 on a problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("origin")
    parser.add_argument("channel")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    seen = asyncio.run(follow(options.origin, options.channel, options.seconds, options.keep))
    for one in seen:
        shown = asdict(one)
        shown.pop("starts")
        sys.stdout.write(json.dumps(shown) + "\n")
    return 1 if any(one.problems for one in seen) else 0


if __name__ == "__main__":
    sys.exit(main())
