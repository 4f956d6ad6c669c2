"""A list of channels as M3U, as set-top boxes and IPTV programs read it. Pure.

There is no standard but custom (https://en.wikipedia.org/wiki/M3U, “Extended M3U”): one line that says what comes,
one with its address. Whatever stands behind the first comma is the title, so titles need no quotes.
"""

from collections.abc import Iterable

from flow.listing import Listed

TYPE = "audio/x-mpegurl"
"""What boxes know it by."""


def channel_list(channels: Iterable[Listed], *, base: str) -> str:
    """The channels with their playlists, and where the guide is, all below the address `base`."""
    lines = [f'#EXTM3U url-tvg="{base}/stb/guide.xml" x-tvg-url="{base}/stb/guide.xml"']
    for one in channels:
        lines += [f'#EXTINF:-1 tvg-id="{one.channel}",{line(one.title)}', f"{base}/live/{one.channel}/index.m3u8"]
    return "".join(f"{text}\n" for text in lines)


def line(text: str) -> str:
    """The text as it may stand at a line's end: what is not printable would end it, or drive a terminal (T-13)."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
