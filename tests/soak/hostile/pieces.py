"""What is sent: broken bytes, from a folder, or made by wounding small clips of our own."""

import random
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.ingest.rtsp_server import film

_PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=2")
_SOUND = ("-f", "lavfi", "-i", "sine=d=2")
_CODED = ("-c:v", "libx264", "-bf", "0", "-g", "25", "-c:a", "aac")
CLIPS = {
    "ts": (*_PICTURE, *_SOUND, *_CODED, "-f", "mpegts"),
    "flv": (*_PICTURE, *_SOUND, *_CODED, "-f", "flv"),
    "mp4": (*_PICTURE, *_SOUND, *_CODED, "-movflags", "+frag_keyframe+empty_moov", "-f", "mp4"),
    "mkv": (*_PICTURE, *_SOUND, "-c:v", "mpeg2video", "-c:a", "ac3", "-f", "matroska"),
    "png": (*_PICTURE, "-frames:v", "1", "-c:v", "png", "-f", "image2"),
    "jpg": (*_PICTURE, "-frames:v", "1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-f", "image2"),
    "m4a": (*_SOUND, "-c:a", "aac", "-f", "ipod"),
}
CAPTIONS = "".join(
    f"{at + 1}\n00:00:0{at},000 --> 00:00:0{at},900\n<i>Xin chào {at}</i>\n\n" for at in range(9)
).encode()
PLAYLIST = (
    b"#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:2.0,\na.ts\n"
    b"#EXT-X-DISCONTINUITY\n#EXTINF:2.0,\n#EXT-X-BYTERANGE:1000@0\nb.ts\n#EXTINF:2.0,\nc.ts\n"
)
FILM_END = b"\0"
"""Between the description and the packets of what an RTSP server has."""
LONGEST = 10
"""Seconds of a file that are copied into another container."""
PATIENCE = 10
"""Seconds that a copy may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Bytes, what they are called in a report, and what kind of file they were, by its ending without a dot."""

    name: str
    ending: str
    body: bytes


def clips(folder: Path, ffmpeg: str) -> dict[str, bytes]:
    """Two seconds of picture and sound in each container, and as an RTSP server has them; a still, captions, and a
    playlist. By their endings."""
    described = film(folder)
    made = {
        "srt": CAPTIONS, "m3u8": PLAYLIST,
        "rtsp": described.sdp.encode() + FILM_END + b"".join(map(bytes, described.frames)),
    }
    (folder / "film.sdp").unlink()
    for ending, words in CLIPS.items():
        path = folder / f"clip.{ending}"
        subprocess.run([ffmpeg, "-nostdin", "-v", "error", "-y", *words, str(path)], check=True)
        made[ending] = path.read_bytes()
        path.unlink()
    return made


def mutated(body: bytes, chance: random.Random) -> bytes:
    """A few wounds of different kinds."""
    wounded = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(wounded)), chance.choice((1, 4, 188, 2_000))
        match chance.randrange(6):
            case 0:
                wounded[at] ^= 1 << chance.randrange(8)
            case 1:
                wounded[at:at + length] = chance.randbytes(min(length, len(wounded) - at))
            case 2:
                del wounded[at:at + length]
            case 3:
                wounded[at:at] = wounded[at:at + length]
            case 4:
                wounded[at:at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"))
            case _:
                del wounded[max(200, at):]
        wounded = wounded or bytearray(b"\0")
    return bytes(wounded)


def wounded_for(takes: tuple[str, ...], originals: Mapping[str, bytes], seed: str) -> Piece:
    """The mutation of that seed, of one of the kinds that are named."""
    chance = random.Random(seed)
    ending = chance.choice(takes)
    return Piece(name=f"{seed}.{ending}", ending=ending, body=mutated(originals[ending], chance))


def in_folder(folder: Path) -> list[Piece]:
    """Every file below a folder, and media segments once more behind their init section where that lies beside."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        piece = Piece(
            name=f"{folder.name}/{path.relative_to(folder)}", ending=path.suffix.lstrip(".").lower(),
            body=path.read_bytes(),
        )
        found.append(piece)
        init = path.with_name(f"{path.stem}-init.mp4")
        if init.is_file():
            found.append(replace(piece, name=f"{piece.name} behind its init", body=init.read_bytes() + piece.body))
    return found


def copied(piece: Piece, muxer: str, ffmpeg: str, folder: Path) -> Piece | None:
    """The same streams in another container, as a sender has them who only copies; None when that cannot be."""
    path = folder / f"copied.{piece.ending or 'bin'}"
    path.write_bytes(piece.body)
    try:
        done = subprocess.run(
            [ffmpeg, "-nostdin", "-v", "quiet", "-t", str(LONGEST), "-protocol_whitelist", "file,pipe",
             "-i", f"file:{path}", "-map", "0:v?", "-map", "0:a?", "-c", "copy", "-f", muxer, "pipe:1"],
            stdout=subprocess.PIPE, timeout=PATIENCE, check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        path.unlink()
    if len(done.stdout) < 188:
        return None
    return Piece(name=f"{piece.name} as {muxer}", ending={"mpegts": "ts"}.get(muxer, muxer), body=done.stdout)
