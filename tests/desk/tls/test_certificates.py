"""The certificates of a headend that runs."""

import asyncio
import ssl
import time
from pathlib import Path

import pytest
from aiohttp import web

from desk.doorway import Doorway
from desk.listener import Listener
from desk.tls.authority import Names
from desk.tls.certificates import Certificates
from desk.tls.choice import tls_files
from desk.tls.folder import TlsFolder

DAY = 86_400


@pytest.fixture
def folder(tmp_path: Path) -> TlsFolder:
    made = TlsFolder(tmp_path)
    made.init(Names.parse(("localhost",), ("127.0.0.1",)), days=30, now=int(time.time()))
    return made


def certificates(folder: TlsFolder, after: int = 0) -> Certificates:
    data = folder.path.parent
    return Certificates(
        data, {"viewers": tls_files("local", "viewers", data), "operators": None},
        now=lambda: time.time() + after,
    )


async def shown(port: int, client: ssl.SSLContext) -> bytes | None:
    """The certificate that a new connection sees."""
    _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname="localhost")
    found: bytes | None = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    return found


async def test_a_new_certificate_is_taken_and_no_answer_under_way_is_lost(folder: TlsFolder) -> None:
    """T-23: twenty answers that have begun when it is renewed come to their end."""
    renewed = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        await answer.write(b"first ")
        await renewed.wait()
        await answer.write(b"last")
        return answer

    live = certificates(folder)
    app = web.Application()
    app.router.add_get("/", slow)
    runner = web.AppRunner(app)
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0), tls=live.context("viewers")).start()
    port, client = runner.addresses[0][1], ssl.create_default_context(cafile=folder.ca)
    streams = [
        await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname="localhost")
        for _ in range(20)
    ]
    for reader, writer in streams:
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        await reader.readuntil(b"first ")
    before = await shown(port, client)
    folder.renew(now=int(time.time()))
    live.look()
    assert await shown(port, client) != before
    renewed.set()
    ends = await asyncio.gather(*(reader.read() for reader, _ in streams))
    assert all(b"last" in end for end in ends)
    for _, writer in streams:
        writer.close()
    await runner.cleanup()


def test_it_is_renewed_by_itself_in_time(folder: TlsFolder) -> None:
    """T-23."""
    before = folder.file("viewers").read_bytes()
    certificates(folder, after=19 * DAY).look()
    assert folder.file("viewers").read_bytes() == before
    certificates(folder, after=21 * DAY).look()
    assert folder.file("viewers").read_bytes() != before


def test_a_file_that_is_spoilt_leaves_what_there_was(folder: TlsFolder, caplog: pytest.LogCaptureFixture) -> None:
    live = certificates(folder)
    folder.file("viewers").write_text("spoilt")
    (folder.path / "ca.key").unlink()
    live.look()
    live.look()
    assert len([one for one in caplog.records if "goes on with the certificate" in one.message]) == 1


def test_a_listener_without_tls_has_none(folder: TlsFolder) -> None:
    live = certificates(folder)
    assert live.context("operators") is None
    assert live.context("machines") is None
