"""Addresses behind the gate: open ones, those with a stream token in them, and those of each site. Pure."""

from flow.guests import Codes
from origin.gate.exchange import Exchange
from origin.gate.gate import Gate
from origin.gate.invitations import Invitations
from origin.gate.site_playlists import SitePlaylists
from origin.paths import Table

_MULTIVARIANTS = {f"/live/{{channel}}/{name}.m3u8": name for name in ("index", "ts", "audio")}
_SPRITES = "/live/{channel}/{rendition}/index.vtt"


def gated(table: Table, gate: Gate) -> Table:
    """The same for who may come in, at each address with and without a stream token before it."""
    entered = {path: gate.before(handler) for path, handler in table.items()}
    return {**entered, **with_token(entered)}


def with_token(table: Table) -> Table:
    """The same handlers below `/s/<stream token>`."""
    return {f"/s/{{token}}{path}": handler for path, handler in table.items()}


def personal(table: Table, playlists: SitePlaylists) -> Table:
    """What of the table looks at who asks: a site gets addresses that are made for it."""
    return {
        **{path: playlists.before(table[path], name) for path, name in _MULTIVARIANTS.items()},
        **{f"/t/{{site}}{path}": playlists.by_token(name) for path, name in _MULTIVARIANTS.items()},
        _SPRITES: playlists.sprites_before(table[_SPRITES]),
    }


def links(invitations: Invitations, codes: Codes | None = None) -> Table:
    """Where a site's link leads, and a code."""
    exchange = Exchange(invitations, codes)
    return {
        "/t/{site}": exchange.home, "/t/{site}/": exchange.home, "/t/{site}/watch/{channel}": exchange.watch,
        **({"/c/{code}": exchange.code} if codes is not None else {}),
    }
