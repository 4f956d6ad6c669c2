"""Finds caption bytes in a picture that x264 has written: they stand in an SEI message in front of it (ATSC A/53
part 4, 6.2.3; SCTE 128, 8.1). Bytes in, bytes out.

They are looked for by their name alone, which is quicker than taking the picture apart: it holds no zero, so no
escape stands in it, and a triple begins with five set bits, so none stands among them (H.264, 7.4.1). What chance
puts into a picture has not its neighbours.
"""

_NAME = b"GA94\x03"
"""ATSC's identifier, and the type of what follows: cc_data."""
_BEFORE = b"\xb5\x00\x31"
"""United States and ATSC (ITU-T T.35)."""
_WANTED = 0x40
"""Of the flags: there is cc_data to be processed. The number of triples stands in the last five bits."""
_MARKED, _VALID = 0xF8, 0x04
_TRIPLE = 3
_MOST = 8
"""Messages in one picture."""


def triples_of(packet: bytes) -> bytes:
    """The valid triples of one picture, each a byte that says what it is and two of content; empty for none."""
    at = packet.find(_NAME)
    if at < 0:  # the usual case
        return b""
    found = bytearray()
    for _ in range(_MOST):
        if packet.endswith(_BEFORE, 0, at):
            found += _triples(packet, at + len(_NAME))
        at = packet.find(_NAME, at + 1)
        if at < 0:
            break
    return bytes(found)


def _triples(packet: bytes, at: int) -> bytes:
    """Those that are valid, from the flags on; none when their marker bits are not set, or the end is missing."""
    if at >= len(packet) or not packet[at] & _WANTED:
        return b""
    start = at + 2  # behind the flags stands a byte without use
    end = start + (packet[at] & 0x1F) * _TRIPLE
    body = packet[start:end]
    if len(body) < end - start or any(body[place] & _MARKED != _MARKED for place in range(0, len(body), _TRIPLE)):
        return b""
    return b"".join(
        body[place:place + _TRIPLE] for place in range(0, len(body), _TRIPLE) if body[place] & _VALID
    )
