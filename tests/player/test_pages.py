"""Pages hold what they are given as text, never as markup."""

from html.parser import HTMLParser

import pytest

from flow.ids import ChannelId
from player.assets import MEASURE, Assets
from player.catalogue import Language
from player.pages import index_page, unknown_page, watch_page

DEMO = ChannelId("demo")
HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>", "$title ${t_live} $$", "&lt;b&gt;", "Họp giao ban </h1><h1>", "{seconds} %s",
]


class Page(HTMLParser):
    """A page as a browser takes it apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def shape(self) -> list[str]:
        return [name for name, _ in self.tags]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_shown_and_changes_nothing(title: str, assets: Assets) -> None:
    """T-31: neither page lets a channel's title become markup, an attribute or a template's name."""
    for page, plain in (
        (watch_page(DEMO, title, assets), watch_page(DEMO, "x", assets)),
        (index_page([(DEMO, title)], assets), index_page([(DEMO, "x")], assets)),
    ):
        assert Page(page).shape == Page(plain).shape
        assert title in Page(page).words
        assert [sorted(attrs) for _, attrs in Page(page).tags] == [sorted(attrs) for _, attrs in Page(plain).tags]


@pytest.mark.parametrize("language", list(Language))
def test_nothing_in_a_page_runs_or_styles_inline(language: Language, assets: Assets) -> None:
    """T-31: the policy forbids it, so a page that had it would be broken."""
    for text in (
        watch_page(DEMO, "Demo", assets, language), index_page([(DEMO, "Demo")], assets, language),
        unknown_page(assets, language),
    ):
        page = Page(text)
        assert all(script.get("src") for script in page.all("script"))
        assert not page.all("style")
        names = {name for _, attrs in page.tags for name in attrs}
        assert not [name for name in names if name == "style" or name.startswith("on")]


def test_the_watch_page_says_where_its_playlist_and_worker_are(assets: Assets) -> None:
    stage = Page(watch_page(DEMO, "Demo", assets)).all("section")[0]
    assert stage["data-playlist"] == "/live/demo/index.m3u8"
    assert stage["data-worker"] == assets.url("hls.worker.js")


def test_a_site_has_a_button_that_tries_it_and_says_where_to_tell(assets: Assets) -> None:
    page = Page(watch_page(DEMO, "$trial $tries", assets, tries=True))
    trial = next(one for one in page.all("section") if one["id"] == "trial")
    assert (trial["data-told"], trial["data-measure"]) == ("/test/demo", assets.url(MEASURE))
    assert "Kiểm tra điểm cầu" in page.words
    assert all(button.get("aria-label") or button.get("id") == "gate" for button in page.all("button"))
    assert page.words.count("$trial $tries") == 2
    assert "Kiểm tra điểm cầu" not in Page(watch_page(DEMO, "Demo", assets)).words


def test_each_control_has_a_name_for_screen_readers(assets: Assets) -> None:
    page = Page(watch_page(DEMO, "Demo", assets))
    for control in (*page.all("input"), *page.all("select"), *page.all("video")):
        assert control["aria-label"]
    assert all(button.get("aria-label") or button.get("id") == "gate" for button in page.all("button"))
    notice = next(attrs for attrs in page.all("p") if attrs.get("id") == "notice")
    assert notice["aria-live"] == "polite"


def test_vietnamese_is_first_and_english_goes_along(assets: Assets) -> None:
    vietnamese, english = (Page(index_page([(DEMO, "Demo")], assets, one)) for one in Language)
    assert vietnamese.all("html")[0]["lang"] == "vi"
    assert "Các kênh" in vietnamese.words
    assert "Channels" in english.words
    assert vietnamese.all("a")[0]["href"] == "/watch/demo"
    assert english.all("a")[0]["href"] == "/watch/demo?lang=en"
    assert Page(watch_page(DEMO, "Demo", assets, Language.EN)).all("a")[0]["href"] == "/?lang=en"


def test_the_current_language_is_marked(assets: Assets) -> None:
    marked = [link["lang"] for link in Page(unknown_page(assets)).all("a") if link.get("aria-current")]
    assert marked == ["vi"]


def test_channels_are_listed_in_the_order_given(assets: Assets) -> None:
    channels = [(ChannelId(name), name.upper()) for name in ("beta", "alpha")]
    links = [link["href"] for link in Page(index_page(channels, assets)).all("a") if "lang" not in link]
    assert links == ["/watch/beta", "/watch/alpha"]


def test_an_empty_list_says_that_it_fills_by_itself(assets: Assets) -> None:
    words = Page(index_page([], assets)).words
    assert "Chưa có kênh nào được mở." in words
    assert "Trang này tự cập nhật, không cần tải lại." in words


def test_a_code_can_be_typed_in_and_what_became_of_it_is_told(assets: Assets) -> None:
    """No other word of an address is ever shown."""
    plain = index_page([], assets)
    assert 'id="code"' in plain
    assert 'role="alert"' not in plain
    assert "Mã không đúng" in index_page([], assets, code="wrong")
    assert "cannot be checked" in index_page([], assets, Language.EN, "later")
    assert index_page([], assets, code="<b>") == plain
