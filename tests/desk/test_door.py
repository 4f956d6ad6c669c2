"""T-04, T-08: behind a door a front has a loopback of its own, one listener there that we hold, and no more."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desk.bubblewrap import Way
from desk.cage import Cages, Level
from desk.settings import OFF
from desk.system import SystemSpawn
from flow.cage import DOOR_PORT, Cage
from ingest.kinds import feed_of
from ingest.rtsp.pull import RtspPull
from tests.desk.caging import spawn_at
from tests.ingest.media import FFMPEG
from tests.ingest.rtsp_server import Server, film, serving

PROBE = """
import json, os, socket, sys
tcp, udp, outside, door = json.loads(sys.argv[2])
def tried(what):
    try:
        return "reached" if what() else "refused"
    except OSError:
        return "refused"
def connects(host, port):
    return lambda: socket.create_connection((host, port), 2)
def sends(host, port):
    return lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", (host, port)) and port != udp
told = [tried(one) for one in (
    connects("127.0.0.1", tcp), connects(outside, tcp), sends(outside, udp), connects("127.0.0.1", door),
    lambda: [name for _, name in socket.if_nameindex() if name != "lo"],
)]
os.write(int(sys.argv[1]), json.dumps(told).encode())
"""


@pytest.fixture
def spawn(monkeypatch: pytest.MonkeyPatch) -> SystemSpawn:
    made = spawn_at(Level.BUBBLEWRAP, monkeypatch)
    if not made.cages.doors:
        pytest.skip("not run: this machine lets us make no network of its own")
    return made


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A listener of the machine; nobody may come."""
    with socket.create_server(("0.0.0.0", 0)) as door:
        door.setblocking(False)
        yield door
        with pytest.raises(BlockingIOError):
            door.accept()


def outside() -> str:
    """An address of this machine that is not the loopback's; that when there is none."""
    with closing(socket.socket(type=socket.SOCK_DGRAM)) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(asking.getsockname()[0])


def test_behind_a_door_there_is_the_door_and_nothing_else(
    spawn: SystemSpawn, canary: socket.socket, tmp_path: Path,
) -> None:
    """T-04: not the machine's services, not its network, not by TCP and not by UDP."""
    tmp_path.chmod(0o755)
    probe = tmp_path / "probe.py"
    probe.write_text(PROBE, "utf-8")
    ours, theirs = socket.socketpair()
    end, into = os.pipe()
    with ours, theirs, socket.socket(type=socket.SOCK_DGRAM) as heard, os.fdopen(end, "rb") as answers:
        heard.bind(("0.0.0.0", 0))
        heard.setblocking(False)
        targets = [canary.getsockname()[1], heard.getsockname()[1], outside(), DOOR_PORT]
        child = spawn(
            [sys.executable, "-I", str(probe), str(into), json.dumps(targets)], pass_fds=[into, theirs.fileno()],
            cage=Cage(read=(str(probe),), network=True, door=theirs.fileno()),
        )
        os.close(into)
        ours.settimeout(10)
        _, found, _, _ = socket.recv_fds(ours, 16, 1)
        with socket.socket(fileno=found[0]) as door:
            assert door.getsockname() == ("127.0.0.1", DOOR_PORT)
            told = json.loads(answers.read())
            door.settimeout(5)
            door.accept()[0].close()
        assert told == ["refused", "refused", "refused", "reached", "refused"], told
        with pytest.raises(BlockingIOError):
            heard.recv(10)
        child.wait(10)
        if child.stderr:
            child.stderr.close()


def test_any_user_may_have_a_door_where_the_kernel_lets_them(spawn: SystemSpawn) -> None:
    tools = spawn.cages._tools
    assert tools is not None
    ways = [Way(own_users=True, sealed=True), Way(own_users=True)]
    able = [way for way in ways if not spawn.cages._trial(tools, way, Cage())]
    if not able:
        pytest.skip("not run: this kernel makes no namespaces of users")
    assert spawn.cages._door_opens(tools, able[0])


def test_without_bubblewrap_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not spawn_at(Level.LIMITS, monkeypatch).cages.doors
    assert not Cages(OFF).doors


@pytest.mark.line
def test_an_rtsp_feed_comes_through_its_door(spawn: SystemSpawn, tmp_path: Path) -> None:
    """T-04: the FFmpeg that unpacks a stranger's packets can reach nobody but our relay."""
    with serving(Server(film(tmp_path), ends=False)) as port:
        pull = RtspPull(feed_of(f"rtsp://127.0.0.1:{port}/ch/1"), spawn=spawn, ffmpeg=FFMPEG, doors=True)
        end = pull.start()[0]
        body = b""
        while len(body) < 300_000 and (data := os.read(end, 1 << 16)):
            body += data
        front = pull._front._process if pull._front else None
        assert front is not None
        own = {Path(f"/proc/{pid}/ns/net").readlink() for pid in (front.pid, os.getpid())}
        pull.stop()
        os.close(end)
    assert len(body) >= 300_000
    assert len(own) == 2
