import os
import threading
from collections.abc import Iterator

from ingest.captions.caption import Caption, Coded, Cue, Cut
from ingest.captions.pipe import captions, coded_output, copied_output
from ingest.captions.plan import IN_PICTURES, CaptionPlan, CaptionSource
from tests.ingest.caption_making import line21, sei
from tests.ingest.playout.test_sound_frames import block, cluster

TRIPLE = line21((0x41, 0x42))


def _through(plan: CaptionPlan, *pieces: bytes) -> list[Caption]:
    reading, writing = os.pipe()

    def write() -> None:
        for piece in pieces:
            os.write(writing, piece)
        os.close(writing)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return list(captions(reading, plan))
    finally:
        writer.join(10)
        os.close(reading)


def test_caption_bytes_come_with_their_pictures_time() -> None:
    stream = cluster(40, block(0, b"\0\0\1" + sei(TRIPLE), track=1), block(40, b"none", track=1))
    assert _through(IN_PICTURES, stream) == [Coded(at=40 * 48, triples=TRIPLE)]


def test_a_films_cues_come_with_the_films_pictures() -> None:
    plan = CaptionPlan(
        source=CaptionSource.CUES, length=48_000, cues=(Cue(start=480, end=960, text="text"),),
    )
    first, later = block(0, b"first", track=1), block(0, b"later", track=1)
    told = _through(plan, cluster(0, first), cluster(40, later), cluster(1_000, first))
    assert told == [Cue(start=480, end=960, text="text"), Cut(at=48_000)]


def test_garbled_bytes_are_read_to_the_end_lest_the_decoder_waits() -> None:
    """T-09: nobody would empty the pipe, and the picture would stop."""
    rubbish: Iterator[bytes] = (bytes(100_000) for _ in range(30))
    assert _through(IN_PICTURES, *rubbish) == []


def test_a_copy_of_a_film_may_fail_alone_and_begins_with_whatever_comes_first() -> None:
    """F-16."""
    address, options = copied_output(9)
    assert address.startswith("[f=matroska:")
    assert address.endswith("onfail=ignore]pipe:9|[f=null]-")
    assert (options["codec"], options["format"]) == ("copy", "tee")
    assert "copyinkf" in options


def test_caption_bytes_need_no_more_of_a_picture_than_a_spot() -> None:
    options = coded_output()
    assert "scale=32:32" in options["vf"]
    assert options["fps_mode"] == "passthrough"
    assert options["avoid_negative_ts"] == "disabled"
