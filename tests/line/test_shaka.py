"""Shaka Player, a second opinion on low-latency HLS, on the whole line."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page

from bench.machine import Machine
from tests.browser.chromium import browser, fresh_page
from tests.soak.players.browsers import begin, open_shaka

LOCKED = ("start", "locked", "--open", "--feed", "testcard:", "--ladder", "tiny", "--force", "--encrypt")


def _plays_on(page: Page, seconds: float) -> None:
    page.wait_for_function(f"() => document.querySelector('video').currentTime > {seconds}", timeout=15_000)
    told = page.evaluate("() => ({ ...window.shown(), now: Date.now() })")
    assert (told["errors"], told["lastError"]) == (0, None)
    assert 0 < told["now"] - told["playingDate"] < 4_000


@pytest.mark.line
@pytest.mark.browser
def test_shaka_player_plays_a_channel_and_an_encrypted_one_at_low_latency(machine: Machine) -> None:
    """`make soak WHAT=players` is the long one."""
    with ThreadPoolExecutor(1) as aside, browser() as chromium, fresh_page(chromium) as page:
        started = aside.submit(machine.run, *LOCKED)
        try:
            open_shaka(page, machine.viewers, "line")
            _plays_on(page, begin(page) + 2)
            started.result(timeout=60)
            open_shaka(page, machine.viewers, "locked")
            _plays_on(page, begin(page) + 2)
        finally:
            machine.run("stop", "locked")
