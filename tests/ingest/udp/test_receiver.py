"""Transport streams over UDP and RTP, by real sockets."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from flow.errors import FeedError
from ingest.carrier import Carried
from ingest.kinds import feed_of
from ingest.udp.receiver import UdpReceiver
from ingest.udp.tap import UdpTap
from tests.ingest.spawning import until
from tests.ingest.test_front import free_port
from tests.ingest.udp.test_continuity import packet
from tests.ingest.udp.test_rtp import rtp


@contextmanager
def receiving(query: str = "", *, scheme: str = "udp", source: str = "") -> Iterator[tuple[UdpReceiver, int, int]]:
    """A receiver on a port of loopback: itself, its pipe, its port."""
    port = free_port()
    tap = UdpTap(feed_of(f"{scheme}://{source}127.0.0.1:{port}{query}"))
    receiver = UdpReceiver(tap)
    end = receiver.start()[0]
    try:
        yield receiver, end, port
    finally:
        receiver.stop()
        tap.stop()
        os.close(end)


@contextmanager
def sending(port: int, source: str = "127.0.0.1") -> Iterator[Callable[..., None]]:
    """One sender: every call sends datagrams from the same port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind((source, 0))

        def send_on(*datagrams: bytes) -> None:
            for datagram in datagrams:
                sender.sendto(datagram, ("127.0.0.1", port))

        yield send_on


def send(port: int, *datagrams: bytes, source: str = "127.0.0.1") -> None:
    """A sender that sends once, and is another one at each call."""
    with sending(port, source) as send_on:
        send_on(*datagrams)


def stream(*numbers: int) -> list[bytes]:
    return [packet(256, number % 16) for number in numbers]


def take(end: int, count: int) -> bytes:
    body = b""
    while len(body) < count:
        part = os.read(end, count - len(body))
        assert part, "the pipe is over"
        body += part
    return body


def test_packets_come_through_as_they_were_sent_and_holes_are_counted() -> None:
    """F-08."""
    sent = stream(0, 1, 2, 5, 6)
    with receiving() as (receiver, end, port):
        send(port, b"".join(sent[:3]), b"".join(sent[3:]))
        assert take(end, 5 * 188) == b"".join(sent)
        until(lambda: receiver.carried == Carried(bytes=5 * 188, lost=1))


def test_rtp_is_known_by_itself_and_put_in_order() -> None:
    sent = stream(0, 1, 2, 3)
    with receiving(scheme="rtp") as (_, end, port):
        send(port, *(rtp(number, sent[number]) for number in (0, 2, 1, 3)))
        assert take(end, 4 * 188) == b"".join(sent)


def test_only_the_named_source_is_listened_to() -> None:
    """T-10: packets of somebody else are never shown."""
    mine, foreign = stream(0, 1), stream(9)
    with receiving(source="127.0.0.2@") as (_, end, port):
        send(port, *foreign, source="127.0.0.3")
        send(port, *mine, source="127.0.0.2")
        send(port, *foreign, source="127.0.0.1")
        assert take(end, 2 * 188) == b"".join(mine)


def test_two_ways_bring_one_stream() -> None:
    """F-06."""
    other = free_port()
    sent = stream(0, 1, 2, 3)
    with receiving(f"?twin=127.0.0.1:{other}", scheme="rtp") as (receiver, end, port):
        send(port, *(rtp(number, sent[number]) for number in (0, 1, 3)))
        send(other, *(rtp(number, sent[number]) for number in (1, 2, 3)))
        assert take(end, 4 * 188) == b"".join(sent)
        assert receiver.carried.lost == 0


def test_a_group_is_joined() -> None:
    port = free_port()
    tap = UdpTap(feed_of(f"udp://127.0.0.1@239.255.7.9:{port}?interface=127.0.0.1"))
    receiver = UdpReceiver(tap)
    end = receiver.start()[0]
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
            sender.bind(("127.0.0.1", 0))
            sender.sendto(b"".join(stream(0, 1)), ("239.255.7.9", port))
        assert take(end, 2 * 188) == b"".join(stream(0, 1))
    finally:
        tap.stop()
        os.close(end)


def test_a_reader_that_does_not_read_loses_packets_and_holds_nothing_up() -> None:
    """F-09: nothing piles up."""
    with receiving() as (receiver, _, port), sending(port) as send_on:
        for start in range(0, 16_000, 7):
            send_on(b"".join(stream(*range(start, start + 7))))
        until(lambda: receiver.carried.lost > 0)


def test_silence_after_a_stream_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04."""
    monkeypatch.setattr("ingest.udp.tap._PATIENCE", 0.0)
    with receiving() as (receiver, end, port):
        send(port, *stream(0))
        assert take(end, 188) == stream(0)[0]
        assert os.read(end, 1) == b""
        assert "in time" in receiver.trouble


def test_a_port_in_use_opens_nothing() -> None:
    with receiving() as (_, _, port), pytest.raises(FeedError, match="cannot be opened"):
        UdpReceiver(UdpTap(feed_of(f"udp://127.0.0.1:{port}"))).start()


def test_a_connection_that_was_stopped_before_it_began_has_an_end() -> None:
    tap = UdpTap(feed_of(f"udp://127.0.0.1:{free_port()}"))
    receiver = UdpReceiver(tap)
    receiver.stop()
    end = receiver.start()[0]
    assert os.read(end, 1) == b""
    assert receiver.trouble == ""
    tap.stop()
    os.close(end)
