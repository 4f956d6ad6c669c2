"""One life of one decoder: a child process, and threads that empty its pipes."""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread

from flow.errors import FeedError
from flow.feed import Feed, FeedKind
from flow.process import Process
from flow.tick import SOUND_BYTES
from ingest.appetite import Appetite
from ingest.bounds import decoder_cage
from ingest.captions.caption import Caption
from ingest.captions.pipe import captions
from ingest.captions.plan import NO_CAPTIONS, CaptionPlan, CaptionSource
from ingest.carrier import TOGETHER, Carried, Carrier
from ingest.command import Wiring, decoder_argv, picks
from ingest.facts import Facts
from ingest.family import used_ns
from ingest.means import Means
from ingest.pictures.sheet import Sheet
from ingest.pipes import blocks, drain, timed_sound, wide_pipe
from ingest.reasons import SPINS, UNFRAMED, names_fault

_log = logging.getLogger(__name__)

_LAST_LINES = 40
_LONGEST_LINE = 8_192
"""Bytes: whoever writes without an end of line fills no memory (T-09)."""
_ENDING = 2.0
_LOOK = 1.0
"""Seconds between two looks at what it computes; only one that gives no picture costs more than a glance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sinks:
    """Where a decoder's output goes; each is called from a thread of its own and returns at once. A sound comes
    with its place among those that are wanted."""

    picture: Callable[[bytearray], None]
    sound: Callable[[int, bytearray], None]
    facts: Callable[[Facts], None]
    caption: Callable[[Caption], None] = lambda _: None


class Decoder:
    """Runs once: `run` blocks until the process has ended and its pipes are empty."""

    def __init__(
        self, *, feed: Feed, sheet: Sheet, title: str, means: Means, sinks: Sinks,
        connect: Callable[[], Carrier | None], sounds: Sequence[int] = (1,),
        captions: Callable[[], CaptionPlan] = lambda: NO_CAPTIONS, blindly: bool = False,
    ) -> None:
        """`sounds` are the numbers of the feed's sounds that are wanted, counted from 1; `captions` says which of
        its captions are, `blindly` see `ingest/colours.py`."""
        self._blindly = blindly
        self._feed = feed
        self._sheet = sheet
        self._title = title
        self._means = means
        self._sinks = sinks
        self._process: Process | None = None
        self._killed, self._over = Event(), Event()
        self._spins = False
        self._open: list[int] = []
        self._connect = connect
        self._sounds = tuple(sounds)
        self._captions = captions
        self._carrier: Carrier | None = None
        self._broken = ""
        self._framed = False
        self.facts = Facts(program=picks(feed))
        self.pictures = 0
        self.last_lines: deque[str] = deque(maxlen=_LAST_LINES)

    def run(self) -> None:
        """Decode until the feed ends or `kill`.

        Raises ToolError when the process cannot be started, FeedError when the feed's bytes cannot be had.
        """
        plan = self._captions()
        picture_end, picture_fd = self._pipe()
        sounds = {number: self._pipe() for number in self._sounds}
        told = self._pipe() if plan.source is not CaptionSource.NONE else None
        theirs = [picture_fd, *(fd for _, fd in sounds.values()), *(told[1:] if told else ())]
        try:
            media = self._media(theirs)
            fds = {number: fd for number, (_, fd) in sounds.items()}
            wiring = Wiring(
                pictures=picture_fd, sounds=fds, media=media, captions=told[1] if told else 0,
                apart=tuple(self.apart), framed=self._framed, film=plan.source is CaptionSource.CUES,
            )
            argv = decoder_argv(
                self._means.ffmpeg, self._feed, self._sheet, self._title, wiring, blindly=self._blindly,
            )
            self._process = self._means.spawn(argv, pass_fds=theirs, cage=decoder_cage(self._feed))
            for end in theirs:  # the process has its own by now; ours would keep the pipes open after its death
                self._close(end)
            if self._killed.is_set():
                self._process.kill()
            readers = [self._reader("pictures", picture_end, self._read_pictures)]
            readers += [
                self._reader("sound", end, partial(self._read_sound, at))
                for at, (end, _) in enumerate(sounds.values())
            ]
            if told:
                readers.append(self._reader("captions", told[0], partial(self._read_captions, plan)))
            watch = Thread(target=self._watch, args=(self._process,), name="appetite", daemon=True)
            self._drain(self._process, [*readers, watch])
        finally:
            if self._carrier:
                self._broken = self._carrier.trouble  # one that was stopped has none
                self._carrier.stop()
            if self._process:
                self._process.kill()
                self._process.wait()
            self._over.set()
            for end in tuple(self._open):
                self._close(end)

    def kill(self) -> None:
        """End it at once, from any thread."""
        self._killed.set()
        if self._carrier:
            self._carrier.stop()
        if self._process:
            self._process.kill()

    @property
    def crashed(self) -> bool:
        """Whether it died by a signal, or gave up on what it had shown: not for want of input, nor by our hand."""
        status = self._process.poll() if self._process and not self._killed.is_set() else 0
        return status is not None and (status < 0 or (status > 0 and self.pictures > 0))

    @property
    def died(self) -> bool:
        """Whether a signal ended it, ours or another: it has not come to the end of what it read."""
        status = self._process.poll() if self._process else None
        return status is not None and status < 0

    @property
    def trouble(self) -> str:
        """What kept the feed's bytes or its pictures from coming, if anything did that is known."""
        if self._spins:
            return SPINS
        if self._unframed:
            return UNFRAMED
        return self._broken or (self._carrier.trouble if self._carrier else "")

    @property
    def carried(self) -> Carried:
        """How much a carrier has brought; zeros for what the decoder opens itself."""
        return self._carrier.carried if self._carrier else Carried()

    @property
    def apart(self) -> Mapping[int, str]:
        """The sounds that come apart from the picture, as their carrier has them."""
        return self._carrier.apart if self._carrier else TOGETHER

    @property
    def fed(self) -> int | None:
        """Bytes that a carrier has brought; None for what the decoder opens itself."""
        return self._carrier.carried.bytes if self._carrier else None

    @property
    def _unframed(self) -> bool:
        """Whether it was begun for packets that are whole pictures and frames, and they are not."""
        return self._framed and self._carrier is not None and not self._carrier.framed

    def _media(self, theirs: list[int]) -> tuple[int, ...]:
        """What comes from the network is handed over by pipe: the decoder opens no address of it."""
        self._carrier = self._connect()
        if self._carrier is None:
            return ()
        if self._killed.is_set():
            self._carrier.stop()
        media = self._carrier.start()
        self._framed = self._carrier.framed
        theirs += media
        self._open += media
        return tuple(media)

    def _drain(self, process: Process, threads: Sequence[Thread]) -> None:
        for thread in threads:
            thread.start()
        self._read_words(process)
        process.wait()
        self._over.set()
        for thread in threads:
            thread.join(_ENDING)

    def _watch(self, process: Process) -> None:
        """End a decoder that hangs in a loop: it counts as a crash, since nobody asked for its end."""
        appetite: Appetite | None = Appetite(began_ns=time.monotonic_ns())
        given = 0
        while not self._over.wait(_LOOK):
            last, given = given, self.pictures
            if given != last:
                appetite = None
                continue
            now, used = time.monotonic_ns(), used_ns(process.pid)
            if appetite is None:
                appetite = Appetite(began_ns=now, used_ns=used, pictures=given)
            appetite, self._spins = appetite.after(now, used, given)
            if self._spins:
                process.kill()
                return

    def _reader(self, name: str, end: int, read: Callable[[int], None]) -> Thread:
        """A thread that empties a pipe. It alone closes its end, however long it takes: closed under it, the
        number might be another decoder's pipe by the time it reads on."""
        self._open.remove(end)

        def empty() -> None:
            try:
                read(end)
                self._over.wait()  # a decoder that is read no more is not to die of it
            finally:
                os.close(end)

        return Thread(target=empty, name=name, daemon=True)

    def _read_pictures(self, end: int) -> None:
        for picture in blocks(end, self._sheet.whole.picture_bytes):
            self.pictures += 1
            self._sinks.picture(picture)

    def _read_sound(self, at: int, end: int) -> None:
        """Our own test card writes plain ticks; FFmpeg's samples come with timestamps."""
        ticks = blocks(end, SOUND_BYTES) if self._feed.kind is FeedKind.TESTCARD else timed_sound(end)
        try:
            for sound in ticks:
                self._sinks.sound(at, sound)
        except FeedError as error:
            _log.warning("feed %s: %s", self._feed.shown, error)
            if len(self._sounds) > 1:  # the others go on without it
                drain(end)
            # Else nobody empties the pipe now: the decoder hangs, and whoever watches it ends it.

    def _read_captions(self, plan: CaptionPlan, end: int) -> None:
        for caption in captions(end, plan):
            self._sinks.caption(caption)

    def _read_words(self, process: Process) -> None:
        """Standard error until it closes: facts first, then whatever goes wrong."""
        if process.stderr is None:
            return
        while raw := process.stderr.readline(_LONGEST_LINE):
            line = raw.decode("utf-8", "replace").rstrip()
            if (facts := self.facts.with_line(line)) != self.facts:
                self.facts = facts
                if facts.complete and self._unframed:
                    self.kill()
                    break
                self._sinks.facts(facts)
            if names_fault(line):
                self.last_lines.append(line)
        process.stderr.close()

    def _pipe(self) -> tuple[int, int]:
        ends = wide_pipe()
        self._open += ends
        return ends

    def _close(self, end: int) -> None:
        if end in self._open:
            self._open.remove(end)
            with suppress(OSError):
                os.close(end)
