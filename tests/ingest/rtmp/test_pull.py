import logging
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from flow.errors import FeedError
from ingest.rtmp.command import Command
from ingest.rtmp.message import Message
from ingest.rtmp.pull import RtmpPull
from tests.ingest.media import FFMPEG, SENT, picture, sound
from tests.ingest.rtmp_server import guarded, plays, serving, status
from tests.ingest.rtmp_talk import heads, tags
from tests.ingest.rtmp_talk import picture as one_picture
from tests.ingest.spawning import until

CANARY = "canary-77aa"


def rest(ends: list[int]) -> bytes:
    [end] = ends
    data = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
    os.close(end)
    return data


def pull(port: int, who: str = "", **more: float) -> RtmpPull:
    return RtmpPull(f"rtmp://{who}127.0.0.1:{port}/live/{CANARY}", **more)


def test_what_the_server_plays_comes_as_flv_and_its_end_closes_the_pipe() -> None:
    with serving(plays(*heads(), one_picture(40), one_picture(80, key=False))) as port:
        made = pull(port)
        found = tags(rest(made.start()))
    assert [(one.kind, one.timestamp) for one in found] == [(18, 0), (9, 0), (8, 0), (9, 40), (9, 80)]
    assert made.trouble == ""
    assert made.carried.bytes > 0


def test_a_real_server_s_pictures_are_all_decoded(unused_tcp_port: int) -> None:
    address = f"rtmp://127.0.0.1:{unused_tcp_port}/live/{CANARY}"
    server = subprocess.Popen([
        FFMPEG, "-nostdin", "-loglevel", "quiet", *picture(), *sound(), *SENT,
        "-f", "flv", "-listen", "1", address,
    ])
    ends: list[int] = []

    def started() -> bool:
        with suppress(FeedError):  # it does not listen yet
            ends.extend(RtmpPull(address).start())
        return bool(ends)

    try:
        until(started)
        decoded = subprocess.run(
            [FFMPEG, "-nostdin", "-loglevel", "error", "-progress", "pipe:1", "-f", "live_flv", "-i",
             f"pipe:{ends[0]}", "-map", "0:V:0", "-map", "0:a:0", "-fps_mode", "passthrough", "-f", "null", "-"],
            pass_fds=ends, stdout=subprocess.PIPE, check=True, timeout=20,
        )
    finally:
        server.kill()
        server.wait()
        for end in ends:
            os.close(end)
    counts = [line for line in decoded.stdout.decode().splitlines() if line.startswith("frame=")]
    assert counts[-1] == "frame=50"


def test_a_server_that_asks_who_plays_is_told_without_the_password() -> None:
    script = guarded(plays(one_picture(40)), "ann", "geheim")
    with serving(script) as port:
        assert len(tags(rest(pull(port, "ann:geheim@").start()))) == 1
        with pytest.raises(FeedError, match="refuses the user name or the password"):
            pull(port, "ann:falsch@").start()
        with pytest.raises(FeedError, match="asks for a user name"):
            pull(port).start()


def _closes(_command: Command) -> Sequence[Message] | None:
    return None


def _says_nothing(_command: Command) -> Sequence[Message] | None:
    return []


def _has_none(command: Command) -> Sequence[Message] | None:
    if command.name == "play":
        return [status("NetStream.Play.StreamNotFound", "error", description=CANARY)]
    return plays()(command)


@pytest.mark.parametrize(("script", "why"), [
    (_closes, "closes the connection without an answer"), (_says_nothing, "does not answer in time"),
    (_has_none, "has no such stream"),
])
def test_what_cannot_be_had_is_said(script: object, why: str, caplog: pytest.LogCaptureFixture) -> None:
    """T-11: neither error nor log shows the name of the stream or the password."""
    caplog.set_level(logging.DEBUG)
    with serving(script) as port, pytest.raises(FeedError, match=why) as caught:  # type: ignore[arg-type]
        pull(port, f"ann:{CANARY}@", patience=1.0).start()
    assert CANARY not in caplog.text + str(caught.value)


def test_a_stream_that_falls_silent_ends_with_a_reason() -> None:
    """F-04."""
    with serving(plays(one_picture(40), end=False)) as port:
        made = pull(port, patience=1.0)
        assert len(tags(rest(made.start()))) == 1
    assert made.trouble == "the RTMP server does not answer in time"


def test_nothing_at_the_address_is_said(unused_tcp_port: int) -> None:
    with pytest.raises(FeedError, match="nothing listens"):
        pull(unused_tcp_port).start()


def test_a_server_that_speaks_something_else_is_refused() -> None:
    with serving(plays(Message(kind=20, body=b"\xff"))) as port, pytest.raises(FeedError, match="protocol"):
        pull(port).start()


def test_stopping_closes_the_pipe() -> None:
    with serving(plays(one_picture(40), end=False)) as port:
        made = pull(port)
        ends = made.start()
        made.stop()
        assert len(tags(rest(ends))) <= 1


def test_stopping_before_the_start_ends_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = pull(server.getsockname()[1])
        made.stop()
        with pytest.raises(FeedError):
            made.start()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for `localhost` that nobody has signed but itself, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    signed, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", key, "-out", signed],
        check=True, capture_output=True,
    )
    return signed, key


def test_rtmps_needs_a_certificate_that_is_trusted_and_of_that_name(certificate: tuple[Path, Path]) -> None:
    """T-23."""
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(*certificate)
    ours = ssl.create_default_context(cafile=str(certificate[0]))
    with serving(plays(one_picture(40)), theirs) as port:
        address = f"rtmps://localhost:{port}/live/x"
        assert len(tags(rest(RtmpPull(address, tls=ours).start()))) == 1
        for wrong in (RtmpPull(address), RtmpPull(address.replace("localhost", "127.0.0.1"), tls=ours)):
            with pytest.raises(FeedError, match="certificate is not trusted"):
                wrong.start()
