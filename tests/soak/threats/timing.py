"""T-02, T-14: nothing can be learned about a stream key, or a site's token, from the time that its refusal takes.

The name of the application is no secret. That another one takes the comparison some 20 ns more (a word of Python
that is seldom run) is told and not judged; at the door it is judged, as all the others are.
"""

import asyncio
import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import fmean

from desk.access.guest_list import Guest, GuestList
from flow.site_token import digest_of, new_token
from ingest.rtmp.keys import key_of, match
from tests.soak.hostile.publisher import RtmpWay
from tests.soak.threats.guesses import TOGETHER, neighbours
from tests.soak.threats.house import House, house
from tests.soak.threats.publishing import Answer, guess, knock
from tests.soak.threats.row import Outcome, Row, Turn, Wishes
from tests.soak.threats.welch import LIMIT, cropped, timed, worst

TIMINGS = 100_000
CALLS = 480
"""Over the socket, each from a network of its own, so that none is banned."""
KNOWN = 8
SITES = 3_356
FAR, NEAR, OTHER, HALF = "another key", "all but its last letter", "another application", "half of it"


def paths(key: str, chance: random.Random) -> dict[str, tuple[str, str]]:
    """What may be asked for, by its kind: application and key, each made anew so that none is cached."""
    other = "".join(chance.choices(key, k=len(key)))
    last = "A" if key[-1] != "A" else "B"
    half = key[:11] + other[11:]
    return {FAR: ("live", other), NEAR: ("live", key[:-1] + last), OTHER: ("lice", key), HALF: ("live", half)}


def judged(kinds: dict[str, list[float]], what: str, public: frozenset[str] = frozenset()) -> Outcome:
    """The largest difference is told; a fault where it is one between kinds that are not `public`."""
    looked = cropped(kinds)
    found, between = worst({name: times for name, times in looked.items() if name not in public})
    faults = (f"|t| of {what} is {found:.2f} between {between}",) if found >= LIMIT else ()
    counts = {"timings": sum(map(len, kinds.values())), "largest |t|": found}
    told = {f"ns of {name}": fmean(looked[name]) - fmean(looked[FAR]) for name in public}
    return Outcome(counts={**counts, **told}, faults=faults)


@contextmanager
def comparing(wishes: Wishes) -> Iterator[Turn]:
    """The comparison itself, in this process."""
    known = [(secrets.token_urlsafe(16), Path(f"/run/{number}")) for number in range(KNOWN)]

    def judge(path: str) -> tuple[bool, Path | None]:
        ours, key = key_of(path)
        return ours, match(key, known)

    def turn(number: int) -> Outcome:
        chance = random.Random(f"timing/{wishes.seed}/{number}")
        kinds: dict[str, list[float]] = {FAR: [], NEAR: [], OTHER: [], HALF: []}
        names = list(kinds)
        for _ in range(TIMINGS):
            name = chance.choice(names)
            app, key = paths(known[chance.randrange(KNOWN)][0], chance)[name]
            kinds[name].append(timed(partial(judge, f"{app}/{key}"), time.perf_counter_ns))
        return judged(kinds, "the comparison", frozenset({OTHER}))

    yield turn


@contextmanager
def calling(wishes: Wishes) -> Iterator[Turn]:
    """The real door, over its socket."""
    with house() as at:
        way = RtmpWay("door", at.door)
        at.channel("timed", way)

        def turn(number: int) -> Outcome:
            chance = random.Random(f"calls/{wishes.seed}/{number}")
            return asyncio.run(_called(at, way.key, chance))

        yield turn


async def _called(at: House, key: str, chance: random.Random) -> Outcome:
    kinds: dict[str, list[float]] = {FAR: [], NEAR: [], OTHER: []}
    unheard = 0
    places = asyncio.Semaphore(TOGETHER)

    async def one(source: str) -> None:
        nonlocal unheard
        name = chance.choice(list(kinds))
        app, said = paths(key, chance)[name]
        async with places:
            began = time.perf_counter()
            answer = await knock(at.door, guess(said, app), source)
            kinds[name].append(time.perf_counter() - began)
        unheard += answer is not Answer.REJECTED

    sources = list(neighbours(chance, CALLS * 40))[::40]
    await asyncio.gather(*map(one, sources))
    outcome = judged(kinds, "refusals over the socket")
    faults = (*outcome.faults, *([f"{unheard} guesses were not refused in words"] if unheard else []))
    return Outcome(counts=outcome.counts, faults=faults)


@contextmanager
def guests(wishes: Wishes) -> Iterator[Turn]:
    """Whose a site's token is, asked of the list that every request asks."""
    tokens = [new_token() for _ in range(SITES)]
    listed = GuestList(audience=lambda _site, _channel: None, now=lambda: 0)
    for number, token in enumerate(tokens):
        listed.put(f"s{number}", Guest(digest=digest_of(token)))

    def judge(token: str) -> str | None:
        digest = digest_of(token)
        return listed.site_of(digest) if digest is not None else None

    def turn(number: int) -> Outcome:
        chance = random.Random(f"guests/{wishes.seed}/{number}")
        kinds: dict[str, list[float]] = {FAR: [], NEAR: [], HALF: []}
        for _ in range(TIMINGS):
            token = chance.choice(tokens)
            other = "".join(chance.choices(token, k=len(token)))
            said = {FAR: other, NEAR: f"{token[:-2]}{other[-2:]}", HALF: f"{token[:21]}{other[21:]}"}
            name = chance.choice(list(kinds))
            kinds[name].append(timed(partial(judge, said[name]), time.perf_counter_ns))
        return judged(kinds, "a site's token")

    yield turn


MOST = frozenset({"largest |t|"})
TIMING = Row(threat="T-02", name="timing", turns=1, open=comparing, most=MOST)
GUESTS_TIMED = Row(threat="T-14", name="timing-site", turns=1, open=guests, most=MOST)
CALLS_TIMED = Row(threat="T-02", name="timing-socket", turns=1, open=calling, most=MOST)
