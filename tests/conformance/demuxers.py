"""Readers that share nothing with us: strict `hls-parser`, FFmpeg's demuxers, and Shaka Packager's where it is
there.

Each gets what a recording holds, in a folder, and says what it complains of.
"""

import shutil
import subprocess
from pathlib import Path

from desk.ffmpeg import find_ffmpeg
from tests.conformance.playlist import Segment
from tests.conformance.recording import Recording
from tests.house.repository import ROOT

_NODE_PATH = f"{ROOT / '.venv' / 'bin'}:/usr/local/bin:/usr/bin:/bin"


def strict_parser(recording: Recording, folder: Path) -> list[str]:
    """What `hls-parser` in its strict mode refuses of every playlist but deltas, which it reads as whole ones."""
    folder.mkdir(parents=True)
    for number, (name, answer) in enumerate(recording.texts):
        (folder / f"{number:05d}-{name.replace('/', '-').split('?')[0]}.m3u8").write_bytes(answer.body)
    node = shutil.which("node", path=_NODE_PATH) or "node"
    done = subprocess.run(
        [node, "tests/line/strict.mjs", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False,
    )
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


def ffmpeg(recording: Recording, folder: Path) -> list[str]:
    """What FFmpeg says when its HLS demuxer reads, and its decoders decode, all segments of each rendition."""
    found: list[str] = []
    for rendition, segments in kept(recording, folder).items():
        words = ["-nostdin", "-v", "warning", "-xerror", "-i", str(folder / rendition / "all.m3u8")]
        done = subprocess.run(
            [find_ffmpeg("").path, *words, "-f", "null", "-"], capture_output=True, text=True, check=False,
            timeout=600,
        )
        found += [f"{rendition}: {line}" for line in done.stderr.splitlines()]
        if done.returncode or not segments:
            found.append(f"{rendition}: FFmpeg ended with {done.returncode} after {segments} segments")
    return found


def shaka(recording: Recording, folder: Path, program: str) -> list[str]:
    """What Shaka Packager says when it reads all segments of each rendition and packages them anew."""
    found: list[str] = []
    for rendition in kept(recording, folder):
        stream = "audio" if rendition.startswith("audio") else "video"
        whole = next((folder / rendition).glob("all.mp4"), folder / rendition / "all.ts")
        words = [f"in={whole},stream={stream},output={folder / rendition / 'again.mp4'}"]
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False, timeout=600)
        if done.returncode:
            found += [f"{rendition}: {line}" for line in done.stderr.splitlines()[-3:]]
    return found


def kept(recording: Recording, folder: Path) -> dict[str, int]:
    """Write each rendition's longest run of segments, as a playlist that ends and as one file; how many there
    are."""
    counts: dict[str, int] = {}
    for rendition, segments in _runs(recording).items():
        at = folder / rendition
        at.mkdir(parents=True, exist_ok=True)
        suffix = Path(segments[0].uri).suffix
        lines = ["#EXTM3U", "#EXT-X-VERSION:6", "#EXT-X-TARGETDURATION:10"]
        lines.append(f"#EXT-X-MEDIA-SEQUENCE:{segments[0].msn}")
        whole = b""
        if segments[0].map:
            whole = recording.bodies[f"{rendition}/{segments[0].map}"].body
            (at / segments[0].map).write_bytes(whole)
            lines.append(f'#EXT-X-MAP:URI="{segments[0].map}"')
        for segment in segments:
            body = recording.bodies[f"{rendition}/{segment.uri}"].body
            (at / segment.uri).write_bytes(body)
            whole += body
            lines += [f"#EXTINF:{segment.duration:.5f},", segment.uri]
        (at / "all.m3u8").write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]), "utf-8")
        (at / ("all.ts" if suffix == ".ts" else "all.mp4")).write_bytes(whole)
        counts[rendition] = len(segments)
    return counts


def _runs(recording: Recording) -> dict[str, list[Segment]]:
    """The longest run of fetched segments without a gap and with one init section, of each rendition."""
    found: dict[str, list[Segment]] = {}
    for rendition, answers in recording.reloads.items():
        if answers[-1].playlist.segments[-1].uri.endswith(".vtt"):
            continue  # text: the strict parser has seen its lists
        every = {segment.msn: segment for answer in answers for segment in answer.playlist.segments}
        run: list[Segment] = []
        for msn, segment in sorted(every.items()):
            there = recording.body(rendition, segment.uri) is not None
            if not there or (run and (msn != run[-1].msn + 1 or segment.map != run[-1].map)):
                run = []
            if there:
                run = [*run, segment]
                if len(run) > len(found.get(rendition, [])):
                    found[rendition] = run
    return found
