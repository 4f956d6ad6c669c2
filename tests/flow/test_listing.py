"""Lists' nouns are plain values."""

from flow.ids import ChannelId
from flow.listing import Document, Item, Listed


def test_equal_values_are_equal() -> None:
    hop = ChannelId("hop")
    assert Listed(channel=hop, title="a") == Listed(channel=hop, title="a")
    assert Item(channel=hop, title="a", start_s=1, end_s=None).title_en == ""
    assert Document(number=1, channel=hop, title="a", ending="pdf", size=1, digest="ab").title_en == ""
