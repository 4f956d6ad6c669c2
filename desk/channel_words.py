"""A channel's own settings as an operator writes them: title, loudness, delay, pictures."""

from pathlib import Path

from flow.errors import OperatorError
from ingest.kinds import file_there

LONGEST_TITLE = 120
QUIETEST, LOUDEST = -40.0, -10.0
"""LUFS: between quiet television and the loudest of the web. Beyond it a limiter would work all the time."""
SHORTEST_MS, LONGEST_MS = 40, 4_000
"""Of the set delay: a tick, and what a burst of an HLS feed may need. A second of it keeps 25 raw pictures of each
feed that is decoded: 35 MB at 720p, 78 MB at 1080p."""
OFF = "off"


def title_of(text: str) -> str:
    """The title; raises OperatorError for one that could break a page or a playlist."""
    # T-13: a title reaches playlists, lists and pages; one line of ordinary letters can break none of them.
    if not text.isprintable() or len(text) > LONGEST_TITLE:
        problem = "the title has control characters or is longer than 120 letters"
        raise OperatorError(problem, "Give one short line with --title")
    return text


def loudness_of(word: str) -> float | None:
    """What speech is brought to, in LUFS; None for “off”. Raises OperatorError for what is no loudness."""
    if word == OFF:
        return None
    try:
        loudness = float(word)
    except ValueError:
        loudness = 0.0
    if not QUIETEST <= loudness <= LOUDEST:
        problem = f"“{word[:40]}” is no loudness of speech"
        raise OperatorError(problem, f"Give {QUIETEST:g} to {LOUDEST:g} LUFS with --loudness, or off")
    return loudness


def delay_of(milliseconds: int) -> int:
    """The set delay; raises OperatorError for one that cannot be held."""
    if not SHORTEST_MS <= milliseconds <= LONGEST_MS:
        problem = f"a delay of {milliseconds} ms cannot be held"
        raise OperatorError(problem, f"Give {SHORTEST_MS} to {LONGEST_MS} ms with --delay")
    return milliseconds


def picture_of(path: str, option: str) -> str:
    """The whole path of a picture that is there; empty for none. Raises OperatorError, naming the option."""
    if path and not file_there(path):
        problem = f"there is no picture {path}"
        raise OperatorError(problem, f"Give the path of a PNG or JPEG picture with --{option}")
    return str(Path(path).resolve()) if path else ""
