"""All that says who may watch, in one place: keys, guests and the gate, for one headend."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from aiohttp import web

from desk.access.code_routes import CodeRoutes
from desk.access.codes import Codes
from desk.access.door_settings import DEVICES
from desk.access.guest_list import GuestList
from desk.access.link_routes import LinkRoutes
from desk.access.links import Links
from desk.access.machine_routes import MachineRoutes
from desk.access.network_routes import NetworkRoutes
from desk.access.signer import claims_for, signed
from desk.access.signing_keys import SigningKeys
from desk.access.turned_away import TurnedAway
from desk.database.door import DatabaseDoor
from desk.lineup import Lineup
from desk.programmes.agenda_keeper import AgendaKeeper
from desk.programmes.schedule import Schedule
from desk.said import Said
from flow.clock import Clock
from flow.event import Event, EventKind, severity_of
from flow.ids import ChannelId
from flow.stream_token import LONGEST_LIFE
from origin.gate.gate import Gate
from origin.gate.invitations import Invitations
from origin.gate.stream_tokens import StreamTokens

_log = logging.getLogger(__name__)
_SECOND = 1_000_000_000
LOOK = 10.0
"""Seconds between looks at what others have changed in the register, and whether a key is to change (T-15)."""


class Access:
    """Who may watch what of a lineup."""

    def __init__(
        self, folder: Path, *, lineup: Lineup, clock: Clock, database: DatabaseDoor, used: Callable[[], bool],
        devices: int = DEVICES,
    ) -> None:
        """`folder` is where its files are; `used` as `desk.access.links` takes it; so many `devices` of a site may
        watch at once, unless it is said otherwise of it."""
        self._lineup = lineup
        self._clock = clock
        self._database = database
        self.keys = SigningKeys(folder, now=self._now())
        self.guests = GuestList(
            audience=self._audience, now=self._now, going_on=self._goes_on, most_devices=devices,
            changes=lambda: self.schedule.changes,
        )
        self.links = Links(
            database, self.guests, folder / "guests.json", wall_ns=clock.wall_ns, used=used,
        )
        self.codes = Codes(self.links, wall_ns=clock.wall_ns, monotonic_ns=clock.monotonic_ns)
        self.schedule = Schedule(database, folder / "schedule.json", now=self._now, used=used)
        self.agenda = AgendaKeeper(database, now=self._now, used=used)
        self.turned = TurnedAway(lineup.events, clock)
        self.gate = Gate(
            is_open=lineup.open_to_all,
            tokens=StreamTokens(self.keys.public, now=self._now, void=self.guests.void),
            guests=self.guests, told=self.turned.told, monotonic_ns=clock.monotonic_ns,
        )
        self.invitations = Invitations(self.guests, self._sign, self.gate)

    def titles(self, request: web.Request) -> Sequence[tuple[ChannelId, str]]:
        """The channels that who asks may watch: those that are open, and what his site is invited to."""
        site = self.invitations.site_of(request)
        return [
            (name, title) for name, title in self._lineup.titles()
            if self._lineup.open_to_all(name) or self.invitations.may_watch(site, name)
        ]

    async def look(self) -> None:
        """Take note of what has changed in the register and in the schedule; never raises."""
        await self.links.look()
        await self.schedule.look()
        await self.agenda.look()

    async def keep(self) -> None:
        """Look at the register, change keys when it is time, forget what is over, until it is cancelled."""
        while True:
            try:
                await self.look()
                await asyncio.to_thread(self.keys.keep, self._now())
                self.guests.forget_old()
            except Exception:  # noqa: BLE001 - what is known holds, and the next look may be better
                _log.exception("looking at who is let in failed")
            await asyncio.sleep(LOOK)

    def operators(self, viewers: Callable[[], str]) -> list[web.AbstractRouteDef]:
        """Routes of the operators' listener; `viewers` is where viewers reach this machine."""
        return [
            *LinkRoutes(self.links, self.guests, viewers, self._changed).routes(),
            *CodeRoutes(self.codes, viewers).routes(),
            *NetworkRoutes(self.links, self._database, self.gate.watching).routes(),
        ]

    def machines(self) -> list[web.AbstractRouteDef]:
        """Routes of the machines' listener."""
        return MachineRoutes(self.keys, self.guests).routes()

    def _changed(self, kind: EventKind, count: int, said: Said) -> None:
        why = {"why": said.why} if said.why else {}
        self._lineup.events.note(Event(
            wall_ns=self._clock.wall_ns(), channel="", kind=kind, severity=severity_of(kind), who=said.who,
            data={"count": count, **why},
        ))

    def _now(self) -> int:
        return self._clock.wall_ns() // _SECOND

    def _sign(self, site: str, channel: ChannelId, until: int, device: str) -> str:
        # What was made up to a moment may be void: what is made in the second after that is not.
        made = max(self._now(), self.guests.void.get(site, 0) + 1)
        since = self.schedule.since(site, channel)
        claims = claims_for(site, channel, device=device, now=made, until=until, since=since)
        return signed(claims, self.keys.signing(made))

    def _goes_on(self, site: str, channel: ChannelId) -> bool:
        """Of a channel without programmes, and of one that was taken off, every site that came in may stay."""
        return self.schedule.stays(site, channel) if self.schedule.rules(channel) else True

    def _audience(self, site: str, channel: ChannelId) -> int | None:
        """A channel that is on is for whom its programme invites; one without programmes, for every site with a
        link, for as long as a token lasts."""
        if self._lineup.get(channel) is None:
            return None
        if self.schedule.rules(channel):
            return self.schedule.watches_until(site, channel)
        return self._now() + LONGEST_LIFE
