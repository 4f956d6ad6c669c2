"""The operators' listener: channels declared, shown and taken off; health and numbers.

    GET    /api/v1/channels          {"viewers": "http://…", "sites": count, "channels": [report, …]}
    POST   /api/v1/channels          {"name", "feeds", "ladder", "profile", "title", "slides", "logo", "slate",
                                     "rules", "loudness", "delay", "tracks", "captions", "window", "each",
                                     "remote", "insecure", "workers", "encoder", "hevc", "open_to_all", "by_hand",
                                     "region", "who", "why"} -> 201, report
                                     `each` holds settings of single feeds: {"cold": ["2"], "trim": ["1=-80"]}
    GET    /api/v1/channels/<name>   report
    PATCH  /api/v1/channels/<name>   {"loudness", "delay", "window", "each", "who", "why"} -> report
    DELETE /api/v1/channels/<name>   {"who", "why"}, or nothing -> {"stopped": name}
    POST   /api/v1/channels/<name>/commands   {"do", "feed", "who", "why"} -> {"tick": …}, once it is in effect
    GET, POST /api/v1/channels/<name>/marks   see `desk/mark_routes.py`
    GET    /api/v1/events, /api/v1/events/stream   see `desk/event_routes.py`
    POST   /api/v1/rtmp/unban        see `desk/door_watch.py`
    GET    /healthz, /metrics

An error is {"problem": …, "remedy": …} with a fitting status.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.api.http_refusals import http_refusal
from desk.audit.guard import CHANGED
from desk.change_words import changed, told
from desk.channel_words import OFF
from desk.deeds import Deeds
from desk.definition import channel_of, check_doors, check_shared
from desk.door_watch import DoorWatch
from desk.errors import RefusedError
from desk.event_routes import EventRoutes
from desk.feed_bounds import LIBRARY, refuse_beyond, refuse_ours
from desk.feed_requests import feed_request
from desk.json_request import json_of
from desk.key_words import DEFAULT as KEY_PERIOD
from desk.last_order import last_order
from desk.lineup import Entry, Lineup
from desk.mark_routes import MarkRoutes
from desk.metrics import CONTENT_TYPE, metrics
from desk.order_words import operators_order
from desk.pair import pair_of
from desk.people.person import person_of
from desk.people.role import Role
from desk.registry import Registry
from desk.report import report
from desk.rival_routes import RivalRoutes
from desk.rivals import check_rivals
from desk.said import said_in
from desk.standing import with_cut
from desk.track_words import check_had
from desk.window_words import DEFAULT
from flow.channel import DELAY_MS, LOUDNESS
from flow.clock import Clock
from flow.encoder_kind import EncoderKind
from flow.errors import OperatorError, ToolError
from flow.ids import ChannelId, channel_id
from flow.profile import ProfileName
from flow.store import StoreReader, StoreWriter
from ingest.switching.wish import Do
from origin.viewers import Viewers

MOST_BYTES = 64 * 1024
"""Of a declaration: some feeds and a title."""


class ControlApi:
    """The handlers, over one headend's lineup and registry."""

    def __init__(
        self, *, lineup: Lineup, registry: Registry, reader: StoreReader, writer: StoreWriter, clock: Clock,
        viewers: Callable[[], str], viewed: Viewers, door: DoorWatch,
        sites: Callable[[], int] = lambda: 0, region: Callable[[str], Awaitable[str]] | None = None,
        timetable: Callable[[ChannelId], dict[str, Any] | None] = lambda _name: None, data: Path = Path(),
        turned: Callable[[str], list[str]] = lambda _name: [],
    ) -> None:
        """`sites` says how many sites are registered, `region` the code of one that somebody wrote, `timetable`
        what is on a channel and what comes, `turned` alarms of sites that it turned away; in a folder of `data`
        are files that every region may show."""
        self._library = data.resolve() / LIBRARY
        self._timetable = timetable
        self._turned = turned
        self._sites = sites
        self._region = region
        self._door = door
        self._lineup = lineup
        self._registry = registry
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._viewers = viewers
        self._viewed = viewed
        self._changing = asyncio.Lock()
        self._deeds = Deeds(lineup.events, clock)

    def routes(self) -> list[web.AbstractRouteDef]:
        """All routes of the operators' listener."""
        return [
            web.get("/api/v1/channels", self.index),
            web.post("/api/v1/channels", self.declare),
            web.get("/api/v1/channels/{name}", self.show),
            web.patch("/api/v1/channels/{name}", self.change),
            web.delete("/api/v1/channels/{name}", self.remove),
            web.post("/api/v1/channels/{name}/commands", self.order),
            *MarkRoutes(self._lineup.events, self._clock, self._entry, json_of).routes(),
            *EventRoutes(self._lineup.events).routes(),
            *RivalRoutes(self._lineup, json_of).routes(),
            *self._door.routes(json_of),
            web.get("/healthz", self.health),
            web.get("/metrics", self.numbers),
        ]

    async def index(self, request: web.Request) -> web.Response:
        """All channels of the asker's part of the country."""
        runs = person_of(request).runs
        reports = [self._report(entry) for entry in self._lineup if runs(entry.name)]
        return web.json_response({
            "viewers": self._viewers(), "sites": self._sites(), "channels": reports,
        })

    async def show(self, request: web.Request) -> web.Response:
        """One channel."""
        return web.json_response(self._report(self._entry(request)))

    async def declare(self, request: web.Request) -> web.Response:
        """Put a channel on air, lastingly."""
        words = _words(await json_of(request))
        if (region := words["channel"]["region"]) and self._region:
            words["channel"]["region"] = await self._region(region)
        own = person_of(request).region
        words["channel"]["region"] = words["channel"]["region"] or own
        if own:
            refuse_beyond(words["channel"], self._library)
        channel = channel_of(**words["channel"])
        await refuse_ours(channel.feeds if own else ())
        check_doors(channel, insecure=words["insecure"])
        if not words["remote"]:
            check_shared(channel)
        async with self._changing:
            if not words["remote"]:
                check_rivals(channel, self._lineup.here(), person_of(request).runs)
            declared = await asyncio.to_thread(
                self._registry.add, channel, revision=self._clock.wall_ns(), remote=words["remote"],
            )
            try:
                entry = self._lineup.open(declared)
            except ToolError:  # a channel without keys is none
                await asyncio.to_thread(self._registry.remove, channel.id)
                raise
            self._deeds.started(channel, words["said"])
        return web.json_response(self._report(entry), status=201)

    async def change(self, request: web.Request) -> web.Response:
        """Change settings of a channel, lastingly and on air."""
        words = await self._placed(request, await json_of(request))
        async with self._changing:
            entry = self._entry(request)
            before = entry.declared.channel
            channel, said = changed(before, words)
            check_had(before.feeds, channel.feeds, entry.status.feeds if entry.status else ())
            declared = replace(entry.declared, channel=channel, settled=self._clock.wall_ns())
            await asyncio.to_thread(self._registry.change, declared)
            await self._lineup.change(entry, declared)
            if changes := told(before, channel):
                request[CHANGED] = changes
                self._deeds.set(channel, changes, said)
        return web.json_response(self._report(entry))

    async def _placed(self, request: web.Request, words: Any) -> Any:  # noqa: ANN401 - checked by `changed`
        """The words with a region's code; raises RefusedError when who asks gives no channel away (T-28)."""
        if not isinstance(words, dict) or not isinstance(words.get("region"), str):
            return words
        person = person_of(request)
        if person.region or person.role < Role.DIRECTOR:
            problem = "which region a channel is of is for a director of the whole country to say"
            raise RefusedError(403, problem, "Ask one; `xacast whoami` says what you may do")
        region = await self._region(words["region"]) if words["region"] and self._region else words["region"]
        return {**words, "region": region}

    async def remove(self, request: web.Request) -> web.Response:
        """Take a channel off, lastingly."""
        name = request.match_info["name"]
        words = await json_of(request) if request.body_exists else {}
        said = said_in(words if isinstance(words, dict) else {})
        async with self._changing:
            # One whose definition cannot be read is in the registry only.
            if not await asyncio.to_thread(self._registry.remove, ChannelId(name)) or self._lineup.get(name):
                await self._lineup.close(self._entry(request).name)
            self._deeds.stopped(ChannelId(name), said)
        return web.json_response({"stopped": name})

    async def order(self, request: web.Request) -> web.Response:
        """An operator's order to a channel's worker; answered when the worker has done it, or refused."""
        words = await json_of(request)
        said = said_in(words) if feed_request(words) else operators_order(words)
        entry = self._entry(request)
        if words.get("feed", 0) >= len(entry.declared.channel.feeds):
            count = len(entry.declared.channel.feeds)
            problem = f"channel {entry.name} has no feed {words['feed']}, counted from 0"
            raise RefusedError(409, problem, f"It has {count}; `xacast status {entry.name}` shows them")
        answer = await self._lineup.pending.give(
            entry.name, entry.links, words, of_all=entry.declared.channel.workers > 1,
        )
        if words["do"] == Do.CUT:  # before the worker's next status says so: the power may fail in between
            self._lineup.stands(entry, with_cut(entry.standing))
        self._deeds.asked(entry.declared.channel, words["do"], words.get("feed", 0), said)
        return web.json_response({key: answer[key] for key in ("tick", "jpeg", "moves", "cut") if key in answer})

    async def health(self, _request: web.Request) -> web.Response:
        """That this process answers."""
        return web.Response(text="ok\n")

    async def numbers(self, _request: web.Request) -> web.Response:
        """For Prometheus."""
        text = metrics([self._report(entry) for entry in self._lineup], self._viewed.snapshot())
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})

    def _entry(self, request: web.Request) -> Entry:
        name, runs = request.match_info["name"], person_of(request).runs
        entry = self._lineup.get(name)
        if entry is None:
            problem = f"there is no channel “{name[:64]}”"
            running = [one.name for one in self._lineup if runs(one.name)]  # others' names are not for all (T-28)
            known = ", ".join(running) or "none; start one with `xacast start`"
            raise RefusedError(404, problem, f"Running: {known}")
        return entry

    def _report(self, entry: Entry) -> dict[str, Any]:
        mode = entry.status.mode if entry.status else ""
        told = report(
            declared=entry.declared, status=entry.status, connected=bool(entry.links),
            age=self._clock.monotonic_ns() - entry.heard, offset=entry.offset,
            playlist=self._reader.multivariant(entry.name) is not None, fresh=entry.fresh,
            packager=entry.publisher.status().to_json(),
            trouble=self._writer.trouble() or self._lineup.trouble(entry),
            pair=pair_of(entry, self._clock.monotonic_ns()),
            ordered=last_order(self._lineup.events.back(entry.name), mode), timetable=self._timetable(entry.name),
        )
        told["alarms"] += self._door.alarms(entry) + self._turned(entry.name)
        return told


def _words(data: Any) -> dict[str, Any]:  # noqa: ANN401 - checked here, word by word
    """The declaration's words, each of the right kind; raises OperatorError."""
    known: dict[str, type] = {
        "name": str, "feeds": list, "ladder": str, "profile": str, "title": str, "slides": str, "logo": str,
        "slate": str, "rules": str, "loudness": str, "delay": int, "tracks": list, "captions": str, "each": dict,
        "window": str, "encrypt": bool, "key_period": str, "remote": bool, "insecure": bool, "workers": int,
        "encoder": str, "hevc": bool, "open_to_all": bool, "region": str, "by_hand": bool,
        "who": str, "why": str,
    }
    defaults = {
        "profile": ProfileName.LOW.value, "title": "", "slides": "", "logo": "", "slate": "", "rules": "",
        "loudness": f"{LOUDNESS:g}", "delay": DELAY_MS, "tracks": [], "captions": OFF, "each": {},
        "window": DEFAULT, "encrypt": False, "key_period": KEY_PERIOD, "remote": False, "insecure": False,
        "workers": 1, "encoder": EncoderKind.X264, "hevc": False, "open_to_all": False, "region": "",
        "by_hand": False, "who": "", "why": "",
    }
    given = {**defaults, **data} if isinstance(data, dict) else {}
    wrong = [key for key, kind in known.items() if not isinstance(given.get(key), kind)]
    wrong += [str(key)[:40] for key in given if key not in known]
    lists = {} if wrong else {"feeds": given["feeds"], "tracks": given["tracks"], **given["each"]}
    wrong += [str(key)[:40] for key, texts in lists.items() if not _texts(texts)]
    if wrong:
        problem = f"the declaration is wrong at {', '.join(wrong)}"
        raise OperatorError(problem, f"Send {', '.join(known)}")
    channel_id(given["name"])
    said = said_in({"who": given.pop("who"), "why": given.pop("why")})
    return {"remote": given.pop("remote"), "insecure": given.pop("insecure"), "said": said, "channel": given}


def _texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(text, str) for text in given)


@web.middleware
async def errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors made on purpose become their sentence; everything else stays aiohttp's bare 500."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return http_refusal(error, request)
    except OperatorError as error:
        status = error.status if isinstance(error, RefusedError) else 400
        return web.json_response({"problem": error.problem, "remedy": error.remedy}, status=status)
    except ToolError as error:
        remedy = "See the headend's log and `xacast doctor`"
        return web.json_response({"problem": str(error), "remedy": remedy}, status=503)
