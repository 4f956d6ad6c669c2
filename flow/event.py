"""What happened on a channel, for the operator's log."""

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Self


class Severity(StrEnum):
    """How much it matters."""

    INFO = "info"
    WARNING = "warning"
    ALARM = "alarm"


class EventKind(StrEnum):
    """What can happen."""

    DECLARED = "declared"
    STOPPED = "stopped"
    STARTED = "started"
    SWITCH = "switch"
    TAKE = "take"
    TAKE_LATER = "take-later"
    TAKE_DROPPED = "take-dropped"
    HOLD = "hold"
    RELEASE = "release"
    CUT = "cut"
    LAYOUT = "layout"
    LAYOUT_CHANGED = "layout-changed"
    CAPTION = "caption"
    SLIDES_MISSING = "slides-missing"
    REHEARSAL = "rehearsal"
    PROGRAMME_ON = "programme-on"
    PROGRAMME_OVER = "programme-over"
    SCHEDULE_OFF = "schedule-off"
    PROGRAMME_ADDED = "programme-added"
    PROGRAMME_CHANGED = "programme-changed"
    PROGRAMME_CANCELLED = "programme-cancelled"
    PROGRAMME_BEGAN = "programme-began"
    PROGRAMME_ENDED = "programme-ended"
    PROGRAMME_EXTENDED = "programme-extended"
    LINKS_GIVEN = "links-given"
    LINKS_REVOKED = "links-revoked"
    MARK = "mark"
    MARK_ENDED = "mark-ended"
    SLATE_ON = "slate-on"
    SLATE_OFF = "slate-off"
    FEED_LOST = "feed-lost"
    FEED_BACK = "feed-back"
    PLAYED = "played"
    FEED_STARTED = "feed-started"
    FEED_RESTED = "feed-rested"
    BLACK = "black"
    FROZEN = "frozen"
    LOBBY = "lobby"
    CLEAR = "clear"
    SILENT = "silent"
    SOUND_BACK = "sound-back"
    QUARANTINE = "quarantine"
    QUARANTINE_OVER = "quarantine-over"
    RETRY = "retry"
    PREVIEW = "preview"
    LOBBY_LEARNT = "lobby-learnt"
    LOBBY_FORGOTTEN = "lobby-forgotten"
    TRACK_LOST = "track-lost"
    TRACK_BACK = "track-back"
    STRANGER = "stranger"
    CALLER_REFUSED = "caller-refused"
    SENDER = "sender"
    SENDER_RESTARTED = "sender-restarted"
    STREAMS = "streams"
    PUBLISHER_REFUSED = "publisher-refused"
    PUBLISHER_SECOND = "publisher-second"
    PUBLISHER_BANNED = "publisher-banned"
    PUBLISHER_BAN_OVER = "publisher-ban-over"
    UNBAN = "unban"
    ENCODER_RESTARTED = "encoder-restarted"
    ENCODER_FALLEN = "encoder-fallen"
    PICTURE_MISSING = "picture-missing"
    SETTINGS = "settings"
    SITE_ELSEWHERE = "site-elsewhere"
    SITE_CROWDED = "site-crowded"
    WORKER_LOST = "worker-lost"
    WORKER_GONE = "worker-gone"
    WORKER_THERE = "worker-there"


SEVERITIES = {
    EventKind.SWITCH: Severity.WARNING,
    EventKind.TAKE_DROPPED: Severity.WARNING,
    EventKind.SLIDES_MISSING: Severity.WARNING,
    EventKind.SLATE_ON: Severity.ALARM,
    EventKind.FEED_LOST: Severity.WARNING,
    EventKind.BLACK: Severity.WARNING,
    EventKind.FROZEN: Severity.WARNING,
    EventKind.LOBBY: Severity.WARNING,
    EventKind.SILENT: Severity.WARNING,
    EventKind.QUARANTINE: Severity.ALARM,
    EventKind.TRACK_LOST: Severity.WARNING,
    EventKind.STRANGER: Severity.ALARM,
    EventKind.SENDER: Severity.ALARM,
    EventKind.STREAMS: Severity.ALARM,
    EventKind.CALLER_REFUSED: Severity.WARNING,
    EventKind.PUBLISHER_REFUSED: Severity.WARNING,
    EventKind.PUBLISHER_SECOND: Severity.WARNING,
    EventKind.PUBLISHER_BANNED: Severity.ALARM,
    EventKind.ENCODER_RESTARTED: Severity.ALARM,
    EventKind.ENCODER_FALLEN: Severity.ALARM,
    EventKind.PICTURE_MISSING: Severity.WARNING,
    EventKind.SITE_ELSEWHERE: Severity.WARNING,
    EventKind.SITE_CROWDED: Severity.WARNING,
    EventKind.WORKER_LOST: Severity.ALARM,
    EventKind.WORKER_GONE: Severity.ALARM,
}
"""Of what is not named here: info."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, at a wall time in nanoseconds since the epoch; `channel` is empty for what befell
    none.

    `who` is the operator for a command, empty for what happened by itself. `data` holds plain values for the
    sentence: "feed" and "from" are numbers from 1, "shown" and "from_shown" addresses without secrets, "why" the
    reason that was given or found; "worker" is which of two, from 1, and "left" how many are there; "address" is
    whom the RTMP door refused, or where the "site" was that the viewers' gate turned away; "programme" is the id
    of the one that "text" is the title of, "count" how many more, or how many sites. "how" is of an order that
    nobody gives just now: "restored" by a worker that begins, or "awaited" until the feed had a picture. The
    slate's is "paused" where the pause between two switches keeps the fit feed "next" ("next_shown") off the air,
    for so many "seconds" at most.
    """

    wall_ns: int
    channel: str
    kind: EventKind
    severity: Severity
    who: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, words: Any) -> Self:  # noqa: ANN401 - checked here
        """The value that `to_json` wrote; raises KeyError, TypeError or ValueError on anything else."""
        if not isinstance(words, dict):
            message = "an event is an object"
            raise TypeError(message)
        names = {one.name for one in fields(cls)}
        known = {name: value for name, value in words.items() if name in names}
        data = known.get("data", {})
        if not isinstance(data, dict) or not isinstance(words["wall_ns"], int):
            message = "an event's wall_ns is a number and its data an object"
            raise TypeError(message)
        return cls(**{
            **known, "channel": str(words["channel"]), "who": str(words.get("who", "")),
            "kind": EventKind(words["kind"]), "severity": Severity(words["severity"]),
        })


def severity_of(kind: EventKind) -> Severity:
    """How much a kind of event matters."""
    return SEVERITIES.get(kind, Severity.INFO)
