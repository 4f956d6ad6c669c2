"""Which captions the pictures of a feed carry, as far as they have come: counted, not read. No I/O."""

from ingest.captions.caption import Coded

_FIELD_1, _START = 0, 3
_CONTENT = 0x7F
_EMPTY_PACKET = 2
"""Bytes of a caption channel packet that says nothing: its head, and a block of no service."""


class CaptionCensus:
    """Counts what a probe sees in a second or so."""

    def __init__(self) -> None:
        self._pictures = 0
        self._line21 = False
        self._channel = False

    def add(self, coded: Coded) -> None:
        """What one picture carries."""
        self._pictures += 1
        for at in range(0, len(coded.triples) - 2, 3):
            kind, first, second = coded.triples[at] & 3, *coded.triples[at + 1:at + 3]
            self._line21 |= kind == _FIELD_1 and bool((first | second) & _CONTENT)
            self._channel |= kind == _START and (first & 0x3F) * 2 > _EMPTY_PACKET

    @property
    def said(self) -> tuple[str, ...]:
        """A sentence for each kind, none where the pictures carry nothing."""
        if not self._pictures:
            return ()
        kinds = [name for name, there in (("CEA-608", self._line21), ("CEA-708", self._channel)) if there]
        if not kinds:
            return ("room for CEA-608 in the pictures, empty just now: taken when text comes",)
        return tuple(f"{name} in the pictures: text, taken" for name in kinds)
