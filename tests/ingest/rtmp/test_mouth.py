import os
import stat
from pathlib import Path

import pytest

from flow.errors import FeedError
from ingest.rtmp.mouth import RtmpMouth
from ingest.rtmp.socket import call
from tests.ingest.rtmp_talk import socket_in


def rest(end: int) -> bytes:
    data = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
    os.close(end)
    return data


def test_it_hands_on_what_one_publisher_brings_and_ends_with_it(tmp_path: Path) -> None:
    mouth = RtmpMouth(socket_in(tmp_path))
    [end] = mouth.start()
    with call(socket_in(tmp_path)) as line:
        line.send(b"FLV")
        assert os.read(end, 100) == b"FLV"
        line.send(b"picture")
    assert rest(end) == b"picture"
    assert mouth.carried.bytes == 10
    assert mouth.trouble == ""


def test_a_second_connection_is_refused_while_the_first_one_lasts(tmp_path: Path) -> None:
    """T-03, F-17."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    with call(socket_in(tmp_path)) as line:
        line.send(b"x")
        assert os.read(end, 1) == b"x"
        with pytest.raises(ConnectionRefusedError):
            call(socket_in(tmp_path))
    assert rest(end) == b""


def test_the_next_one_listens_at_once_on_the_same_path(tmp_path: Path) -> None:
    """F-11: a publisher that restarts finds a new mouth."""
    for words in (b"first", b"second"):
        [end] = RtmpMouth(socket_in(tmp_path)).start()
        with call(socket_in(tmp_path)) as line:
            line.send(words)
        assert rest(end) == words


def test_stopping_ends_it_while_nobody_publishes(tmp_path: Path) -> None:
    mouth = RtmpMouth(socket_in(tmp_path))
    [end] = mouth.start()
    mouth.stop()
    assert rest(end) == b""
    with pytest.raises(ConnectionRefusedError):
        call(socket_in(tmp_path))


def test_stopping_before_the_start_ends_it_too(tmp_path: Path) -> None:
    mouth = RtmpMouth(socket_in(tmp_path))
    mouth.stop()
    assert [rest(end) for end in mouth.start()] == [b""]


def test_only_this_user_may_speak_to_it(tmp_path: Path) -> None:
    """T-45."""
    mouth = RtmpMouth(socket_in(tmp_path))
    [end] = mouth.start()
    assert stat.S_IMODE(socket_in(tmp_path).stat().st_mode) == 0o600
    mouth.stop()
    assert rest(end) == b""


def test_a_socket_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    socket_in(tmp_path).mkdir(parents=True)
    with pytest.raises(FeedError, match="cannot be made"):
        RtmpMouth(socket_in(tmp_path)).start()
