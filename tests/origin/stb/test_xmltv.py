"""Guides, read back by a parser of XML."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from flow.ids import ChannelId
from flow.listing import Item, Listed
from origin.stb.xmltv import guide

HERE = timezone(timedelta(hours=7))
HOP = ChannelId("hop")
EIGHT = int(datetime(2026, 11, 24, 1, tzinfo=UTC).timestamp())
TEXTS = st.lists(st.one_of(
    st.sampled_from(["<", "&amp;", "]]>", "<!--", '"', "'", "\r\n", "\x00", "\ud800", "\ufffe", "#EXT", "&#0;"]),
    st.text(max_size=6),
), max_size=6).map("".join)
ITEMS = st.builds(
    Item, channel=st.just(HOP), title=TEXTS, title_en=TEXTS, description=TEXTS,
    start_s=st.integers(1, 4_000_000_000), end_s=st.none() | st.integers(1, 4_000_000_000),
)


def spelled(text: str) -> str:
    """What XML 1.0 can say of it (2.2, Char)."""
    legal = ((0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    return "".join(
        letter if letter in "\t\n\r" or any(low <= ord(letter) <= high for low, high in legal) else "\ufffd"
        for letter in text
    )


def seconds(text: str | None) -> int | None:
    return None if text is None else int(datetime.strptime(text, "%Y%m%d%H%M%S %z").timestamp())


def read(text: str) -> tuple[list[Listed], list[Item]]:
    tree = ET.fromstring(text.encode())
    channels = [Listed(channel=ChannelId(one.attrib["id"]), title=one.findtext("display-name") or "")
                for one in tree.findall("channel")]
    return channels, [
        Item(
            channel=ChannelId(one.attrib["channel"]), title=one.findtext("title[@lang='vi']") or "",
            title_en=one.findtext("title[@lang='en']") or "", description=one.findtext("desc") or "",
            start_s=seconds(one.get("start")) or 0, end_s=seconds(one.get("stop")),
        )
        for one in tree.findall("programme")
    ]


@given(TEXTS, st.lists(ITEMS, max_size=3))
def test_a_guide_reads_as_it_was_written_whatever_its_texts_hold(title: str, items: list[Item]) -> None:
    """T-13: nothing becomes markup, and all that XML can spell comes back letter by letter."""
    channels, found = read(guide([Listed(channel=HOP, title=title)], items, HERE))
    assert channels == [Listed(channel=HOP, title=spelled(title))]
    assert found == [
        Item(
            channel=HOP, title=spelled(one.title), title_en=spelled(one.title_en),
            description=spelled(one.description), start_s=one.start_s, end_s=one.end_s,
        )
        for one in items
    ]


def test_times_are_on_the_clock_of_the_place() -> None:
    one = Item(channel=HOP, title="Giao ban", start_s=EIGHT, end_s=None)
    told = '<programme start="20261124080000 +0700" channel="hop"><title lang="vi">Giao ban</title></programme>'
    assert told in guide([], [one], HERE)
