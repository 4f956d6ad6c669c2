"""Who can put a picture into a feed."""

import pytest

from ingest.exposure import at_door, listens, sole, unprotected
from ingest.kinds import feed_of

KEY = "k" * 22


@pytest.mark.parametrize(("address", "waits", "open_to_all"), [
    ("srt://:9000", True, True),
    ("srt://10.0.0.1:9000?mode=listener", True, True),
    ("srt://:9000?passphrase=0123456789abcdef", True, False),
    ("srt://10.0.0.1:9000", False, False),
    (f"rtmp://:1935/live/{KEY}", True, False),
    ("rtmp://10.0.0.1/live/x", False, False),
    ("udp://239.1.2.3:5000", False, True),
    ("rtp://10.0.0.9@239.1.2.3:5000", False, True),
    ("rtsp://h/x", False, False),
])
def test_a_feed_that_anybody_can_send_is_known_as_such(address: str, waits: bool, open_to_all: bool) -> None:
    """T-01, T-10: a UDP source address can be forged."""
    feed = feed_of(address)
    assert (listens(feed), unprotected(feed)) == (waits, open_to_all)


def test_a_publisher_comes_to_our_door_only_where_no_host_is_named() -> None:
    assert at_door(feed_of(f"rtmp://:1935/live/{KEY}"))
    assert not at_door(feed_of("rtmp://h/live/x"))


@pytest.mark.parametrize(("address", "word"), [
    ("srt://:9000", "port"), (f"rtmp://:1935/live/{KEY}", "door"), ("udp://:5000", "multicast"),
    ("udp://10.0.0.1:5000", "multicast"), ("udp://239.1.2.3:5000", ""), ("srt://10.0.0.1:9000", ""),
    ("rtmp://10.0.0.1/live/x", ""), ("rtsp://h/x", ""), ("testcard:", ""),
])
def test_what_two_workers_of_one_machine_cannot_both_have_is_said(address: str, word: str) -> None:
    why = sole(feed_of(address))
    assert bool(why) == bool(word)
    assert word in why
