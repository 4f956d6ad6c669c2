"""What is handed out with programmes, over the control API.

    GET    /api/v1/programmes/<id>/documents             {"documents": […]}
    POST   /api/v1/programmes/<id>/documents?title=&title_en=&who=&why=
                                                         the file as application/octet-stream -> 201, document
    DELETE /api/v1/programmes/<id>/documents/<number>    {"who", "why"} or nothing -> the document that it was

A file goes to the disk piece by piece, from threads, and is looked at there.
"""

import asyncio
import logging
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from desk.database.door import DatabaseDoor
from desk.documents.kinds import ending_of
from desk.documents.shelf import Coming, Shelf
from desk.errors import RefusedError
from desk.json_request import json_of
from desk.people.person import name_of
from desk.programmes.programme import MOST_TITLE
from desk.said import Said, said_in, short_line
from flow.clock import Clock
from flow.errors import OperatorError
from flow.ids import ChannelId
from flow.listing import Document

_log = logging.getLogger(__name__)
_NS = 1_000_000_000
PATIENCE = 300.0
"""Seconds that a file may take to come."""
AT_ONCE = 4
"""Files that may come at a time."""
_ALL = "/api/v1/programmes/{programme}/documents"


class UploadRoutes:
    """The handlers."""

    def __init__(
        self, door: DatabaseDoor, shelf: Shelf, clock: Clock, told: Callable[[], Awaitable[None]],
    ) -> None:
        """`told` is waited for when something is handed out, or is not any more."""
        self._door = door
        self._shelf = shelf
        self._clock = clock
        self._told = told
        self._changing = asyncio.Lock()
        self._coming = 0

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [
            web.get(_ALL, self.index), web.post(_ALL, self.add), web.delete(f"{_ALL}/{{document}}", self.remove),
        ]

    async def index(self, request: web.Request) -> web.Response:
        """All that is handed out with a programme."""
        from desk.documents.document_store import DocumentStore  # noqa: PLC0415

        name = request.match_info["programme"]

        def work(database: Any) -> list[Document]:  # noqa: ANN401
            with database.reading() as connection:
                return DocumentStore(connection).of(name)

        return web.json_response({"documents": [shown(one) for one in await self._door.ask(work)]})

    async def add(self, request: web.Request) -> web.Response:
        """Hand a file out."""
        if request.content_type != "application/octet-stream":  # a form on a foreign page cannot send it (T-30)
            problem = "a document is sent as application/octet-stream"
            raise RefusedError(415, problem, "Set Content-Type")
        title, title_en, said = _title(request, "title"), _title(request, "title_en"), _said(request)
        if not title:
            problem = "a document has a title"
            raise OperatorError(problem, "Give it one with `title`")
        if self._coming >= AT_ONCE:
            problem = f"{AT_ONCE} documents are coming already"
            raise RefusedError(409, problem, "Try again when one is done")
        self._coming += 1
        try:
            one = await self._added(request, title, title_en)
        finally:
            self._coming -= 1
        await self._note(said, "added", one, request.match_info["programme"])
        return web.json_response(shown(one), status=201)

    async def _added(self, request: web.Request, title: str, title_en: str) -> Document:
        from desk.documents.document_store import DocumentStore  # noqa: PLC0415

        name, now_s = request.match_info["programme"], self._clock.wall_ns() // _NS
        await self.index(request)  # what has no programme is not waited for
        try:
            with self._shelf.coming() as coming:
                await _received(request, coming)
                ending = await asyncio.to_thread(ending_of, coming.file)
                made = Document(
                    number=0, channel=ChannelId(""), title=title, title_en=title_en, ending=ending,
                    size=coming.size, digest=coming.digest,
                )

                def work(database: Any) -> Document:  # noqa: ANN401
                    with database.writing() as connection:
                        return DocumentStore(connection).add(name, made, now_s)

                async with self._changing:
                    await asyncio.to_thread(self._shelf.keep, coming)
                    return await self._door.ask(work)
        except OSError as error:
            problem = f"the file cannot be kept: {error.strerror or error}"
            raise RefusedError(503, problem, "Make room on the disk; nothing was changed") from error

    async def remove(self, request: web.Request) -> web.Response:
        """Hand one out no more."""
        from desk.documents.document_store import DocumentStore  # noqa: PLC0415

        words = await json_of(request) if request.body_exists else {}
        said = said_in(words) if isinstance(words, dict) else Said()
        name, text = request.match_info["programme"], request.match_info["document"]
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0
        now_s = self._clock.wall_ns() // _NS

        def work(database: Any) -> tuple[Document, bool]:  # noqa: ANN401
            with database.writing() as connection:
                store = DocumentStore(connection)
                one = store.remove(name, number, now_s)
                return one, store.is_used(one.digest)

        async with self._changing:
            one, used = await self._door.ask(work)
            if not used:
                await asyncio.to_thread(self._shelf.drop, one.digest)
        await self._note(said, "removed", one, name)
        return web.json_response(shown(one))

    async def _note(self, said: Said, deed: str, one: Document, programme: str) -> None:
        await self._told()
        why = f": {said.why}" if said.why else ""
        _log.info("%s %s document %d of %s%s", said.who or "somebody", deed, one.number, programme, why)


def shown(one: Document) -> dict[str, Any]:
    """A document as JSON; `path` is where its audience gets it."""
    return {
        "number": one.number, "title": one.title, "title_en": one.title_en, "kind": one.ending, "size": one.size,
        "sha256": one.digest, "path": f"/doc/{one.channel}/{one.number}",
    }


async def _received(request: web.Request, coming: Coming) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.content.iter_chunked(1 << 18):
                await asyncio.to_thread(coming.take, piece)  # a disk that is slow keeps no viewer waiting
    except TimeoutError as error:
        problem = "the file took too long to come"
        raise RefusedError(408, problem, "Try again") from error


def _title(request: web.Request, key: str) -> str:
    return unicodedata.normalize("NFC", short_line(request.query, key, MOST_TITLE)).strip()


def _said(request: web.Request) -> Said:
    return said_in({**request.query, "who": name_of(request) or request.query.get("who", "")})
