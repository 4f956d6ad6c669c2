"""Thumbnails of what is on air, made from the ticks on their way to the encoder."""

import logging

from flow.channel import Channel
from flow.chunk import Chunk
from flow.doors import PacketSink, TickSink
from flow.thumbnail import LENGTH, THUMBNAILS
from flow.tick import Tick
from ingest.pictures.thumbnail import thumbnail_of
from transcode.encoder import Encoder

_log = logging.getLogger(__name__)


def with_thumbnails(channel: Channel, encoder: Encoder, packets: PacketSink) -> TickSink:
    """Where the channel's ticks go: to the encoder, and if it has thumbnails, past their maker on the way."""
    return ThumbnailSink(channel, encoder, packets).put if channel.thumbnails else encoder.put


class ThumbnailSink:
    """Passes every tick on, and makes a packet of the first picture of each place of thumbnails. Nothing has to be
    decoded for it, here or anywhere else: the worker has the raw picture."""

    def __init__(self, channel: Channel, encoder: Encoder, packets: PacketSink) -> None:
        self._canvas = channel.ladder.canvas
        self._encoder = encoder
        self._packets = packets

    def put(self, tick: Tick) -> None:
        """Take a tick; the encoder has it first, and gets the next one whatever becomes of the thumbnail."""
        self._encoder.put(tick)
        if tick.start % LENGTH:
            return
        try:
            self._make(tick)
        except Exception:  # noqa: BLE001 - a place without a picture is no loss that ticks may end for
            _log.exception("no thumbnail of tick %d", tick.index)

    def _make(self, tick: Tick) -> None:
        if run := self._encoder.status().run:  # its name; before the first there is nothing to look back at
            body = thumbnail_of(tick.pictures[0], self._canvas)
            self._packets(Chunk(
                rendition=THUMBNAILS, run=run, start=tick.start, duration=LENGTH, independent=True, body=body,
            ))
