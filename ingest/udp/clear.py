"""What of a transport stream is in the clear (ISO/IEC 13818-1, 2.4.3.3: transport_scrambling_control). Pure."""

_PACKET = 188
_SCRAMBLED = 0xC0


def clear(packets: bytes) -> bytes:
    """The packets without those that are scrambled.

    FFmpeg would decode them all the same, and show its last pictures again, out of order and in pieces (F-16).
    """
    if not any(packets[at] & _SCRAMBLED for at in range(3, len(packets), _PACKET)):
        return packets
    starts = range(0, len(packets), _PACKET)
    return b"".join(packets[at:at + _PACKET] for at in starts if not packets[at + 3:at + 4] > b"\x3f")
