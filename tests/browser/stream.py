"""A small live stream: made once by FFmpeg, then shown as time goes on."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SECONDS = 90
WINDOW = 6
HEIGHTS = (240, 180)
CODECS = "avc1.42c015,mp4a.40.2"


def encode(ffmpeg: str, folder: Path, heights: Sequence[int] = HEIGHTS) -> None:
    """Segments of exactly one second and an init section for each height, in a folder of its own."""
    for height in heights:
        out = folder / str(height)
        out.mkdir(parents=True)
        command = [
            ffmpeg, "-hide_banner", "-loglevel", "error", "-nostdin",
            "-f", "lavfi", "-i", f"testsrc2=size={height * 16 // 9 // 2 * 2}x{height}:rate=25",
            "-f", "lavfi", "-i", "sine=frequency=440:beep_factor=4:sample_rate=48000", "-t", str(SECONDS),
            "-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "25",
            "-keyint_min", "25", "-sc_threshold", "0", "-b:v", "200k", "-c:a", "aac", "-ac", "2", "-b:a", "64k",
            "-f", "hls", "-hls_time", "1", "-hls_segment_type", "fmp4", "-hls_list_size", "0",
            "-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", str(out / "%d.m4s"),
            str(out / "all.m3u8"),
        ]
        subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)


@dataclass(frozen=True, slots=True)
class Live:
    """The playlists of a stream that began at `began`, a server's time; six seconds were there at once. `window`
    segments are listed."""

    began: datetime
    window: int = WINDOW

    def multivariant(self) -> str:
        """Each height, as a variant of its own."""
        lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
        for height in HEIGHTS:
            size = f"{height * 16 // 9 // 2 * 2}x{height}"
            variant = f'BANDWIDTH={height * 2000},RESOLUTION={size},FRAME-RATE=25.000,CODECS="{CODECS}"'
            lines += [f"#EXT-X-STREAM-INF:{variant}", f"{height}/live.m3u8"]
        return "\n".join(lines) + "\n"

    def media(self, now: datetime) -> str:
        """The last segments that are complete at `now`."""
        last = min(SECONDS, WINDOW + int((now - self.began).total_seconds())) - 1
        first = max(0, last - self.window + 1)
        lines = [
            "#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:1", f"#EXT-X-MEDIA-SEQUENCE:{first}",
            '#EXT-X-MAP:URI="init.mp4"',
        ]
        for number in range(first, last + 1):
            moment = self.began + timedelta(seconds=number - WINDOW)
            date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
            lines += [f"#EXT-X-PROGRAM-DATE-TIME:{date}", "#EXTINF:1.00000,", f"{number}.m4s"]
        return "\n".join(lines) + "\n"
