"""Captions when something dies: the headend's death costs no word, the encoder's no more than its pictures."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator

import aiohttp
import pytest

from bench.machine import Machine
from flow.timebase import SCALE
from tests.conformance.playlist import Playlist, read_text
from tests.ingest.media import SENT, make, picture, sound
from tests.line.captions import cues_in
from tests.soak.victims import find

pytestmark = pytest.mark.line

LONG = 100
LIMIT = 40.0
"""Seconds that anything may take on a busy machine."""


@pytest.fixture(scope="module")
def talk(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The machine with a channel whose captions never pause: each second has its number."""
    folder = tmp_path_factory.mktemp("film")
    film = make(folder / "talk.mp4", *picture(seconds=LONG), *sound(LONG), *SENT)
    said = (f"{at}\n{_clock(at)},000 --> {_clock(at + 1)},000\nsố {at}\n" for at in range(LONG))
    (folder / "talk.srt").write_text("\n".join(said), "utf-8")
    machine.run("start", "talk", "--open", "--feed", str(film), "--ladder", "tiny", "--force", "--captions", "vi")
    yield machine
    machine.run("stop", "talk")


def _clock(seconds: int) -> str:
    return f"00:{seconds // 60:02d}:{seconds % 60:02d}"


async def _ask(machine: Machine, name: str) -> str | None:
    """A file of the captions; None while no headend answers."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
            session.get(f"{machine.viewers}/live/talk/captions/{name}") as answer,
        ):
            return await answer.text() if answer.status == 200 else None
    except (aiohttp.ClientError, TimeoutError):
        return None


async def _beyond(machine: Machine, msn: int) -> Playlist:
    """The captions' playlist once its open segment is that one or a later one."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        text = await _ask(machine, f"index.m3u8?_HLS_msn={msn - 1}&_HLS_part=2")
        text = text or await _ask(machine, "index.m3u8")
        if text and (listing := read_text(text)).next_msn >= msn:
            return listing
    pytest.fail(f"no segment {msn} in {LIMIT} s")


async def _spoken(machine: Machine, listing: Playlist, first: int) -> list[tuple[int, int]]:
    """From where to where there are words without a pause, in segments from `first` on that are no gaps."""
    spans: list[tuple[int, int]] = []
    for segment in listing.segments:
        if segment.msn < first or segment.gap:
            continue
        text = await _ask(machine, segment.uri)
        assert text is not None, segment.uri
        for cue in cues_in(text, segment.msn * round(segment.duration * SCALE)):
            if spans and spans[-1][1] == cue.start:
                spans[-1] = (spans[-1][0], cue.end)
            else:
                spans.append((cue.start, cue.end))
    return spans


def _kill(root: int, role: str) -> None:
    os.kill(find(root, role), signal.SIGKILL)


def test_a_killed_headend_costs_no_word(talk: Machine) -> None:
    """F-30: the worker sends again what the dead headend had not kept."""
    async def watch() -> None:
        first = (await _beyond(talk, 0)).next_msn
        before = await _beyond(talk, first + 1)
        assert talk.process is not None
        _kill(talk.process.pid, "headend")
        after = await _beyond(talk, first + 6)
        known = {segment.msn: segment.uri for segment in before.segments}
        assert all(known.get(segment.msn, segment.uri) == segment.uri for segment in after.segments)
        since = [segment for segment in after.segments if segment.msn >= first]
        assert not any(segment.gap or segment.discontinuity for segment in since)
        length = round(since[0].duration * SCALE)
        assert await _spoken(talk, after, first) == [(first * length, after.next_msn * length)]
    asyncio.run(watch())


def test_a_killed_encoder_leaves_the_same_gaps_in_captions_as_in_pictures(talk: Machine) -> None:
    """F-01: the captions' playlist goes on in step, and words are there again with the pictures."""
    async def watch() -> None:
        first = (await _beyond(talk, 0)).next_msn
        _kill(talk.status("talk")["worker"]["status"]["pid"], "encoder")
        after = await _beyond(talk, first + 5)
        pictures = read_text(await _ask(talk, "../v240/index.m3u8") or "")
        gaps = {segment.msn for segment in pictures.segments if segment.gap and segment.msn < after.next_msn}
        assert {segment.msn for segment in after.segments if segment.gap} == gaps
        assert len(gaps) <= 3
        length = round(after.segments[-1].duration * SCALE)
        assert (await _spoken(talk, after, first))[-1][1] == after.next_msn * length
    asyncio.run(watch())
