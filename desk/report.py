"""A channel's state as the control API tells it: declaration, worker and packager in one."""

from typing import Any

from desk.registry import Declared
from flow.status import WorkerStatus

_SECOND = 1_000_000_000
SILENT_AFTER = 3 * _SECOND
"""A worker speaks each second; three missed are an alarm."""
OFFSET_LIMIT = _SECOND // 2
"""Of the worker's wall clock from the headend's (F-19)."""


def report(
    *, declared: Declared, status: WorkerStatus | None, connected: bool, age: int, offset: int, playlist: bool,
    packager: dict[str, Any], trouble: str,
) -> dict[str, Any]:
    """Plain values. `age` and `offset` are nanoseconds; `playlist` says that viewers can open the channel.

    `state` is "live", "held", "slate", "starting" (no playlist yet) or "lost" (the worker is silent). `alarms` are
    sentences, the gravest first, empty when all is well.
    """
    channel = declared.channel
    heard = status is not None and age < SILENT_AFTER
    return {
        "name": channel.id,
        "title": channel.title,
        "ladder": channel.ladder.name,
        "profile": channel.profile.name.value,
        "feeds": [{"kind": feed.kind.value, "shown": feed.shown} for feed in channel.feeds],
        "remote": declared.remote,
        "state": _state(status if heard else None, playlist=playlist),
        "playlist": playlist,
        "alarms": _alarms(status, heard=heard, playlist=playlist, age=age, offset=offset, trouble=trouble),
        "worker": {
            "connected": connected,
            "age_seconds": round(age / _SECOND, 1) if status else None,
            "clock_offset_seconds": round(offset / _SECOND, 3) if status else None,
            "status": status.to_json() if status else None,
        },
        "packager": packager,
    }


def _state(status: WorkerStatus | None, *, playlist: bool) -> str:
    if status is None:
        return "lost" if playlist else "starting"
    return status.on_air if playlist else "starting"


def _alarms(
    status: WorkerStatus | None, *, heard: bool, playlist: bool, age: int, offset: int, trouble: str,
) -> list[str]:
    alarms = []
    if status is None:
        if playlist:
            alarms.append("no worker has reported since the headend started")
    elif not heard:
        alarms.append(f"the worker has been silent for {age // _SECOND} s")
    if status is not None:
        if status.encoder_why:
            alarms.append(f"encoder: {status.encoder_why}")
        if abs(offset) > OFFSET_LIMIT:
            side = "ahead of" if offset > 0 else "behind"
            alarms.append(f"the worker's clock is {abs(offset) / _SECOND:.1f} s {side} the headend's")
        alarms += [f"feed {feed.shown}: {feed.why}" for feed in status.feeds if feed.why]
        alarms += [f"headend {link.address}: {link.why}" for link in status.headends if link.why]
    if trouble:
        alarms.append(trouble)
    return alarms
