"""What a child that was asked something says on its standard error, within a limit of time."""

from threading import Event, Timer

from flow.process import Process

_LONGEST_LINE = 8_192
_MOST_LINES = 10_000
"""Whoever writes without an end fills no memory (T-09)."""


def answer(process: Process, seconds: float) -> tuple[list[str], bool]:
    """Its lines until it ended, and whether it had to be ended because the time ran out."""
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    words: list[str] = []
    try:
        while process.stderr and (raw := process.stderr.readline(_LONGEST_LINE)):
            if len(words) < _MOST_LINES:
                words.append(raw.decode("utf-8", "replace").rstrip())
        process.wait()
    finally:
        timer.cancel()
        if process.stderr is not None:
            process.stderr.close()
    return words, late.is_set()
