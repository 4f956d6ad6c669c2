"""A decoder that looks for captions begins in the middle of a sender's pictures as one that does not."""

import os
from pathlib import Path
from threading import Thread

import pytest

from flow.canvas import Canvas
from ingest.captions.plan import IN_PICTURES
from ingest.carrier import TOGETHER, Carried
from ingest.decoder import Decoder, Sinks
from ingest.facts import Facts
from ingest.kinds import feed_of
from ingest.means import Means
from ingest.pictures.sheet import Sheet
from tests.ingest.media import FFMPEG, make, picture, sound
from tests.ingest.spawning import spawn


class Pieces:
    """Brings bytes as a slow sender does: the next ones when some of the last were read."""

    trouble = ""
    carried = Carried()
    apart = TOGETHER
    framed = False

    def __init__(self, body: bytes) -> None:
        self._body = body

    def start(self) -> list[int]:
        reading, writing = os.pipe()

        def bring() -> None:
            with os.fdopen(writing, "wb", 0) as pipe:
                pipe.write(self._body)

        Thread(target=bring, daemon=True).start()
        return [reading]

    def stop(self) -> None:
        """Nothing is kept."""


@pytest.mark.line
def test_pictures_come_although_nothing_is_known_of_them_at_first(tmp_path: Path) -> None:
    """F-16: FFmpeg copies no packets of a size that it does not know, and ended when it was asked to."""
    film = make(
        tmp_path / "a.ts", *picture("320x180", seconds=12), *sound(12), "-c:v", "libx264", "-preset", "ultrafast",
        "-g", "250", "-keyint_min", "250", "-sc_threshold", "0", "-b:v", "3M", "-minrate", "3M", "-maxrate", "3M",
        "-bufsize", "3M", "-nal-hrd", "cbr", "-c:a", "aac",
    ).read_bytes()
    cut = film[:188 * 3] + film[len(film) // 10 // 188 * 188:]
    pictures: list[bytearray] = []
    known: list[Facts] = []
    decoder = Decoder(
        feed=feed_of("udp://127.0.0.1:1"), sheet=Sheet(Canvas(width=160, height=90)), title="",
        means=Means(spawn=spawn, ffmpeg=FFMPEG), connect=lambda: Pieces(cut), captions=lambda: IN_PICTURES,
        sinks=Sinks(picture=pictures.append, sound=lambda _at, _sound: None, facts=known.append),
    )
    decoder.run()
    assert not next(facts for facts in known if facts.complete).sized
    assert decoder.facts.received == "h264 320x180 25 fps, aac 48000 Hz mono"
    assert pictures
