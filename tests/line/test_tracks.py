"""Two sound tracks on the whole line, from a file with two tones to the ear of a viewer."""

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bench.browser import open_page
from bench.machine import Machine
from tests.desk.line import until
from tests.ingest.media import FFMPEG, SENT, make, picture, sound
from tests.line.follow import follow

ORIGINAL, ENGLISH = 440, 1_000
"""Hertz."""

PITCH = """() => {
  if (!window.ear) {
    const context = new AudioContext();
    window.ear = context.createAnalyser();
    window.ear.fftSize = 16384;
    const source = context.createMediaElementSource(document.querySelector("video"));
    source.connect(window.ear);
    window.ear.connect(context.destination);
  }
  const levels = new Float32Array(window.ear.frequencyBinCount);
  window.ear.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  return levels[loudest] < -60 ? 0 : loudest * window.ear.context.sampleRate / window.ear.fftSize;
}"""
"""The tone that the page plays now, in Hz; 0 in silence."""


@pytest.fixture(scope="module")
def channel(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A channel with two tracks, the feed's second sound in the first of them."""
    tone = ("-f", "lavfi", "-i", f"sine={ENGLISH}:r=48000:d=30")
    film = make(
        tmp_path_factory.mktemp("film") / "two.ts", *picture(seconds=30), *tone, *sound(30),
        "-map", "0:v", "-map", "1:a", "-map", "2:a", *SENT,
    )
    tracks = ("--track", "vi=Tiếng Việt", "--track", "en=English", "--sound", "1=2,1")
    machine.run("start", "two", "--open", "--feed", str(film), "--ladder", "tiny", "--force", *tracks)
    yield "two"
    machine.run("stop", "two")


def _pitch(address: str, folder: Path) -> int:
    """The tone of a second of a playlist, in Hz. The first segments may be of the slate, which is silent."""
    return until(lambda: _tone(address, folder), 20, "nothing is heard")


def _tone(address: str, folder: Path) -> int:
    """The same; 0 in silence."""
    raw = make(folder / "heard.raw", "-i", address, "-t", "1", "-map", "0:a", "-ac", "1", "-f", "s16le")
    return int(np.abs(np.fft.rfft(np.frombuffer(raw.read_bytes(), "<i2")[:48_000])).argmax())


@pytest.mark.line
def test_each_track_has_its_own_sound_on_the_same_grid(machine: Machine, channel: str, tmp_path: Path) -> None:
    base = f"{machine.viewers}/live/{channel}"
    assert abs(_pitch(f"{base}/audio/index.m3u8", tmp_path) - ORIGINAL) < 5
    assert abs(_pitch(f"{base}/audio-2/index.m3u8", tmp_path) - ENGLISH) < 5
    seen = asyncio.run(follow(machine.viewers, channel, 5))
    assert {one.rendition for one in seen} == {"v240", "audio", "audio-2"}
    assert [problem for one in seen for problem in one.problems] == []
    assert all(one.segments and not one.gaps for one in seen)


@pytest.mark.line
def test_other_players_list_both_tracks(machine: Machine, channel: str) -> None:
    address = f"{machine.viewers}/live/{channel}/index.m3u8"
    words = subprocess.run([FFMPEG, "-hide_banner", "-i", address], capture_output=True, timeout=60, check=False)
    listed = [line for line in words.stderr.decode().splitlines() if "Audio: aac" in line]
    assert ["(vi)" in line or "(en)" in line for line in listed] == [True, True]


def _plays(page: Page, hertz: int) -> None:
    page.wait_for_function(f"Math.abs(({PITCH})() - {hertz}) < 10", timeout=30_000)


@pytest.mark.line
@pytest.mark.browser
def test_a_viewer_chooses_the_language_and_the_picture_goes_on(machine: Machine, channel: str) -> None:
    with sync_playwright() as driver, open_page(driver, f"{machine.viewers}/watch/{channel}") as page:
        page.wait_for_function("document.querySelector('video').currentTime > 2", timeout=30_000)
        choice = page.get_by_label("Ngôn ngữ âm thanh")
        expect(choice.locator("option")).to_have_text(["Tiếng Việt", "English"])
        expect(choice).to_have_value("Tiếng Việt")
        _plays(page, ORIGINAL)
        choice.select_option(label="English")
        _plays(page, ENGLISH)
        choice.select_option(label="Tiếng Việt")
        _plays(page, ORIGINAL)
        stats = page.evaluate("window.xacast.stats()")
        assert (stats["phase"], stats["fatalErrors"], stats["actions"]) == ("playing", 0, {})


@pytest.mark.line
@pytest.mark.browser
def test_without_a_choice_none_is_shown(machine: Machine) -> None:
    with sync_playwright() as driver, open_page(driver, f"{machine.viewers}/watch/line") as page:
        page.wait_for_function("document.querySelector('video').currentTime > 1", timeout=30_000)
        expect(page.locator("#track")).to_be_hidden()
