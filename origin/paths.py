"""Addresses told apart by their parts, one look at each: what a token in an address costs is not its length.

aiohttp matches an address against the pattern of each resource in turn, each time all of it. Here it is split
once.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from aiohttp import hdrs, web
from yarl import URL

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Table = Mapping[str, Handler]
"""Handlers by pattern, `/live/{channel}/index.m3u8`; of patterns that both fit the first counts."""


class _Shape(NamedTuple):
    """One pattern, taken apart: what stands where, and what is called how."""

    words: tuple[tuple[int, str], ...]
    names: tuple[tuple[int, str], ...]
    routes: Mapping[str, web.ResourceRoute]


class Paths(web.AbstractResource):
    """All addresses below one first part.

    No part of ours ever needs a percent sign, so an address with one is not here: there is one spelling of each,
    for every cache and every list (T-21).
    """

    def __init__(self, first: str, table: Table, preflight: Handler) -> None:
        """`preflight` answers OPTIONS for all of them; HEAD is answered as GET is."""
        super().__init__()
        self._first = first
        self._routes: list[web.AbstractRoute] = []
        self._shapes: dict[int, list[_Shape]] = {}
        self.patterns = tuple(table)
        for pattern, handler in table.items():
            parts = pattern.split("/")
            named = [part.startswith("{") for part in parts]
            routes = {
                hdrs.METH_GET: web.ResourceRoute(hdrs.METH_GET, handler, self),
                hdrs.METH_HEAD: web.ResourceRoute(hdrs.METH_HEAD, handler, self),
                hdrs.METH_OPTIONS: web.ResourceRoute(hdrs.METH_OPTIONS, preflight, self),
            }
            self._routes += routes.values()
            # The last word first: it is what tells most of them apart.
            words = [(at, part) for at, part in enumerate(parts) if at > 1 and not named[at]][::-1]
            names = [(at, part[1:-1]) for at, part in enumerate(parts) if named[at]]
            self._shapes.setdefault(len(parts), []).append(_Shape(tuple(words), tuple(names), routes))

    async def resolve(self, request: web.Request) -> tuple[web.UrlMappingMatchInfo | None, set[str]]:
        """The handler of a request with the named parts of its address, or which methods would have one."""
        path = request.rel_url.raw_path
        if "%" in path:
            return None, set()
        parts = path.split("/")
        for shape in self._shapes.get(len(parts), ()):
            for at, word in shape.words:
                if parts[at] != word:
                    break
            else:
                named = {name: parts[at] for at, name in shape.names}
                if not all(named.values()):
                    continue
                route = shape.routes.get(request.method)
                return web.UrlMappingMatchInfo(named, route) if route else None, set(shape.routes)
        return None, set()

    @property
    def canonical(self) -> str:
        """What aiohttp finds it by."""
        return f"/{self._first}/{{rest}}"

    def url_for(self, **_parts: str) -> URL:
        """None is ever asked for."""
        raise NotImplementedError

    def add_prefix(self, prefix: str) -> None:
        """Addresses do not change."""
        raise NotImplementedError

    def get_info(self) -> Any:  # noqa: ANN401 - aiohttp's own kind is not public
        """For whoever prints all routes."""
        return {"formatter": self.canonical}

    def raw_match(self, path: str) -> bool:
        """Whether somebody wants to add to it."""
        return path == self.canonical

    def __len__(self) -> int:
        return len(self._routes)

    def __iter__(self) -> Iterator[web.AbstractRoute]:
        return iter(self._routes)


class PathsDef(web.AbstractRouteDef):
    """Puts a table's addresses into an application."""

    def __init__(self, table: Table, preflight: Handler) -> None:
        self.table = table
        self._preflight = preflight

    def register(self, router: web.UrlDispatcher) -> Sequence[web.AbstractRoute]:  # type: ignore[override]
        """One resource for each first part."""
        routes: list[web.AbstractRoute] = []
        for first in dict.fromkeys(pattern.split("/")[1] for pattern in self.table):
            some = {pattern: one for pattern, one in self.table.items() if pattern.split("/")[1] == first}
            paths = Paths(first, some, self._preflight)
            router.register_resource(paths)
            routes += paths
        return routes
