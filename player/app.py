"""The pages' HTTP routes, for the viewers' listener."""

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from typing import Protocol

from aiohttp import web

from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion
from player.assets import Assets
from player.beside import handed_part
from player.catalogue import Language
from player.pages import index_page, unknown_page, watch_page
from player.security import PAGE_HEADERS, STATIC_HEADERS

Channels = Callable[[web.Request], Sequence[tuple[ChannelId, str]]]
"""The channels that there are just now for who asks, each with its title, in the order to show them."""


class Beside(Protocol):
    """What programmes bring beside the picture; calls return at once."""

    @property
    def zone(self) -> tzinfo:
        """Has the clock that pages are read by."""
        ...

    def coming(self, request: web.Request) -> Sequence[Item]:
        """What who asks is invited to in the days to come."""
        ...

    def site(self, request: web.Request) -> str:
        """What the site is called that asks; empty for who is none."""
        ...

    def elsewhere(self, request: web.Request) -> bool:
        """Whether a site asks from where it may not be."""
        ...

    def occasion(self, request: web.Request, channel: ChannelId) -> Occasion:
        """What who asks is told of a channel's programmes."""
        ...

    def documents(self, request: web.Request, channel: ChannelId) -> Sequence[Document]:
        """What is handed out on a channel just now to who asks."""
        ...

    def tries(self, request: web.Request) -> bool:
        """Whether who asks is a site, whose organiser hears how its test went."""
        ...


def routes(channels: Channels, beside: Beside | None = None) -> list[web.AbstractRouteDef]:
    """Routes of `/`, `/watch/<channel>` and `/static/<hash>/<file>`; raises ToolError while the page is not built.

    `channels` is called once for each page and must return at once.
    """
    pages = _Pages(channels, beside, Assets.load())
    return [
        web.get("/", pages.index),
        web.get("/watch/{channel}", pages.watch),
        web.get("/static/{digest}/{name}", pages.static),
    ]


class _Pages:
    """The handlers, with the little that they need."""

    def __init__(self, channels: Channels, beside: Beside | None, assets: Assets) -> None:
        self._channels = channels
        self._beside = beside
        self._assets = assets

    async def index(self, request: web.Request) -> web.Response:
        """The list of channels."""
        channels, code = self._channels(request), request.query.get("code", "")
        return _html(index_page(
            channels, self._assets, _language(request), code,
            coming=self._beside.coming(request) if self._beside else (),
            zone=self._beside.zone if self._beside else UTC,
            site=self._beside.site(request) if self._beside else "", elsewhere=self._elsewhere(request),
        ))

    async def watch(self, request: web.Request) -> web.Response:
        """One channel's page; 404 with a page that waits for it while there is no such channel."""
        wanted = ChannelId(request.match_info["channel"])
        language = _language(request)
        documents = self._beside.documents(request, wanted) if self._beside else ()
        occasion = self._beside.occasion(request, wanted) if self._beside else Occasion()
        for channel, title in self._channels(request):
            if channel == wanted:
                if "handed" in request.query:  # a page that is open looks whether there is more
                    return _html(handed_part(documents, occasion, language))
                tries = self._beside is not None and self._beside.tries(request)
                return _html(watch_page(
                    channel, title, self._assets, language, documents=documents, tries=tries, occasion=occasion,
                ))
        return _html(unknown_page(
            self._assets, language, occasion=occasion, documents=documents,
            coming=self._beside.coming(request) if self._beside else (), channel=wanted,
            zone=self._beside.zone if self._beside else UTC, elsewhere=self._elsewhere(request),
        ), status=404)

    def _elsewhere(self, request: web.Request) -> bool:
        return self._beside is not None and self._beside.elsewhere(request)

    async def static(self, request: web.Request) -> web.Response:
        """One of the page's own files, gzipped for whoever takes it."""
        asset = self._assets.find(request.match_info["digest"], request.match_info["name"])
        if asset is None:
            return web.Response(status=404, text="not found", headers={"Cache-Control": "no-cache"})
        headers = {**STATIC_HEADERS, "Content-Type": asset.content_type}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=asset.gzipped, headers={**headers, "Content-Encoding": "gzip"})
        return web.Response(body=asset.plain, headers=headers)


def _language(request: web.Request) -> Language:
    return Language.of(request.query.get("lang", ""))


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=PAGE_HEADERS)
