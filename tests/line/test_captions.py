"""Captions on the whole line: from a file beside a film to the text in a viewer's picture, at its time."""

import asyncio
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bench.browser import open_page
from bench.machine import Machine
from flow.timebase import SCALE, TICK
from tests.ingest.media import H264, make, sound
from tests.line.captions import SeenCue, follow_captions

PERIOD, WHITE = 6, 1
"""Seconds: of each so many, the second from there on is white, and has a caption."""
LONG = 42

WATCH = """() => {
  const video = document.querySelector("video");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  window.seen = [];
  const look = (_, { mediaTime }) => {
    brush.drawImage(video, 0, 0, 8, 8);
    window.seen.push([mediaTime, brush.getImageData(4, 4, 1, 1).data[0] > 128]);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}"""
"""Notes of each picture shown when it is and whether it is white."""

CUES = """() => [...document.querySelector("video").textTracks].flatMap((track) => (
  track.mode === "showing" ? [...track.cues].map((cue) => [cue.startTime, cue.endTime, cue.text]) : []))"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film that is white while it has a caption."""
    folder = tmp_path_factory.mktemp("film")
    flash = f"drawbox=t=fill:c=white:enable='between(mod(t,{PERIOD}),{WHITE}-0.01,{WHITE}+0.985)'"
    made = make(
        folder / "flash.mp4", "-f", "lavfi", "-i", f"color=black:s=426x240:r=25:d={LONG},{flash}",
        *sound(LONG), "-c:a", "aac", *H264,
    )
    cues = (
        f"{at}\n00:00:{begin:02d},000 --> 00:00:{begin + 1:02d},000\nCâu {at}: 1 < 2 & 3 --> 4\n"
        for at, begin in enumerate(range(WHITE, LONG, PERIOD))
    )
    (folder / "flash.srt").write_text("\n".join(cues), "utf-8")
    return made


def _start(machine: Machine, film: Path) -> None:
    machine.run("start", "cap", "--open", "--feed", str(film), "--ladder", "tiny", "--force", "--captions", "vi")


@pytest.fixture(scope="module")
def channel(machine: Machine, film: Path) -> Iterator[str]:
    """A channel whose viewers are offered captions."""
    _start(machine, film)
    yield "cap"
    machine.run("stop", "cap")


def _whites(address: str, folder: Path) -> tuple[list[int], int]:
    """The ticks at which a segment's picture turns white, and the tick after its last."""
    raw = make(folder / "seen.raw", "-i", address, "-vf", "scale=1:1", "-pix_fmt", "gray", "-f", "rawvideo")
    bright = [value > 128 for value in raw.read_bytes()]
    return [at for at, (before, now) in enumerate(pairwise(bright), 1) if now and not before], len(bright)


def _begins(cues: list[SeenCue]) -> list[int]:
    """Where texts begin that do not go on from the cue before, in ticks."""
    ended = {(cue.end, cue.text) for cue in cues}
    return [cue.start // TICK for cue in cues if (cue.start, cue.text) not in ended]


@pytest.mark.line
def test_every_text_stands_with_its_pictures(machine: Machine, channel: str, tmp_path: Path) -> None:
    """To the tick, on the grid that pictures and captions share; segments come also while nobody speaks."""
    seen = asyncio.run(follow_captions(machine.viewers, channel, 9))
    assert seen.problems == []
    assert seen.segments >= 4
    assert seen.silent >= 1
    assert seen.texts
    assert all(text.endswith(": 1 &lt; 2 &amp; 3 --&gt; 4") for text in seen.texts)
    begins = [at - seen.first // TICK for at in _begins(seen.cues)]
    init = next(uri for uri in seen.video if uri.startswith("init-"))
    whole = tmp_path / "video.mp4"
    whole.write_bytes(seen.video[init] + b"".join(body for uri, body in seen.video.items() if uri != init))
    whites, count = _whites(str(whole), tmp_path)
    assert count == seen.segments * 48
    assert whites
    assert [at for at in begins if 0 < at < count] == whites


@pytest.mark.line
def test_captions_are_light_text_that_caches_may_keep(machine: Machine, channel: str) -> None:
    async def ask() -> None:
        base = f"{machine.viewers}/live/{channel}/captions"
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{base}/index.m3u8") as answer:
                names = [line for line in (await answer.text()).splitlines() if line.endswith(".vtt")]
            async with session.get(f"{base}/{names[-1]}") as answer:
                text = await answer.text()
                assert text.startswith("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:")
                assert answer.headers["Content-Type"] == "text/vtt"
                assert answer.headers["Content-Encoding"] == "gzip"
                assert answer.headers["Cache-Control"] == "max-age=12"
            for name in (names[-1].replace(".vtt", ".m4s"), f"../v240/{names[-1]}"):  # no second address
                async with session.get(f"{base}/{name}") as answer:
                    assert answer.status == 404
    asyncio.run(ask())


@pytest.mark.line
def test_ffmpeg_reads_the_text_at_its_picture(machine: Machine, channel: str, tmp_path: Path) -> None:
    """It knows no X-TIMESTAMP-MAP, and shows pictures with B-frames one picture late."""
    seen, raw, text = tmp_path / "seen.mkv", tmp_path / "seen.raw", tmp_path / "read.srt"
    address = f"{machine.viewers}/live/{channel}/index.m3u8"
    make(seen, "-i", address, "-t", "11", "-map", "0:v", "-map", "0:s", *H264, "-c:s", "srt")
    make(raw, "-i", str(seen), "-vf", "scale=1:1,fps=25", "-pix_fmt", "gray", "-f", "rawvideo")
    make(text, "-i", str(seen), "-map", "0:s")
    read = re.findall(r"00:00:(\d\d),(\d{3}) -->", text.read_text("utf-8"))
    begins = [int(second) + int(millis) / 1_000 for second, millis in read]
    bright = [value > 128 for value in raw.read_bytes()]
    whites = [at / 25 for at, (before, now) in enumerate(pairwise(bright), 1) if now and not before]
    late = [min((begin - at for begin in begins), key=abs) for at in whites if begins and at > begins[0]]
    assert late
    assert max(map(abs, late)) <= 2 * TICK / SCALE


def _matches(page: Page) -> list[float]:
    """By how many seconds the text came late, at each picture that turned white while captions were shown and came
    right after the one before: a busy machine leaves pictures out, the first white one too."""
    seen, cues = page.evaluate("window.seen"), page.evaluate(CUES)
    turned = [now for (then, was), (now, white) in pairwise(seen) if white and not was and now - then < 0.05]
    first = min((start for start, _, _ in cues), default=0.0)
    return [min((start - at for start, _, _ in cues), key=abs) for at in turned if cues and at > first + 1]


@pytest.mark.line
@pytest.mark.browser
def test_a_viewer_reads_the_text_at_its_picture(machine: Machine, channel: str) -> None:
    with sync_playwright() as driver, open_page(driver, f"{machine.viewers}/watch/{channel}") as page:
        page.wait_for_function("document.querySelector('video').currentTime > 1", timeout=30_000)
        button = page.get_by_role("button", name="Phụ đề")
        expect(button).to_have_attribute("aria-pressed", "false")
        assert page.evaluate(CUES) == []
        page.evaluate(f"({WATCH})()")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        page.wait_for_function(f"({CUES})().length >= 2", timeout=30_000)
        page.wait_for_function(f"window.seen.length > 25 * {2 * PERIOD + 2}", timeout=40_000)
        late = _matches(page)
        assert late
        assert max(map(abs, late)) <= TICK / SCALE + 0.001
        assert "Câu" in page.evaluate(CUES)[0][2]
        button.click()
        assert page.evaluate(CUES) == []
        stats = page.evaluate("window.xacast.stats()")
        assert (stats["phase"], stats["stalls"], stats["fatalErrors"]) == ("playing", 0, 0)


@pytest.mark.line
@pytest.mark.browser
def test_captions_stay_when_the_channel_begins_anew(machine: Machine, channel: str, film: Path) -> None:
    """The page loads everything anew then, and what a viewer has chosen is not in the playlist."""
    with sync_playwright() as driver, open_page(driver, f"{machine.viewers}/watch/{channel}") as page:
        page.wait_for_function("document.querySelector('video').currentTime > 1", timeout=30_000)
        page.keyboard.press("c")
        page.wait_for_function(f"({CUES})().length > 0", timeout=30_000)
        machine.run("stop", channel)
        page.wait_for_function("window.xacast.stats().phase === 'waiting'", timeout=30_000)
        _start(machine, film)
        page.wait_for_function("window.xacast.stats().phase === 'playing'", timeout=30_000)
        page.evaluate("() => { window.from = document.querySelector('video').currentTime; }")
        page.wait_for_function(f"({CUES})().some(([start]) => start > window.from)", timeout=30_000)
        expect(page.get_by_role("button", name="Phụ đề")).to_have_attribute("aria-pressed", "true")


@pytest.mark.line
@pytest.mark.browser
def test_where_there_are_none_no_button_is_shown(machine: Machine) -> None:
    with sync_playwright() as driver, open_page(driver, f"{machine.viewers}/watch/line") as page:
        page.wait_for_function("document.querySelector('video').currentTime > 1", timeout=30_000)
        expect(page.locator("#captions")).to_be_hidden()
