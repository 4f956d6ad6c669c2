"""An RTMP server to pull from, in a thread of its own: it answers as told."""

import asyncio
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from ingest.rtmp.amf import encode
from ingest.rtmp.auth import answer
from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.chunks import ChunkReader
from ingest.rtmp.command import Command, command_of
from ingest.rtmp.handshake import RANDOM, Handshake
from ingest.rtmp.message import Kind, Message

Script = Callable[[Command], Sequence[Message] | None]
"""What to answer to a command; None closes."""


def result(command: Command, *values: object, name: str = "_result") -> Message:
    return Message(kind=Kind.COMMAND, body=encode(name, command.transaction, *values))


def status(code: str, level: str = "status", **more: object) -> Message:
    words = {"level": level, "code": code, **more}
    return Message(kind=Kind.COMMAND, body=encode("onStatus", 0, None, words), stream=1)


def plays(*media: Message, end: bool = True) -> Script:
    """A server that has what it is asked for: `media`, and then the end."""
    last = (status("NetStream.Play.UnpublishNotify"),) if end else ()

    def script(command: Command) -> Sequence[Message] | None:
        match command.name:
            case "connect":
                return [result(command, None, {"code": "NetConnection.Connect.Success"})]
            case "createStream":
                return [result(command, None, 1)]
            case "play":
                return [status("NetStream.Play.Start"), *media, *last]
        return []

    return script


def guarded(script: Script, user: str, password: str) -> Script:
    """The same behind the scheme `adobe`."""
    asked = "[ AccessManager.Reject ] : [ {}authmod=adobe ] : {}"
    challenge = f"?reason=needauth&user={user}&salt=c2FsdA==&challenge=Y2g=&opaque=b3A="

    def inner(command: Command) -> Sequence[Message] | None:
        if command.name != "connect":
            return script(command)
        _, _, query = str(command.values[0]["app"]).partition("?")
        given = dict(pair.partition("=")[::2] for pair in query.split("&"))
        if "response" in given:
            right = answer(asked.format("", challenge), user, password, given["challenge"])
            if f"?{query}" == right:
                return script(command)
            words = asked.format("", "?reason=authfailed&opaque=b3A=")
        else:
            words = asked.format("", challenge) if "user" in given else asked.format("code=403 need auth; ", "")
        refusal = {"level": "error", "code": "NetConnection.Connect.Rejected", "description": words}
        return [result(command, None, refusal, name="_error")]

    return inner


@contextmanager
def serving(script: Script, tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[int]:
    """Answer commands with `script`; gives the port."""
    loop, ready, over = asyncio.new_event_loop(), Event(), asyncio.Event()

    async def run() -> None:
        nonlocal port
        server = await asyncio.start_server(lambda reader, writer: _serve(script, reader, writer),
                                            "127.0.0.1", port, ssl=tls)
        port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await asyncio.sleep(0)  # connections that were given up are closed

    thread = Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    ready.wait(10)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()


async def _serve(script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    hands, chunks, answers = Handshake(bytes(RANDOM)), ChunkReader(), ChunkWriter()
    try:
        while data := await reader.read(1 << 16):
            if not hands.done:
                writer.write(hands.receive(data))
                data = hands.rest if hands.done else b""
            chunks.feed(data)
            for message in iter(chunks.next, None):
                if message.kind != Kind.COMMAND:
                    continue
                said = script(command_of(message))
                if said is None:
                    return
                writer.write(b"".join(map(answers.write, said)))
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.transport.abort()
