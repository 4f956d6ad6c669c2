"""The numbers that a viewer is promised, in seconds unless said otherwise, and sentences on what broke them."""

from flow.timebase import SCALE
from tests.faults.seen import Run, Seen

BACK = 2.0
"""From the first datagram of a returning source until it is on air."""
CALLED_OVER = 3.0
"""The same for an SRT caller that died without a word and calls again: his old connection holds the port until
it has been silent for 3.5 s, since a network may stand still for three (F-09). F-05 allows it."""
SLATE, SRT_SLATE = 1.5, 2.0
"""From a source's last datagram until the slate: what is on the way, and the last picture for a second. SRT has a
quarter of a second more on the way, and a sender that leaves politely takes a moment for that."""
TAKEOVER = 1.5
"""From a source's end until a warm backup is on air."""
GRACE = 0.08
"""Two ticks: the harness cannot tell the moment of its own deed any better."""
EVEN = (1, 40)
"""Ticks for which a picture may stand, and ms from one picture to the next: each is shown, once."""
SLOWED = (2, 40)
"""The same where the feed's status says that it is played slower, to come back to its set delay: a picture is
shown twice when that has added up to one. None is left out."""
HICCUP = (6, 280)
"""The same where the machine was shown to be late meanwhile: a feed that comes later than its set delay of 200 ms
is held so. Damage and disorder are never forgiven."""
STARVED = 0.10
"""Seconds for which a thread with nothing to do was not woken: then the machine was late."""
SKEW = 40
"""Milliseconds between sound and picture."""
SAME_SKEW, FOLLOWED_SKEW = 2, 10
"""Milliseconds by which skew may change where only time stamps did: one, and one that the harness cannot tell;
more while a clock is followed, which moves the sound by samples and the picture by whole ones."""


def moment(wall: float) -> int:
    """Units of a wall time."""
    return round(wall * SCALE)


def late(what: str, run: Run | None, since: float, allowed: float) -> list[str]:
    """Whether a run began within so many seconds."""
    if run is None:
        return [f"{what} never came"]
    took = run.begin / SCALE - since
    return [f"{what} took {took:.2f} s, {allowed:.1f} s allowed"] if took > allowed + GRACE else []


def skewed(seen: Seen, run: Run, least: int = 1, allowed: int = SKEW) -> list[str]:
    """Whether sound and picture of a run are together, and at least so many beeps were heard."""
    offsets = [ms for at, ms in seen.offsets if run.begin <= at < run.end]
    if len(offsets) < least:
        return [f"{len(offsets)} beeps of source {run.source} could be placed, {least} wanted"]
    worst = max(offsets, key=abs)
    return [f"sound and picture of source {run.source} are {worst} ms apart"] if abs(worst) > allowed else []


def steady(run: Run, repeats: int = EVEN[0], skipped: int = EVEN[1]) -> list[str]:
    """Whether every picture of a run was shown, once each."""
    found = []
    if run.repeats > repeats:
        found.append(f"a picture of source {run.source} stood for {run.repeats} ticks, {repeats} allowed")
    if run.skipped > skipped:
        found.append(f"source {run.source} jumped {run.skipped} ms, {skipped} allowed")
    return found


def first_after(seen: Seen, wall: float, kind: str = "live", source: int | None = None) -> Run | None:
    """The first run of a kind that ends after a wall time."""
    return next((
        run for run in seen.runs
        if run.kind == kind and run.end > moment(wall) and (source is None or run.source == source)
    ), None)


def stale(seen: Seen) -> list[str]:
    """Whether pictures of a source that had gone before came up again after the slate."""
    ticks = sum(run.ticks for run in seen.runs if run.kind == "old")
    return [f"{ticks} ticks show a source that had gone"] if ticks else []


def mixed(seen: Seen, sources: list[int]) -> list[str]:
    """Whether sources were seen in this order, each once, none between another's pictures."""
    found = [run.source for run in seen.live]
    return [] if found == sources else [f"sources were seen as {found}, not as {sources}"]
