"""The origin's door: the store's addresses as routes, for whoever builds the viewers' application."""

from collections.abc import Sequence

from aiohttp import web
from aiohttp.typedefs import Middleware

from flow.guests import Codes
from flow.keyring import Keys
from flow.store import StoreReader
from origin.bodies import Bodies
from origin.caching import CORS
from origin.gate.clients import Network, behind
from origin.gate.gate import Gate
from origin.gate.invitations import Invitations
from origin.gate.site_playlists import SitePlaylists
from origin.gate.table import gated, links, personal, with_token
from origin.guard import guard
from origin.key_route import KeyRoute
from origin.paths import Handler, PathsDef, Table
from origin.playlists import Playlists
from origin.viewers import Viewers
from origin.waiting_room import WaitingRoom

_PREFLIGHT = {
    **CORS,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Range, If-None-Match, CMCD-Object, CMCD-Request, CMCD-Session, CMCD-Status",
    "Access-Control-Max-Age": "86400",
}


def routes(
    reader: StoreReader, *, waiting_limit: int = 20_000, peer_limit: int = 256, patience: float = 3.0,
    viewers: Viewers | None = None, keys: Keys | None = None, gate: Gate | None = None,
    invitations: Invitations | None = None, codes: Codes | None = None, beside: Table | None = None,
) -> list[web.AbstractRouteDef]:
    """Routes for GET, HEAD and OPTIONS of everything below `/live/`, and below `/keys/` when there are `keys`.

    With a `gate` it is asked who may come in, and everything is below `/s/<stream token>/` too: the same handlers,
    and since all URIs in playlists are relative, the same playlists. Without one everybody may watch everything.
    With `invitations` as well, sites are known by their links `/t/<site token>/…` and by the cookie that a browser
    gets for one, or for one of the `codes`; multivariant playlists hold the addresses that are made for each.
    `beside` are further addresses, whose handlers ask by themselves who may come in.

    `waiting_limit` requests may wait at a time, each for `patience` target durations; `peer_limit` of them from
    one address, but any number from loopback, which edges and reverse proxies share. `viewers` counts them when
    given. Handlers raise ViewerError, which `middlewares` turn into answers.
    """
    counts = viewers if viewers is not None else Viewers()
    room = WaitingRoom(counts, limit=waiting_limit, peer_limit=peer_limit, patience=patience)
    playlists = Playlists(reader, counts, room)
    bodies = Bodies(reader, counts, room)
    table: Table = {
        "/live/{channel}/index.m3u8": playlists.multivariant,
        "/live/{channel}/ts.m3u8": playlists.multivariant_for_boxes,
        "/live/{channel}/audio.m3u8": playlists.multivariant_of_sound,
        "/live/{channel}/{rendition}/index.m3u8": playlists.media,
        "/live/{channel}/{rendition}/index.vtt": playlists.sprites,
        "/live/{channel}/{rendition}/{name}": bodies.media,
    }
    key: Table = {"/keys/{channel}/{number}": KeyRoute(keys, counts, gate).key} if keys is not None else {}
    served: Table = {**table, **key}
    if gate is not None:
        served = {**gated(table, gate), **key, **with_token(key)}  # keys ask the gate themselves
        if invitations is not None:
            of_sites = personal(table, SitePlaylists(reader, counts, gate, invitations))
            served = {**served, **of_sites, **links(invitations, codes)}
    return [PathsDef({**served, **(beside or {})}, _preflight)]


def edge_routes(reader: StoreReader, *, viewers: Viewers | None = None) -> list[web.AbstractRouteDef]:
    """The media of every channel, invited or open, for edges: the listener they are on knows who is one.

    Refusals are made here, since that listener's other routes have theirs. Keys are not among them: who may have
    one is asked with a token, each time.
    """
    return [
        PathsDef({path: _guarded(handler) for path, handler in route.table.items()}, _preflight)
        for route in routes(reader, viewers=viewers) if isinstance(route, PathsDef)
    ]


def _guarded(handler: Handler) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await guard(request, handler)

    return answer


def middlewares(trusted: Sequence[Network] = ()) -> list[Middleware]:
    """What the viewers' application must put around its handlers, behind proxies in `trusted` networks.

    Add `origin.guard.unsigned` to its `on_response_prepare` too, and no Server header is sent at all.
    """
    return [guard, *([behind(trusted)] if trusted else [])]


async def _preflight(_request: web.Request) -> web.Response:
    """What a browser asks before a request to another origin; the same for every address, known or not."""
    return web.Response(status=204, headers=_PREFLIGHT)
