"""Machines, as operators let them in and shut them out; edges by real TLS."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from desk.machine_key import headers_with, machine_key
from desk.machines.guard import STRANGER
from desk.machines.register import MachineRegister
from desk.tls.authority import machine_key_pair
from flow.wire import H_WHY
from tests.desk.access.hall import Hall, hall_in
from tests.desk.machines.edge import authority_in, client, edge_in, now


class Desk:
    """An operator of a hall's headend."""

    def __init__(self, hall: Hall, data: Path, session: aiohttp.ClientSession) -> None:
        assert hall.headend.ports is not None
        self.machines = hall.headend.ports.machines.url
        self.operators = f"{hall.headend.ports.operators.url}/api/v1/machines"
        self.headers = headers_with(machine_key(data))
        self.session = session
        self.hall = hall

    async def ask(self, path: str = "", words: Any = None) -> tuple[int, Any]:
        method = "GET" if words is None else "POST"
        async with self.session.request(method, self.operators + path, json=words, headers=self.headers) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def desk_in(data: Path, **settings: Any) -> AsyncIterator[Desk]:
    async with hall_in(data, **settings) as hall, aiohttp.ClientSession() as session:
        yield Desk(hall, data, session)


@asynccontextmanager
async def edge_before(
    data: Path, pair: Path | None, made: list[int] | None = None,
) -> AsyncIterator[aiohttp.ClientSession]:
    """A client with one connection at a time, that shows what is in the file `pair`; `made` counts them."""
    trace = aiohttp.TraceConfig()

    async def note(*_words: object) -> None:
        if made is not None:
            made.append(1)

    trace.on_connection_create_end.append(note)
    connector = aiohttp.TCPConnector(limit=1, ssl=client(data, pair))
    async with aiohttp.ClientSession(connector=connector, trace_configs=[trace]) as session:
        yield session


async def test_an_edge_fetches_media_by_its_certificate_until_it_is_revoked(tmp_path: Path) -> None:
    """T-24: playlist, segment, keys and the list of who is out, and nothing else; revoked it is out with its next
    request, also by the connection that it has. Nobody else gets anything."""
    data = tmp_path / "data"
    authority_in(data)
    pair = edge_in(data, "edge-1", tmp_path)
    async with desk_in(data, machines_tls="local") as desk:
        assert desk.machines.startswith("https://")
        live = f"{desk.machines}/live/hop"
        made: list[int] = []
        async with edge_before(data, pair, made) as edge:
            async with edge.get(f"{live}/v240/index.m3u8") as answer:
                listed = [line for line in (await answer.text()).splitlines() if line and not line.startswith("#")]
            async with edge.get(f"{live}/v240/{listed[0]}") as answer:
                assert (answer.status, (await answer.read())[4:8]) == (200, b"moof")
            for path, status in (("/access/keys", 200), ("/access/revoked", 200), ("/ingest/hop", 401),
                                 ("/worker/hop/definition", 401), ("/healthz", 401)):
                async with edge.get(desk.machines + path) as answer:
                    assert answer.status == status, path
            assert await desk.ask("/edge-1/revoke", {"why": "stolen"}) == (200, {"revoked": "edge-1"})
            async with edge.get(f"{live}/v240/index.m3u8") as answer:
                assert (answer.status, answer.headers[H_WHY].split(",")[0]) == (401, "edge-1 is revoked")
                assert answer.headers["Cache-Control"] == "no-store"
            assert made == [1]
        async with edge_before(data, None) as stranger, stranger.get(f"{live}/v240/index.m3u8") as answer:
            assert (answer.status, answer.headers[H_WHY]) == (401, STRANGER)


def _resumed(
    port: int, context: ssl.SSLContext, before: ssl.SSLSession | None,
) -> tuple[int, ssl.SSLSession, bool]:
    """What is answered by TLS that goes on from `before`, what comes after that, and whether it did go on."""
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname="localhost", session=before) as tls,
    ):
        tls.sendall(b"GET /access/keys HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        status = int(tls.recv(12).split()[1])
        assert tls.session is not None
        return status, tls.session, bool(tls.session_reused)


async def test_tls_that_is_resumed_shows_who_it_was_and_a_revoked_one_is_out(tmp_path: Path) -> None:
    """T-24: cache engines resume, and then show no certificate."""
    data = tmp_path / "data"
    authority_in(data)
    context = client(data, edge_in(data, "edge-1", tmp_path))
    async with desk_in(data, machines_tls="local") as desk:
        port = int(desk.machines.rpartition(":")[2])
        _, session, _ = await asyncio.to_thread(_resumed, port, context, None)
        status, session, resumed = await asyncio.to_thread(_resumed, port, context, session)
        assert (status, resumed) == (200, True)
        assert (await desk.ask("/edge-1/revoke", {}))[0] == 200
        status, _, resumed = await asyncio.to_thread(_resumed, port, context, session)
        assert (status, resumed) == (401, True)


async def test_a_certificate_that_ends_or_is_not_listed_opens_nothing_by_a_connection_that_is_kept(
    tmp_path: Path,
) -> None:
    """T-23, T-24: nor does one that somebody signed who stole the authority's key."""
    data = tmp_path / "data"
    authority_in(data)
    pair, stolen = edge_in(data, "edge-1", tmp_path), edge_in(data, "edge-2", tmp_path)
    listed = json.loads((data / "machines.json").read_text())
    listed["machines"][1]["certificates"][0]["fingerprint"] = "0" * 64
    (data / "machines.json").write_text(json.dumps(listed))
    async with desk_in(data, machines_tls="local") as desk:
        guard, keys = desk.hall.headend._machine_guard, f"{desk.machines}/access/keys"
        async with edge_before(data, stolen) as edge, edge.get(keys) as answer:
            assert (answer.status, "not known here" in answer.headers[H_WHY]) == (401, True)
        async with edge_before(data, pair) as edge:
            for later, status in ((29, 200), (31, 401)):
                guard._now_ns = lambda later=later: (now() + later * 86_400) * 1_000_000_000
                async with edge.get(keys) as answer:
                    assert answer.status == status
            assert answer.headers[H_WHY].startswith("the certificate of edge-1 has ended: `xacast machine renew")


async def test_an_edge_is_let_in_and_given_another_certificate(tmp_path: Path) -> None:
    """T-11: its own key is nowhere but where it was made."""
    data = tmp_path / "data"
    authority_in(data)
    _, public = machine_key_pair()
    words = {"name": "edge-1", "kind": "edge", "public_key": public.decode()}
    async with desk_in(data, machines_tls="local") as desk:
        status, made = await desk.ask("", words)
        assert status == 201
        assert (made["name"], made["server"], made["address"]) == ("edge-1", "hop.example.vn", desk.machines)
        again, renewed = await desk.ask("/edge-1/certificate", {"public_key": public.decode()})
        assert again == 201
        assert renewed["certificate"] != made["certificate"]
        assert (await desk.ask("", words))[0] == 400
        assert (await desk.ask("/none/certificate", {"public_key": public.decode()}))[0] == 404
        _, shown = await desk.ask()
        assert [(one["name"], one["kind"], one["ends"]) for one in shown["machines"]] == [
            ("edge-1", "edge", renewed["ends"]),
        ]
    register = MachineRegister(data)
    register.look()
    assert [len(one.certificates) for one in register] == [2]


async def test_a_worker_is_let_in_with_a_key_and_an_edge_where_nobody_asks_for_certificates_is_not(
    tmp_path: Path,
) -> None:
    """T-37: each change is in the audit, and no key."""
    async with desk_in(tmp_path) as desk:
        status, made = await desk.ask("", {"name": "studio-2", "why": "new"})
        assert (status, made["ca"]) == (201, "")
        assert (await desk.ask("", {"name": "studio-3", "key": "k" * 43}))[1]["key"] == "k" * 43
        status, refused = await desk.ask("", {"name": "edge-1", "kind": "edge", "public_key": "x"})
        assert (status, "asks for none" in refused["problem"]) == (409, True)
        assert (await desk.ask("/studio-2/certificate", {"public_key": "x"}))[0] == 409
        assert (await desk.ask("/studio-2/revoke", {}))[0] == 200
        assert (await desk.ask("/studio-2/revoke", {}))[0] == 404
    written = (tmp_path / "audit" / "audit.jsonl").read_text()
    entries = [json.loads(line)["entry"] for line in written.splitlines()]
    assert [(one["what"], one["why"], one["asked"]) for one in entries if "asked" in one][:2] == [
        ("POST /api/v1/machines", "new", {"name": "studio-2"}),
        ("POST /api/v1/machines", "", {"name": "studio-3", "key": "…"}),
    ]
    revoked = [one["number"] for one in entries if one["what"].endswith("/revoke") and one.get("on")]
    assert [one["status"] for one in entries if one.get("of") in revoked] == [200, 404]
    assert "k" * 43 not in written
    assert made["key"] not in written


@pytest.mark.parametrize("words", [
    [], {"name": 1}, {"name": "a", "kind": "local"}, {"name": "a", "kind": []}, {"name": "a", "key": "k" * 2_000},
    {"name": "../a"}, {"name": "local"},
])
async def test_what_makes_no_sense_is_refused(tmp_path: Path, words: Any) -> None:
    async with desk_in(tmp_path) as desk:
        status, refused = await desk.ask("", words)
        assert status == 400
        assert refused["remedy"]
        assert (await desk.ask())[1] == {"machines": []}
