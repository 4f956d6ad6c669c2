"""Raw pictures of a file, for tests that look at pixels."""

import subprocess
from pathlib import Path

from flow.canvas import Canvas


def pictures_of(ffmpeg: str, path: Path, canvas: Canvas) -> list[bytes]:
    """Every picture of `path` as FFmpeg decodes it."""
    out = ("-pix_fmt", "yuv420p", "-f", "rawvideo", "-")
    words = [ffmpeg, "-nostdin", "-loglevel", "error", "-i", str(path), *out]
    raw = subprocess.run(words, capture_output=True, check=True, timeout=30).stdout
    size = canvas.picture_bytes
    return [raw[at:at + size] for at in range(0, len(raw), size)]
