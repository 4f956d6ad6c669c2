"""Broken media for real, caged decoders: nothing but the one decoder may suffer from them (T-06, T-07, T-09).

    python -m tests.soak.caged [--seed 1] [--count 2000] [FILE…]

Mutates small clips of its own, or takes the files named, and lets each be decoded by every way that can carry it:
as a file, and by pipe as a transport stream, FLV, or what HLS carries. Says what a decode left behind: an error
that nobody foresaw, a decoder that could not be ended, a file written.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desk.ffmpeg import find_ffmpeg
from desk.system import SystemSpawn
from flow.canvas import Canvas
from flow.errors import FeedError, ToolError
from flow.feed import Feed, FeedKind
from ingest.carrier import Carried
from ingest.decoder import Decoder, Sinks
from ingest.means import Means
from ingest.pictures.sheet import Sheet
from ingest.pipes import wide_pipe
from tests.soak.hostile.pieces import clips, mutated

CANVAS = Canvas(width=426, height=240)
ALLOWED = 2.5
"""Seconds of decoding; then it is ended as an operator's `stop` would."""
KINDS = ("ts", "flv", "mp4", "mkv")
PIPES = {"ts": FeedKind.UDP, "flv": FeedKind.RTMP, "mp4": FeedKind.HLS}

class Poured:
    """A carrier of bytes that are there already."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.trouble = ""
        self.carried = Carried(bytes=len(body))

    def start(self) -> list[int]:
        reading, writing = wide_pipe()
        threading.Thread(target=self._pour, args=(writing,), daemon=True).start()
        return [reading]

    def stop(self) -> None:
        """The reader's end closes the pipe."""

    def _pour(self, writing: int) -> None:
        try:
            view = memoryview(self._body)
            while view:
                view = view[os.write(writing, view):]
        except BrokenPipeError:
            pass
        finally:
            os.close(writing)


def ways(path: Path) -> Iterator[tuple[str, Feed, Poured | None]]:
    """By which ways a file's bytes can come."""
    yield "file", Feed(address=str(path), kind=FeedKind.FILE, shown=path.name), None
    kind = PIPES.get(path.suffix.lstrip("."))
    if kind:
        yield "pipe", Feed(address="udp://127.0.0.1:1", kind=kind, shown=path.name), Poured(path.read_bytes())


def decoded(feed: Feed, carrier: Poured | None, means: Means) -> tuple[int, str]:
    """How many pictures came, and what went wrong beyond what a feed may do."""
    pictures = 0

    def count(_picture: bytearray) -> None:
        nonlocal pictures
        pictures += 1

    decoder = Decoder(
        feed=feed, sheet=Sheet(CANVAS), title="", means=means, connect=lambda: carrier,
        sinks=Sinks(picture=count, sound=lambda _at, _sound: None, facts=lambda _: None),
    )
    timer = threading.Timer(ALLOWED, decoder.kill)
    timer.start()
    began = time.monotonic()
    try:
        decoder.run()
    except (FeedError, ToolError):
        pass
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return pictures, repr(error)
    finally:
        timer.cancel()
    return pictures, "" if time.monotonic() - began < ALLOWED + 3 else "it could not be ended"


def main() -> int:
    """Run all; the number of faults found is told, exit 1 when there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    ffmpeg = find_ffmpeg("").path
    means = Means(spawn=SystemSpawn(), ffmpeg=ffmpeg)
    faults, shown = [], 0

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = {} if options.files else clips(folder, ffmpeg)
        originals = {kind: made[kind] for kind in KINDS if kind in made}
        chance = random.Random(options.seed)

        def inputs() -> Iterator[Path]:
            yield from (path.resolve() for path in options.files)
            for number in range(0 if options.files else options.count):
                kind = chance.choice(list(originals))
                path = folder / f"{number}.{kind}"
                path.write_bytes(mutated(originals[kind], chance))
                yield path

        def one(path: Path) -> tuple[int, list[str]]:
            found = [(way, *decoded(feed, carrier, means)) for way, feed, carrier in ways(path)]
            if not options.files:
                path.unlink()
            wrong = [f"{path.name} {way}: {why}" for way, _, why in found if why]
            return sum(pictures for _, pictures, _ in found), wrong

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with ThreadPoolExecutor(4) as pool:
            for done, (pictures, found) in enumerate(pool.map(one, inputs()), 1):
                shown += pictures > 0
                faults += found
                if done % 100 == 0:
                    print(f"{done} done, {shown} gave pictures, {len(faults)} faults", flush=True)  # noqa: T201
        kept = {path.name for path in folder.iterdir()}
        faults += [f"something was written: {sorted(kept)}"] if kept else []
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(*faults, f"{shown} gave pictures, {len(faults)} faults, memory grew by {grown // 1_024} MiB", sep="\n")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
