"""Takes the text out of a film's caption stream, all of it, in a process of its own that reads nothing else.

Not in the decoder: FFmpeg from 7 on holds back pictures and sound while an output beside them has nothing to
write, and between two texts there may be minutes.
"""

import codecs
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock, Thread

from flow.errors import ToolError
from flow.feed import Feed
from flow.process import Process
from ingest.asked import answer
from ingest.bounds import decoder_cage
from ingest.captions.caption import Cue
from ingest.captions.lines import CaptionLines
from ingest.command import text_argv
from ingest.means import Means
from ingest.pipes import wide_pipe
from ingest.reasons import names_fault

_log = logging.getLogger(__name__)

_MOST = 50_000
_CAPACITY = 1 << 16
_PATIENCE = 600.0
"""Seconds: the longest film is read from a slow disk within that."""


class CaptionExtract:
    """One reading of one film. `cues` grows while it goes on, in the order of the film."""

    def __init__(self, feed: Feed, means: Means, stream: int, decoder: str) -> None:
        """`stream` is the wanted one among the film's caption streams, from 0."""
        self._feed = feed
        self._means = means
        self._wanted = stream, decoder
        self._lock = Lock()
        self._process: Process | None = None
        self._stopped = False
        self._cues: list[Cue] = []

    @property
    def cues(self) -> Sequence[Cue]:
        """What has been read so far; the same list all the time."""
        return self._cues

    def start(self) -> None:
        """Begin; raises ToolError when FFmpeg cannot be started."""
        reading, writing = wide_pipe()
        try:
            argv = text_argv(self._means.ffmpeg, self._feed, *self._wanted, writing)
            process = self._means.spawn(argv, pass_fds=[writing], cage=decoder_cage(self._feed))
        except (ToolError, OSError):
            os.close(reading)
            raise
        finally:
            os.close(writing)
        with self._lock:
            self._process = process
            if self._stopped:
                process.kill()
        for target, argument in ((self._hear, process), (self._read, reading)):
            Thread(target=target, args=(argument,), name="captions of a film", daemon=True).start()

    def stop(self) -> None:
        """End it, from any thread."""
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()

    def _hear(self, process: Process) -> None:
        """Its words, lest it waits for somebody to read them; what went wrong is logged."""
        words, late = answer(process, _PATIENCE)
        wrong = [word for word in words if names_fault(word)]
        if late or (process.wait() and not self._stopped):
            _log.warning("feed %s: its captions could not be read to the end: %s", self._feed.shown, wrong[-1:])

    def _read(self, end: int) -> None:
        lines, letters = CaptionLines(), codecs.getincrementaldecoder("utf-8")("replace")
        with suppress(OSError):
            while data := os.read(end, _CAPACITY):
                for cue in lines.feed(letters.decode(data)):
                    if len(self._cues) < _MOST:
                        self._cues.append(cue)
        os.close(end)
