"""Chromium for a figure: the system's own, headless, with nothing of its own on the network."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Playwright

FLAGS = (
    "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--disable-gpu", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)


@contextmanager
def open_page(driver: Playwright, url: str) -> Iterator[Page]:
    """A page at `url`, started with the click that browsers ask for before sound."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "this needs Chromium; run: sudo apt-get install chromium"
        raise SystemExit(message)
    browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        page.goto(url)
        page.keyboard.press("Enter")
        yield page
    finally:
        browser.close()
