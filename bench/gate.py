"""What the gate costs: in the process, and in answers a second with it and without.

First the gate alone, at 20,000 sites: a token that is seen for the first time, one whose signature is remembered
(in any order), one that somebody forged, and a site's link. Then one origin with two listeners, one behind a gate:
parts and playlists are asked for from an origin that has no gate, from an open channel behind one, and with a
token. The three take turns, so that what else happens on the machine falls on all of them; the ratio of answers a
second of processor time is what counts.

    python -m bench.gate [--sites 20000] [--rounds 25] [--seconds 1] [--json]
"""

import argparse
import asyncio
import contextlib
import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec

from bench.origin import (
    CHANNEL,
    LIMIT_SECONDS,
    MSN,
    PART_BYTES,
    RENDITION,
    Server,
    measure_rate,
    obey,
    publish,
)
from desk.access.guest_list import Guest, GuestList
from desk.access.signer import claims_for, signed
from desk.access.signing_keys import SigningKey
from flow.errors import ViewerError
from flow.names import PartName
from flow.site_token import digest_of, new_token
from flow.store import MediaKey
from origin.app import middlewares, routes
from origin.gate.gate import Gate
from origin.gate.invitations import Invitations
from origin.gate.stream_tokens import StreamTokens
from origin.guard import unsigned
from origin.memory_store import MemoryStore

HOUR = 3600
FOLDER = f"/live/{CHANNEL}/{RENDITION}"


@dataclass(frozen=True)
class Alone:
    """Microseconds for one of its kind."""

    sites: int
    first: float
    remembered: float
    forged: float
    link: float


@dataclass(frozen=True)
class Beside:
    """Answers a second of processor time; the two ratios are to the origin that has no gate."""

    what: str
    no_gate: float
    open_behind_it: float
    with_token: float
    open_ratio: float
    token_ratio: float


def made_key() -> SigningKey:
    return SigningKey(0, "bench", ec.generate_private_key(ec.SECP256R1()))


def made_token(key: SigningKey, site: str) -> str:
    now = int(time.time())
    return signed(claims_for(site, CHANNEL, device="d" * 12, now=now, until=now + HOUR), key)


def measure_alone(sites: int) -> Alone:
    key = made_key()
    keys = {key.kid: key.secret.public_key()}
    gate = StreamTokens(lambda: keys, now=lambda: int(time.time()))
    tokens = [made_token(key, f"xa-{number:05d}") for number in range(sites)]
    words, _, signature = tokens[0].rpartition(".")
    forged = [f"{words}.{'A' * 36}{number:04d}{signature[40:]}" for number in range(2_000)]
    links = [new_token() for _ in range(sites)]
    guests = GuestList(audience=lambda _site, _channel: 1, now=lambda: 0)
    for number, one in enumerate(links):
        guests.put(f"xa-{number:05d}", Guest(digest=digest_of(one)))
    first = each(lambda token: gate.bearer(token, CHANNEL), tokens)
    random.Random(1).shuffle(tokens)
    return Alone(
        sites=sites, first=first, remembered=each(lambda token: gate.bearer(token, CHANNEL), tokens),
        forged=each(lambda token: refused(gate, token), forged),
        link=each(lambda one: guests.site_of(digest_of(one) or b""), links),
    )


def refused(gate: StreamTokens, token: str) -> None:
    with contextlib.suppress(ViewerError):
        gate.bearer(token, CHANNEL)
        message = "a forged token was let in"
        raise SystemExit(message)


def each(work: Callable[[str], object], inputs: list[str]) -> float:
    """Microseconds of processor time, the middle of a hundred shares."""
    share = max(1, len(inputs) // 100)
    times = []
    for at in range(0, len(inputs), share):
        some = inputs[at:at + share]
        begun = time.process_time_ns()
        for one in some:
            work(one)
        times.append((time.process_time_ns() - begun) / len(some) / 1000)
    return statistics.median(times)


async def serve() -> None:
    store, key = MemoryStore(), made_key()
    publish(store, 0)
    store.put(MediaKey(CHANNEL, RENDITION, PartName(MSN, 1, 0)), bytes(PART_BYTES))
    keys = {key.kid: key.secret.public_key()}
    guests = GuestList(audience=lambda _site, _channel: 1, now=lambda: 0)
    guests.put("xa-00001", Guest(networks=("10.0.0.0/8", "127.0.0.0/8")))
    gate = Gate(
        is_open=lambda name: name == CHANNEL, tokens=StreamTokens(lambda: keys, now=lambda: int(time.time())),
        guests=guests,
    )
    invitations = Invitations(guests, lambda *_: "", gate)
    ports = []
    runners = []
    for table in (routes(store), routes(store, gate=gate, invitations=invitations)):
        app = web.Application(middlewares=middlewares())
        app.add_routes(table)
        app.on_response_prepare.append(unsigned)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        ports.append(runner.addresses[0][1])
        runners.append(runner)
    print(json.dumps({"port": ports[0], "gated": ports[1], "token": made_token(key, "xa-00001")}), flush=True)
    await obey(store)
    for runner in runners:
        await runner.cleanup()


async def measure_beside(server: Server, rounds: int, seconds: float, connections: int) -> list[Beside]:
    plain, gated, token = server.ports["port"], server.ports["gated"], str(server.ports["token"])
    found = []
    for what, path in (("parts", f"{FOLDER}/{PartName(MSN, 1, 0)}"), ("playlists", f"{FOLDER}/index.m3u8")):
        ways = {"no gate": (plain, path), "open": (gated, path), "token": (gated, f"/s/{token}{path}")}
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(rounds):
            for name in random.Random(turn).sample(list(ways), len(ways)):
                server.port, address = ways[name]
                async with asyncio.timeout(LIMIT_SECONDS):
                    rate = await measure_rate(server, what, address, connections, seconds)
                rates[name].append(rate.per_processor_second)
        middle = {name: statistics.median(all_of) for name, all_of in rates.items()}
        ratios = {
            name: statistics.median(one / base for one, base in zip(rates[name], rates["no gate"], strict=True))
            for name in ways
        }
        found.append(Beside(
            what=what, no_gate=middle["no gate"], open_behind_it=middle["open"], with_token=middle["token"],
            open_ratio=ratios["open"], token_ratio=ratios["token"],
        ))
    return found


def report(alone: Alone, beside: list[Beside]) -> None:
    print(f"the gate, at {alone.sites} sites, in microseconds of one core")
    print(f"  a token remembered   {alone.remembered:8.1f}")
    print(f"  seen the first time  {alone.first:8.1f}")
    print(f"  forged               {alone.forged:8.1f}")
    print(f"  a site's link        {alone.link:8.1f}")
    for one in beside:
        print(f"{one.what}, answers a second of one core")
        print(f"  no gate              {one.no_gate:8.0f}")
        print(f"  open, behind it      {one.open_behind_it:8.0f}  {one.open_ratio:.3f}")
        print(f"  with a token         {one.with_token:8.0f}  {one.token_ratio:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.gate", description="What the gate costs.")
    parser.add_argument("--sites", type=int, default=20_000, help="sites, each with a token (20000)")
    parser.add_argument("--rounds", type=int, default=25, help="turns of each way (25); five are too few")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long one turn is (1)")
    parser.add_argument("--connections", type=int, default=32, help="connections (32)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve())
        return
    alone = measure_alone(arguments.sites)
    server = Server("bench.gate")
    try:
        beside = asyncio.run(
            measure_beside(server, arguments.rounds, arguments.seconds, arguments.connections),
        )
    finally:
        server.end()
    if arguments.json:
        print(json.dumps({"alone": asdict(alone), "beside": [asdict(one) for one in beside]}))
    else:
        report(alone, beside)


if __name__ == "__main__":
    main()
