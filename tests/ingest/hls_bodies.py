"""Playlists and segments for tests: the smallest that count as such, each with a word in it."""

import os

END = "#EXT-X-ENDLIST\n"


def playlist(*names: str, first: int = 0, init: str = "", target: int = 1) -> str:
    """A media playlist of segments of a second; a name that begins with # is a line of its own."""
    head = f"#EXTM3U\n#EXT-X-TARGETDURATION:{target}\n#EXT-X-MEDIA-SEQUENCE:{first}\n"
    head += f'#EXT-X-MAP:URI="{init}"\n' if init else ""
    return head + "".join(f"{name}\n" if name.startswith("#") else f"#EXTINF:1,\n{name}\n" for name in names)


def ts(word: str) -> bytes:
    """A transport packet."""
    return b"\x47" + word.encode().ljust(187, b"\xff")


def mp4(word: str) -> bytes:
    """A box."""
    return (8 + len(word)).to_bytes(4, "big") + b"styp" + word.encode()


def words(data: bytes) -> str:
    """The words in bodies that were written one after the other."""
    kept = data.replace(b"styp", b"").replace(b"\xff", b"").replace(b"\x47", b"")
    return bytes(byte for byte in kept if byte >= 32).decode()


def read_all(end: int) -> bytes:
    """Everything until the writer goes; closes the pipe."""
    data = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
    os.close(end)
    return data
