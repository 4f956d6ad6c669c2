"""What the RTMP door tells the headend, and the headend the door: two small files in `<data>/run/`.

They are siblings that die and come back each by itself, so neither waits for the other. No file has a key in it.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

_STATE = "rtmp-door.json"
_WISH = "rtmp-door-lift.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorState:
    """One look at the door. `life` tells a door from the one before it; `banned` has places with the wall time in
    nanoseconds at which they may knock again, `refused` addresses by a number that grows within that life;
    `places` says under the same number for which feed, as `socket_of` names it, when that has a publisher."""

    life: int = 0
    banned: dict[str, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)

    def write(self, run: Path) -> None:
        """Replace the file in one step; raises OSError."""
        _write(run / _STATE, asdict(self))

    @classmethod
    def read(cls, run: Path) -> Self:
        """What was written, or nothing."""
        try:
            data = json.loads((run / _STATE).read_text("utf-8"))
            return cls(
                life=int(data["life"]), banned={str(place): int(until) for place, until in data["banned"].items()},
                refused={int(number): str(address) for number, address in data["refused"].items()},
                places={int(number): str(place) for number, place in data.get("places", {}).items()},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()


def wish_lifted(run: Path, places: Iterable[str]) -> None:
    """Ask the door to let those places knock again; raises OSError."""
    _write(run / _WISH, list(places))


def take_wish(run: Path) -> list[str]:
    """The places that the door is asked for, once."""
    taken = run / f"{_WISH}.taken"
    try:
        (run / _WISH).replace(taken)  # first: what is written between a look and its end would be lost
        places = json.loads(taken.read_text("utf-8"))
        taken.unlink()
    except (OSError, ValueError):
        return []
    return [str(place) for place in places] if isinstance(places, list) else []


def _write(path: Path, data: Any) -> None:  # noqa: ANN401 - whatever json takes
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(data), "utf-8")
    draft.replace(path)
