"""Channels that are on air with feeds by every way that there is."""

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.soak.hostile.outside import Grounds
from tests.soak.hostile.pieces import Piece
from tests.soak.hostile.publisher import RtmpWay
from tests.soak.hostile.servers import rtmp_pull_way, rtsp_way
from tests.soak.hostile.trial import Trial, trial
from tests.soak.hostile.ways import FileWay, SrtWay, UdpWay, Way, hls_way

FILMS = ("ts", "mp4", "flv", "mkv", "m3u8", "png")
STILLS = ("png", "jpg", "png", "jpg", "mp4")
SOUNDS = ("m4a", "mp4", "mkv")
TEXTS = ("srt", "srt", "ts")
GOOD_FILM, GOOD_STILL = "good.mp4", "good.png"
ALL = {
    "one": ("file", "still", "sound", "captions", "rtsp", "rtmp-pull"),
    "two": ("udp", "rtp", "srt", "hls", "rtmp"),
}
"""Channels, and the ways of each."""


@contextmanager
def rig(
    channels: Mapping[str, Sequence[str]], folder: Path, ffmpeg: str, made: Mapping[str, bytes]
) -> Iterator[Trial]:
    """Channels on air with the ways of these names as their feeds. `made` are good clips by their endings."""
    grounds = Grounds.below(folder)
    for name, ending in ((GOOD_FILM, "mp4"), (GOOD_STILL, "png")):
        (grounds.feeds / name).write_bytes(made[ending])
        (grounds.feeds / name).chmod(0o644)
    door = free_tcp_port()
    with ExitStack() as stack:
        ways = {
            channel: [_way(name, grounds.feeds, ffmpeg, made, door, stack) for name in names]
            for channel, names in channels.items()
        }
        for way in (way for of_channel in ways.values() for way in of_channel):
            way.place(good_for(way, made))
        yield stack.enter_context(trial(ways, folder, grounds, door))


def good_for(way: Way, made: Mapping[str, bytes]) -> Piece:
    """What it can show."""
    return Piece(name=f"good for {way.name}", ending=way.good, body=made[way.good])


def free_tcp_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _way(
    name: str, feeds: Path, ffmpeg: str, made: Mapping[str, bytes], door: int, stack: ExitStack,
) -> Way:
    match name:
        case "udp" | "rtp":
            udp = UdpWay(name, rtp=name == "rtp")
            stack.callback(udp.close)
            return udp
        case "srt":
            return SrtWay(name, ffmpeg)
        case "hls":
            return stack.enter_context(hls_way(name, made["ts"]))
        case "rtmp":
            return RtmpWay(name, door)
        case "rtmp-pull":
            return stack.enter_context(rtmp_pull_way(name))
        case "rtsp":
            return stack.enter_context(rtsp_way(name))
        case "still":
            return FileWay(name, feeds / "still.png", good="png", takes=STILLS)
        case "sound":
            feed = f"still:{feeds / GOOD_STILL}?sound={{}}"
            return FileWay(name, feeds / "sound.m4a", good="m4a", takes=SOUNDS, feed=feed)
        case "captions":
            feed = f"{feeds / GOOD_FILM}?captions={{}}"
            return FileWay(name, feeds / "captions.srt", good="srt", takes=TEXTS, feed=feed)
        case _:
            return FileWay(name, feeds / f"{name}.mp4", good="mp4", takes=FILMS)
