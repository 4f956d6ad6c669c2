"""All that says who may watch, in one place: keys, guests and the gate, for one headend."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from desk.access.guest_list import GuestList
from desk.access.signer import claims_for, signed
from desk.access.signing_keys import SigningKeys
from desk.lineup import Lineup
from flow.clock import Clock
from flow.ids import ChannelId
from flow.stream_token import LONGEST_LIFE
from origin.gate.gate import Gate
from origin.gate.invitations import Invitations
from origin.gate.stream_tokens import StreamTokens

_SECOND = 1_000_000_000
LOOK = 600.0
"""Seconds between looks at whether a key is to change."""


class Access:
    """Who may watch what of a lineup."""

    def __init__(self, folder: Path, *, lineup: Lineup, clock: Clock) -> None:
        self._lineup = lineup
        self._clock = clock
        self.keys = SigningKeys(folder, now=self._now())
        self.guests = GuestList(audience=self._audience, now=self._now)
        self.gate = Gate(
            is_open=lineup.open_to_all,
            tokens=StreamTokens(self.keys.public, now=self._now, void=self.guests.void),
        )
        self.invitations = Invitations(self.guests, self._sign)

    def titles(self, request: web.Request) -> Sequence[tuple[ChannelId, str]]:
        """The channels that who asks may watch: those that are open, and what his site is invited to."""
        site = self.invitations.site_of(request)
        return [
            (name, title) for name, title in self._lineup.titles()
            if self._lineup.open_to_all(name) or self.invitations.may_watch(site, name)
        ]

    async def keep(self) -> None:
        """Change keys when it is time, and forget what is over; for as long as the headend runs."""
        while True:
            await asyncio.to_thread(self.keys.keep, self._now())
            self.guests.forget_old()
            await asyncio.sleep(LOOK)

    def _now(self) -> int:
        return self._clock.wall_ns() // _SECOND

    def _sign(self, site: str, channel: ChannelId, until: int) -> str:
        now = self._now()
        return signed(claims_for(site, channel, now=now, until=until), self.keys.signing(now))

    def _audience(self, _site: str, channel: ChannelId) -> int | None:
        """Every site with a link may watch every channel that is on, for as long as a token lasts."""
        return self._now() + LONGEST_LIFE if self._lineup.get(channel) else None
