"""What ladders cost on this machine: measured once by a short trial, then remembered."""

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from desk.ffmpeg import FFmpeg
from flow.ladder import Ladder
from flow.profile import PROFILES, Profile, ProfileName
from transcode.presets import load_ladder
from transcode.trial import measure_cost

Measure = Callable[[Ladder, Profile, str], float]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0))


class Costs:
    """Costs of ladders, kept in `<data>/costs.json`. They hold for one FFmpeg on so many cores."""

    def __init__(
        self, *, data: Path, ffmpeg: FFmpeg, measure: Measure = measure_cost,
        tell: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self._file = data / "costs.json"
        self._ffmpeg = ffmpeg
        self._measure = measure
        self._tell = tell
        self._known = _read(self._file)

    def of(self, name: str) -> float:
        """Core-seconds for each second of a channel with this ladder. Raises OperatorError, ToolError.

        The latency profile hardly matters to an encoder, so the trial is made with the default one.
        """
        ladder = load_ladder(name)
        rungs = "+".join(f"{rung.width}x{rung.height}/{rung.preset}/{rung.maxrate}" for rung in ladder.video)
        key = f"{self._ffmpeg.version} {name} {rungs} @{ladder.canvas.fps} {cores()} cores"
        if key not in self._known:
            self._tell(f"measuring what ladder {name} costs on this machine")
            self._known[key] = self._measure(ladder, PROFILES[ProfileName.LOW], self._ffmpeg.path)
            self._write()
        return self._known[key]

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # not remembered: measured again next time
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft = self._file.with_suffix(".new")
            draft.write_text(json.dumps(self._known, indent=1, sort_keys=True), "utf-8")
            draft.replace(self._file)


def _read(file: Path) -> dict[str, float]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(key): float(value) for key, value in data.items() if isinstance(value, int | float) and value > 0}
