"""Sorts caption bytes into CEA-608 and CEA-708 and says what the two show. No bytes whatever raise an error."""

from ingest.captions.cea608 import Cea608
from ingest.captions.cea708 import Service708
from ingest.captions.text import tidy

_FIELD_1, _DATA, _START = 0, 2, 3
"""Kinds of triples (CTA-708, table 3): line 21 of the first field, and of the caption channel packets go on and
packets that begin. The second field has other languages."""
_SERVICE = 1
_MORE = 7
"""A service number that says that a longer one follows."""
_LONGEST = 128


class CaptionCodes:
    """What stood in the pictures so far, in their order. CEA-608 goes first where both show text: every caption
    encoder writes it."""

    def __init__(self) -> None:
        self._line21 = Cea608()
        self._service = Service708()
        self._packet = bytearray()
        self._known = ("", "", "")
        self.kind = ""
        """"CEA-608" or "CEA-708", whichever showed text first; empty before."""

    def feed(self, triples: bytes) -> None:
        """The valid triples of one picture; what is left of three at the end is left out."""
        for at in range(0, len(triples) - 2, 3):
            kind = triples[at] & 3
            pair = triples[at + 1:at + 3]
            if kind == _FIELD_1:
                self._line21.feed(pair[0], pair[1])
            elif kind == _START:
                self._close()
                self._packet += pair
            elif kind == _DATA and self._packet:
                self._packet += pair
                del self._packet[_LONGEST:]
            if kind >= _DATA:
                self._close_when_complete()

    @property
    def text(self) -> str:
        """What stands now."""
        old, new = self._line21.text, self._service.text
        if (old, new) != self._known[:2]:
            if self.kind != "CEA-608":
                self.kind = "CEA-608" if old else "CEA-708" if new else self.kind
            self._known = old, new, tidy(new if self.kind == "CEA-708" else old)
        return self._known[2]

    def _close_when_complete(self) -> None:
        if self._packet and len(self._packet) >= _size(self._packet[0]):
            self._close()

    def _close(self) -> None:
        """A packet is over: its service blocks are read (CTA-708, 6.2)."""
        packet, self._packet = bytes(self._packet), bytearray()
        if not packet:
            return
        packet = packet[:_size(packet[0])]
        at = 1
        while at < len(packet):
            number, size = packet[at] >> 5, packet[at] & 0x1F
            at += 1
            if number == _MORE and size:
                if at >= len(packet):
                    return
                number = packet[at] & 0x3F
                at += 1
            if number == _SERVICE:
                self._service.feed(packet[at:at + size])
            at += size


def _size(head: int) -> int:
    """Bytes of a packet, its first included, as that says (CTA-708, 5.1)."""
    return (head & 0x3F) * 2 or _LONGEST
