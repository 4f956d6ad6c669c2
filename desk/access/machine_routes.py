"""What edges ask of the headend, each few seconds: by what they tell who may watch without asking.

    GET /access/keys      {"keys": {kid: PEM, …}}: the public keys of stream tokens, also of one that is to come
    GET /access/revoked   a line for each site that was shut out: its id, and up to when what was made for it is
                          void (Unix seconds): a map of HAProxy's

On the machines' listener, for who knows the key of this machine.
"""

from aiohttp import web

from desk.access.guest_list import GuestList
from desk.access.signing_keys import SigningKeys

_NEVER = {"Cache-Control": "no-store"}


class MachineRoutes:
    """The two handlers; they answer from memory."""

    def __init__(self, keys: SigningKeys, guests: GuestList) -> None:
        self._keys = keys
        self._guests = guests

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the machines' listener."""
        return [web.get("/access/keys", self.keys), web.get("/access/revoked", self.revoked)]

    async def keys(self, _request: web.Request) -> web.Response:
        """Public keys by the name that tokens give them."""
        return web.json_response({"keys": self._keys.pems}, headers=_NEVER)

    async def revoked(self, _request: web.Request) -> web.Response:
        """Who is shut out."""
        text = "".join(f"{site} {moment}\n" for site, moment in sorted(self._guests.void.items()))
        return web.Response(text=text, headers=_NEVER)
