"""What can be said of a feed before anything is connected to."""

import pytest

from ingest.kinds import feed_of
from ingest.reach.beforehand import refused
from ingest.reach.reach import Reach
from ingest.reach.web_address import Ip

REACH = Reach.of(own=[("0.0.0.0", 8080), ("127.0.0.1", 554), ("0.0.0.0", 1935)])
KEY = "k" * 22


def _ours(ip: Ip) -> bool:
    return str(ip) == "10.0.0.1"


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:8080/live/hop/index.m3u8", "http://localhost:8080/live/hop/index.m3u8",
    "http://10.0.0.1:8080/live/hop/index.m3u8", "http://[::1]:8080/x.m3u8", "rtsp://127.0.0.1/x",
    "rtmp://10.0.0.1/live/x", "srt://10.0.0.1:8080",
])
def test_a_listener_of_ours_is_no_feed(address: str) -> None:
    """T-04: and the channel would be its own feed."""
    assert "listener of xacast itself" in refused(feed_of(address), REACH, _ours)


def test_where_clouds_keep_their_keys_there_is_no_feed() -> None:
    """T-04."""
    assert "169.254.169.254" in refused(feed_of("http://169.254.169.254/x.m3u8"), REACH, _ours)


@pytest.mark.parametrize("address", [
    "http://10.0.0.2:8080/live/hop/index.m3u8", "http://10.0.0.1/x.m3u8", "http://studio:8080/x.m3u8", "testcard:",
    f"rtmp://:1935/live/{KEY}", "srt://:8080?passphrase=0123456789ab", "udp://10.0.0.1:8080",
])
def test_of_any_other_nothing_is_said_yet(address: str) -> None:
    assert refused(feed_of(address), REACH, _ours) == ""
