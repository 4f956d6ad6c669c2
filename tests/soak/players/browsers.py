"""hls.js, in our page, and Shaka Player in Chromium."""

import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

from tests.browser.chromium import browser, fresh_page
from tests.house.repository import ROOT
from tests.soak.players.seen import Seen

_HERE = Path(__file__).parent
_SHAKA = ROOT / "node_modules" / "shaka-player" / "dist" / "shaka-player.compiled.js"
_OBSERVE = (_HERE / "observe.js").read_text("utf-8")
_MOVES = "() => ((video) => video && video.currentTime > 0 && !video.paused)(document.querySelector('video'))"

PLAYERS = ("hls.js", "Shaka Player")


def present(player: str) -> bool:
    """Whether it was set up here."""
    return player == "hls.js" or _SHAKA.exists()


def open_shaka(page: Page, viewers: str, channel: str) -> None:
    """A page of the viewers' listener, as far as the browser can tell, with Shaka Player in it."""
    page.route("**/shaka.html?*", lambda route: route.fulfill(path=_HERE / "shaka.html"))
    page.route("**/shaka-player.js", lambda route: route.fulfill(path=_SHAKA))
    page.goto(f"{viewers}/shaka.html?{channel}#/live/{channel}/index.m3u8")


def open_page(page: Page, viewers: str, channel: str) -> None:
    """Our page."""
    page.goto(f"{viewers}/watch/{channel}")


def watch(player: str, viewers: str, channel: str, seconds: float, settle: float = 10) -> Seen:
    """Play at low latency; what happens in the first seconds of a page does not count."""
    with browser() as chromium, fresh_page(chromium) as page:
        (open_page if player == "hls.js" else open_shaka)(page, viewers, channel)
        try:
            begin(page)
        except Error as error:
            return Seen(seconds=seconds, played=0, fatal=1, errors=1, note=str(error).splitlines()[0])
        page.wait_for_timeout(settle * 1_000)
        page.evaluate(_OBSERVE)
        page.wait_for_timeout(seconds * 1_000)
        return judged(page.evaluate("() => window.seen()"))


def begin(page: Page) -> float:
    """Wait for the first picture; its place in the player's time, in seconds."""
    page.wait_for_function(_MOVES, timeout=30_000)
    return float(page.evaluate("() => document.querySelector('video').currentTime"))


def judged(seen: Mapping[str, Any]) -> Seen:
    """From what `observe.js` saw."""
    told, late = seen["told"], seen["latencies"]
    did = "; ".join(f"{name} {count}" for name, count in told.get("actions", {}).items())
    return Seen(
        seconds=seen["seconds"], played=seen["played"], waits=seen["waits"], stills=seen["stills"],
        errors=told["errors"], fatal=told["fatalErrors"], dropped=seen["dropped"],
        latency=statistics.median(late) if late else None, worst=max(late, default=None),
        version=told.get("version", ""), note="; ".join(filter(None, (did, told["lastError"] or ""))),
    )
