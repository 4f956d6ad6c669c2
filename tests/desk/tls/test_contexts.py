"""How TLS is spoken, over real sockets."""

import asyncio
import ssl
import time
from pathlib import Path

import pytest
from aiohttp import web

from desk.doorway import Doorway
from desk.listener import Listener
from desk.tls.authority import Names
from desk.tls.choice import OLD, TlsFiles, tls_files
from desk.tls.contexts import listening, load, own
from desk.tls.folder import TlsFolder
from flow.errors import OperatorError


@pytest.fixture
def folder(tmp_path: Path) -> TlsFolder:
    made = TlsFolder(tmp_path)
    made.init(Names.parse(("localhost",), ("127.0.0.1",)), days=30, now=_now())
    return made


def files_of(folder: TlsFolder, listener: str = "viewers") -> TlsFiles:
    found = tls_files("local", listener, folder.path.parent)
    assert found is not None
    return found


async def shaken(folder: TlsFolder, server: ssl.SSLContext, client: ssl.SSLContext) -> str | None:
    """The version that both speak."""
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0), tls=server).start()
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", runner.addresses[0][1], ssl=client, server_hostname="localhost",
        )
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert b"404" in await reader.read()
        spoken: str | None = writer.get_extra_info("ssl_object").version()
        writer.close()
        return spoken
    finally:
        await runner.cleanup()


def client_of(folder: TlsFolder, *, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=folder.ca)
    context.maximum_version = newest
    return context


async def test_viewers_speak_the_newest_and_boxes_the_one_before_where_that_is_said(folder: TlsFolder) -> None:
    """T-23."""
    files = files_of(folder)
    assert await shaken(folder, listening(files), client_of(folder)) == "TLSv1.3"
    old = client_of(folder, newest=ssl.TLSVersion.TLSv1_2)
    assert await shaken(folder, listening(files, oldest=OLD), old) == "TLSv1.2"
    with pytest.raises((ssl.SSLError, ConnectionError)):
        await shaken(folder, listening(files), old)


async def test_a_process_of_the_machine_believes_its_own_listeners(folder: TlsFolder, tmp_path: Path) -> None:
    files = files_of(folder)
    assert await shaken(folder, listening(files), own(files)) == "TLSv1.3"
    other = TlsFolder(tmp_path / "other")
    other.init(Names.parse(("localhost",), ()), days=30, now=_now())
    with pytest.raises(ssl.SSLError):
        await shaken(folder, listening(files_of(other)), own(files))


def test_what_cannot_be_used_is_one_sentence_and_changes_nothing(folder: TlsFolder, tmp_path: Path) -> None:
    context = listening(files_of(folder))
    (tmp_path / "bad.pem").write_text("no certificate")
    for wrong in (tmp_path / "bad.pem", tmp_path / "none.pem"):
        with pytest.raises(OperatorError, match="cannot be used for TLS"):
            load(context, TlsFiles(certificate=wrong))
    with pytest.raises(OperatorError, match="cannot be used for TLS"):
        load(context, TlsFiles(certificate=folder.file("viewers"), key=folder.path / "ca.key"))


def _now() -> int:
    return int(time.time())  # OpenSSL looks at the real clock
