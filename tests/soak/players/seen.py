"""What a player made of a channel, and whether that is right."""

from dataclasses import dataclass

_ENOUGH = 0.75
"""Of the time that a player was watched; the rest is its start."""
_LATEST = {"ultra": 3.0, "low": 4.0}
"""Seconds behind the clock, beyond which play is no longer at low latency: what a profile costs and one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Which player gets which list; `playlist` is a name without its `.m3u8`."""

    player: str
    playlist: str
    profile: str
    encrypted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What it did: times in seconds; None is what a player of its kind does not tell.

    `waits` are the times that it waited for data, `stills` those that its picture stood; `errors` are all that it
    complained of, `fatal` those that ended its play. `latency` (median) and `worst` are behind the wall clock.
    """

    seconds: float
    played: float
    waits: int | None = None
    stills: int | None = None
    errors: int = 0
    fatal: int = 0
    latency: float | None = None
    worst: float | None = None
    dropped: int | None = None
    version: str = ""
    note: str = ""


_DECRYPTS = "it decrypts init sections whatever the list says, and carries its state over into encrypted ones"
KNOWN = {
    ("GStreamer playbin", "index", False): "media times that count from 1970 are in the future to it",
    ("GStreamer playbin", "index", True): _DECRYPTS,
    ("GStreamer playbin3", "index", True): _DECRYPTS,
}
"""What fails on the player's side, whatever a headend does."""


def faults(seen: Seen, profile: str) -> list[str]:
    """Sentences on what went wrong; empty when the channel was played as it should be."""
    found = []
    if seen.fatal:
        found.append(f"{seen.fatal} fatal errors")
    if seen.waits or seen.stills:
        found.append(f"waited {seen.waits or 0} times, stood {seen.stills or 0} times")
    if seen.errors > seen.fatal:
        found.append(f"{seen.errors} errors")
    if seen.played < _ENOUGH * seen.seconds:
        found.append(f"played {seen.played:.0f} s of {seen.seconds:.0f} s")
    if seen.latency is not None and seen.latency > _LATEST.get(profile, 15.0):
        found.append(f"{seen.latency:.1f} s behind")
    return found


def verdict(trial: Trial, seen: Seen | None) -> str:
    """A word for the table; `absent` is no pass."""
    if seen is None:
        return "absent"
    known = KNOWN.get((trial.player, trial.playlist, trial.encrypted))
    found = "; ".join(faults(seen, trial.profile))
    if found and known:
        return f"known: {known}"
    return f"FAILED: {found}" if found else "plays"


HEAD = ("PLAYER", "LIST", "PROFILE", "MEDIA", "WATCHED", "PLAYED", "WAITS", "STOOD", "ERRORS", "LATENCY", "WORST",
        "DROPPED", "VERDICT")


def row(trial: Trial, seen: Seen | None) -> tuple[str, ...]:
    """One line of the table."""
    media = "encrypted" if trial.encrypted else "clear"
    about = (trial.player, f"{trial.playlist}.m3u8", trial.profile, media)
    if seen is None:
        return (*about, *("-",) * 8, "absent")
    told = (
        f"{seen.seconds:.0f} s", f"{seen.played:.0f} s", _count(seen.waits), _count(seen.stills), str(seen.errors),
        _time(seen.latency), _time(seen.worst), _count(seen.dropped),
    )
    return (*about, *told, verdict(trial, seen))


def _count(number: int | None) -> str:
    return "-" if number is None else str(number)


def _time(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.2f} s"
