"""The whole way from an RTSP server to a pipe: our client, the relay, and a front that is an FFmpeg."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flow.errors import FeedError
from ingest.kinds import feed_of
from ingest.reach.reach import Reach
from ingest.reasons import LATE
from ingest.rtsp.pull import RtspPull
from tests.ingest.media import FFMPEG
from tests.ingest.rtsp_server import Film, Server, film, serving
from tests.ingest.spawning import spawn, until

CANARY = "canary-5e1f"


@pytest.fixture(scope="module")
def shot(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return film(tmp_path_factory.mktemp("rtsp"))


def pull(port: int, who: str = "", reach: Reach | None = None) -> RtspPull:
    feed = feed_of(f"rtsp://{who}127.0.0.1:{port}/ch/1")
    return RtspPull(feed, spawn=spawn, ffmpeg=FFMPEG, reach=reach, patience=5)


def pictures(made: RtspPull, folder: Path) -> int:
    """How many come out of what it brings."""
    end = made.start()[0]
    body = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
    os.close(end)
    made.stop()
    (folder / "a.nut").write_bytes(body)
    grey = ("-map", "V", "-fps_mode", "passthrough", "-f", "rawvideo", "-s", "16x16", "-pix_fmt", "gray", "-")
    counted = subprocess.run(
        [FFMPEG, "-v", "error", "-i", folder / "a.nut", *grey], check=True, capture_output=True,
    )
    return len(counted.stdout) // 256


@contextmanager
def canary() -> Iterator[socket.socket]:
    """A listener that nobody may reach."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        yield door
        with pytest.raises(BlockingIOError):
            door.accept()


@pytest.mark.line
def test_every_picture_comes_over_tcp(shot: Film, tmp_path: Path) -> None:
    with serving(Server(shot)) as port:
        made = pull(port)
        assert pictures(made, tmp_path) == 50
    assert made.trouble == "the RTSP server closed the connection"


@pytest.mark.line
def test_a_server_that_wants_udp_gets_it_and_its_silence_is_the_end(shot: Film, tmp_path: Path) -> None:
    """F-04."""
    with serving(Server(shot, udp=True, ends=False)) as port:
        made = pull(port)
        assert pictures(made, tmp_path) >= 45
    assert made.trouble == LATE


@pytest.mark.line
@pytest.mark.parametrize("asks", ['Digest realm="r", nonce="n", qop="auth"', 'Basic realm="r"'])
def test_the_password_is_told_to_the_server_and_stands_nowhere_else(
    shot: Film, tmp_path: Path, asks: str,
) -> None:
    """T-11: the front does not even know it."""
    server = Server(shot, asks=asks, ends=False)
    with serving(server) as port:
        made = pull(port, f"user:{CANARY}@")
        end = made.start()[0]
        assert os.read(end, 1)
        lists = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
        assert not any(CANARY.encode() in words for words in lists)
        made.stop()
        os.close(end)
    assert CANARY not in repr(made._address) + made.trouble
    assert "authorization" in server.heard[-1].headers


@pytest.mark.parametrize("at", ["OPTIONS", "DESCRIBE", "SETUP"])
def test_a_redirection_to_another_place_is_not_followed(shot: Film, at: str) -> None:
    """T-04: FFmpeg would follow it to any port of this machine."""
    with canary() as door:
        location = f"rtsp://127.0.0.1:{door.getsockname()[1]}/ch/1"
        server = Server(shot, status="302 Moved", location=location, at=at)
        with serving(server) as port, pytest.raises(FeedError, match="not on its allow-list"):
            pull(port).start()


@pytest.mark.parametrize("location", ["", "http://127.0.0.1/x", "rtsp://169.254.169.254/", "rtsp://2130706433/"])
def test_nor_one_that_leads_nowhere_a_feed_can_be(shot: Film, location: str) -> None:
    """T-04."""
    with serving(Server(shot, status="301 Moved", location=location)) as port, pytest.raises(FeedError):
        pull(port, reach=Reach.of(["0.0.0.0/0:554"])).start()


@pytest.mark.line
def test_one_to_an_allowed_host_is_followed_without_the_password(shot: Film, tmp_path: Path) -> None:
    target, first = Server(shot), Server(shot, status="302 Moved")
    with serving(target) as there, serving(first) as port:
        first.location = f"rtsp://127.0.0.1:{there}/ch/2"
        assert pictures(pull(port, f"user:{CANARY}@", Reach.of([f"127.0.0.1/32:{there}"])), tmp_path) == 50
    assert target.heard[0].url.endswith("/ch/2")
    assert all(CANARY not in str(one.headers) for one in target.heard)


def test_a_circle_of_redirections_ends(shot: Film) -> None:
    """T-04: no more than three are followed."""
    server = Server(shot, status="302 Moved")
    with serving(server) as port:
        server.location = f"rtsp://127.0.0.1:{port}/ch/1"
        with pytest.raises(FeedError, match="from place to place"):
            pull(port).start()
    assert sum(one.method == "DESCRIBE" for one in server.heard) == 4


@pytest.mark.line
def test_an_address_in_the_description_is_asked_for_and_not_connected_to(shot: Film, tmp_path: Path) -> None:
    """T-04: a track's `control` and `Content-Base` are words for the server that was called, and no more."""
    with canary() as door:
        base = f"rtsp://127.0.0.1:{door.getsockname()[1]}/inner"
        server = Server(shot, base=base)
        with serving(server) as port:
            assert pictures(pull(port), tmp_path) == 50
    assert {one.url for one in server.heard if one.method == "SETUP"} == {f"{base}/track0", f"{base}/track1"}


def test_our_own_listener_is_refused() -> None:
    """T-04."""
    with canary() as door:
        port = door.getsockname()[1]
        with pytest.raises(FeedError, match="listener of xacast itself"):
            pull(port, reach=Reach.of(own=[("0.0.0.0", port)])).start()


@pytest.mark.parametrize(("status", "why"), [("404 Not Found", "no such stream"), ("401 No", "asks for a user")])
def test_what_cannot_be_had_is_said(shot: Film, status: str, why: str) -> None:
    with serving(Server(shot, status=status)) as port, pytest.raises(FeedError, match=why):
        pull(port).start()


def test_nothing_at_the_address_is_said(unused_tcp_port: int) -> None:
    with pytest.raises(FeedError, match="nothing listens"):
        pull(unused_tcp_port).start()


@pytest.mark.line
def test_a_stop_ends_the_front_and_tells_the_server(shot: Film) -> None:
    server = Server(shot, ends=False)
    with serving(server) as port:
        made = pull(port)
        end = made.start()[0]
        assert os.read(end, 1)
        made.stop()
        while os.read(end, 1 << 16):
            pass
        os.close(end)
        until(lambda: server.heard[-1].method == "TEARDOWN")
    assert made.trouble == ""


def test_a_stop_before_the_front_is_there_leaves_nothing_open(shot: Film) -> None:
    server = Server(shot, ends=False)
    with serving(server) as port:
        made = pull(port)
        made._loop.start(5)
        made._base = made._base_at(1)
        made.stop()
        made._loop._thread.join(5)
        door = socket.create_server(("127.0.0.1", 0))
        made._hand(door)
        assert door.fileno() < 0
