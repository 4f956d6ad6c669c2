"""A channel's state as the control API tells it: declaration, worker and packager in one."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from desk.pair import alarms_of
from desk.registry import Declared
from desk.settings import OFF
from flow.channel import Channel
from flow.feed import Feed, FeedState
from flow.layout import Role
from flow.status import WorkerStatus
from flow.timebase import units_of_ns, utc_text
from ingest.sound_plan import wished
from transcode.backlog import Taken

_SECOND = 1_000_000_000
SILENT_AFTER = 3 * _SECOND
"""A worker speaks each second; three missed are an alarm."""
OFFSET_LIMIT = _SECOND // 2
"""Of the worker's wall clock from the headend's (F-19)."""
STALE_MS = 10_000
"""Age of the newest media in milliseconds from which viewers have nothing to watch."""
_MADE = 250
"""Ticks: ten seconds. So long may it take until the media of a new worker's life are there."""
_TOO_SLOW = (
    ": end other work on this machine, or take a smaller ladder "
    "(`xacast ladder check` and `xacast doctor` say which)"
)
_UNFIT = {
    "black": "its picture is black", "frozen": "its picture stands still and there is no sound",
    "lobby": "it shows its lobby picture",
}


def report(
    *, declared: Declared, status: WorkerStatus | None, connected: bool, age: int, offset: int, playlist: bool,
    fresh: bool, packager: dict[str, Any], trouble: str, pair: Sequence[dict[str, Any]] = (),
    ordered: dict[str, str] | None = None, timetable: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Plain values. `age`, since the worker spoke or the channel was opened, and `offset` are nanoseconds.

    `playlist` says that viewers can open the channel, `fresh` that they find what the worker makes now.
    `state` is "live", "held", "slate", "slides" (alone, while the speaker is lost), "starting" (no playlist or no
    worker yet) or "lost" (the worker is silent, or nothing that it makes arrives).
    `mode` is who chooses: "auto", "pinned", "hold", "cut" or "schedule"; `on_air_since` when what is on air came
    there, `ordered` who brought the mode about and when, see `desk/last_order.py`.
    `thumbnails` is false for an encrypted channel: they would show its programme in clear.
    `alarms` are sentences, the gravest first, empty when all is well. `pair` is what desk/pair.py says of two.
    """
    channel = declared.channel
    silent, stale = age >= SILENT_AFTER, _stale(status, packager)
    return {
        "name": channel.id,
        **_settings(channel),
        "remote": declared.remote,
        "state": _state(status, silent=silent or stale > 0, playlist=playlist),
        "mode": status.mode if status else "auto",
        "ordered": ordered,
        "timetable": timetable,
        "on_air_since": utc_text(units_of_ns(status.since_ns)) if status and status.since_ns else None,
        "playlist": playlist,
        "fresh": fresh,
        "alarms": [
            *([f"nothing new has come to viewers for {stale // 1_000} s"] if stale else []),
            *alarms_of(pair),
            *_alarms(channel, status, age=age, offset=offset, trouble=trouble),
        ],
        "worker": {
            "connected": connected,
            "age_seconds": round(age / _SECOND, 1) if status else None,
            "clock_offset_seconds": round(offset / _SECOND, 3) if status else None,
            "status": status.to_json() if status else None,
        },
        "packager": packager,
        **({"workers": list(pair)} if pair else {}),
    }


def _settings(channel: Channel) -> dict[str, Any]:
    """What an operator has set of the channel."""
    return {
        "title": channel.title,
        "ladder": channel.ladder.name,
        "profile": channel.profile.name.value,
        "encoder": channel.encoder,
        "hevc": bool(channel.ladder.hevc),
        "feeds": [_set_of(feed) for feed in channel.feeds],
        "delay_ms": channel.delay_ms,
        "window_s": channel.window_s,
        "encrypted": bool(channel.key_period_s),
        "key_period_s": channel.key_period_s,
        "worker_count": channel.workers,
        "open_to_all": channel.open_to_all,
        "by_hand": channel.by_hand,
        "region": channel.region,
        "thumbnails": channel.thumbnails,
        "loudness": channel.loudness,
        "tracks": [{"language": track.language, "name": track.name} for track in channel.tracks],
        "captions": asdict(channel.captions) if channel.captions else None,
    }


def _set_of(feed: Feed) -> dict[str, Any]:
    """What an operator has set of a feed."""
    return {
        "kind": feed.kind.value, "shown": feed.shown, "cold": feed.cold, "trim_ms": feed.trim_ms,
        "sounds": list(feed.sounds),
    }


def _stale(status: WorkerStatus | None, packager: dict[str, Any]) -> int:
    """Milliseconds for which nothing has arrived though a worker makes media; 0 while all is well."""
    delay: int = packager.get("delay_ms") or 0
    return delay if status and status.ticks > _MADE and delay > STALE_MS else 0


def _state(status: WorkerStatus | None, *, silent: bool, playlist: bool) -> str:
    if silent:
        return "lost"
    return status.on_air if status and playlist else "starting"


def _silent(channel: Channel, status: WorkerStatus) -> list[str]:
    """What has no sound, of the feeds of which somebody would hear it."""
    return [
        f"feed {feed.shown}: no sound; silence is used"
        for declared, feed in zip(channel.feeds, status.feeds, strict=False)
        if feed.state is FeedState.LIVE and not feed.sound and any(wished(declared, len(channel.tracks)))
    ]


def _missing(channel: Channel, status: WorkerStatus) -> list[str]:
    """What the feed on air lacks of the sounds that tracks beside the original wait for."""
    words = []
    for declared, feed in zip(channel.feeds, status.feeds, strict=False):
        wanted = wished(declared, len(channel.tracks))
        for track, want, heard in zip(channel.tracks, wanted, feed.heard, strict=False):
            if feed.on_air and feed.sound and want and heard != want:
                instead = "the original" if heard else "silence"
                of = f" of {len(feed.sounds)}" if feed.sounds else ""
                words.append(f"feed {feed.shown}: sound {want}{of} for {track.name} is missing; {instead} is used")
    return words


def _unfit(channel: Channel, status: WorkerStatus) -> list[str]:
    """The feeds that go on and are not fit to show. That nobody shows slides is an ordinary day."""
    slides = [at for at, feed in enumerate(channel.feeds) if feed.role is Role.SLIDES]
    return [
        f"feed {feed.shown}: {_UNFIT[feed.unfit]}"
        for at, feed in enumerate(status.feeds) if feed.unfit in _UNFIT and at not in slides
    ]


def _alarms(channel: Channel, status: WorkerStatus | None, *, age: int, offset: int, trouble: str) -> list[str]:
    alarms = []
    if age >= SILENT_AFTER:
        words = "the worker has been silent" if status else "no worker has come"
        alarms.append(f"{words} for {age // _SECOND} s")
    if status is not None:
        if status.encoder_why:
            slow = Taken.FULL.value in status.encoder_why
            alarms.append(f"encoder: {status.encoder_why}" + (_TOO_SLOW if slow else ""))
        if status.encoder_fallen:
            alarms.append(f"encoder: x264 in place of {status.encoder_fallen}")
        if abs(offset) > OFFSET_LIMIT:
            side = "ahead of" if offset > 0 else "behind"
            alarms.append(f"the worker's clock is {abs(offset) / _SECOND:.1f} s {side} the headend's")
        alarms += [f"feed {feed.shown}: {feed.why}" for feed in status.feeds if feed.why]
        alarms += _silent(channel, status)
        alarms += _missing(channel, status)
        alarms += _unfit(channel, status)
        alarms += [
            f"feed {feed.shown}: somebody else sends to it too, and is not let in"
            for feed in status.feeds if feed.stranger
        ]
        alarms += [f"the decoders' cage lets them {what}" for what in status.cage.open]
        if status.cage.level == OFF:
            alarms.append("decoders run without a cage (XACAST_CAGE=off)")
        alarms += [f"headend {link.address}: {link.why}" for link in status.headends if link.why]
    if trouble:
        alarms.append(trouble)
    return alarms
