"""Going back: live is where a viewer begins, and one click away from wherever he goes."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from flow.canvas import Canvas
from ingest.pictures.thumbnail import thumbnail_of
from tests.browser.headend import Headend, server_now
from tests.browser.seen import stats, violations, wait_for_moving_picture
from tests.browser.stream import SECONDS
from tests.origin.gate.tokens import token

pytestmark = pytest.mark.browser

CANVAS = Canvas(width=640, height=360)
BACK = "() => { const { gone, behind } = window.xacast.stats(); return gone && behind > 18 && behind < 24; }"


def opened(headend: Headend, page: Page, seconds: int = 49) -> None:
    headend.go_on_air(since=timedelta(seconds=seconds), window=SECONDS)
    page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(page, 0.5)


def test_a_viewer_goes_back_sees_where_to_and_comes_back_to_what_is_live(
    headend: Headend, chromium_page: Page,
) -> None:
    headend.thumbnail = thumbnail_of(bytes(CANVAS.picture_bytes), CANVAS)
    opened(headend, chromium_page)
    seek, live = chromium_page.get_by_label("Xem lại phần đã phát"), chromium_page.get_by_text("Về trực tiếp")
    expect(seek).to_have_attribute("aria-valuetext", "TRỰC TIẾP")
    expect(live).to_be_hidden()
    seek.focus()
    chromium_page.keyboard.press("ArrowLeft")
    chromium_page.keyboard.press("ArrowLeft")
    chromium_page.wait_for_function(BACK)
    expect(seek).to_have_attribute("aria-valuetext", "0 phút 20 giây trước")
    expect(chromium_page.locator("#badge")).to_have_text("XEM LẠI")
    expect(chromium_page.locator("#behind")).to_contain_text("lúc ")
    seek.hover()
    picture = chromium_page.locator("#glimpse img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 160
    live.click()
    chromium_page.wait_for_function("() => !window.xacast.stats().gone && window.xacast.stats().behind < 8")
    expect(chromium_page.locator("#badge")).to_have_text("TRỰC TIẾP")
    expect(live).to_be_hidden()
    assert stats(chromium_page)["fatalErrors"] == 0
    assert violations(chromium_page) == []


def test_the_bar_reaches_back_to_what_a_site_was_invited_to_and_no_further(
    headend: Headend, chromium_page: Page,
) -> None:
    """T-14: what was before is listed, and unknown to it."""
    asked: list[str] = []
    chromium_page.on("request", lambda request: asked.append(request.url))
    since = int(server_now().timestamp()) - 40
    headend.token = token("xa-1", "demo", now=since, until=since + 3_600, since=since)
    opened(headend, chromium_page, 75)
    assert any(f"/s/{headend.token}/live/demo/" in url for url in asked)
    seek = chromium_page.get_by_label("Xem lại phần đã phát")
    expect(seek).to_be_visible()
    seek.focus()
    chromium_page.keyboard.press("Home")
    chromium_page.wait_for_function("() => window.xacast.stats().gone")
    shown = chromium_page.evaluate("() => window.xacast.stats().playingDate")
    assert since * 1000 - 1_000 <= shown < since * 1000 + 20_000
    assert stats(chromium_page)["fatalErrors"] == 0


def test_without_thumbnails_the_time_is_shown_and_nothing_breaks(headend: Headend, chromium_page: Page) -> None:
    """So it is on an encrypted channel."""
    opened(headend, chromium_page)
    chromium_page.get_by_label("Xem lại phần đã phát").hover(position={"x": 200, "y": 10})
    words = chromium_page.locator("#glimpse-words")
    expect(words).to_be_visible()
    expect(words).to_contain_text(":")
    expect(chromium_page.locator("#glimpse img")).to_be_hidden()
    assert not stats(chromium_page)["gone"]
    assert violations(chromium_page) == []


def test_a_channel_that_has_just_begun_has_no_bar(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page, 0.5)
    expect(chromium_page.locator("#past")).to_be_hidden()
