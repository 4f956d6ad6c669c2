"""A site tries picture, line and sound, and its organiser hears how that went."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.headend import Headend
from tests.browser.seen import violations, wait_for_moving_picture

pytestmark = pytest.mark.browser


def _opened(headend: Headend, page: Page) -> None:
    headend.tried = []
    headend.go_on_air()
    page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(page, 0.5)


def _asked(page: Page) -> None:
    page.get_by_role("button", name="Kiểm tra điểm cầu").click()
    expect(page.get_by_role("button", name="Có nghe thấy")).to_be_enabled(timeout=20_000)


def _kept(page: Page, name: str) -> None:
    """For whoever wants to look at it: XACAST_SHOTS names a folder."""
    if folder := os.environ.get("XACAST_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_a_site_that_is_ready_says_so_on_the_page_and_at_the_desk(
    headend: Headend, chromium_page: Page,
) -> None:
    _opened(headend, chromium_page)
    _asked(chromium_page)
    expect(chromium_page.locator("#trial-picture")).to_have_text("tốt")
    expect(chromium_page.locator("#trial-line")).to_contain_text("Mb/s, cần")
    _kept(chromium_page, "asked")
    chromium_page.keyboard.press("Enter")  # the answer that is hoped for has the focus
    expect(chromium_page.locator("#trial-result")).to_contain_text("Điểm cầu đã sẵn sàng.")
    expect(chromium_page.locator("#trial-result")).to_contain_text("Kết quả đã được gửi về trung tâm.")
    _kept(chromium_page, "ready")
    assert headend.tried is not None
    (told,) = headend.tried
    assert (told["picture"], told["sound"]) == ("1", "1")
    assert int(told["rate"]) > int(told["need"]) > 0
    chromium_page.get_by_role("link", name="English").click()
    expect(chromium_page.locator("#trial-result")).to_contain_text("This site is ready.")
    chromium_page.get_by_role("button", name="Close").click()
    expect(chromium_page.locator("#trial")).to_be_hidden()
    assert violations(chromium_page) == []


def test_a_hall_without_sound_is_told_what_to_do(headend: Headend, chromium_page: Page) -> None:
    _opened(headend, chromium_page)
    _asked(chromium_page)
    chromium_page.get_by_role("button", name="Nghe lại").click()
    expect(chromium_page.get_by_role("button", name="Không nghe thấy")).to_be_enabled(timeout=10_000)
    chromium_page.get_by_role("button", name="Không nghe thấy").click()
    expect(chromium_page.locator("#trial-result")).to_contain_text("Chưa nghe thấy tiếng. Hãy bật loa")
    _kept(chromium_page, "deaf")
    assert headend.tried is not None
    assert headend.tried[0]["sound"] == "0"


def test_without_a_picture_or_a_meeting_the_page_says_that(headend: Headend, chromium_page: Page) -> None:
    _opened(headend, chromium_page)
    headend.on = False
    chromium_page.route("**/measure.bin", lambda route: route.abort())
    chromium_page.evaluate("() => { document.getElementById('video').getVideoPlaybackQuality = () => ({}); }")
    _asked(chromium_page)
    chromium_page.get_by_role("button", name="Có nghe thấy").click()
    result = chromium_page.locator("#trial-result")
    expect(result).to_contain_text("Chưa có hình chuyển động.")
    expect(result).to_contain_text("Đường truyền 0,0 Mb/s")
    expect(result).to_contain_text("Hiện không có cuộc họp nào cần báo kết quả.")


def test_who_is_no_site_has_nothing_to_tell(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    expect(chromium_page.get_by_role("button", name="Kiểm tra điểm cầu")).to_have_count(0)
    wait_for_moving_picture(chromium_page, 0.5)
