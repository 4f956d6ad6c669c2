"""What is handed out while a page is open stands there without anybody's doing."""

import pytest
from playwright.sync_api import Page, expect

from flow.ids import ChannelId
from flow.listing import Document
from tests.browser.headend import Headend
from tests.browser.seen import violations

pytestmark = pytest.mark.browser


def _paper(number: int, title: str) -> Document:
    return Document(
        number=number, channel=ChannelId("demo"), title=title, title_en="Report" if number == 1 else "",
        ending="pdf", size=1_200_000, digest="0a" * 32,
    )


def test_a_document_comes_and_goes_on_a_page_that_is_open(headend: Headend, chromium_page: Page) -> None:
    """T-31: a hostile title is text here too."""
    chromium_page.clock.install()
    chromium_page.goto(f"{headend.base}/watch/demo")
    links = chromium_page.locator("#handed a")
    expect(chromium_page.locator("#handed")).to_be_empty()
    headend.papers = [_paper(1, "Báo cáo"), _paper(2, "<img src=x onerror=alert(1)>")]
    chromium_page.clock.fast_forward(60_000)
    expect(links).to_have_text(["Báo cáo", "<img src=x onerror=alert(1)>"])
    expect(chromium_page.get_by_role("heading", name="Tài liệu cuộc họp")).to_be_visible()
    chromium_page.get_by_role("link", name="English").click()
    chromium_page.clock.fast_forward(60_000)
    expect(links.first).to_have_text("Report")
    expect(links.first).to_have_attribute("href", "/doc/demo/1")
    links.first.focus()
    chromium_page.clock.fast_forward(60_000)
    expect(links.first).to_be_focused()  # what is the same is left alone
    headend.papers = []
    chromium_page.clock.fast_forward(60_000)
    expect(chromium_page.locator("#handed")).to_be_empty()
    assert violations(chromium_page) == []


def test_with_the_server_away_what_was_shown_stays(headend: Headend, chromium_page: Page) -> None:
    headend.papers = [_paper(1, "Báo cáo")]
    chromium_page.clock.install()
    chromium_page.goto(f"{headend.base}/watch/demo")
    headend.stop()
    chromium_page.clock.fast_forward(60_000)
    expect(chromium_page.locator("#handed a")).to_have_text("Báo cáo")
    headend.papers = []
    headend.start()
    chromium_page.clock.fast_forward(60_000)
    expect(chromium_page.locator("#handed")).to_be_empty()
