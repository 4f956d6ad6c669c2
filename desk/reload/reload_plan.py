"""What becomes of settings that are another now: some hold at once, the others from the next start. No I/O."""

from dataclasses import dataclass, replace
from typing import Any

from desk.settings import KEYS, Settings

AT_ONCE = ("log", "on_event", "event_address", "devices", "two_persons")
"""What the headend takes while it runs. What is on air has none of them in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadPlan:
    """`settings` are those that hold from now on; `changed` and `waiting` name the keys that are another now, and
    those that wait for the next `xacast up`."""

    settings: Settings
    changed: tuple[str, ...]
    waiting: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Names alone: a value may be secret."""
        return {"changed": list(self.changed), "waiting": list(self.waiting)}


def planned(now: Settings, read: Settings) -> ReloadPlan:
    """What to do when `now` holds, and `read` is what file and environment say."""
    other = [key for key in KEYS if str(getattr(now, key)) != str(getattr(read, key))]
    if not read.ffmpeg and "ffmpeg" in other:  # any that fits: the one that was found does
        other.remove("ffmpeg")
    changed = tuple(key for key in other if key in AT_ONCE)
    values: dict[str, Any] = {key: getattr(read, key) for key in changed}
    return ReloadPlan(
        settings=replace(now, **values), changed=changed,
        waiting=tuple(key for key in other if key not in AT_ONCE),
    )
