"""Holes in a transport stream."""

from ingest.udp.continuity import PACKET, Continuity


def packet(pid: int, number: int, *, payload: bool = True, told: bool = False, head: int = 0x47) -> bytes:
    control = number | (0x10 if payload else 0) | (0x20 if told or not payload else 0)
    field = bytes([1, 0x80 if told else 0]) if told or not payload else b""
    return (bytes([head, pid >> 8, pid & 255, control]) + field).ljust(PACKET, b"\xff")


def errors(*packets: bytes) -> int:
    counted = Continuity()
    counted.feed(b"".join(packets))
    return counted.errors


def test_numbers_that_follow_are_no_error() -> None:
    assert errors(*(packet(256, number % 16) for number in range(40))) == 0


def test_each_hole_counts_once() -> None:
    """F-08."""
    assert errors(packet(256, 0), packet(256, 2), packet(256, 3), packet(256, 9)) == 2


def test_streams_are_counted_apart_and_stuffing_not_at_all() -> None:
    assert errors(packet(256, 0), packet(257, 7), packet(256, 1), packet(0x1FFF, 3), packet(0x1FFF, 9)) == 0


def test_a_packet_may_come_twice_or_without_payload_or_after_a_told_break() -> None:
    assert errors(packet(256, 4), packet(256, 4), packet(256, 5)) == 0
    assert errors(packet(256, 4), packet(256, 4, payload=False), packet(256, 5)) == 0
    assert errors(packet(256, 4), packet(256, 11, told=True), packet(256, 12)) == 0


def test_another_stream_begins_without_an_error() -> None:
    counters = Continuity()
    counters.feed(packet(256, 4))
    counters.begin_anew()
    counters.feed(packet(256, 9) + packet(256, 10))
    assert counters.errors == 0


def test_what_is_no_packet_is_an_error() -> None:
    assert errors(packet(256, 0, head=0)) == 1
