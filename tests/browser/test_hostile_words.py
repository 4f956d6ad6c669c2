"""Two hundred titles that want to be a page of their own, in every place where a page shows one."""

from itertools import product
from time import time

import pytest
from playwright.sync_api import Page

from flow.ids import ChannelId
from flow.listing import Document, Item
from tests.browser.headend import Headend
from tests.browser.seen import violations

pytestmark = pytest.mark.browser

SHAPES = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", '"><script>{}</script>', "'-{}-'",
    '" onfocus={} autofocus="', "</title><script>{}</script>", "</script><script>{}</script>", "javascript:{}",
    "${{{}}}", "{{{{{}}}}}", '<a href="javascript:{}">x</a>', '<iframe srcdoc="<script>{}</script>">',
    "<details open ontoggle={}>", "</h1><body onload={}>", "`{}`",
    "<style>*{{background:url(//evil.vn)}}</style>{}",
    "<!--><script>{}</script>", "<base href=//evil.vn>{}", "&lt;script&gt;{}&lt;/script&gt;",
)
DEEDS = (
    "alert(1)", "window.taken=1", "top.taken=1", "confirm(1)", "prompt(1)", "fetch('//evil.vn')",
    "self['taken']=1",
    "&#119;indow.taken=1", "(()=>{taken=1})()", "document.title='taken'",
)
FOUND = "() => [window.taken, document.querySelectorAll('iframe, base, details[ontoggle]').length]"
PAYLOADS = [shape.format(deed) for shape, deed in product(SHAPES, DEEDS)]


def test_titles_of_channels_programmes_and_documents_are_text(headend: Headend, chromium_page: Page) -> None:
    """T-31: nothing runs, nothing is asked for elsewhere, and each is shown letter by letter."""
    assert len(PAYLOADS) == 200
    heard: list[str] = []
    chromium_page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    chromium_page.on("request", lambda request: heard.append(request.url) if "evil" in request.url else None)
    headend.channels += [(ChannelId(f"c{at}"), text) for at, text in enumerate(PAYLOADS)]
    headend.papers = [
        Document(number=at, channel=ChannelId("demo"), title=f"giấy {text}", ending="pdf", size=5, digest="0" * 64)
        for at, text in enumerate(PAYLOADS, 1)
    ]
    for path, kind in {"/": "", "/?lang=en": "", "/watch/demo": "giấy "}.items():
        chromium_page.goto(f"{headend.base}{path}")
        shows(chromium_page, [kind + text for text in PAYLOADS])
    now = int(time())
    for at in range(0, len(PAYLOADS), 20):  # so many of what comes are listed
        headend.items = [
            Item(channel=ChannelId("demo"), title=f"lịch {text}", start_s=now + 60, end_s=now + 600)
            for text in PAYLOADS[at:at + 20]
        ]
        chromium_page.goto(headend.base)
        shows(chromium_page, [item.title for item in headend.items])
        chromium_page.goto(f"{headend.base}/watch/c{at}")
        assert chromium_page.locator("h1").inner_text() == chromium_page.title() == PAYLOADS[at]
        assert violations(chromium_page) == []
    assert heard == []


def shows(page: Page, titles: list[str]) -> None:
    """Each as it is, and nothing of them as a page."""
    shown = page.locator("body").inner_text()
    assert [title for title in titles if title not in shown] == []
    assert page.evaluate(FOUND) == [None, 0]
    assert "taken" not in page.title()
    assert violations(page) == []
