import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from packager.page import Page, Sheet


def _page(texts: list[str]) -> Page:
    return Page(lambda: [Sheet.of(text, last=place == len(texts) - 1) for place, text in enumerate(texts)])


@given(st.lists(st.text(max_size=300), min_size=1, max_size=8))
def test_sheets_make_one_gzip_member_of_the_plain_text(texts: list[str]) -> None:
    page = _page(texts)
    assert page.plain == "".join(texts).encode()
    assert gzip.decompress(page.gzipped) == page.plain
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)  # a browser reads the first member and no other
    assert reader.decompress(page.gzipped) + reader.flush() == page.plain
    assert reader.eof
    assert reader.unused_data == b""


def test_equal_texts_give_equal_bytes_and_tags_and_others_others() -> None:
    assert _page(["a", "b"]).etag == _page(["a", "b"]).etag
    assert _page(["a", "b"]).gzipped == _page(["a", "b"]).gzipped
    assert len({_page(["a", "b"]).etag, _page(["ab", "b"]).etag, _page(["a", "c"]).etag, _page(["a"]).etag}) == 4


def test_a_page_is_drawn_when_it_is_asked_for_and_once() -> None:
    drawn = []

    def draw() -> str:
        drawn.append(1)
        return "text"

    page = Page.of(draw)
    assert drawn == []
    assert (page.plain, gzip.decompress(page.gzipped), page.etag) == (b"text", b"text", page.etag)
    assert drawn == [1]
