"""Broken media for real, caged decoders: nothing but the one decoder may suffer from them (T-06, T-07, T-09).

    python -m tests.soak.caged [--seed 1] [--count 2000] [FILE…]

Mutates small clips of its own, or takes the files named, and lets each be decoded by every way that can carry it:
as a file, and by pipe as a transport stream, FLV, or what HLS carries. Says what a decode left behind: an error
that nobody foresaw, a decoder that could not be ended, a file written.

Resumable: each hundred mutations are a line in `.soak/caged-<seed>.jsonl`, and a second start with the same seed
goes on after the last one, up to `--count` in all.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from desk.ffmpeg import find_ffmpeg
from desk.system import SystemSpawn
from flow.canvas import Canvas
from flow.errors import FeedError, ToolError
from flow.feed import Feed, FeedKind
from ingest.carrier import TOGETHER, Carried
from ingest.decoder import Decoder, Sinks
from ingest.means import Means
from ingest.pictures.sheet import Sheet
from ingest.pipes import wide_pipe
from tests.soak.hostile.pieces import clips, mutated

CANVAS = Canvas(width=426, height=240)
ALLOWED = 2.5
"""Seconds of decoding; then it is ended as an operator's `stop` would."""
STEP, DECODERS = 100, 4
LEDGER = Path(".soak")
KINDS = ("ts", "flv", "mp4", "mkv")
PIPES = {"ts": FeedKind.UDP, "flv": FeedKind.RTMP, "mp4": FeedKind.HLS}

class Poured:
    """A carrier of bytes that are there already."""

    apart = TOGETHER
    framed = False

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of some inputs: how many there were, how many gave pictures, and what went wrong."""

    done: int
    shown: int
    faults: tuple[str, ...]


class Bench:
    """A folder, and caged decoders for what lies there."""

    def __init__(self, folder: Path, pool: ThreadPoolExecutor) -> None:
        self._folder, self._pool = folder, pool
        self.ffmpeg = find_ffmpeg("").path
        self._means = Means(spawn=SystemSpawn(), ffmpeg=self.ffmpeg)

    def mutations(self, numbers: range, seed: int, originals: Mapping[str, bytes]) -> Batch:
        """Those of these numbers; nothing may be left in the folder."""
        found = self.files(self._written(number, seed, originals) for number in numbers)
        kept = sorted(path.name for path in self._folder.iterdir())
        faults = [*found.faults, *([f"something was written: {kept}"] if kept else [])]
        return replace(found, faults=tuple(faults))

    def files(self, paths: Iterable[Path]) -> Batch:
        """Each by every way; those in the folder are removed."""
        found = list(self._pool.map(self._one, paths))
        faults = tuple(fault for _, some in found for fault in some)
        return Batch(done=len(found), shown=sum(pictures > 0 for pictures, _ in found), faults=faults)

    def _written(self, number: int, seed: int, originals: Mapping[str, bytes]) -> Path:
        chance = random.Random(f"{seed}/{number}")
        kind = chance.choice(list(originals))
        path = self._folder / f"{number}.{kind}"
        path.write_bytes(mutated(originals[kind], chance))
        return path

    def _one(self, path: Path) -> tuple[int, list[str]]:
        found = [(way, *decoded(feed, carrier, self._means)) for way, feed, carrier in ways(path)]
        if path.parent == self._folder:
            path.unlink()
        wrong = [f"{path.name} {way}: {why}" for way, _, why in found if why]
        return sum(pictures for _, pictures, _ in found), wrong


def left(ledger: Path, count: int) -> Iterator[range]:
    """The numbers that the ledger does not have, some at a time."""
    lines = ledger.read_text("utf-8").splitlines() if ledger.exists() else []
    for first in range(sum(json.loads(line)["done"] for line in lines), count, STEP):
        yield range(first, min(first + STEP, count))


def play(bench: Bench, seed: int, count: int, ledger: Path) -> None:
    """Mutate and decode what is left, each step into the ledger."""
    with tempfile.TemporaryDirectory() as scratch:
        made = clips(Path(scratch), bench.ffmpeg)
    originals = {kind: made[kind] for kind in KINDS}
    for numbers in left(ledger, count):
        line = json.dumps(asdict(bench.mutations(numbers, seed, originals)))
        with ledger.open("a", encoding="utf-8") as out:
            out.write(line + "\n")
        tell(line)


def tell(line: str) -> None:
    """To who waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run all; the number of faults found is told, exit 1 when there is any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(DECODERS) as pool:
        folder = Path(name)
        folder.chmod(0o755)
        bench = Bench(folder, pool)
        if options.files:
            found = [asdict(bench.files(path.resolve() for path in options.files))]
        else:
            LEDGER.mkdir(exist_ok=True)
            ledger = LEDGER / f"caged-{options.seed}.jsonl"
            play(bench, options.seed, options.count, ledger)
            found = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    faults = [fault for line in found for fault in line["faults"]]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    done, shown = (sum(line[what] for line in found) for what in ("done", "shown"))
    for fault in faults:
        tell(fault)
    tell(f"{done} done, {shown} gave pictures, {len(faults)} faults, memory grew by {grown // 1_024} MiB")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
