"""Whether a feed's address is this very machine's."""

import pytest

from ingest.kinds import feed_of
from ingest.reach.here import leads_here
from ingest.reach.web_address import Ip

NAMES = {"ours.vn": ["10.9.9.9", "10.0.0.1"], "loop.vn": ["::1"], "mcu.vn": ["10.9.9.9"]}


def _local(ip: Ip) -> bool:
    return str(ip) == "10.0.0.1"


async def _lookup(host: str, _port: int) -> list[str]:
    if host not in NAMES:
        raise OSError
    return NAMES[host]


async def _here(address: str) -> bool:
    return await leads_here(feed_of(address), _local, _lookup)


@pytest.mark.parametrize("address", [
    "http://127.0.0.1/x.m3u8", "http://localhost/x.m3u8", "http://LOCALHOST./x.m3u8", "http://ours.vn/x.m3u8",
    "rtsp://loop.vn/x", "srt://10.0.0.1:9000", "rtmp://10.0.0.1/other/app", "udp://127.0.0.1:9000",
    "http://[::ffff:10.0.0.1]/x.m3u8", "srt://127.0.0.1:9000?mode=listener",
])
async def test_what_calls_this_machine_is_found_under_every_name(address: str) -> None:
    """T-04."""
    assert await _here(address)


@pytest.mark.parametrize("address", [
    "testcard:", "http://mcu.vn/x.m3u8", "http://gone.vn/x.m3u8", "srt://:9000", "udp://:9000",
    "udp://@239.1.2.3:1234", "udp://10.0.0.1:9000", "srt://10.0.0.1:9000?mode=listener",
    f"rtmp:///live/{'k' * 22}",
])
async def test_senders_elsewhere_and_those_that_are_waited_for_are_not(address: str) -> None:
    assert not await _here(address)
