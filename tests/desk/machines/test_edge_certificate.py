"""The certificate of an edge, at real handshakes."""

import asyncio
import ssl
from pathlib import Path

import pytest
from aiohttp import web

from desk.doorway import Doorway
from desk.errors import RefusedError
from desk.listener import Listener
from desk.machines.edge_certificate import EdgeCertificate, server_name
from desk.tls.authority import machine_key_pair
from desk.tls.choice import TlsFiles
from desk.tls.contexts import listening
from flow.errors import OperatorError
from tests.desk.machines.edge import authority_in, client, edge_in, now

DAY = 86_400


async def answered(server: ssl.SSLContext, asking: ssl.SSLContext) -> bytes:
    """The first line that who asks hears; raises what it meets instead."""
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0), tls=server).start()
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", runner.addresses[0][1], ssl=asking, server_hostname="localhost",
        )
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        line = (await reader.read())[:12]
        writer.close()
        if not line:
            raise ConnectionAbortedError
        return line
    finally:
        await runner.cleanup()


async def test_a_listener_that_asks_takes_those_of_its_authority_and_of_the_day(tmp_path: Path) -> None:
    """T-23: expired, of another authority, or a listener's: refused when hands are shaken."""
    data, other = tmp_path / "data", tmp_path / "other"
    files = authority_in(data)
    authority_in(other)
    asks = listening(files, asks=True)
    for pair in (None, edge_in(data, "edge-1", tmp_path)):
        assert await answered(asks, client(data, pair)) == b"HTTP/1.1 404"
    for wrong in (
        edge_in(data, "edge-2", tmp_path, at=now() - 31 * DAY), edge_in(other, "edge-3", tmp_path),
        files.certificate,
    ):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await answered(asks, client(data, wrong))


async def test_no_listener_can_show_it(tmp_path: Path) -> None:
    """T-23: an edge that is stolen is no headend, whatever name it is called by."""
    data = tmp_path / "data"
    authority_in(data)
    stolen = listening(TlsFiles(certificate=edge_in(data, "localhost", tmp_path)))
    asking = client(data)
    asking.check_hostname = False
    with pytest.raises(ssl.SSLCertVerificationError, match="purpose"):
        await answered(stolen, asking)


def test_it_comes_with_what_an_edge_needs_besides(tmp_path: Path) -> None:
    files = authority_in(tmp_path)
    _, public = machine_key_pair()
    signed = EdgeCertificate.sign(tmp_path, files, "edge-1", public, now=now())
    assert signed.server == "hop.example.vn"
    assert "BEGIN CERTIFICATE" in signed.ca
    assert 29 * DAY < signed.certified.ends - now() <= 30 * DAY
    elsewhere = TlsFiles(certificate=tmp_path / "cert.pem", ca=files.ca)
    elsewhere.certificate.write_bytes(files.certificate.read_bytes())
    assert EdgeCertificate.sign(tmp_path, elsewhere, "edge-1", public, now=now()).ca == ""


def test_for_what_is_no_key_and_without_an_authority_none_is_made(tmp_path: Path) -> None:
    files = authority_in(tmp_path)
    key, public = machine_key_pair()
    for wrong in (b"", b"nonsense", key):
        with pytest.raises(OperatorError, match="public_key"):
            EdgeCertificate.sign(tmp_path, files, "edge-1", wrong, now=now())
    (tmp_path / "tls" / "ca.key").unlink()
    with pytest.raises(RefusedError, match="no authority"):
        EdgeCertificate.sign(tmp_path, files, "edge-1", public, now=now())


@pytest.mark.parametrize(("names", "server"), [
    (["localhost", "hop.example.vn", "10.0.0.5"], "hop.example.vn"), (["localhost", "127.0.0.1"], "localhost"),
    (["10.0.0.5", "fe80::1"], ""), ([], ""),
])
def test_it_names_a_host_that_a_cache_engine_can_compare(names: list[str], server: str) -> None:
    assert server_name(names) == server
