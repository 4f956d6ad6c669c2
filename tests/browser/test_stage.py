"""The page says whether it shows a rehearsal, the meeting or what is behind it, and which site it is."""

import pytest
from playwright.sync_api import Page, expect

from flow.ids import ChannelId
from flow.listing import Item
from flow.occasion import Occasion
from tests.browser.headend import Headend, server_now
from tests.browser.seen import violations, wait_for_moving_picture

pytestmark = pytest.mark.browser

SITE = "<img src=x onerror=alert(1)>"
SET = "([key, at]) => { document.getElementById('handed').dataset[key] = String(at) }"


def meeting(begins: int, ends: int) -> Item:
    """Seconds from now, on the headend's clock, which is an hour before the viewer's."""
    now = int(server_now().timestamp())
    return Item(channel=ChannelId("demo"), title="Giao ban", start_s=now + begins, end_s=now + ends)


def test_the_badge_goes_by_the_times_of_the_meeting_on_the_servers_clock(
    headend: Headend, chromium_page: Page,
) -> None:
    """T-31: a site's name is text."""
    headend.go_on_air()
    headend.told = Occasion(site=SITE, now=meeting(1_800, 3_000))
    chromium_page.goto(f"{headend.base}/watch/demo")
    wait_for_moving_picture(chromium_page)
    badge, now = chromium_page.locator("#badge"), int(server_now().timestamp())
    expect(badge).to_have_text("ĐANG THỬ")
    chromium_page.evaluate(SET, ["start", now - 1])
    expect(badge).to_have_text("TRỰC TIẾP")
    chromium_page.evaluate(SET, ["end", now - 1])
    expect(badge).to_have_text("ĐÃ KẾT THÚC")
    expect(chromium_page.locator(".site")).to_have_text(f"Điểm cầu: {SITE}")
    assert violations(chromium_page) == []


def test_a_page_without_a_channel_says_what_is_over_and_turns_by_itself_when_the_next_one_comes(
    headend: Headend, chromium_page: Page,
) -> None:
    headend.told = Occasion(site="Xã Ba Đình", ended=meeting(-3_600, -60))
    chromium_page.goto(f"{headend.base}/watch/later")
    expect(chromium_page.locator("h1")).to_have_text("Giao ban")
    expect(chromium_page.locator(".lead")).to_contain_text("Cuộc họp đã kết thúc")
    headend.channels.append((ChannelId("later"), "Kênh mới"))
    expect(chromium_page.locator("h1")).to_have_text("Kênh mới", timeout=10_000)
    assert violations(chromium_page) == []
