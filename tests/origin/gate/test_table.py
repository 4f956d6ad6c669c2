"""Which addresses there are behind the gate."""

from aiohttp import web

from origin.app import routes
from origin.gate.invitations import Invitations
from origin.memory_store import MemoryStore
from origin.paths import PathsDef
from tests.origin.gate.hall import OneHall, gate_for
from tests.origin.gate.test_gate import OneKey

MEDIA = {
    "/live/{channel}/index.m3u8", "/live/{channel}/ts.m3u8", "/live/{channel}/audio.m3u8",
    "/live/{channel}/{rendition}/index.m3u8", "/live/{channel}/{rendition}/index.vtt",
    "/live/{channel}/{rendition}/{name}", "/keys/{channel}/{number}",
}
LINKS = {
    "/t/{site}", "/t/{site}/", "/t/{site}/watch/{channel}", "/t/{site}/live/{channel}/index.m3u8",
    "/t/{site}/live/{channel}/ts.m3u8", "/t/{site}/live/{channel}/audio.m3u8",
}


def paths(table: list[web.AbstractRouteDef]) -> set[str]:
    return {path for route in table if isinstance(route, PathsDef) for path in route.table}


def test_without_a_gate_there_are_the_open_addresses_alone() -> None:
    assert paths(routes(MemoryStore(), keys=OneKey())) == MEDIA


def test_with_one_each_is_there_with_a_token_before_it_too() -> None:
    """T-14: whoever adds an address of media has it gated, and finds it here."""
    gate = gate_for(OneHall())
    both = MEDIA | {f"/s/{{token}}{path}" for path in MEDIA}
    assert paths(routes(MemoryStore(), keys=OneKey(), gate=gate)) == both
    invitations = Invitations(OneHall(), lambda *_: "", gate)
    assert paths(routes(MemoryStore(), keys=OneKey(), gate=gate, invitations=invitations)) == both | LINKS
