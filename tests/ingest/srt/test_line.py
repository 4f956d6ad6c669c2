"""One decoder's share of what an SRT front brings."""

import os
from threading import Thread

from ingest.srt.line import SrtLine


def test_what_is_written_is_read_and_the_end_is_seen() -> None:
    line = SrtLine()
    assert line.write(b"x" * 188)
    line.close("it ended")
    line.close("again")
    assert os.read(line.reading, 1_000) == b"x" * 188
    assert os.read(line.reading, 1) == b""
    assert (line.bytes, line.trouble) == (188, "it ended")
    os.close(line.reading)


def test_a_full_pipe_is_waited_for_and_nothing_is_lost() -> None:
    line, sent = SrtLine(), os.urandom(3 << 20)
    writer = Thread(target=lambda: line.write(sent) and line.close())
    writer.start()
    got = bytearray()
    while data := os.read(line.reading, 1 << 20):
        got += data
    writer.join()
    assert got == sent
    os.close(line.reading)


def test_a_reader_that_has_gone_is_noticed_once_and_for_all() -> None:
    line = SrtLine()
    os.close(line.reading)
    assert not line.write(bytes(188))
    assert not line.write(bytes(188))
    line.close()
