"""Pages without a picture look again by themselves."""

import pytest
from playwright.sync_api import Page, expect

from flow.ids import ChannelId
from tests.browser.headend import Headend

pytestmark = pytest.mark.browser


def test_an_unknown_channel_shows_itself_once_it_is_there(headend: Headend, chromium_page: Page) -> None:
    chromium_page.goto(f"{headend.base}/watch/later")
    expect(chromium_page.locator("h1")).to_have_text("Chưa có kênh này")
    headend.channels.append((ChannelId("later"), "Kênh mới"))
    expect(chromium_page.locator("h1")).to_have_text("Kênh mới", timeout=10_000)


def test_the_list_shows_a_new_channel_by_itself(headend: Headend, chromium_page: Page) -> None:
    """T-31: a hostile title in the list is text."""
    chromium_page.goto(headend.base)
    chromium_page.wait_for_timeout(200)
    headend.channels.append((ChannelId("later"), "<img src=x onerror=alert(1)>"))
    expect(chromium_page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible(timeout=15_000)
    assert chromium_page.evaluate("() => window.violations") == []


def test_a_channel_that_comes_before_the_first_look_shows_itself_too(
    headend: Headend, chromium_page: Page,
) -> None:
    """The page's own content is what a look is compared with; an early channel was taken for nothing new."""
    chromium_page.route("**/static/**/wait.js", lambda route: (
        headend.channels.append((ChannelId("later"), "Kênh mới")), route.continue_(),
    ))
    chromium_page.goto(f"{headend.base}/watch/later")
    expect(chromium_page.locator("h1")).to_have_text("Kênh mới", timeout=10_000)
