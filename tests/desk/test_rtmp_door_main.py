"""The door's process, with a real publisher."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desk.child import command
from desk.door_feeds import socket_of
from desk.door_file import DoorState, wish_lifted
from desk.registry import Registry
from desk.rtmp_door_main import main
from flow.feed import Feed, FeedKind
from ingest.rtmp.mouth import RtmpMouth
from tests.desk.samples import channel
from tests.ingest.media import FFMPEG, SENT, picture
from tests.ingest.rtmp_talk import opening, talk

CANARY = "canary-91bb"


@contextmanager
def running(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The process, and the port that it has found."""
    for key, value in {"XACAST_DATA": str(data), "XACAST_RTMP": "127.0.0.1:0"}.items():
        monkeypatch.setenv(key, value)
    with subprocess.Popen(command("desk.rtmp_door_main"), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            found = re.search(r"awaited at 127\.0\.0\.1:(\d+)", process.stderr.readline())
            assert found is not None
            yield process, int(found[1])
        finally:
            process.kill()


def declare(data: Path) -> None:
    registry = Registry(data / "xacast.db")
    feed = Feed(address=f"rtmp://:1935/live/{CANARY}", kind=FeedKind.RTMP, shown="rtmp://:1935/live/…")
    registry.add(replace(channel(), feeds=(feed,)), revision=1)
    registry.close()


def publish(port: int, key: str) -> str:
    done = subprocess.run(
        [FFMPEG, "-nostdin", "-loglevel", "error", *picture(seconds=0.4), *SENT, "-f", "flv",
         f"rtmp://127.0.0.1:{port}/live/{key}"], stderr=subprocess.PIPE, text=True, timeout=20, check=False,
    )
    return done.stderr


def test_a_channel_that_is_declared_while_it_runs_has_its_publisher_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-11: the key is in no log and no argument list."""
    with running(tmp_path, monkeypatch) as (process, port):
        declare(tmp_path)
        [end] = RtmpMouth(socket_of(tmp_path / "run", "hop", 0)).start()
        assert "refused" not in publish(port, CANARY)
        flv = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
        os.close(end)
        assert flv.startswith(b"FLV\1")
        assert len(flv) > 2_000
        assert CANARY.encode() not in Path(f"/proc/{process.pid}/cmdline").read_bytes()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert process.stderr is not None
        words = process.stderr.read() + (tmp_path / "log" / "door.log").read_text("utf-8")
    assert "publishes to hop-0" in words
    assert CANARY not in words


def test_who_was_shut_out_may_publish_once_an_operator_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-02, T-11: what the headend is told has no key in it, neither a right nor a wrong one."""
    run = tmp_path / "run"
    with running(tmp_path, monkeypatch) as (_, port), ExitStack() as knocks:
        declare(tmp_path)
        for _ in range(5):
            line = knocks.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            line.sendall(talk(*opening("falsch-4711")))
        wait_for(lambda: "127.0.0.1" in DoorState.read(run).banned)
        assert list(DoorState.read(run).refused.values()) == ["127.0.0.1"]
        told = "".join(path.read_text("utf-8") for path in run.glob("*.json"))
        assert "falsch" not in told
        assert CANARY not in told
        first = DoorState.read(run).life
    with running(tmp_path, monkeypatch) as (_, port):  # it stays so for the next door
        wait_for(lambda: DoorState.read(run).life != first)
        assert set(DoorState.read(run).banned) == {"127.0.0.1"}
        [end] = RtmpMouth(socket_of(run, "hop", 0)).start()
        assert publish(port, CANARY)  # refused
        wish_lifted(run, ["127.0.0.1"])
        wait_for(lambda: not DoorState.read(run).banned)
        assert "refused" not in publish(port, CANARY)
        assert b"".join(iter(lambda: os.read(end, 1 << 16), b"")).startswith(b"FLV\1")
        os.close(end)


def wait_for(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_port_that_is_in_use_is_status_2_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("XACAST_RTMP", f"127.0.0.1:{other.getsockname()[1]}")
        monkeypatch.setenv("XACAST_DATA", str(tmp_path))
        assert main([]) == 2
    words = capsys.readouterr().err
    assert "the RTMP door failed: its port 127.0.0.1:" in words
    assert "is in use; end what uses it, or choose another address with XACAST_RTMP" in words
