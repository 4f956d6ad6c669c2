"""T-04: what SRT, RTSP and RTMP feeds may be made to call. No spelling, no name and no redirection leads to a
listener that they may not reach: a canary hears whether anybody comes."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from flow.errors import FeedError
from flow.feed import Feed, FeedKind
from ingest.front import Front
from ingest.reach.reach import Reach
from ingest.rtmp.pull import RtmpPull
from ingest.rtsp.pull import RtspPull
from tests.ingest.hostile_urls import HOSTS
from tests.ingest.rtsp_server import Film, Server, serving
from tests.ingest.spawning import spawn

FORMS = ("{s}://{h}:{p}/a/b", "{s}://feed.test@{h}:{p}/a/b", "{s}://{h}:{p}#@feed.test/a/b")
FEED = Feed(address="", kind=FeedKind.SRT, shown="srt://…")


async def everywhere_here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def canary() -> Iterator[int]:
    """A port at which nobody may come."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        yield int(door.getsockname()[1])
        with pytest.raises(BlockingIOError):
            door.accept()


def call(scheme: str, address: str, reach: Reach) -> None:
    """Try to begin; raises FeedError when it may not. What passes would need an FFmpeg, which is not there."""
    feed = replace(FEED, address=address)
    match scheme:
        case "srt":
            Front(feed, spawn=spawn, ffmpeg="/no/such", reach=reach, lookup=everywhere_here).start()
        case "rtsp":
            RtspPull(feed, spawn=spawn, ffmpeg="/no/such", reach=reach, lookup=everywhere_here).start()
        case _:
            RtmpPull(address, reach=reach, lookup=everywhere_here).start()


@pytest.mark.parametrize("scheme", ["srt", "rtsp", "rtmp", "rtmps"])
def test_no_address_that_can_be_typed_leads_to_a_listener_of_our_own(scheme: str, canary: int) -> None:
    """T-04: more than 700 addresses in all."""
    own = Reach.of(own=[("127.0.0.1", canary)])
    for host in HOSTS:
        if host.startswith("[64:ff9b:1:"):  # of a translator's own network, which is another machine
            continue
        for form in FORMS:
            address = form.format(s=scheme, h=host, p=canary)
            with pytest.raises((FeedError, ValueError)):
                call(scheme, address, own)


@pytest.mark.parametrize("scheme", ["srt", "rtsp", "rtmp"])
def test_no_name_but_localhost_leads_to_this_machine(scheme: str, canary: int) -> None:
    """T-04: whoever answers for a name cannot make us call a service of this machine."""
    for name in ("rebound.test", "127.0.0.1.nip.test", "metadata.google.internal", "instance-data"):
        with pytest.raises(FeedError, match="resolves to a loopback address"):
            call(scheme, f"{scheme}://{name}:{canary}/a/b", Reach())


def test_no_redirection_of_an_rtsp_server_leads_to_this_machine(canary: int) -> None:
    """T-04: each spelling as the place that a server names, over a real connection."""
    server = Server(Film("", ()), status="302 Moved")
    with serving(server) as port:
        for host in HOSTS:
            for form in ("rtsp://{h}:{p}/x", "rtsp://127.0.0.1@{h}:{p}/x"):
                server.location = form.format(h=host, p=canary)
                with pytest.raises(FeedError):
                    call("rtsp", f"rtsp://127.0.0.1:{port}/x", Reach())
