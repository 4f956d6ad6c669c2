"""Chromium, and a headend in small for it to look at."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import imageio_ffmpeg
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import browser, fresh_page
from tests.browser.headend import Headend
from tests.browser.stream import encode

ROOT = Path(__file__).parents[2]
TITLE = "Hội nghị <trực tuyến> & giao ban"


@pytest.fixture(scope="session")
def built_page() -> None:
    """The page's script as it is now."""
    subprocess.run([ROOT / "scripts" / "build-player"], check=True, timeout=100)


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Moving picture with sound, in two sizes."""
    folder = tmp_path_factory.mktemp("media")
    encode(imageio_ffmpeg.get_ffmpeg_exe(), folder)
    return folder


@pytest.fixture
def headend(media: Path, built_page: None) -> Iterator[Headend]:
    """A headend with the channel `demo`, not yet on air."""
    small = Headend(media, TITLE)
    small.start()
    yield small
    small.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser that plays sound without a click."""
    with browser() as running:
        yield running


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[Page]:
    """A page of it."""
    with fresh_page(chromium) as page:
        yield page
