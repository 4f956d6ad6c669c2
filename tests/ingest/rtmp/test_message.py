import pytest

from ingest.rtmp.message import Kind, Message, RtmpError, bandwidth, number, number_of, user


def test_control_messages_have_the_bytes_of_the_specification() -> None:
    assert number(Kind.WINDOW, 2_500_000).body == bytes.fromhex("002625a0")
    assert bandwidth(2_500_000).body == bytes.fromhex("002625a0 02")
    assert user(0, 1).body == bytes.fromhex("0000 00000001")


def test_counters_beyond_32_bits_start_again() -> None:
    """F-15."""
    assert number_of(number(Kind.ACK, (1 << 32) + 7)) == 7


def test_a_control_message_that_is_too_short_is_refused() -> None:
    with pytest.raises(RtmpError, match="too short"):
        number_of(Message(kind=Kind.ACK, body=b"\0\0\0"))


def test_a_message_shows_nothing_of_its_body() -> None:
    """T-11: it may hold a stream key."""
    assert "geheim" not in repr(Message(kind=Kind.COMMAND, body=b"geheim"))
