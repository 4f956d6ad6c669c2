"""What decoders bring becomes what a feed shows. No process, a stepped clock."""

from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from flow.canvas import Canvas
from flow.event import EventKind
from flow.feed import Feed, FeedState
from flow.tick import SILENCE
from flow.track import VIETNAMESE
from ingest.captions.scout import CaptionScout
from ingest.carrier import Carried
from ingest.decoder import Decoder
from ingest.facts import Facts
from ingest.hearing import Hearing
from ingest.kinds import feed_of
from ingest.look import Look
from ingest.notices import Notices
from ingest.pictures.sheet import Sheet
from ingest.playout.playout import Playout
from ingest.reasons import ANEW, HUNG, LATE
from ingest.reception import Reception
from tests.recorded.clock import SteppedClock

CANVAS = Canvas(width=16, height=16)
FEED = feed_of("srt://10.0.0.5:9000")
SCOUT = cast("CaptionScout", SimpleNamespace(said_of=lambda _facts: ""))
MUTE = Facts(video=("h264 16x16 25 fps",), complete=True)


class Stage:
    """A reception, and decoders that a test speaks for."""

    def __init__(self, feed: Feed = FEED) -> None:
        self.clock = SteppedClock()
        self.notices = Notices()
        hearing = Hearing(feed, tracks=(VIETNAMESE,), target=None, notices=self.notices)
        self.reception = Reception(
            feed, sheet=Sheet(CANVAS), clock=self.clock, hearing=hearing, notices=self.notices, delay_ms=200,
        )


    def decoder(self, *, trouble: str = "") -> tuple[Any, Playout]:
        """Another decoder, which has begun."""
        playout, sinks = self.reception.open(SCOUT)
        decoder = SimpleNamespace(trouble=trouble, carried=Carried(lost=2), fed=None, apart={}, killed=0)
        decoder.kill = lambda: setattr(decoder, "killed", decoder.killed + 1)
        self.reception.begin(cast("Decoder", decoder), playout)
        decoder.sinks = sinks
        return decoder, playout

    def pictures(self, decoder: Any, count: int) -> None:
        for _ in range(count):
            decoder.sinks.picture(bytearray(CANVAS.picture_bytes))


def test_a_picture_makes_a_feed_live_and_is_shown_at_the_set_delay() -> None:
    stage = Stage()
    decoder, _ = stage.decoder()
    assert stage.reception.state is FeedState.STARTING
    decoder.sinks.facts(MUTE)
    stage.pictures(decoder, 3)
    assert stage.reception.state is FeedState.LIVE
    assert stage.reception.take() is None
    stage.clock.advance(0.2)
    content = stage.reception.take()
    assert content is not None
    assert content.sounds == (SILENCE,) == content.came


def test_what_a_replaced_decoder_still_brings_is_not_mixed_in() -> None:
    stage = Stage()
    old, _ = stage.decoder()
    old.sinks.facts(MUTE)
    _, playout = stage.decoder()
    stage.pictures(old, 3)
    assert playout._pairing.pictures.end == 0
    assert stage.reception.state is FeedState.STARTING


def test_the_end_of_a_source_that_was_replaced_is_not_shown_beside_the_new_one() -> None:
    """F-11: a decoder gives its last pictures when its pipe closes."""
    stage = Stage()
    decoder, playout = stage.decoder()
    stage.pictures(decoder, 1)
    decoder.trouble = ANEW
    stage.pictures(decoder, 1)
    assert playout._pairing.pictures.end == 1


def test_a_decoder_is_ended_that_says_nothing_or_shows_nothing_for_too_long() -> None:
    """F-02."""
    stage = Stage()
    decoder, _ = stage.decoder()
    stage.clock.advance(31)
    stage.reception.take()
    assert (decoder.killed, stage.reception.verdict()) == (1, LATE)
    decoder, _ = stage.decoder()
    assert stage.reception.verdict() == ""
    decoder.sinks.facts(MUTE)
    stage.clock.advance(61)
    stage.reception.take()
    assert (decoder.killed, stage.reception.verdict()) == (1, HUNG)


def test_a_decoder_that_waits_for_packets_is_left_alone_until_the_first_has_come() -> None:
    """F-02: an idle UDP feed is no fault, and starts no process every half minute."""
    stage = Stage(feed_of("udp://127.0.0.1:5000"))
    decoder, _ = stage.decoder()
    decoder.fed = 0
    stage.clock.advance(3_600)
    stage.reception.take()
    assert decoder.killed == 0
    decoder.fed = 1_316
    stage.reception.take()
    stage.clock.advance(29)
    stage.reception.take()
    assert decoder.killed == 0
    stage.clock.advance(2)
    stage.reception.take()
    assert (decoder.killed, stage.reception.verdict()) == (1, LATE)


def test_what_is_left_alone_is_told_of_and_so_is_the_next_try() -> None:
    """F-03."""
    stage = Stage()
    stage.decoder()
    stage.reception.lost("it broke", alone=True)
    assert stage.reception.state is FeedState.QUARANTINED
    stage.decoder()
    assert stage.reception.state is FeedState.WAITING
    assert [one.kind for one in stage.notices.take()] == [EventKind.QUARANTINE, EventKind.QUARANTINE_OVER]


def test_a_feed_that_is_dropped_has_no_decoder_and_nothing_to_show() -> None:
    stage = Stage()
    decoder, _ = stage.decoder()
    decoder.sinks.facts(MUTE)
    stage.pictures(decoder, 6)
    words: list[str] = []
    stage.reception.drop(Look.rested, lambda: words.append("rest"))
    stage.clock.advance(1)
    assert (words, decoder.killed, stage.reception.take()) == (["rest"], 1, None)
    assert stage.reception.state is FeedState.COLD


def test_another_choice_of_sounds_drops_the_decoder_only_when_it_does_not_bring_them() -> None:
    stage = Stage()
    decoder, _ = stage.decoder()
    words: list[str] = []
    adjust = partial(stage.reception.adjust, delay_ms=200, target=None, word=lambda: words.append("anew"))
    adjust(replace(FEED, cold=True, sounds=(0,)))
    assert (words, decoder.killed, stage.reception.feed.cold) == ([], 0, True)
    adjust(replace(FEED, sounds=(2,)))
    assert (words, decoder.killed, stage.reception.hearing.streams) == (["anew"], 1, (2, 1))


def test_another_delay_holds_at_once_for_what_plays_and_for_what_is_about_to() -> None:
    stage = Stage()
    decoder, _ = stage.decoder()
    words: list[str] = []
    adjust = partial(stage.reception.adjust, FEED, target=None, word=lambda: words.append("anew"))
    adjust(delay_ms=400)
    assert (stage.reception.timing.set_ms, decoder.killed, words) == (400, 0, [])
    playout, _ = stage.reception.open(SCOUT)
    adjust(delay_ms=80)
    assert (stage.reception.timing.set_ms, playout.timing.set_ms, words) == (80, 80, [])


def test_a_decoder_that_was_made_before_a_change_does_not_begin_after_it() -> None:
    """It brings other sounds than are waited for."""
    stage = Stage()
    playout, _ = stage.reception.open(SCOUT)
    stage.reception.adjust(replace(FEED, sounds=(2,)), delay_ms=200, target=None, word=lambda: None)
    killed: list[int] = []
    late = SimpleNamespace(kill=lambda: killed.append(1), carried=Carried(), trouble="")
    stage.reception.begin(cast("Decoder", late), playout)
    assert killed == [1]
    stage.decoder()
    assert killed == [1]
