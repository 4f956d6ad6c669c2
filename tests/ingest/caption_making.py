"""Films with captions, made when a test needs them: CEA-608 and CEA-708 as a caption encoder writes them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.ingest.media import make, picture, sound

RCL, ENM, EOC, EDM, CR, RU2, RU3, RDC, BS, DER = (
    (0x14, 0x20), (0x14, 0x2E), (0x14, 0x2F), (0x14, 0x2C), (0x14, 0x2D), (0x14, 0x25), (0x14, 0x26), (0x14, 0x29),
    (0x14, 0x21), (0x14, 0x24),
)
LAST_ROW = (0x14, 0x60)
ROW_14 = (0x14, 0x40)
NOTHING = (0, 0)

Pair = tuple[int, int]


def parity(code: int) -> int:
    """With the eighth bit that makes their number odd."""
    return code | 0x80 if code.bit_count() % 2 == 0 else code


def letters(text: str) -> list[Pair]:
    """ASCII as pairs."""
    codes = text.encode("ascii")
    codes += b"\0" * (len(codes) % 2)
    return [(codes[at], codes[at + 1]) for at in range(0, len(codes), 2)]


def twice(*commands: Pair) -> list[Pair]:
    """Commands as they are sent."""
    return [one for command in commands for one in (command, command)]


def pop_on(text: str) -> list[Pair]:
    """What brings a text of one line to the screen at once, with its last pair."""
    return [*twice(RCL, ENM, LAST_ROW), *letters(text), *twice(EOC)]


def line21(pair: Pair, *, field: int = 0) -> bytes:
    """A pair as a triple of cc_data."""
    return bytes([0xFC | field, parity(pair[0]), parity(pair[1])])


def packet708(*blocks: tuple[int, bytes], sequence: int = 0) -> bytes:
    """Service blocks (service, bytes) as triples of one packet."""
    assert all(len(content) < 32 for _, content in blocks)
    body = b"".join(bytes([service << 5 | len(content)]) + content for service, content in blocks)
    body += b"\0" * ((len(body) + 1) % 2)
    whole = bytes([sequence << 6 | (len(body) + 1) // 2]) + body
    pairs = [whole[at:at + 2] for at in range(0, len(whole), 2)]
    return b"".join(bytes([0xFE if at else 0xFF]) + pair for at, pair in enumerate(pairs))


def user_data(triples: bytes) -> bytes:
    """cc_data with its name, as every codec carries it."""
    count = len(triples) // 3
    return b"GA94\x03" + bytes([0x40 | count, 0xFF]) + triples + b"\xff"


def sei(triples: bytes) -> bytes:
    """An SEI message of H.264 with caption bytes, as a NAL unit with its start code."""
    body = b"\xb5\x00\x31" + user_data(triples)
    assert len(body) < 255
    return b"\x00\x00\x00\x01\x06\x04" + bytes([len(body)]) + body + b"\x80"


def captioned(
    path: Path, triples: Sequence[bytes], *, seconds: float, recode: Iterable[str] = (),
    light: tuple[int, int] = (0, 0),
) -> Path:
    """A film of 25 pictures a second whose n-th picture carries the n-th triples; `recode` are FFmpeg's options to
    make another codec of it, which takes them along. It is white in the pictures of `light`, and else black."""
    grey = f"geq=lum='if(between(N,{light[0]},{light[1] - 1}),235,16)':cb=128:cr=128"
    plain = make(
        path.with_suffix(".plain.h264"), *picture("320x180", seconds=seconds), "-vf", grey,
        "-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "25", "-threads", "1", "-pix_fmt", "yuv420p",
    ).read_bytes()
    start = b"\x00\x00\x01"
    units = plain.split(start)[1:]
    waiting, coded = list(triples), b""
    for unit in units:
        if unit[0] & 0x1F in (1, 5) and waiting:
            coded += sei(waiting.pop(0) or line21(NOTHING))
        coded += start + unit
    path.with_suffix(".h264").write_bytes(coded)
    source = ("-fflags", "+genpts", "-r", "25", "-i", str(path.with_suffix(".h264")), *sound(seconds))
    return make(path, *source, *(recode or ("-c:v", "copy")), "-c:a", "aac", "-shortest")
