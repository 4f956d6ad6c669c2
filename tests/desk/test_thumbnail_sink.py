"""Thumbnails on their way from the ticks to the packager."""

import logging
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from desk.ffmpeg import find_ffmpeg
from desk.thumbnail_sink import ThumbnailSink, with_thumbnails
from flow.canvas import Canvas
from flow.chunk import Chunk, Packet
from flow.thumbnail import LENGTH, SHEET, THUMBNAILS, size_of
from flow.tick import SILENCE, Tick
from flow.timebase import TICK
from ingest.pictures.thumbnail import thumbnail_of
from packager.thumbnails.jpeg import fault_of
from packager.thumbnails.sheet import sheet_of
from tests.recorded.builder import channel_of

CHANNEL = channel_of()
PICTURE = bytes(CHANNEL.ladder.canvas.picture_bytes)
PLACE = 179_537_223


class StandInEncoder:
    """Takes ticks, in this run."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.ticks: list[int] = []

    def put(self, tick: Tick) -> None:
        self.ticks.append(tick.index)

    def status(self) -> Any:
        return SimpleNamespace(run=self.run)


def played(run: int = 7, picture: bytes = PICTURE) -> tuple[list[int], list[Packet]]:
    """Twelve seconds of ticks that begin a second before a place: what the encoder got, and what went out."""
    encoder, sent = StandInEncoder(run), list[Packet]()
    sink = ThumbnailSink(CHANNEL, encoder, sent.append)  # type: ignore[arg-type]
    first = PLACE * LENGTH // TICK - 25
    for index in range(first, first + 300):
        sink.put(Tick(index=index, pictures=(picture,), sounds=(SILENCE,)))
    return encoder.ticks, sent


def test_each_ten_seconds_one_goes_out_that_the_packager_takes() -> None:
    ticks, sent = played()
    assert len(ticks) == 300
    assert [(one.rendition, one.run) for one in sent] == [(THUMBNAILS, 7)] * 2
    assert [one.start for one in sent if isinstance(one, Chunk)] == [PLACE * LENGTH, (PLACE + 1) * LENGTH]
    assert [fault_of(one.body, size_of(CHANNEL.ladder.canvas)) for one in sent] == ["", ""]


def test_before_the_first_run_there_is_none() -> None:
    assert played(run=0)[1] == []


def test_a_picture_that_cannot_be_made_holds_no_tick_up(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    ticks, sent = played(picture=PICTURE[:-1])
    assert (len(ticks), sent) == (300, [])


def test_an_encrypted_channel_makes_none() -> None:
    encoder: Any = StandInEncoder(7)
    locked = replace(CHANNEL, key_period_s=300)
    assert with_thumbnails(locked, encoder, list[Packet]().append) == encoder.put
    assert with_thumbnails(CHANNEL, encoder, list[Packet]().append) != encoder.put


def test_real_decoders_read_a_sheet_of_them(tmp_path: Path) -> None:
    """Each picture stands where its cue says, untouched by those around it."""
    canvas = Canvas(width=320, height=180)
    shades = [bytes([40 + 30 * at]) * (320 * 180) + bytes([128]) * (320 * 90) for at in range(SHEET)]
    bodies = [thumbnail_of(shade, canvas) for shade in shades]
    (tmp_path / "sheet.jpg").write_bytes(sheet_of(bodies))
    words = ["-nostdin", "-v", "warning", "-xerror", "-i", str(tmp_path / "sheet.jpg"), "-f", "null", "-"]
    done = subprocess.run([find_ffmpeg("").path, *words], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    with Image.open(tmp_path / "sheet.jpg") as sheet:
        assert sheet.size == (160, 5 * 96 + 90)
        for at, body in enumerate(bodies):
            with Image.open(BytesIO(body)) as alone:
                assert sheet.crop((0, at * 96, 160, at * 96 + 90)).tobytes() == alone.tobytes()
