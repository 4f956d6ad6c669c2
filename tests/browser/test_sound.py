"""A browser that allows no sound before a click: each test starts one of its own."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import browser, fresh_page
from tests.browser.headend import Headend
from tests.browser.seen import stats, wait_for_moving_picture

pytestmark = pytest.mark.browser


def test_a_browser_that_forbids_sound_plays_muted_and_one_enter_brings_sound(headend: Headend) -> None:
    headend.go_on_air()
    with browser(autoplay=False) as chromium, fresh_page(chromium) as page:
        page.goto(f"{headend.base}/watch/demo")
        expect(page.get_by_role("button", name="Bấm để nghe tiếng")).to_be_focused(timeout=10_000)
        wait_for_moving_picture(page)
        assert stats(page)["muted"]
        page.keyboard.press("Enter")
        expect(page.locator("#gate")).to_be_hidden()
        assert not stats(page)["muted"]
        wait_for_moving_picture(page)
