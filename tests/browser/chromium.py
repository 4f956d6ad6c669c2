"""The system's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)
AUTOPLAY = "--autoplay-policy=no-user-gesture-required"
"""A tester's stand-in for the viewer's click."""

_LOG_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""


def executable() -> str:
    """Path of the browser; fails the test with the way to get one."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("no Chromium on this machine; `apt-get install chromium` brings one", pytrace=False)
    return found


@contextmanager
def browser(*, autoplay: bool = True) -> Iterator[Browser]:
    """A browser that ends with the block. Playwright's loop ends with it too, so async tests may follow."""
    args = [*ARGS, AUTOPLAY] if autoplay else [*ARGS]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=args)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def fresh_page(chromium: Browser) -> Iterator[Page]:
    """A page without a past; `window.violations` collects what the page's policy stopped."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    context.add_init_script(_LOG_VIOLATIONS)
    try:
        yield context.new_page()
    finally:
        context.close()
