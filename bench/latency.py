"""Glass to glass: the test card's clock against the clock of the page that shows it.

The test card carries the wall time as black and white blocks. A page in Chromium plays the channel through
hls.js; each frame that the browser presents is read back, its time decoded, and compared with the clock.

    python -m bench.latency [--profile low] [--seconds 30] [--url http://127.0.0.1:8080/watch/demo] [--json]
"""

import argparse
import base64
import json
import statistics
import sys
import time
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from bench.browser import open_page
from bench.machine import Machine
from ingest.testcard import timestrip

READ_FRAME = """() => new Promise((resolve) => {
  const video = document.querySelector('video');
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = canvas.getContext('2d', {willReadFrequently: true});
  video.requestVideoFrameCallback(() => {
    const shown = Date.now();
    context.drawImage(video, 0, 0);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
    const green = new Uint8Array(canvas.width * canvas.height);
    for (let i = 0; i < green.length; i++) green[i] = pixels[4 * i + 1];
    let text = '';
    for (let i = 0; i < green.length; i += 8192) {
      text += String.fromCharCode.apply(null, green.subarray(i, i + 8192));
    }
    resolve({shown, width: canvas.width, height: canvas.height, luma: btoa(text)});
  });
})"""


def sample(page: Page) -> float | None:
    """Seconds between the drawing of the frame now shown and its showing; None when the strip cannot be read."""
    frame = page.evaluate(READ_FRAME)
    luma = np.frombuffer(base64.b64decode(frame["luma"]), np.uint8).reshape(frame["height"], frame["width"])
    drawn = timestrip.read(luma)
    return None if drawn is None else (frame["shown"] - drawn) / 1_000


def measure(url: str, seconds: float, settle: float) -> dict[str, Any]:
    """Play `url` and measure for so long, after letting the player settle."""
    with sync_playwright() as driver, open_page(driver, url) as page:
        started = time.monotonic()
        page.wait_for_function("document.querySelector('video').readyState >= 3", timeout=30_000)
        first = time.monotonic() - started
        page.wait_for_timeout(settle * 1_000)
        until = time.monotonic() + seconds
        found, unread = [], 0
        while time.monotonic() < until:
            value = sample(page)
            if value is None:
                unread += 1
            else:
                found.append(value)
            page.wait_for_timeout(200)
        stats = page.evaluate("window.xacast.stats()")
    found.sort()
    if not found:
        message = "no frame could be read: is the channel showing the test card?"
        raise SystemExit(message)
    return {
        "frames": len(found), "unread": unread, "median": round(statistics.median(found), 3),
        "p95": round(found[int(len(found) * 0.95)], 3), "worst": round(found[-1], 3),
        "best": round(found[0], 3), "first_picture": round(first, 2), "player": stats,
    }


def main() -> None:
    """Measure a running channel (`--url`), or one brought up for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--profile", default="low")
    parser.add_argument("--ladder", default="conference-480")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--settle", type=float, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.url:
        result = measure(options.url, options.seconds, options.settle)
    else:
        with Machine() as machine:
            machine.run("start", "latency", "--open", "--feed", "testcard:", "--ladder", options.ladder,
                        "--profile", options.profile, "--force")
            result = measure(f"{machine.viewers}/watch/latency", options.seconds, options.settle)
    if options.json:
        sys.stdout.write(json.dumps(result) + "\n")
        return
    print(f"glass to glass, {result['frames']} frames: median {result['median']:.2f} s, "
          f"95 % {result['p95']:.2f} s, worst {result['worst']:.2f} s "
          f"(first picture after {result['first_picture']:.1f} s, {result['unread']} frames unread)")


if __name__ == "__main__":
    main()
