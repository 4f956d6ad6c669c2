"""How far viewers can go back, as an operator writes it, and what that takes of the disk. No I/O."""

import re

from flow.channel import WINDOW_S
from flow.errors import OperatorError
from flow.ladder import Ladder
from origin.disk_store import MARGIN_SECONDS

SHORTEST_S, LONGEST_S = 120, 43_200
"""Seconds: what is served from memory anyway, and twelve hours."""
DEFAULT = f"{WINDOW_S // 3600}h"
_WRITTEN = re.compile(r"([0-9]{1,5})(h|min|m|s)", re.ASCII)
_SECONDS = {"h": 3_600, "min": 60, "m": 60, "s": 1}
_CONTAINER = 1.08
"""Boxes around chunks: what files are larger by than what the encoders spend, at the lowest rates."""


def window_of(word: str) -> int:
    """The window in seconds; raises OperatorError for what is none."""
    found = _WRITTEN.fullmatch(word)
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if not SHORTEST_S <= seconds <= LONGEST_S:
        problem = f"“{word[:40]}” is no window"
        raise OperatorError(problem, "Give 2min to 12h with --window, such as 90min")
    return seconds


def window_text(seconds: int) -> str:
    """The window as it is written."""
    for unit in ("h", "min"):
        if seconds % _SECONDS[unit] == 0:
            return f"{seconds // _SECONDS[unit]}{unit}"
    return f"{seconds}s"


def bytes_of_window(ladder: Ladder, sounds: int, seconds: int) -> int:
    """Bytes on the disk at most, when every rendition of the ladder spends all it may."""
    rate = sum(rung.maxrate for rung in ladder.video) + sounds * sum(group.bitrate for group in ladder.sounds)
    return round(rate / 8 * _CONTAINER * (seconds + MARGIN_SECONDS))


def room_said(seconds: int, need: int, free: int) -> str:
    """What a window takes and what there is, as a sentence's middle."""
    return f"a window of {window_text(seconds)} takes up to {_gib(need)} GiB, {_gib(free)} are free"


def check_window(ladder: Ladder, sounds: int, seconds: int, free: int) -> None:
    """Raises OperatorError when the window does not fit on the disk; names one that does."""
    need = bytes_of_window(ladder, sounds, seconds)
    if need <= free:
        return
    fitting = next((
        hours * 3_600 for hours in range(LONGEST_S // 3_600, 0, -1)
        if hours * 3_600 < seconds and bytes_of_window(ladder, sounds, hours * 3_600) <= free
    ), SHORTEST_S)
    remedy = f"Take --window {window_text(fitting)}, free some space, or insist with --force: the oldest go first"
    problem = f"{room_said(seconds, need, free)} on the disk"
    raise OperatorError(problem, remedy)


def _gib(size: int) -> str:
    return f"{size / 2**30:.1f}"
