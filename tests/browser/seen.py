"""What a test can see of a page that plays."""

from typing import Any

from playwright.sync_api import Page

MOVES = """(seconds) => {
  const { phase, currentTime } = window.xacast.stats();
  const last = window.lastSeen;
  window.lastSeen = { phase, currentTime, played: 0 };
  if (phase !== "playing" || !last || last.phase !== phase) return false;
  const step = currentTime - last.currentTime;
  if (step < 0 || step > 1) return false;  // a jump is no play
  window.lastSeen.played = last.played + step;
  return window.lastSeen.played >= seconds;
}"""


def wait_for_moving_picture(page: Page, seconds: float = 1.5, limit: float = 25) -> None:
    """Wait until the picture has gone on for so many seconds, without a jump, from now."""
    page.evaluate("() => { delete window.lastSeen; }")
    page.wait_for_function(MOVES, arg=seconds, polling=100, timeout=limit * 1000)


def stats(page: Page) -> dict[str, Any]:
    """What the page tells about itself."""
    told: dict[str, Any] = page.evaluate("() => window.xacast.stats()")
    return told


def violations(page: Page) -> list[str]:
    """What the page's policy stopped."""
    stopped: list[str] = page.evaluate("() => window.violations")
    return stopped
