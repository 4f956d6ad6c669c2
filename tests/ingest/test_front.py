"""The process that has the network and only copies."""

import os
import random
import socket
import struct
import subprocess
import threading
from pathlib import Path

import pytest

from flow.errors import ToolError
from ingest.front import Front
from ingest.kinds import feed_of
from ingest.reasons import LATE
from tests.ingest.media import FFMPEG, SENT, make, picture, sound
from tests.ingest.spawning import spawn, stand_in, until

SECRET = "0123456789abcdefGEHEIM"


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def read_all(end: int) -> bytes:
    body = bytearray()
    while data := os.read(end, 1 << 16):
        body += data
    os.close(end)
    return bytes(body)


@pytest.mark.line
def test_an_encrypted_call_comes_through_and_its_secret_stands_in_no_argument_list(tmp_path: Path) -> None:
    """T-01, T-11."""
    film = make(tmp_path / "a.ts", *picture(seconds=2), *sound(2), *SENT)
    port = free_port()
    front = Front(feed_of(f"srt://127.0.0.1:{port}?mode=listener&passphrase={SECRET}"), spawn=spawn, ffmpeg=FFMPEG)
    end = front.start()[0]
    until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
    lists = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
    assert not any(SECRET.encode() in words for words in lists)
    try:
        call = f"srt://127.0.0.1:{port}?passphrase={SECRET}&pbkeylen=32"
        copy = (FFMPEG, "-v", "error", "-re", "-i", str(film), "-c", "copy", "-f", "mpegts", call)
        subprocess.run(copy, check=True)
        body = read_all(end)
    finally:
        front.stop()
    assert len(body) % 188 == 0
    shown = tmp_path / "b.ts"
    shown.write_bytes(body)
    grey = ("-map", "V", "-f", "rawvideo", "-s", "16x16", "-pix_fmt", "gray", "-")
    counted = subprocess.run([FFMPEG, "-v", "error", "-i", str(shown), *grey], check=True, capture_output=True)
    assert counted.stderr == b""
    # Of 50: when the caller leaves, SRT throws away what still waits for its latency.
    assert len(counted.stdout) // 256 >= 35
    assert front.carried.bytes > 0


@pytest.mark.line
def test_a_call_without_the_passphrase_brings_no_byte_and_is_told(tmp_path: Path) -> None:
    """T-01."""
    film = make(tmp_path / "a.ts", *picture(seconds=1), *SENT[2:])
    port = free_port()
    told: list[str] = []
    address = f"srt://127.0.0.1:{port}?mode=listener&passphrase={SECRET}"
    front = Front(feed_of(address), spawn=spawn, ffmpeg=FFMPEG, refused=told.append)
    end = front.start()[0]
    try:
        until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
        for wrong in ("", "&passphrase=0123456789abcdefWRONG1&pbkeylen=32"):
            call = f"srt://127.0.0.1:{port}?connect_timeout=1000{wrong}"
            done = subprocess.run(
                [FFMPEG, "-v", "quiet", "-i", str(film), "-c", "copy", "-f", "mpegts", call], check=False,
            )
            assert done.returncode != 0
        until(lambda: list(dict.fromkeys(told)) == ["no-passphrase", "wrong-passphrase"])
    finally:
        front.stop()
    assert read_all(end) == b""
    assert front.trouble == ""


def test_what_a_sender_that_refuses_says_becomes_a_sentence(tmp_path: Path) -> None:
    program = stand_in(tmp_path, "say('[error] srt://h:1?passphrase=geheim: Connection refused')", front=True)
    front = Front(feed_of("srt://127.0.0.1:1"), spawn=spawn, ffmpeg=program)
    read_all(front.start()[0])
    until(lambda: front.trouble != "")
    assert "refuses the connection" in front.trouble
    assert "geheim" not in front.trouble


UNOPENED = (
    "[srt @ 0x1] [error] Connection to srt://127.0.0.1:1 failed: Input/output error",
    "[in#0 @ 0x2] [error] Impossible to open 'srt://127.0.0.1:1'",
)


@pytest.mark.parametrize(("asked", "keyed"), [("", False), (f"?passphrase={SECRET}", True)])
def test_a_connection_that_failed_is_known_before_its_process_has_ended(
    tmp_path: Path, asked: str, keyed: bool,
) -> None:
    program = stand_in(tmp_path, *[f"say({line!r})" for line in UNOPENED], "time.sleep(60)", front=True)
    front = Front(feed_of(f"srt://127.0.0.1:1{asked}"), spawn=spawn, ffmpeg=program)
    end = front.start()[0]
    try:
        until(lambda: front.trouble != "")
        assert "the sender does not answer" in front.trouble
        assert ("passphrase is wrong" in front.trouble) is keyed
    finally:
        front.stop()
    read_all(end)


def test_one_that_ended_because_nobody_read_it_leaves_the_reason_to_its_decoder(tmp_path: Path) -> None:
    program = stand_in(tmp_path, "say('[error] Error muxing a packet: Broken pipe')", front=True)
    front = Front(feed_of("srt://127.0.0.1:1"), spawn=spawn, ffmpeg=program)
    read_all(front.start()[0])
    until(lambda: front._process is not None and front._process.poll() is not None and bool(front._words))
    assert front.trouble == ""


def test_progress_and_damage_are_counted(tmp_path: Path) -> None:
    lines = ("total_size=1316", "[warning] Packet corrupt (stream = 0)", "[warning] RTP: missed 12 packets",
             "total_size=2632", "[error] x: Connection timed out")
    program = stand_in(tmp_path, *[f"say({line!r})" for line in lines], front=True)
    front = Front(feed_of("rtsp://127.0.0.1/x"), spawn=spawn, ffmpeg=program)
    read_all(front.start()[0])
    until(lambda: front.trouble == LATE)
    assert (front.carried.bytes, front.carried.lost) == (2_632, 13)


def test_a_front_that_was_stopped_has_no_trouble(tmp_path: Path) -> None:
    front = Front(feed_of("srt://:1"), spawn=spawn, ffmpeg=stand_in(tmp_path, "time.sleep(60)", front=True))
    end = front.start()[0]
    front.stop()
    assert read_all(end) == b""
    assert front.trouble == ""


def test_a_program_that_is_not_there_leaves_no_pipe_open() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(ToolError):
        Front(feed_of("srt://:1"), spawn=spawn, ffmpeg="/no/such/ffmpeg").start()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


@pytest.mark.line
@pytest.mark.parametrize(("theirs", "why"), [
    ("", "do not both have a passphrase"), ("&passphrase=0123456789abcdefWRONG1&pbkeylen=32", "it is wrong"),
])
def test_a_listener_without_our_passphrase_brings_us_no_byte_and_is_named(
    tmp_path: Path, theirs: str, why: str,
) -> None:
    """T-01: nobody talks us out of encryption, nor into another's."""
    film = make(tmp_path / "a.ts", *picture(seconds=1), *SENT[2:])
    port = free_port()
    server = subprocess.Popen([
        FFMPEG, "-nostdin", "-v", "quiet", "-re", "-stream_loop", "-1", "-i", str(film), "-c", "copy",
        "-f", "mpegts", f"srt://127.0.0.1:{port}?mode=listener{theirs}",
    ])
    try:
        until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
        front = Front(feed_of(f"srt://127.0.0.1:{port}?passphrase={SECRET}"), spawn=spawn, ffmpeg=FFMPEG)
        assert read_all(front.start()[0]) == b""
        until(lambda: front.trouble != "")
        assert why in front.trouble
    finally:
        server.kill()
        server.wait()


def forged(chance: random.Random) -> bytes:
    """A datagram that may be SRT: a handshake (induction or conclusion), a key, a loss report or another control
    packet, with bits turned over."""
    kind, word = chance.choice((0, 0, 0, 1, 2, 3, 5, 6, 7, 8, 0x7FFF)), chance.getrandbits
    called = chance.choice((0, word(32)))
    head = struct.pack(">HHIII", 0x8000 | kind, chance.choice((0, 1, 2, 3, 4)), word(32), word(32), called)
    version, key, flags = chance.choice((4, 5)), chance.choice((0, 2, 3, 4)), chance.choice((2, 0x4A17))
    step = chance.choice((1, -1, 0, -2))
    shake = struct.pack(">IHHIIIiII", version, key, flags, word(31), 1_500, 8_192, step, word(32), word(32))
    body = bytearray(head + shake + bytes(16) + chance.randbytes(chance.randrange(0, 200)))
    for _ in range(chance.randrange(0, 9)):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(body[:chance.randrange(1, len(body) + 1)])


@pytest.mark.line
def test_forged_packets_disturb_no_call(tmp_path: Path) -> None:
    """T-01: five thousand of them, seeded, at the port of a call that goes on: every picture comes through."""
    film = make(tmp_path / "a.ts", *picture(seconds=4), *sound(4), *SENT)
    port, chance, over = free_port(), random.Random(7), threading.Event()
    front = Front(feed_of(f"srt://127.0.0.1:{port}?mode=listener&passphrase={SECRET}"), spawn=spawn, ffmpeg=FFMPEG)
    end = front.start()[0]
    until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
    sent = 0

    def disturb() -> None:
        nonlocal sent
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            while not over.wait(0.01) and sent < 5_000:
                for _ in range(30):
                    stranger.sendto(forged(chance), ("127.0.0.1", port))
                    sent += 1

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        call = f"srt://127.0.0.1:{port}?passphrase={SECRET}&pbkeylen=32"
        copy = (FFMPEG, "-v", "error", "-re", "-i", str(film), "-c", "copy", "-f", "mpegts", call)
        subprocess.run(copy, check=True)
        body = read_all(end)
    finally:
        over.set()
        disturbing.join()
        front.stop()
    shown = tmp_path / "b.ts"
    shown.write_bytes(body)
    grey = ("-map", "V", "-f", "rawvideo", "-s", "16x16", "-pix_fmt", "gray", "-")
    counted = subprocess.run([FFMPEG, "-v", "error", "-i", str(shown), *grey], check=True, capture_output=True)
    assert counted.stderr == b""
    assert len(counted.stdout) // 256 >= 85  # of 100: the last ones wait for SRT's latency when the caller leaves
    assert sent > 2_000
