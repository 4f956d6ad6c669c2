"""The page as a viewer meets it: it starts, says what is wrong, and comes back without a hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TITLE
from tests.browser.headend import Headend, server_now
from tests.browser.seen import stats, violations, wait_for_moving_picture

pytestmark = pytest.mark.browser

RECONNECTING = "Mất kết nối với máy chủ, đang nối lại…"
SLOW = "Đường truyền chậm, đang chờ dữ liệu…"
WAITING = "Kênh chưa phát. Trang sẽ tự phát khi có tín hiệu."


def test_the_page_is_vietnamese_and_shows_a_hostile_title_as_text(headend: Headend, chromium_page: Page) -> None:
    """T-31."""
    chromium_page.goto(f"{headend.base}/watch/demo")
    expect(chromium_page.locator("html")).to_have_attribute("lang", "vi")
    expect(chromium_page.locator("h1")).to_have_text(TITLE)
    assert chromium_page.title() == TITLE
    expect(chromium_page.get_by_label("Âm lượng")).to_be_visible()
    assert violations(chromium_page) == []


def test_a_channel_off_air_is_waited_for_and_starts_by_itself(headend: Headend, chromium_page: Page) -> None:
    chromium_page.goto(f"{headend.base}/watch/demo")
    expect(chromium_page.locator("#notice")).to_have_text(WAITING)
    expect(chromium_page.locator("#badge")).to_have_text("CHƯA CÓ HÌNH")
    headend.go_on_air()
    wait_for_moving_picture(chromium_page)
    expect(chromium_page.locator("#badge")).to_have_text("TRỰC TIẾP")
    expect(chromium_page.locator("#notice")).to_be_empty()
    told = stats(chromium_page)
    assert not told["muted"]
    assert told["stalls"] == 0
    assert violations(chromium_page) == []


def test_latency_is_told_by_the_servers_clock(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page, 4)
    told = stats(chromium_page)
    assert told["actions"] == {}
    assert 3_599_000 < told["clockOffset"] < 3_600_500
    assert 2 < told["latency"] < 6
    seconds = round(told["latency"])
    shown = chromium_page.locator("#behind").inner_text()
    assert shown in {f"chậm {near} giây" for near in (seconds - 1, seconds, seconds + 1)}


def test_a_rung_chosen_by_hand_is_played(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page)
    quality = chromium_page.get_by_label("Chất lượng hình")
    quality.select_option(label="180p")
    chromium_page.wait_for_function("() => window.xacast.stats().height === 180", timeout=15_000)
    quality.select_option(label="240p")
    chromium_page.wait_for_function("() => window.xacast.stats().height === 240", timeout=15_000)


def test_a_restarted_headend_is_found_again_without_a_hand(headend: Headend, chromium_page: Page) -> None:
    """F-30: the viewer's side of a lost origin."""
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page)
    headend.stop()
    expect(chromium_page.locator("#notice")).to_have_text(RECONNECTING, timeout=20_000)
    headend.start()
    wait_for_moving_picture(chromium_page)
    expect(chromium_page.locator("#notice")).to_be_empty()
    assert chromium_page.evaluate("() => performance.getEntriesByType('navigation').length") == 1


def test_a_picture_that_cannot_be_decoded_is_recovered_from(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page)
    headend.broken = True
    chromium_page.wait_for_function("() => window.xacast.stats().phase !== 'playing'", timeout=20_000)
    headend.broken = False
    wait_for_moving_picture(chromium_page, limit=30)


def test_a_stream_that_stands_still_is_loaded_again_until_it_moves(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page)
    headend.frozen_at = server_now()
    expect(chromium_page.locator("#notice")).to_have_text(SLOW, timeout=15_000)
    expect(chromium_page.locator("#badge")).to_have_text("GIÁN ĐOẠN")
    chromium_page.wait_for_function("() => window.xacast.stats().actions.reload > 0", timeout=15_000)
    headend.frozen_at = None
    wait_for_moving_picture(chromium_page)
    assert stats(chromium_page)["stalls"] >= 1


def test_the_language_changes_without_stopping_the_picture(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page)
    before = stats(chromium_page)["currentTime"]
    chromium_page.get_by_role("link", name="English").click()
    expect(chromium_page.locator("#badge")).to_have_text("LIVE")
    expect(chromium_page.get_by_label("Volume")).to_be_visible()
    assert stats(chromium_page)["currentTime"] >= before
    assert "lang=en" in chromium_page.url


def test_keys_work_wherever_the_focus_is(headend: Headend, chromium_page: Page) -> None:
    headend.go_on_air()
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page)
    chromium_page.keyboard.press("m")
    expect(chromium_page.get_by_role("button", name="Bật tiếng")).to_have_attribute("aria-pressed", "true")
    chromium_page.keyboard.press("f")
    expect(chromium_page.get_by_role("button", name="Thoát toàn màn hình")).to_be_attached()
