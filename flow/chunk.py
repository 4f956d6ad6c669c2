"""What an encoder emits: init sections and chunks."""

from dataclasses import dataclass

from flow.ids import RenditionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Init:
    """The init section of one rendition in one run: `ftyp` and `moov`, of captions a header.

    `run` numbers the encoder's life; it grows with every start. `codecs` is the RFC 6381 string.
    """

    rendition: RenditionId
    run: int
    codecs: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One CMAF `moof` and `mdat` of one rendition, or WebVTT's cue blocks, at its exact place on the clock grid.

    `start` and `duration` are in units since the epoch; `independent` says that the first sample is an IDR
    picture (every chunk of sound is independent).
    """

    rendition: RenditionId
    run: int
    start: int
    duration: int
    independent: bool
    body: bytes

    @property
    def end(self) -> int:
        """Where the next chunk starts."""
        return self.start + self.duration


Packet = Init | Chunk
