"""What ladders cost on this machine: measured once by a short trial, then remembered."""

import contextlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from desk.ffmpeg import FFmpeg
from flow.encoder_kind import EncoderKind
from flow.ladder import Ladder
from flow.profile import PROFILES, Profile, ProfileName
from transcode.presets import load_ladder
from transcode.trial import measure_cost

Measure = Callable[[Ladder, Profile, str, EncoderKind], float]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one ladder costs: core-seconds a second; `at` is when it was measured, in seconds of the wall clock."""

    cost: float
    at: int


class Costs:
    """Costs of ladders, kept in `<data>/costs.json`. They hold for one FFmpeg on so many cores."""

    def __init__(
        self, *, data: Path, ffmpeg: FFmpeg, measure: Measure = measure_cost,
        tell: Callable[[str], None] = lambda _text: None, now: Callable[[], float] = time.time,
    ) -> None:
        self._file = data / "costs.json"
        self._ffmpeg = ffmpeg
        self._measure = measure
        self._tell = tell
        self._known = _read(self._file)
        self._now = now

    def of(self, name: str, kind: EncoderKind = EncoderKind.X264, *, hevc: bool = False) -> float:
        """Core-seconds for each second of a channel with this ladder. Raises OperatorError, ToolError."""
        return self.look(name, kind, hevc=hevc).cost

    def look(self, name: str, kind: EncoderKind = EncoderKind.X264, *, hevc: bool = False) -> Cost:
        """What a channel with this ladder costs, and when that was measured. Raises OperatorError, ToolError.

        The latency profile hardly matters to an encoder, so the trial is made with the default one.
        """
        ladder = load_ladder(name, hevc=hevc)
        rungs = "+".join(f"{rung.width}x{rung.height}/{rung.preset}/{rung.maxrate}" for rung in ladder.video)
        key = f"{self._ffmpeg.version} {name} {rungs} @{ladder.canvas.fps} {cores()} cores"
        key += "" if kind is EncoderKind.X264 else f" {kind}"
        if key not in self._known:
            self._tell(f"measuring what ladder {name}{' with HEVC' if hevc else ''} costs on this machine")
            cost = self._measure(ladder, PROFILES[ProfileName.LOW], self._ffmpeg.path, kind)
            self._known[key] = Cost(cost=cost, at=int(self._now()))
            self._write()
        return self._known[key]

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # not remembered: measured again next time
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft = self._file.with_suffix(".new")
            plain = {key: asdict(cost) for key, cost in self._known.items()}
            draft.write_text(json.dumps(plain, indent=1, sort_keys=True), "utf-8")
            draft.replace(self._file)


def _read(file: Path) -> dict[str, Cost]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    found = {}
    for key, value in data.items():
        with contextlib.suppress(TypeError, KeyError, ValueError):  # of another version, or spoilt: measured again
            found[str(key)] = Cost(cost=float(value["cost"]), at=int(value["at"]))
    return {key: cost for key, cost in found.items() if cost.cost > 0}
