"""The origin under load, on loopback: waiting requests, then parts and playlists per second.

The origin runs in a process of its own. Playlist requests are parked on it until it publishes the next part; what
one costs in memory, and how long after the publication the last one is answered, is told. Then parts and playlists
are asked for over connections that stay open. The client is Python too and shares the machine, so answers a second
are what the origin does at least; answers a second of its processor time are what one core of it can do.

    python -m bench.origin [--waiting 300] [--connections 32] [--seconds 5] [--json]
"""

import argparse
import asyncio
import contextlib
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

from aiohttp import web

from bench.asker import connect
from flow.ids import ChannelId, RenditionId
from flow.names import PartName
from flow.playlist import Body, Edge, Playlist
from flow.store import MediaKey
from origin.app import middlewares, routes
from origin.guard import unsigned
from origin.memory_store import MemoryStore

CHANNEL = ChannelId("bench")
RENDITION = RenditionId("v720")
PLAYLIST = f"/live/{CHANNEL}/{RENDITION}/index.m3u8"
MSN = 900_000_000
PART_BYTES = 80_000  # 0.64 s at 1 Mb/s
PLAYLIST_LINES = 120  # about what five minutes of segments and the last parts take
LIMIT_SECONDS = 120  # nothing here takes longer on any machine; then it stops by itself


@dataclass(frozen=True)
class Waiting:
    """What parked requests cost, and how fast they were answered."""

    requests: int
    kib_each: float
    first_ms: float
    median_ms: float
    last_ms: float


@dataclass(frozen=True)
class Rate:
    """Answers per second."""

    what: str
    per_second: float
    per_processor_second: float
    mb_per_second: float


# The origin's process: it says its port, then does what it is told, a line at a time.


async def serve() -> None:
    store = MemoryStore()
    publish(store, 0)
    store.put(MediaKey(CHANNEL, RENDITION, PartName(MSN, 1, 0)), bytes(PART_BYTES))
    app = web.Application(middlewares=middlewares())
    app.add_routes(routes(store, patience=LIMIT_SECONDS))
    app.on_response_prepare.append(unsigned)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    say(port=runner.addresses[0][1])
    await obey(store)
    await runner.cleanup()


async def obey(store: MemoryStore) -> None:
    """Until there are no more orders."""
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    part = 0
    while order := (await orders.readline()).strip():
        if order == b"usage":
            say(kib=resident_kib(), processor_ns=time.process_time_ns())
        if order == b"publish":
            part += 1
            at = time.monotonic_ns()
            publish(store, part)
            say(at=at)


def publish(store: MemoryStore, part: int) -> None:
    lines = (f"#EXTINF:1.92000,\n{MSN - PLAYLIST_LINES + line}-1.m4s\n" for line in range(PLAYLIST_LINES))
    text = "#EXTM3U\n" + "".join(lines)
    store.publish(CHANNEL, RENDITION, Playlist(
        edge=Edge(MSN, part), last_msn=MSN - 1, part_limit=5, target_duration=2,
        full=Body.of(f"{text}# part {part}\n"), hint=PartName(MSN, 1, part + 1),
    ))


def say(**what: int) -> None:
    print(json.dumps(what), flush=True)


def resident_kib() -> int:
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) if found else 0


class Server:
    """The origin's process, seen from outside."""

    def __init__(self, module: str = "bench.origin") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, "--serve"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1],
        )
        self._orders, self._answers = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        self.ports = self._heard()
        self.port = self.ports["port"]

    def ask(self, order: str) -> dict[str, int]:
        self._orders.write(f"{order}\n")
        self._orders.flush()
        return self._heard()

    def end(self) -> None:
        self._orders.close()  # no more orders: it ends
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _heard(self) -> dict[str, int]:
        if line := self._answers.readline():
            return cast("dict[str, int]", json.loads(line))
        message = "the origin's process ended; what it said last is above"
        raise SystemExit(message)


async def measure_waiting(server: Server, count: int) -> Waiting:
    await _warm(server)
    before = server.ask("usage")["kib"]
    askers = await connect(server.port, f"{PLAYLIST}?_HLS_msn={MSN}&_HLS_part=1", count)
    # An answer after the parked requests says that the origin has read all that came before it.
    await _warm(server)
    after = server.ask("usage")["kib"]
    at = server.ask("publish")["at"]
    times = sorted((moment - at) / 1e6 for moment in await asyncio.gather(*(asker.answered for asker in askers)))
    for asker in askers:
        asker.close()
    each = (after - before) / count
    middle = statistics.median(times)
    return Waiting(requests=count, kib_each=each, first_ms=times[0], median_ms=middle, last_ms=times[-1])


async def _warm(server: Server) -> None:
    for asker in await connect(server.port, PLAYLIST, 10):
        await asker.answered
        asker.close()


async def measure_rate(server: Server, what: str, path: str, connections: int, seconds: float) -> Rate:
    askers = await connect(server.port, path, connections)
    for asker in askers:
        await asker.answered
        asker.again = True
        asker.count = asker.bytes = 0
    start, used = time.monotonic(), server.ask("usage")["processor_ns"]
    for asker in askers:
        asker.ask()
    await asyncio.sleep(seconds)
    lasted, used = time.monotonic() - start, server.ask("usage")["processor_ns"] - used
    count, size = sum(asker.count for asker in askers), sum(asker.bytes for asker in askers)
    for asker in askers:
        asker.close()
    return Rate(
        what=what, per_second=count / lasted, per_processor_second=count * 1e9 / used,
        mb_per_second=size / lasted / 1e6,
    )


async def measure(server: Server, arguments: argparse.Namespace) -> tuple[Waiting, list[Rate]]:
    async with asyncio.timeout(LIMIT_SECONDS):
        waiting = await measure_waiting(server, arguments.waiting)
        part = f"/live/{CHANNEL}/{RENDITION}/{PartName(MSN, 1, 0)}"
        rates = [
            await measure_rate(server, what, path, arguments.connections, arguments.seconds)
            for what, path in (("parts", part), ("playlists", PLAYLIST))
        ]
    return waiting, rates


def report(waiting: Waiting, rates: list[Rate]) -> None:
    print(f"{waiting.requests} waiting requests   {waiting.kib_each:8.1f} KiB each")
    print(f"  answered after       {waiting.first_ms:8.1f} ms the first")
    print(f"                       {waiting.median_ms:8.1f} ms half of them")
    print(f"                       {waiting.last_ms:8.1f} ms the last")
    for rate in rates:
        print(f"{rate.what:<22} {rate.per_second:8.0f} a second at {rate.mb_per_second:.0f} MB/s")
        print(f"  of one core          {rate.per_processor_second:8.0f} a second")
    print(f"({os.cpu_count()} cores, shared by origin and client)")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.origin", description="The origin under load, on loopback.")
    parser.add_argument("--waiting", type=int, default=300, help="parked playlist requests (300; try 10000)")
    parser.add_argument("--connections", type=int, default=32, help="connections for the rates (32)")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each rate is measured (5)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if arguments.serve:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve())
        return
    server = Server()
    try:
        waiting, rates = asyncio.run(measure(server, arguments))
    finally:
        server.end()
    if arguments.json:
        print(json.dumps({"waiting": asdict(waiting), "rates": [asdict(rate) for rate in rates]}))
    else:
        report(waiting, rates)


if __name__ == "__main__":
    main()
