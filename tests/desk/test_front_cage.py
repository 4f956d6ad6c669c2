"""T-01, T-04: what a front that a stranger has taken over may still open, in a real cage of either level."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.cage import Level, kernel_refuses
from flow.cage import Cage
from ingest.bounds import front_cage
from ingest.front import Front
from ingest.kinds import feed_of
from tests.desk.caging import LEVELS, ask, spawn_at
from tests.ingest.media import FFMPEG, SENT, make, picture
from tests.ingest.spawning import until
from tests.ingest.test_front import SECRET, free_port

PROBE = """
import json, os, socket, sys
def opens(family, kind):
    try:
        socket.socket(family, kind).close()
    except OSError:
        return False
    return True
told = {
    "tcp": opens(socket.AF_INET, socket.SOCK_STREAM), "tcp6": opens(socket.AF_INET6, socket.SOCK_STREAM),
    "udp": opens(socket.AF_INET, socket.SOCK_DGRAM), "unix": opens(socket.AF_UNIX, socket.SOCK_STREAM),
    "netlink": opens(socket.AF_NETLINK, socket.SOCK_RAW), "raw": opens(socket.AF_INET, socket.SOCK_RAW),
}
os.write(int(sys.argv[1]), json.dumps(told).encode())
"""


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("address", "open_ones"), [("srt://h:9", {"udp"}), ("rtsp://h/x", {"tcp", "tcp6"})])
def test_a_front_opens_the_sockets_of_its_protocol_alone(
    level: Level, address: str, open_ones: set[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-01, T-04."""
    if not kernel_refuses()[1]:
        pytest.skip("not run: this kernel has no filters for calls")
    spawn = spawn_at(level, monkeypatch)
    cage: Cage = front_cage(feed_of(address))
    answer = ask(spawn, [sys.executable, "-I", "-c", PROBE, "FD"], cage)
    assert {name for name, opened in json.loads(answer.out).items() if opened} == open_ones, answer.words


@pytest.mark.line
@pytest.mark.parametrize("level", LEVELS)
def test_an_srt_call_comes_through_in_its_cage(
    level: Level, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    spawn = spawn_at(level, monkeypatch)
    film = make(tmp_path / "a.ts", *picture(seconds=2), *SENT[2:])
    port = free_port()
    front = Front(feed_of(f"srt://127.0.0.1:{port}?mode=listener&passphrase={SECRET}"), spawn=spawn, ffmpeg=FFMPEG)
    end = front.start()[0]
    try:
        until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
        call = f"srt://127.0.0.1:{port}?passphrase={SECRET}&pbkeylen=32"
        copy = (FFMPEG, "-nostdin", "-v", "error", "-re", "-i", str(film), "-c", "copy", "-f", "mpegts", call)
        subprocess.run(copy, check=True)
        body = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
    finally:
        front.stop()
        os.close(end)
    assert len(body) > 50_000
