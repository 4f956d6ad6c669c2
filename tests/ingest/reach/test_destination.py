"""Whom a pull over SRT, RTSP or RTMP may call."""

import asyncio
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flow.errors import FeedError
from ingest.front import Front
from ingest.kinds import feed_of
from ingest.reach.destination import Destination, connection, destination, place_of
from ingest.reach.reach import Reach
from ingest.rtmp.pull import RtmpPull
from tests.ingest.spawning import spawn, stand_in

OWN = Reach.of(own=[("0.0.0.0", 1935), ("127.0.0.1", 8090)])


def found(host: str, *answers: str, port: int = 9000) -> Destination:
    async def lookup(_host: str, _port: int) -> list[str]:
        return list(answers)

    return asyncio.run(destination(host, port, OWN, lookup=lookup, local=lambda ip: str(ip) == "192.168.1.5"))


@pytest.mark.parametrize("ip", ["10.0.0.9", "192.168.7.1", "127.0.0.1", "fd00::1", "::1", "169.254.7.7"])
def test_an_address_that_the_operator_typed_is_called_as_it_is(ip: str) -> None:
    assert found(ip).ips == (ip,)


@pytest.mark.parametrize("ip", ["10.0.0.9", "93.184.216.34", "fd00::9"])
def test_a_name_leads_into_any_network_of_other_machines(ip: str) -> None:
    assert found("studio.lan", ip).ips == (ip,)


@pytest.mark.parametrize("ip", [
    "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "169.254.169.254", "169.254.1.1", "fe80::1", "0.0.0.0",
    "224.0.0.1", "64:ff9b::7f00:1",
])
def test_but_not_to_this_machine_or_where_no_feed_can_be(ip: str) -> None:
    """T-04."""
    with pytest.raises(FeedError, match="resolves to a"):
        found("studio.lan", "10.0.0.9", ip)


def test_localhost_says_what_it_is() -> None:
    assert found("localhost", "127.0.0.1").ips == ("127.0.0.1",)


@pytest.mark.parametrize("ip", ["169.254.169.254", "fd00:ec2::254", "64:ff9b::169.254.169.254"])
def test_what_a_cloud_tells_its_machines_is_refused_even_typed(ip: str) -> None:
    """T-04."""
    with pytest.raises(FeedError, match="leads to"):
        found(ip)


@pytest.mark.parametrize(("host", "port"), [
    ("127.0.0.1", 1935), ("127.1.2.3", 1935), ("192.168.1.5", 1935), ("::1", 8090), ("0.0.0.0", 8090),
])
def test_a_listener_of_our_own_is_refused(host: str, port: int) -> None:
    """T-04."""
    with pytest.raises(FeedError, match="listener of xacast itself"):
        found(host, port=port)


@pytest.mark.parametrize("host", [
    "0177.0.0.1", "2130706433", "0x7f000001", "127.1", "10.0.0.9%25eth0", "fe80::1%eth0", "a b", "", "١٢٧.0.0.1",
])
def test_a_spelling_that_can_be_misread_is_refused(host: str) -> None:
    """T-04."""
    with pytest.raises(FeedError, match="an address of the feed"):
        place_of(host, 9000)


def test_an_unknown_name_is_a_sentence() -> None:
    with pytest.raises(FeedError, match="not known to DNS"):
        found("studio.lan")


def fleeting(*answers: str) -> tuple[Callable[[str, int], Any], list[str]]:
    """A resolver that answers otherwise each time, and whom it was asked for."""
    asked: list[str] = []

    async def lookup(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [answers[min(len(asked), len(answers)) - 1]]

    return lookup, asked


def test_an_srt_caller_is_given_the_checked_address_and_asks_no_dns(tmp_path: Path) -> None:
    """T-04: DNS rebinding. What FFmpeg reads names the address that was checked, whatever the name is later."""
    read = tmp_path / "read"
    program = stand_in(tmp_path, f"open({str(read)!r}, 'w').write(sys.stdin.read())", front=True)
    lookup, asked = fleeting("10.1.2.3", "127.0.0.1")
    front = Front(feed_of("srt://studio.lan:9000"), spawn=spawn, ffmpeg=program, reach=OWN, lookup=lookup)
    with os.fdopen(front.start()[0], "rb") as pipe:
        pipe.read()
    assert "srt://10.1.2.3:9000" in read.read_text("utf-8")
    assert "studio" not in read.read_text("utf-8")
    assert asked == ["studio.lan"]


def test_an_srt_caller_that_may_not_call_starts_nothing() -> None:
    """T-04."""
    lookup, _ = fleeting("127.0.0.1")
    front = Front(feed_of("srt://studio.lan:9000"), spawn=spawn, ffmpeg="/no/such", reach=OWN, lookup=lookup)
    with pytest.raises(FeedError, match="resolves to a loopback address"):
        front.start()


@pytest.mark.parametrize("scheme", ["rtmp", "rtmps"])
def test_an_rtmp_pull_reaches_no_canary(scheme: str) -> None:
    """T-04: neither by a name that turns, nor by our own port."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.setblocking(False)
        port = canary.getsockname()[1]
        lookup, _ = fleeting("127.0.0.1")
        named = RtmpPull(f"{scheme}://studio.lan:{port}/live/x", lookup=lookup)
        ours = RtmpPull(f"{scheme}://127.0.0.1:{port}/live/x", reach=Reach.of(own=[("0.0.0.0", port)]))
        for pull in (named, ours):
            with pytest.raises(FeedError, match="leads to"):
                pull.start()
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    async def talk(port: int) -> bytes:
        place = Destination(host="studio.lan", port=port, ips=("127.0.0.2", "127.0.0.1"))
        _, writer = await connection(place)
        writer.transport.abort()
        return b"connected"

    with socket.create_server(("127.0.0.1", 0)) as server:
        assert asyncio.run(talk(server.getsockname()[1])) == b"connected"
