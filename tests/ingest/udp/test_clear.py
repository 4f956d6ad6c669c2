"""Scrambled packets are no picture."""

from ingest.udp.clear import clear

PLAIN, ODD, EVEN = (bytes([0x47, 0x41, 0x00, 0x10 | bits]).ljust(188, b"x") for bits in (0, 0xC0, 0x80))


def test_what_is_in_the_clear_is_handed_through_untouched() -> None:
    packets = PLAIN * 7
    assert clear(packets) is packets
    assert clear(b"") == b""


def test_scrambled_packets_are_left_out() -> None:
    """F-16."""
    assert clear(PLAIN + ODD + PLAIN + EVEN) == PLAIN * 2
    assert clear(ODD) == b""


def test_a_piece_that_is_no_whole_packet_harms_nobody() -> None:
    assert clear(PLAIN + b"\x47\x41") == PLAIN + b"\x47\x41"
