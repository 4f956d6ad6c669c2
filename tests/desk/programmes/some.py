"""Programmes for tests: a Tuesday in Hà Nội, counted in minutes of its day."""

from datetime import UTC, datetime

from desk.programmes.audience import Audience, Group, Rule
from desk.programmes.programme import Programme, ProgrammeId
from flow.ids import ChannelId

DAY = int(datetime(2026, 11, 23, 17, tzinfo=UTC).timestamp())
"""Midnight of 2026-11-24 in Viet Nam."""
NATIONAL = Audience(included=frozenset({Rule(group=Group.ALL)}))


def at(clock: str) -> int:
    """Seconds since the epoch of a time of that day: `08:00`."""
    hours, minutes = clock.split(":")
    return DAY + int(hours) * 3_600 + int(minutes) * 60


def a_programme(name: str = "p1", start: str = "08:00", end: str = "09:00", **words: object) -> Programme:
    given: dict[str, object] = {
        "channel": ChannelId("hop"), "title": f"Hội nghị {name}", "audience": NATIONAL, "start_s": at(start),
        "end_s": at(end) if end else None,
    }
    return Programme(id=ProgrammeId(name), **(given | words))  # type: ignore[arg-type]
