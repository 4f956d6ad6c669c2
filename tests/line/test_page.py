"""The page on the whole line: real media, a real Chromium, and processes that die."""

import os
import signal

import pytest
from playwright.sync_api import Page, sync_playwright

from bench.browser import open_page
from bench.machine import Machine
from tests.soak.victims import find


def _time(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').currentTime"))


def _plays_on(page: Page, seconds: float) -> None:
    wanted = _time(page) + seconds
    page.wait_for_function(f"document.querySelector('video').currentTime > {wanted}", timeout=30_000)


@pytest.mark.line
@pytest.mark.browser
def test_a_page_that_plays_comes_through_the_headend_s_death_without_a_hand(machine: Machine) -> None:
    assert machine.process is not None
    with sync_playwright() as driver, open_page(driver, f"{machine.viewers}/watch/line") as page:
        page.wait_for_function("document.querySelector('video').currentTime > 2", timeout=30_000)
        os.kill(find(machine.process.pid, "headend"), signal.SIGKILL)
        _plays_on(page, 8)
        stats = page.evaluate("window.xacast.stats()")
        assert stats["phase"] == "playing"
        assert not {"reload", "recreate"} & set(stats["actions"]), "it went on from where it was"
