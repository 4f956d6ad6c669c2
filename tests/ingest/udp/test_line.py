"""One connection of a UDP feed."""

import os

from ingest.udp.line import UdpLine


def test_what_is_written_is_read_and_the_end_is_seen() -> None:
    line = UdpLine()
    assert line.write(b"x" * 188)
    line.close("it ended")
    assert os.read(line.reading, 1_000) == b"x" * 188
    assert os.read(line.reading, 1) == b""
    assert (line.bytes, line.lost, line.trouble) == (188, 0, "it ended")
    os.close(line.reading)


def test_a_full_pipe_loses_packets_and_never_waits() -> None:
    """F-09: nothing piles up."""
    line = UdpLine()
    for _ in range(700):
        line.write(bytes(4 * 1_316))
    assert line.lost > 0
    line.close()
    os.close(line.reading)


def test_a_reader_that_has_gone_is_noticed_once_and_for_all() -> None:
    line = UdpLine()
    os.close(line.reading)
    assert not line.write(bytes(188))
    assert not line.write(bytes(188))
    line.close()
