"""CMAF segments of picture and sound, of the same time, as pictures and sound frames of a transport stream."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from flow.errors import MediaError
from flow.timebase import AAC_FRAME, TICK
from packager.ts.adts import SILENT_FRAME, Adts
from packager.ts.avc import Avc
from packager.ts.black import key_picture, repeated_picture
from packager.ts.samples import Cutter, Sample
from packager.ts.segment import LENGTH, Contents, Picture

_AHEAD = 4
_KEY_EVERY = 46
"""Pictures; two key pictures in a segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The bytes of one CMAF segment of picture and one of sound, each with its init section."""

    picture_init: bytes
    picture: bytes
    sound_init: bytes
    sound: bytes


def contents_of(start: int, pieces: Sequence[Piece | None], width: int, height: int) -> Contents:
    """What a segment from `start` is made of, `width` and `height` being its pictures'.

    Where a piece was lost there is silence and no picture: a box shows the last one for those 2 s. When nothing is
    left of a segment it is black, since players that wait longer than 10 s for a picture take its time for
    wrong (FFmpeg, mpv), and one that begins here needs a picture to begin with.

    Raises MediaError when a piece is malformed, or not of its time.
    """
    length = LENGTH // len(pieces)
    places = range(start, start + LENGTH, length)
    pictures = (
        _pictures(piece, place, length) for place, piece in zip(places, pieces, strict=True) if piece is not None
    )
    silence = [Adts().frame(SILENT_FRAME)] * (length // AAC_FRAME)
    frames = (
        _frames(piece, place, length) if piece is not None else silence
        for place, piece in zip(places, pieces, strict=True)
    )
    return Contents(
        start=start, pictures=tuple(chain.from_iterable(pictures)) or _black(start, width, height),
        frames=tuple(chain.from_iterable(frames)),
    )


def _black(start: int, width: int, height: int) -> tuple[Picture, ...]:
    """Black pictures of one segment's time, but for the first four of it.

    Each is decoded a little before it is shown, so that whatever the encoder's streams before and after it hold
    back, up to four pictures, the times of decoding only grow.
    """
    pictures = []
    for place in range(_AHEAD, LENGTH // TICK):
        number, frame = divmod(place - _AHEAD, _KEY_EVERY)
        shown = start + place * TICK
        body = repeated_picture(width, height, frame) if frame else key_picture(width, height, number)
        pictures.append(Picture(
            arrives=shown, decoded=shown - _AHEAD * TICK, shown=shown, key=not frame, body=body,
        ))
    return tuple(pictures)


def _pictures(piece: Piece, start: int, length: int) -> list[Picture]:
    samples = Cutter.of(piece.picture_init).samples(piece.picture)
    step = length // len(samples) if samples else 0
    _check_times(samples, start, length, step)
    if not samples[0].sync:
        message = f"the segment at {start} does not begin with a key picture"
        raise MediaError(message)
    avc = Avc.of(piece.picture_init)
    held_back = avc.held_back * step
    return [
        Picture(
            arrives=sample.at, decoded=sample.at - held_back, shown=sample.at + sample.shift, key=sample.sync,
            body=avc.access_unit(sample),
        )
        for sample in samples
    ]


def _frames(piece: Piece, start: int, length: int) -> list[bytes]:
    samples = Cutter.of(piece.sound_init).samples(piece.sound)
    _check_times(samples, start, length, AAC_FRAME)
    adts = Adts.of(piece.sound_init)
    return [adts.frame(sample.body) for sample in samples]


def _check_times(samples: Sequence[Sample], start: int, length: int, step: int) -> None:
    """Raise MediaError unless the samples fill the time from `start` on, one each `step`."""
    places = range(start, start + length, step) if step else ()
    if not samples or [sample.at for sample in samples] != list(places):
        message = f"the samples do not fill {length} units from {start} on"
        raise MediaError(message)
