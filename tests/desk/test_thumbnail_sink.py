"""Thumbnails on their way from the ticks to the packager."""

import logging
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from desk.thumbnail_sink import ThumbnailSink, with_thumbnails
from flow.chunk import Chunk, Packet
from flow.thumbnail import LENGTH, THUMBNAILS, size_of
from flow.tick import SILENCE, Tick
from flow.timebase import TICK
from packager.thumbnails.jpeg import fault_of
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
