"""Transport-stream packets out of RTP."""

import random

import pytest

from ingest.udp.rtp import HOLD_NS, HOLD_TWIN_NS, RtpOrder, is_rtp

MS = 1_000_000


def rtp(number: int, payload: bytes = b"", *, kind: int = 33, first: int = 0x80) -> bytes:
    body = payload or str(number).encode()
    return bytes([first, kind]) + (number % 65_536).to_bytes(2, "big") + bytes(8) + body


def numbers(order: RtpOrder, *sent: tuple[int, int]) -> list[int]:
    """What comes out when packets of these numbers arrive at these ms."""
    return [int(piece) for number, at in sent for piece in order.feed(rtp(number), at * MS)]


def test_order_is_kept_over_the_counter_s_end() -> None:
    """F-15."""
    sent = [(65_534 + place, place) for place in range(5)]
    assert numbers(RtpOrder(), *sent) == [65_534, 65_535, 65_536, 65_537, 65_538]


def test_packets_that_changed_places_come_out_in_order() -> None:
    """F-08."""
    order = RtpOrder()
    assert numbers(order, (1, 0), (3, 1), (2, 2), (4, 3)) == [1, 2, 3, 4]
    assert order.lost == 0


def test_a_lost_packet_is_waited_for_a_moment_and_counted() -> None:
    order = RtpOrder()
    wait = HOLD_NS // MS
    assert numbers(order, (1, 0), (3, 1), (4, wait)) == [1]
    assert numbers(order, (5, wait + 2)) == [3, 4, 5]
    assert order.lost == 1


def test_what_comes_twice_or_too_late_is_left_out() -> None:
    assert numbers(RtpOrder(), (1, 0), (1, 1), (2, 2), (1, 3), (3, 4)) == [1, 2, 3]


def test_a_sender_that_begins_anew_is_followed_at_once() -> None:
    """F-11."""
    assert numbers(RtpOrder(), (10, 0), (11, 1), (40_000, 2), (40_001, 3)) == [10, 11, 40_000, 40_001]


def test_a_sender_that_begins_anew_a_little_before_is_followed_soon() -> None:
    """F-11: the same source counts again from 900 less; what came before is not shown twice until then."""
    order = RtpOrder()
    out = numbers(order, *[(1_000 + place, place) for place in range(100)])
    assert out == list(range(1_000, 1_100))
    again = numbers(order, *[(200 + place, 500 + place) for place in range(200)])
    assert again == list(range(201, 400))


def test_one_late_packet_after_a_pause_is_no_new_count() -> None:
    """F-09."""
    assert numbers(RtpOrder(), (1, 0), (2, 1), (1, 3_000), (3, 3_001), (2, 3_002), (4, 3_003)) == [1, 2, 3, 4]


@pytest.mark.parametrize("skew", [0, 20, 400])
def test_two_lossy_ways_make_one_whole_stream(skew: int) -> None:
    """F-06: what one way loses the other brings, though it is up to 0.45 s slower."""
    chance = random.Random(skew)
    fast = [(number, number, 0) for number in range(2_000) if chance.random() > 0.05]
    slow = [(number, number + skew, 1) for number in range(2_000) if chance.random() > 0.05]
    sent = {number for number, _, _ in fast} | {number for number, _, _ in slow}
    order = RtpOrder(hold_ns=HOLD_TWIN_NS)
    out = numbers(order, *[(number, at) for number, at, _ in sorted(fast + slow, key=lambda one: one[1:])])
    assert out == [number for number in range(out[-1] + 1) if number in sent]
    assert order.lost <= 2_000 * 0.01


def test_one_way_cut_off_loses_nothing() -> None:
    """F-06."""
    fast = [(number, number) for number in range(1_000) if not 300 <= number < 600]
    slow = [(number, number + 30) for number in range(1_000)]
    order = RtpOrder(hold_ns=HOLD_TWIN_NS)
    assert numbers(order, *sorted(fast + slow, key=lambda one: one[1])) == list(range(1_000))
    assert order.lost == 0


def test_sources_extension_and_padding_are_taken_off() -> None:
    order = RtpOrder()
    head = bytes([0x80 | 0x20 | 0x10 | 2, 33, 0, 1]) + bytes(8) + bytes(8) + bytes([0, 0, 0, 1]) + bytes(4)
    assert list(order.feed(head + b"media" + bytes([0, 0, 3]), 0)) == [b"media"]


@pytest.mark.parametrize("datagram", [
    b"", b"\x80", rtp(1, kind=96), bytes([0x90, 33]) + bytes(10), bytes([0xA0, 33]) + bytes(10) + b"\xff",
])
def test_strangers_are_counted_and_nothing_else(datagram: bytes) -> None:
    order = RtpOrder()
    assert list(order.feed(datagram, 0)) == []
    assert order.strangers == 1


def test_a_bare_transport_stream_is_no_rtp() -> None:
    assert not is_rtp(b"\x47" + bytes(187))
    assert is_rtp(rtp(1))
