"""The origin as a whole: every route, every method, hostile paths and queries."""

import asyncio
import random
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from origin.app import middlewares, routes
from origin.disk_store import DiskStore
from origin.guard import Handler
from origin.memory_store import MemoryStore
from origin.viewers import Viewers
from tests.origin.builders import DEMO, RUN, V720, advance, fill, playlist_at
from tests.origin.serving import PLAYLIST, ClientFactory, Opening, Origin

PATHS = ("/live/demo/index.m3u8", PLAYLIST, f"/live/demo/v720/99-{RUN}.m4s")


@pytest.fixture
async def origin(opening: Opening) -> Origin:
    found = await opening()
    fill(found.store, msn=100)
    return found


@pytest.mark.parametrize("path", PATHS)
async def test_get_head_and_options_are_answered(origin: Origin, path: str) -> None:
    assert (await origin.client.get(path)).status == 200
    assert (await origin.client.head(path)).status == 200
    preflight = await origin.client.options(path)
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Range" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
async def test_other_methods_are_refused(origin: Origin, method: str, path: str) -> None:
    """T-20."""
    answer = await origin.client.request(method, path)
    assert answer.status == 405
    assert set(answer.headers["Allow"].split(",")) == {"GET", "HEAD", "OPTIONS"}
    assert await answer.read() == b""


async def test_answers_are_counted(origin: Origin) -> None:
    body = await (await origin.client.get(PATHS[2])).read()
    await origin.client.head(PATHS[2])
    await origin.client.get("/live/none/index.m3u8")
    counts = origin.viewers.snapshot()
    assert (counts.answers, counts.bytes, counts.waiting) == (2, len(body), 0)


async def test_everything_unknown_looks_the_same(origin: Origin) -> None:
    """T-12: what exists elsewhere and what does not exist are told apart by nothing."""
    seen = set()
    for path in ("/live/none/index.m3u8", "/live/demo/none/index.m3u8", f"/live/demo/v720/1-{RUN}.m4s",
                 f"/live/none/v720/99-{RUN}.m4s", "/live/demo/v720/x", "/live/Demo/index.m3u8", "/", "/live/",
                 "/etc/passwd", "/live/demo/v720/99-7.m4s/more"):
        answer = await origin.client.get(path)
        headers = {name: value for name, value in answer.headers.items() if name != "Date"}
        seen.add((answer.status, await answer.read(), tuple(sorted(headers.items()))))
    assert len(seen) == 1
    assert seen.pop()[0] == 404


def hostile_paths(seed: int, count: int) -> list[str]:
    """Paths out of steps that try to leave the root, in plain and encoded forms."""
    dice = random.Random(seed)
    steps = ["..", ".", "...", "%2e%2e", "%2E.", "..%2f", "..%5c", "%5c..%5c", "%c0%ae%c0%ae", "%00", "canary",
             "demo", "v720", "99-7.m4s", "init-7.mp4", "99-7.m4s%00", "_notes", ".99-7.m4s.new", "con", "nul",
             "%252e%252e", "a" * 300, "99-7.m4s%2f..%2f..%2f..%2fcanary", quote("đường"), "~root", "etc", "link"]
    return ["/live/" + "/".join(dice.choices(steps, k=dice.randint(1, 6))) for _ in range(count)]


async def test_no_path_reaches_anything_outside_the_root(opening: Opening, tmp_path: Path) -> None:
    """T-12: canaries beside and above the root, and links to them inside, are never read."""
    canary = b"canary bytes"
    root = tmp_path / "media"
    (root / "demo" / "v720").mkdir(parents=True)
    for place in (tmp_path / "canary", root / "canary", root / "demo" / "canary", root / "demo" / "_notes"):
        place.write_bytes(canary)
    (root / "demo" / "v720" / "97-7.m4s").symlink_to(tmp_path / "canary")
    (root / "demo" / "link").symlink_to(tmp_path)
    (root / "link").symlink_to(root / "demo")
    disk = DiskStore(root)
    disk.start()
    try:
        origin = await opening(disk)
        fill(disk, msn=100)
        assert disk.flush()
        assert (await origin.client.get(PATHS[2])).status == 200
        links = ["/live/demo/v720/97-7.m4s", "/live/link/v720/99-7.m4s"]
        answers = await _raw(origin.client.port, [*hostile_paths(1, 5000), *links])
    finally:
        disk.stop()
    assert all(canary not in answer for answer in answers)
    statuses = {answer[9:12] for answer in answers}
    assert statuses <= {b"200", b"400", b"404"}
    assert all(b"404" in answer[:12] for answer in answers[-2:])


async def _raw(port: int | None, paths: list[str]) -> list[bytes]:
    """Answers to paths sent exactly as they are: a client library would tidy them."""
    answers = []
    for start in range(0, len(paths), 100):
        answers += await asyncio.gather(*(_raw_one(port, path) for path in paths[start:start + 100]))
    return answers


async def _raw_one(port: int | None, path: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer


async def test_fuzzed_directives_are_answered_refused_or_held(opening: Opening) -> None:
    """T-17: 5,000 queries, and no server error but the 503 of a wait that was too long."""
    store = MemoryStore()
    origin = await opening(store, patience=0.005, waiting_limit=50)
    fill(store, msn=100)
    dice = random.Random(17)
    values = ["", "0", "1", "99", "100", "101", "102", "103", "-1", "1e9", "NaN", "9" * 19, "9" * 20, "9" * 4096,
              "%00", "%d9%a3", "1%20", "+1", "0x1", "YES", "v2", "%ff", "&", "%26_HLS_msn=3", ";", "a=b"]
    names = ["_HLS_msn", "_HLS_part", "_HLS_skip", "_hls_msn", "_HLS_MSN", "_HLS_report", "x", ""]
    paths = []
    for _ in range(5000):
        pairs = [f"{dice.choice(names)}={dice.choice(values)}" for _ in range(dice.randint(1, 4))]
        paths.append(f"{PLAYLIST}?{'&'.join(pairs)}")
    answers = await _raw(origin.client.port, paths)
    assert {answer[9:12] for answer in answers} <= {b"200", b"400", b"503"}
    assert {b"200", b"400", b"503"} <= {answer[9:12] for answer in answers}
    assert origin.viewers.waiting == 0


async def test_a_normal_viewer_is_served_beside_a_thousand_who_wait(opening: Opening) -> None:
    """T-17."""
    store = MemoryStore()
    origin = await opening(store, waiting_limit=2000)
    fill(store, msn=100)
    parked = [asyncio.create_task(_raw_one(origin.client.port, f"{PLAYLIST}?_HLS_msn=101")) for _ in range(1000)]
    await origin.parked(1000)
    assert (await origin.client.get(PLAYLIST)).status == 200
    store.publish(DEMO, V720, playlist_at(101, 2))
    answers = await asyncio.gather(*parked)
    assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)


async def test_one_address_cannot_fill_the_waiting_room(aiohttp_client: ClientFactory) -> None:
    """T-17."""

    @web.middleware
    async def elsewhere(request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request.clone(remote=request.headers["X-From"]))

    store, viewers = MemoryStore(), Viewers()
    fill(store, msn=100)
    app = web.Application(middlewares=[elsewhere, *middlewares()])
    app.add_routes(routes(store, peer_limit=1, viewers=viewers))
    origin = Origin(store, await aiohttp_client(TestServer(app)), viewers)
    paths = (f"{PLAYLIST}?_HLS_msn=101&_HLS_part=0", f"/live/demo/v720/101-{RUN}.0.m4s")
    first = asyncio.create_task(origin.client.get(paths[0], headers={"X-From": "192.0.2.1"}))
    await origin.parked(1)
    for path in paths:
        answer = await origin.client.get(path, headers={"X-From": "192.0.2.1"})
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    second = asyncio.create_task(origin.client.get(paths[1], headers={"X-From": "192.0.2.2"}))
    await origin.parked(2)
    advance(store, 101, 0)
    assert [(await first).status, (await second).status] == [200, 200]
