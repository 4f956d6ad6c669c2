"""How long an encoder may be silent, and how long to wait before the next one: rules on numbers alone."""

from flow.timebase import SCALE, TICK

_SECOND = 1_000_000_000
_SILENCE = 3 * _SECOND
_SILENT_TICKS = 2 * SCALE // TICK
_SHORT_RUN = 5 * _SECOND
_FIRST_PAUSE = _SECOND // 2
_LONGEST_PAUSE = 8 * _SECOND


def is_hung(silent_ns: int, ticks_since: int) -> bool:
    """Whether an encoder that last finished a chunk `silent_ns` ago hangs.

    Only one that was given pictures owes chunks: `ticks_since` counts the ticks taken in since that chunk.
    """
    return silent_ns >= _SILENCE and ticks_since >= _SILENT_TICKS


def pause_after(run_ns: int, short_runs: int) -> tuple[int, int]:
    """Nanoseconds to wait after a run of `run_ns`, and the new count of short runs in a row.

    A run of five seconds or more is followed at once, and so is the first short one. From the second on the pauses
    double from 0.5 s to 8 s: something kills every encoder, and starting them as fast as they die helps nobody.
    """
    if run_ns >= _SHORT_RUN:
        return 0, 0
    if short_runs == 0:
        return 0, 1
    return min(_FIRST_PAUSE << min(short_runs - 1, 8), _LONGEST_PAUSE), short_runs + 1
