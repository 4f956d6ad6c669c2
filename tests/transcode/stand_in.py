"""Stands in for FFmpeg: reads 16x16 pictures, writes hand-built chunks at the same places, or misbehaves."""

import os
import sys
from threading import Thread

from flow.timebase import GOP
from tests.transcode.media import avc1, chunk, init, mp4a

PICTURE = 16 * 16 * 3 // 2
PART = 30_720


def read_exactly(end: int, count: int) -> bool:
    while count:
        data = os.read(end, count)
        if not data:
            return False
        count -= len(data)
    return True


def swallow(end: int) -> None:
    while os.read(end, 1 << 16):
        pass


def main(mode: str, argv: list[str]) -> int:
    if mode == "refuse" or (mode == "no-card" and "h264_nvenc" in argv):
        sys.stderr.write("[info] hello\n[fatal] no such encoder\n[warning] bye\n")
        return 3
    pipes = [int(word.removeprefix("pipe:")) for word in argv if word.startswith("pipe:")]
    pictures, sound, video, audio = pipes
    seconds = argv[argv.index("-output_ts_offset") + 1]
    start = round(int(seconds.replace(".", "")) * 48_000 / 1_000_000) // GOP * GOP
    os.write(video, init(avc1()))
    os.write(audio, init(mp4a(), duration=1024))
    Thread(target=swallow, args=(sound,), daemon=True).start()
    if mode == "shift":
        start += 1920
    count = 0
    while read_exactly(pictures, PICTURE):
        count += 1
        if count % 16 == 0 and mode != "silent":
            place = start + (count - 16) * 1920
            os.write(video, chunk(place, 16, b"v" * 100, sync=place % GOP == 0 or mode == "shift"))
            os.write(audio, chunk(place, 30, b"a" * 100, sync=True))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
