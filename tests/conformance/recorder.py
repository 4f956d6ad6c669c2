"""Watches a channel as viewers do, all renditions at once, and keeps what it saw.

The same recorder watches a whole machine, by the wall clock, and a studio whose clock is stepped: `Pace` is
all that differs. Blocking reloads go on from part to part; beside each, the hinted part is asked for; now and
then a delta and all renditions at one moment.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from tests.conformance.answer import Answer
from tests.conformance.gallery import GalleryVisitor
from tests.conformance.playlist import Playlist
from tests.conformance.recording import Delta, Late, Probe, Recording, Terms

_EVERY = 5
"""One in so many reloads has a delta and a moment of all renditions beside it."""


_LONG = 120.0
"""Seconds: what leaves a longer list is owed as if it had been so long, for nobody pauses at its far end."""


class Pace(Protocol):
    """The channel's time."""

    def now(self) -> float:
        """Seconds since the epoch."""
        ...

    async def pause(self, seconds: float) -> None:
        """Let so much time pass."""
        ...


class WallClock:
    """Satisfies `Pace`."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    async def pause(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Recorder:
    """One viewer of everything. `base` is the address of the channel, `http://…/live/<channel>`."""

    def __init__(self, session: aiohttp.ClientSession, base: str, pace: Pace, terms: Terms) -> None:
        self.session = session
        self.base = base
        self.pace = pace
        self.terms = terms
        self.multivariants: dict[str, Answer] = {}
        self.reloads: dict[str, list[Answer]] = {}
        self.deltas: list[Delta] = []
        self.moments: list[dict[str, Answer]] = []
        self.bodies: dict[str, Answer] = {}
        self.hinted: dict[str, Answer] = {}
        self.again: dict[str, Answer] = {}
        self.late: list[Late] = []
        self.keys: dict[str, Answer] = {}
        self.gallery = GalleryVisitor(self.get)
        self.left: dict[str, tuple[float, float]] = {}
        self.probes: dict[str, Probe] = {}
        self.under_way = 0
        self.followers = 0
        self._hints: set[asyncio.Task[None]] = set()

    @property
    def hints_under_way(self) -> int:
        """Hinted parts that are waited for."""
        return len(self._hints)

    @property
    def recording(self) -> Recording:
        """All that was seen so far."""
        return Recording(
            terms=self.terms, multivariants=dict(self.multivariants),
            reloads={name: tuple(answers) for name, answers in self.reloads.items()}, deltas=tuple(self.deltas),
            moments=tuple(self.moments), bodies=dict(self.bodies), hinted=dict(self.hinted),
            again=dict(self.again), late=tuple(self.late), probes=dict(self.probes), keys=dict(self.keys),
            galleries=tuple(self.gallery.galleries), images=dict(self.gallery.images),
        )

    async def get(self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for what is below the channel's address, or at a whole one."""
        asked = self.pace.now()
        self.under_way += 1
        try:
            url = URL(path if path.startswith("http") else f"{self.base}/{path}", encoded=True)
            async with self.session.request(method, url, headers=headers, allow_redirects=False) as answer:
                began = self.pace.now()
                body = await answer.read()
        finally:
            self.under_way -= 1
        return Answer(
            path=path, status=answer.status, body=body, asked=asked, began=began, came=self.pace.now(),
            headers={name.lower(): value for name, value in answer.headers.items()},
        )

    async def begin(self) -> list[str]:
        """The multivariant playlists; the renditions that they name."""
        names: list[str] = []
        for name in ("index", "ts", "audio"):
            answer = await self.get(f"{name}.m3u8")
            if answer.status == 200:
                self.multivariants[name] = answer
                names += [one for one in _renditions(answer.playlist) if one not in names]
        for name in names:
            self.reloads[name] = []
        return names

    async def follow(self, rendition: str, until: float) -> None:
        """Reload one rendition until the channel's clock says `until`, and fetch what each reload brings."""
        answer = await self.get(f"{rendition}/index.m3u8")
        if answer.status != 200:
            message = f"{answer.path} is {answer.status}"
            raise LookupError(message)
        self.reloads[rendition].append(answer)
        await self._fetch(rendition, answer.playlist, everything=False)
        self.followers += 1
        while self.pace.now() < until:
            answer = await self._reload(rendition, answer)
        self.followers -= 1

    async def _reload(self, rendition: str, before: Answer) -> Answer:
        playlist = before.playlist
        if playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-BLOCK-RELOAD") != "YES":
            await self.pace.pause(playlist.target / 2)
            answer = await self.get(f"{rendition}/index.m3u8")
        else:
            msn, part = playlist.next
            if playlist.hint:
                self._ask_for_hint(rendition, playlist.hint)
            query = f"?_HLS_msn={msn}" + (f"&_HLS_part={part}" if playlist.part_target else "")
            answer = await self.get(f"{rendition}/index.m3u8{query}")
        if answer.status != 200:
            self.probes.setdefault("a reload", Probe(before=before, answer=answer))
            await self.pace.pause(0.5)
            return before
        self.reloads[rendition].append(answer)
        # From when it was last seen: a list that is polled let go of it at some time after that.
        self._note_what_left(rendition, before.playlist, answer.playlist, before.came)
        if len(self.reloads[rendition]) % _EVERY == 0:
            await self._look_aside(rendition, before, answer)
        await self._fetch(rendition, answer.playlist, everything=True)
        await self.ask_late()
        return answer

    def _ask_for_hint(self, rendition: str, hint: str) -> None:
        path = f"{rendition}/{hint}"
        if path not in self.hinted:
            task = asyncio.create_task(self._hint(path))
            self._hints.add(task)
            task.add_done_callback(self._hints.discard)

    async def _hint(self, path: str) -> None:
        self.hinted[path] = await self.get(path)

    async def _look_aside(self, rendition: str, held: Answer, answer: Answer) -> None:
        if answer.playlist.attribute("EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL"):
            skip = "_HLS_skip=v2" if len(self.deltas) % 2 else "_HLS_skip=YES"
            delta = await self.get(f"{answer.path}{'&' if '?' in answer.path else '?'}{skip}")
            full = await self.get(f"{rendition}/index.m3u8")
            if delta.playlist.edge == full.playlist.edge:  # nothing new came in between
                self.deltas.append(Delta(held=held, delta=delta, full=full))
        names = list(self.reloads)
        answers = await asyncio.gather(*(self.get(f"{name}/index.m3u8") for name in names))
        self.moments.append({name: one for name, one in zip(names, answers, strict=True) if one.status == 200})
        if rendition == names[0]:
            await self.gallery.visit()

    async def _fetch(self, rendition: str, playlist: Playlist, *, everything: bool) -> None:
        """New keys, parts and segments; of the first playlist, which is long, the newest few."""
        for tag in playlist.all("EXT-X-KEY"):
            uri = tag.pairs.get("URI")
            if uri and uri not in self.keys:
                self.keys[uri] = await self.get(urljoin(f"{self.base}/{rendition}/index.m3u8", uri))
        segments = playlist.segments if everything else playlist.segments[-2:]
        seen = self.reloads[rendition][0].playlist
        uris = [part.uri for _, _, part in playlist.parts if not part.gap]
        for segment in segments:
            if segment.msn > seen.last_msn - 2 and not segment.gap:
                uris.append(segment.uri)
            if segment.map:
                uris.append(segment.map)
        for uri in dict.fromkeys(uris):
            path = f"{rendition}/{uri}"
            if path not in self.bodies:
                self.bodies[path] = await self.get(path)

    def _note_what_left(self, rendition: str, before: Playlist, after: Playlist, when: float) -> None:
        listed = {part.uri for _, _, part in after.parts}
        for _, _, part in before.parts:
            if part.uri not in listed and not part.gap:
                self.left[f"{rendition}/{part.uri}"] = when, 3 * after.target
        length = min(_LONG, sum(segment.duration for segment in before.segments))
        maps = {segment.map for segment in after.everything}
        for segment in before.segments:
            if segment.msn < after.first_msn and not segment.gap:
                self.left[f"{rendition}/{segment.uri}"] = when, segment.duration + length
                if segment.map and segment.map not in maps:
                    self.left[f"{rendition}/{segment.map}"] = when, segment.duration + length

    async def ask_late(self) -> None:
        """Ask for media that left, when it is nearly no longer owed."""
        now = self.pace.now()
        due = {path: left for path, left in self.left.items() if now - left[0] >= 0.9 * left[1]}
        for path in due:
            del self.left[path]
        for path, (when, owed) in due.items():
            answer = await self.get(path)
            self.late.append(Late(answer=answer, age=answer.asked - when, owed=owed))

    async def finish(self) -> None:
        """Ask for some media once more, for what left and is still owed, and for what every viewer begins with."""
        await self.ask_late()
        for path in list(self.bodies)[-20:]:
            self.again[path] = await self.get(path)
        for name in self.multivariants:
            self.multivariants[name] = await self.get(f"{name}.m3u8")
        await self.gallery.visit()

    async def watch(self, until: float, beside: Callable[[], "asyncio.Future[None]"] | None = None) -> None:
        """Follow all renditions; `beside` runs at the same time."""
        names = await self.begin()
        following = [asyncio.ensure_future(self.follow(name, until)) for name in names]
        if beside is not None:
            following.append(asyncio.ensure_future(beside()))
        try:
            await asyncio.gather(*following)
            await asyncio.gather(*self._hints)
        finally:
            for task in following:
                task.cancel()
            for task in following:
                with suppress(asyncio.CancelledError, Exception):
                    await task
        await self.finish()


def _renditions(playlist: Playlist) -> list[str]:
    lines = [line for line in playlist.lines if line and not line.startswith("#")]
    named = [*playlist.all("EXT-X-MEDIA"), *playlist.all("EXT-X-I-FRAME-STREAM-INF")]
    media = [tag.pairs["URI"] for tag in named if "URI" in tag.pairs]
    return list(dict.fromkeys(line.split("/")[0] for line in [*lines, *media]))


