"""A feed's sockets, which outlive its decoders."""

import os
from collections.abc import Iterator

import pytest

from flow.event import EventKind
from ingest.kinds import feed_of
from ingest.notices import Notices
from ingest.reasons import ANEW, FAILED
from ingest.udp.tap import UdpTap
from tests.ingest.spawning import until
from tests.ingest.test_front import free_port
from tests.ingest.udp.test_multiplex import FIRST, pmt
from tests.ingest.udp.test_receiver import send, sending, stream, take
from tests.ingest.udp.test_timeline import clock

PORT = free_port()


@pytest.fixture
def tap() -> Iterator[UdpTap]:
    made = UdpTap(feed_of(f"udp://127.0.0.1:{PORT}"))
    yield made
    made.stop()


def test_what_comes_between_two_decoders_is_for_the_next(tap: UdpTap) -> None:
    """F-01: the key picture at which a source begins is not missed."""
    first = tap.attach()
    with sending(PORT) as send_on:
        send_on(*stream(0))
        assert take(first.reading, 188) == stream(0)[0]
        tap.detach(first)
        assert os.read(first.reading, 1) == b""
        send_on(*stream(1, 2))
        until(lambda: tap._kept_bytes == 2 * 188)
    second = tap.attach()
    assert take(second.reading, 2 * 188) == b"".join(stream(1, 2))
    for line in (first, second):
        os.close(line.reading)


def test_a_stream_that_begins_anew_ends_the_connection_and_waits_for_the_next(tap: UdpTap) -> None:
    """F-11, F-15: the new source begins with its first packet, and behind nothing of the old one."""
    first = tap.attach()
    with sending(PORT) as send_on:
        send_on(clock(1_000))
        assert take(first.reading, 188) == clock(1_000)
        send_on(clock(0), clock(0.04))
    assert os.read(first.reading, 1) == b""
    assert first.trouble == ANEW
    until(lambda: tap._kept_bytes == 2 * 188)
    second = tap.attach()
    assert take(second.reading, 2 * 188) == clock(0) + clock(0.04)
    for line in (first, second):
        os.close(line.reading)


def test_tables_that_come_late_begin_the_stream_anew(tap: UdpTap, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-16: what came before them is old, and is not shown in a rush."""
    monkeypatch.setattr("ingest.udp.tap._UNTOLD_NS", -1)
    first = tap.attach()
    with sending(PORT) as send_on:
        send_on(*stream(0))
        assert take(first.reading, 188) == stream(0)[0]
        send_on(FIRST)
        assert os.read(first.reading, 1) == b""
        assert first.trouble == ANEW
        send_on(FIRST, *stream(1))  # they come again and again
        until(lambda: tap._kept_bytes == 2 * len(FIRST) + 188)
    second = tap.attach()
    assert take(second.reading, 2 * len(FIRST) + 188) == FIRST + FIRST + stream(1)[0]
    for line in (first, second):
        os.close(line.reading)


def test_tables_that_come_in_time_change_nothing(tap: UdpTap) -> None:
    line = tap.attach()
    send(PORT, *stream(0), FIRST)
    assert take(line.reading, 188 + len(FIRST)) == stream(0)[0] + FIRST
    assert not line.trouble
    os.close(line.reading)


def test_senders_that_follow_each_other_have_lost_nothing(tap: UdpTap, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-08, F-11: each counts its packets from where it likes, whether its clock or its address tells it apart."""
    monkeypatch.setattr("ingest.udp.sender_lock.ANEW_NS", -1)
    lines = [tap.attach()]
    with sending(PORT) as send_on:
        send_on(clock(1_000, 257), *stream(3, 4))
        take(lines[-1].reading, 3 * 188)
        send_on(clock(0, 257), *stream(9))
        until(lambda: tap._kept_bytes == 2 * 188)
        lines.append(tap.attach())
        take(lines[-1].reading, 2 * 188)
    with sending(PORT) as send_on:
        send_on(clock(0.1, 257), *stream(5))
        until(lambda: tap._kept_bytes == 2 * 188)
    assert tap.lost == 0
    for line in lines:
        os.close(line.reading)


def test_what_nobody_fetches_does_not_pile_up(tap: UdpTap, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-25."""
    monkeypatch.setattr("ingest.udp.tap._KEPT", 3 * 188)
    line = tap.attach()
    tap.detach(line)
    os.close(line.reading)
    send(PORT, *stream(*range(10)))
    until(lambda: tap._kept_bytes == 3 * 188 and tap._kept[-1] == stream(9)[0])


def rtp_of(ssrc: int, number: int) -> bytes:
    head = bytes([0x80, 33]) + number.to_bytes(2, "big") + bytes(4) + ssrc.to_bytes(4, "big")
    return head + stream(number)[0]


def test_another_ssrc_is_not_mixed_in_and_is_told() -> None:
    """T-10: injected at ten times the rate, over real sockets, from another address."""
    port = free_port()
    notices = Notices()
    tap = UdpTap(feed_of(f"rtp://127.0.0.1:{port}"), notices)
    line = tap.attach()
    with sending(port) as ours, sending(port, "127.0.0.66") as theirs:
        for number in range(20):
            ours(rtp_of(0xAAAA, number))
            theirs(*(rtp_of(0xBBBB, number + 1_000 + more) for more in range(10)))
    assert take(line.reading, 20 * 188) == b"".join(stream(*range(20)))
    until(lambda: tap.refused == 200)
    assert tap.stranger
    told, = notices.take()
    assert told.said.startswith("127.0.0.66:")
    assert told.said.endswith(", SSRC 0000BBBB")
    tap.stop()
    os.close(line.reading)


@pytest.mark.parametrize("scheme", ["udp", "rtp"])
def test_a_second_program_on_the_same_machine_is_not_mixed_in_and_is_told(scheme: str) -> None:
    """T-10: at the same rate, from another port; of RTP even with the same number."""
    def ours_of(number: int) -> bytes:
        return rtp_of(0xAAAA, number) if scheme == "rtp" else stream(number)[0]

    port = free_port()
    notices = Notices()
    tap = UdpTap(feed_of(f"{scheme}://127.0.0.1:{port}"), notices)
    line = tap.attach()
    with sending(port) as ours, sending(port) as theirs:
        for number in range(100):
            ours(ours_of(number))
            theirs(ours_of(number + 7))
    assert take(line.reading, 100 * 188) == b"".join(stream(*range(100)))
    until(lambda: tap.refused == 100)
    assert tap.stranger
    assert [notice.kind for notice in notices.take()] == [EventKind.STRANGER]
    tap.stop()
    assert os.read(line.reading, 1) == b""
    os.close(line.reading)


def test_a_program_that_comes_back_from_another_port_is_taken_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-11."""
    monkeypatch.setattr("ingest.udp.sender_lock.ANEW_NS", 0)
    port = free_port()
    tap = UdpTap(feed_of(f"udp://127.0.0.1:{port}"))
    first = tap.attach()
    send(port, *stream(0))
    assert take(first.reading, 188) == stream(0)[0]
    send(port, *stream(1))
    assert os.read(first.reading, 1) == b""
    assert first.trouble == ANEW
    second = tap.attach()
    assert take(second.reading, 188) == stream(1)[0]
    tap.stop()
    for line in (first, second):
        os.close(line.reading)


def test_a_decoder_that_waits_for_a_sender_is_kept_for_another_one(
    tap: UdpTap, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-04, F-11: back after a loss, it is seen without one more start of a decoder."""
    monkeypatch.setattr("ingest.udp.sender_lock.ANEW_NS", 0)
    first = tap.attach()
    send(PORT, *stream(0))
    assert take(first.reading, 188) == stream(0)[0]
    tap.detach(first)
    second = tap.attach()
    send(PORT, *stream(1, 2))
    assert take(second.reading, 2 * 188) == b"".join(stream(1, 2))
    assert second.trouble == ""
    for line in (first, second):
        os.close(line.reading)


def test_a_new_ssrc_is_taken_when_the_old_one_is_silent_with_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-10, F-11: for a decoder of its own, with nothing of the old one before it."""
    monkeypatch.setattr("ingest.udp.sender_lock.SILENT_NS", 0)
    port = free_port()
    notices = Notices()
    tap = UdpTap(feed_of(f"rtp://127.0.0.1:{port}"), notices)
    first = tap.attach()
    send(port, rtp_of(0xAAAA, 7))
    assert take(first.reading, 188) == stream(7)[0]
    send(port, rtp_of(0xBBBB, 8), source="127.0.0.66")
    assert os.read(first.reading, 1) == b""
    assert first.trouble == ANEW
    second = tap.attach()
    assert take(second.reading, 188) == stream(8)[0]
    assert [notice.kind for notice in notices.take()] == [EventKind.SENDER]
    tap.stop()
    for line in (first, second):
        os.close(line.reading)


def test_what_is_no_stream_does_not_become_the_sender(tap: UdpTap) -> None:
    """T-10: nobody keeps the real one out with noise."""
    line = tap.attach()
    send(PORT, b"noise", bytes(1_316), source="127.0.0.66")
    send(PORT, *stream(0))
    assert take(line.reading, 188) == stream(0)[0]
    assert tap.refused == 0
    os.close(line.reading)


def test_an_error_that_nobody_foresaw_costs_one_connection_and_not_the_feed(
    tap: UdpTap, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-09: the log has it, and the next connection opens the sockets again."""
    first = tap.attach()
    with monkeypatch.context() as broken:
        broken.setattr(tap._continuity, "feed", None)
        send(PORT, *stream(0))
        assert os.read(first.reading, 1) == b""
    assert first.trouble == FAILED
    assert "the receiver of a UDP feed" in caplog.text
    second = tap.attach()
    monkeypatch.setattr("ingest.udp.sender_lock.ANEW_NS", 0)
    send(PORT, *stream(1))
    assert take(second.reading, 188) == stream(1)[0]
    for line in (first, second):
        os.close(line.reading)


def test_other_streams_and_codecs_are_told() -> None:
    """T-10."""
    port = free_port()
    notices = Notices()
    tap = UdpTap(feed_of(f"udp://127.0.0.1:{port}"), notices)
    line = tap.attach()
    tables = [FIRST, pmt(4096, (256, 0x24), (257, 0x0F))]
    send(port, *tables)
    take(line.reading, sum(map(len, tables)))
    assert [notice.said for notice in notices.take()] == ["hevc on 256, aac on 257"]
    tap.stop()
    os.close(line.reading)
