"""Lists of channels, read back as boxes read them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from flow.ids import ChannelId
from flow.listing import Listed
from origin.stb.m3u import channel_list

BASE = "http://hop.example.vn:8080/t/abc"
_ENTRY = re.compile(r'#EXTINF:-1 tvg-id="([^"]*)",(.*)')
HOSTILE = st.lists(st.one_of(
    st.sampled_from([
        "\n", "\r\n", "\x85", "\u2028", "\x00", "\x1b[2J", '"', ",", "#EXTINF:-1,", "#EXT", "http://x", " ",
    ]),
    st.text(max_size=6),
), max_size=8).map("".join)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True).map(ChannelId)


def read(text: str) -> list[Listed]:
    """Line by line, at whatever ends a line anywhere."""
    first, *rest = text.splitlines()
    assert first.startswith("#EXTM3U ")
    found = []
    for about, address in zip(rest[::2], rest[1::2], strict=True):
        entry = _ENTRY.fullmatch(about)
        assert entry is not None
        assert address == f"{BASE}/live/{entry[1]}/index.m3u8"
        found.append(Listed(channel=ChannelId(entry[1]), title=entry[2]))
    return found


@given(st.lists(st.builds(Listed, channel=IDS, title=HOSTILE), max_size=4))
def test_a_list_reads_as_it_was_written_whatever_the_titles_hold(channels: list[Listed]) -> None:
    """T-13: the number of lines is constant, and printable titles come back letter by letter."""
    found = read(channel_list(channels, base=BASE))
    assert [one.channel for one in found] == [one.channel for one in channels]
    for one, back in zip(channels, found, strict=True):
        assert back.title == "".join(letter if letter.isprintable() else " " for letter in one.title)
        assert back.title == one.title or not one.title.isprintable()


def test_a_list_says_where_the_guide_is() -> None:
    assert channel_list([], base=BASE) == (
        f'#EXTM3U url-tvg="{BASE}/stb/guide.xml" x-tvg-url="{BASE}/stb/guide.xml"\n'
    )
