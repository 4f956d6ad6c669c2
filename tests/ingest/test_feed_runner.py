from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from flow.canvas import Canvas
from flow.event import EventKind
from flow.feed import Feed, FeedKind, FeedState, FeedStatus
from flow.tick import SILENCE
from ingest.feed_runner import FeedRunner
from ingest.kinds import feed_of
from ingest.means import Means
from ingest.pictures.sheet import Sheet
from ingest.reasons import HUNG, LATE, STALLED, TORN
from ingest.system_clock import SystemClock
from tests.ingest.media import FFMPEG, make
from tests.ingest.playout.test_sound_frames import block, cluster
from tests.ingest.spawning import spawn, stand_in, until
from tests.recorded.clock import SteppedClock

CANVAS = Canvas(width=16, height=16)
VIDEO = "say(\"Input #0, mpegts, from 'x':\"); say('  Stream #0:0: Video: h264, 16x16, 25 fps')"
AUDIO = "say('  Stream #0:1: Audio: aac, 48000 Hz, stereo')"
MAPPED = "say('Stream mapping:')"
HANG = "time.sleep(60)"


def pictures(count: int) -> str:
    return f"os.write(pictures, bytes({count * CANVAS.picture_bytes}))"


@contextmanager
def running(
    folder: Path, *lines: str, address: str | Feed = "srt://10.0.0.5:9000",
) -> Iterator[tuple[FeedRunner, SteppedClock]]:
    clock = SteppedClock()
    feed = address if isinstance(address, Feed) else feed_of(address)
    runner = FeedRunner(
        feed=feed, sheet=Sheet(CANVAS), title="", clock=clock,
        means=Means(spawn=spawn, ffmpeg=stand_in(folder, *lines) if lines else "/no/such/ffmpeg"),
    )
    runner.start()
    try:
        yield runner, clock
    finally:
        runner.stop()
        assert runner.status(on_air=False).state is FeedState.STOPPED


def _look(runner: FeedRunner) -> FeedStatus:
    return runner.status(on_air=False)


def test_a_feed_is_live_with_its_first_picture_and_taken_tick_by_tick(tmp_path: Path) -> None:
    with running(tmp_path, VIDEO, MAPPED, pictures(6), HANG) as (runner, _):
        until(lambda: _look(runner).depth == 6 and not _look(runner).sound)
        look = _look(runner)
        assert (look.state, look.why) == (FeedState.LIVE, "")
        assert (look.received, look.sound) == ("h264 16x16 25 fps", False)
        for _ in range(6):
            content = runner.take()
            assert content is not None
            assert content.sounds == (SILENCE,)
        assert runner.take() is None


def test_a_feed_that_says_nothing_of_its_colours_has_another_decoder_once(tmp_path: Path) -> None:
    unsaid = VIDEO.replace("h264", "hevc (Main), yuv420p(tv)")
    with running(tmp_path, unsaid, MAPPED, pictures(6), HANG) as (runner, _):
        until(lambda: _look(runner).depth == 6)
        first = runner._reception._decoder
        assert first is not None
        assert first._blindly
        look = _look(runner)
        assert (look.state, look.why, look.restarts) == (FeedState.LIVE, "", 0)


def test_nothing_is_taken_before_the_set_delay_has_passed(tmp_path: Path) -> None:
    with running(tmp_path, VIDEO, MAPPED, pictures(2), HANG) as (runner, clock):
        until(lambda: _look(runner).depth == 2 and not _look(runner).sound)
        clock.advance(0.1)
        assert runner.take() is None
        assert _look(runner).depth == 2
        clock.advance(0.05)
        assert runner.take() is not None
        assert (_look(runner).depth, runner.timing.set_ms) == (1, 200)


def test_a_feed_that_ends_says_why_and_is_tried_again(tmp_path: Path) -> None:
    """F-04."""
    words = "say('[error] srt://10.0.0.5:9000?passphrase=geheim: Input/output error')"
    with running(tmp_path, VIDEO, MAPPED, words) as (runner, _):
        until(lambda: _look(runner).restarts == 2)
        look = _look(runner)
        assert look.state is FeedState.WAITING
        assert look.why == "the sender does not answer, or the connection broke"


def test_the_reason_is_gone_when_the_feed_is_live_again(tmp_path: Path) -> None:
    marker = tmp_path / "second"
    first = f"marker = {str(marker)!r}; seen = os.path.exists(marker); open(marker, 'w').close()"
    with running(tmp_path, first, "seen or sys.exit('Connection refused')", VIDEO, MAPPED, pictures(3), HANG,
                 ) as (runner, _):
        until(lambda: "refuses" in _look(runner).why)
        until(lambda: _look(runner).state is FeedState.LIVE)
        assert (_look(runner).why, _look(runner).restarts) == ("", 1)


def test_what_a_decoder_gives_up_when_it_ends_dry_is_not_shown(tmp_path: Path) -> None:
    """F-05: a caller that died holds the port for seconds; the last pictures come out at the end of that."""
    with running(tmp_path, VIDEO, MAPPED, pictures(6)) as (runner, clock):
        until(lambda: _look(runner).restarts == 1)
        assert _look(runner).depth == 0
        clock.advance(0.2)
        assert runner.take() is None


def test_a_program_that_cannot_be_started_is_a_reason_too() -> None:
    with running(Path()) as (runner, _):
        until(lambda: _look(runner).restarts == 1)
        assert "/no/such/ffmpeg failed" in _look(runner).why


def test_a_listener_says_that_it_waits_and_is_never_taken_for_hung(tmp_path: Path) -> None:
    with running(tmp_path, "say('ready')", HANG, address="srt://:9000?mode=listener") as (runner, clock):
        until(lambda: _look(runner).why != "")
        assert (_look(runner).state, _look(runner).why) == (FeedState.STARTING, "it waits for the sender to call")
        clock.advance(3_600)
        assert runner.take() is None
        assert _look(runner).restarts == 0


def test_a_lost_listener_waits_again_and_says_so(tmp_path: Path) -> None:
    marker = tmp_path / "second"
    first = f"marker = {str(marker)!r}; seen = os.path.exists(marker); open(marker, 'w').close()"
    lines = (first, "seen or sys.exit('Input/output error')", HANG)
    with running(tmp_path, *lines, address="srt://:9000") as (runner, _):
        until(lambda: "connection broke" in _look(runner).why)
        until(lambda: _look(runner).why == "it waits for the sender to call")
        assert _look(runner).state is FeedState.WAITING


def test_a_decoder_that_never_says_a_word_is_ended(tmp_path: Path) -> None:
    """F-02."""
    with running(tmp_path, HANG) as (runner, clock):
        until(lambda: runner._reception._deadline is not None)
        clock.advance(31)
        assert runner.take() is None
        until(lambda: _look(runner).restarts == 1)
        assert _look(runner).why == LATE


def test_a_decoder_that_stops_bringing_pictures_is_ended_after_a_minute(tmp_path: Path) -> None:
    """F-02: also when nothing waits any more and the feed is off the air."""
    with running(tmp_path, VIDEO, MAPPED, pictures(1), HANG) as (runner, clock):
        until(lambda: _look(runner).state is FeedState.LIVE)
        clock.advance(1.1)
        assert (_look(runner).state, _look(runner).why) == (FeedState.WAITING, STALLED)
        runner.take()
        assert _look(runner).restarts == 0
        clock.advance(59)
        runner.take()
        until(lambda: _look(runner).restarts == 1)
        assert _look(runner).why == HUNG


def test_the_first_key_picture_may_be_a_minute_away(tmp_path: Path) -> None:
    """F-16."""
    with running(tmp_path, VIDEO, AUDIO, MAPPED, HANG) as (runner, clock):
        until(lambda: _look(runner).received != "" and _look(runner).sound)
        clock.advance(59)
        runner.take()
        assert _look(runner).restarts == 0


def test_sound_that_runs_away_ends_the_decoder(tmp_path: Path) -> None:
    """F-13: counts that no longer belong together are not trusted."""
    stream = cluster(0, block(0, bytes(4))) + cluster(70_000, block(0, bytes(4)))
    seen = tmp_path / "seen"  # of two pipes either may be read first
    lines = [f"while not os.path.exists({str(seen)!r}): time.sleep(0.005)",
             f"os.write(sound, bytes.fromhex('{stream.hex()}'))"]
    with running(tmp_path, VIDEO, AUDIO, MAPPED, pictures(1), *lines, HANG) as (runner, _):
        until(lambda: _look(runner).state is FeedState.LIVE)
        seen.touch()
        until(lambda: runner._reception._playout.torn)
        runner.take()
        until(lambda: _look(runner).restarts == 1)
        assert _look(runner).why == TORN


def test_an_error_that_nobody_foresaw_costs_one_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def broken(*_: object, **_named: object) -> None:
        calls.append(1)
        raise RuntimeError

    monkeypatch.setattr("ingest.decoder.decoder_argv", broken)
    with running(tmp_path, HANG) as (runner, _):
        until(lambda: _look(runner).restarts == 2)
        assert "the log says how" in _look(runner).why
    assert len(calls) >= 2


def test_stopping_ends_the_child_and_returns_soon(tmp_path: Path) -> None:
    with running(tmp_path, VIDEO, MAPPED, pictures(3), HANG) as (runner, _):
        until(lambda: _look(runner).depth == 3)
        runner.stop()
        assert not runner._thread.is_alive()


def test_stopping_a_feed_that_was_never_started_is_harmless() -> None:
    FeedRunner(
        feed=feed_of("srt://10.0.0.5:9000"), sheet=Sheet(CANVAS), title="", clock=SteppedClock(),
        means=Means(spawn=spawn, ffmpeg="x"),
    ).stop()


def test_the_test_card_says_what_it_is(tmp_path: Path) -> None:
    canvas = Canvas(width=426, height=240)
    runner = FeedRunner(
        feed=feed_of("testcard:"), sheet=Sheet(canvas), title="x", clock=SteppedClock(),
        means=Means(spawn=spawn, ffmpeg="none"),
    )
    runner.start()
    until(lambda: _look(runner).state is FeedState.LIVE)
    assert _look(runner).received == "raw 426x240 25 fps, pcm 48000 Hz stereo"
    runner.stop()


COLD = replace(feed_of("srt://10.0.0.5:9000"), cold=True)


def test_a_cold_feed_is_not_decoded_until_it_is_woken_and_rests_again(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with running(tmp_path, f"open({str(begun)!r}, 'a').write('x')", VIDEO, MAPPED, pictures(6), HANG,
                 address=COLD) as (runner, clock):
        assert (_look(runner).state, _look(runner).why) == (FeedState.COLD, "")
        assert runner.take() is None
        assert runner._reception._decoder is None
        runner.wake()
        until(lambda: _look(runner).depth == 6 and not _look(runner).sound)
        assert _look(runner).state is FeedState.LIVE
        assert runner.take() is not None
        process = runner._reception._decoder._process if runner._reception._decoder else None
        assert process is not None
        runner.rest()
        until(lambda: process.poll() is not None)
        look = _look(runner)
        assert (look.state, look.why, look.received, look.depth) == (FeedState.COLD, "", "", 0)
        clock.advance(3_600)
        assert runner.take() is None
        assert begun.read_text() == "x"
        runner.wake()
        until(lambda: _look(runner).depth == 6)
        assert (begun.read_text(), _look(runner).restarts) == ("xx", 0)


def test_a_cold_feed_that_fails_rests_at_once_and_is_tried_anew_without_a_pause(tmp_path: Path) -> None:
    """F-04: no pause that has grown is waited for."""
    with running(tmp_path, "sys.exit('Connection refused')", address=COLD) as (runner, _):
        runner.wake()
        until(lambda: _look(runner).restarts == 2)
        runner.rest()
        assert (_look(runner).state, _look(runner).why) == (FeedState.COLD, "")
        runner.wake()
        until(lambda: _look(runner).restarts == 3, 5)
        assert "refuses" in _look(runner).why


def test_a_file_that_was_played_once_is_over(tmp_path: Path) -> None:
    once = replace(COLD, kind=FeedKind.FILE, address="/srv/film.mp4", once=True)
    with running(tmp_path, VIDEO, MAPPED, pictures(2), address=once) as (runner, _):
        assert runner.state is not FeedState.STOPPED
        runner.wake()
        until(lambda: runner.state is FeedState.STOPPED)
        runner.rest()
        assert _look(runner).state is FeedState.STOPPED
        assert runner.played


def test_what_was_played_once_in_an_earlier_life_is_not_begun(tmp_path: Path) -> None:
    """F-01: a worker that comes back does not show the opening film again."""
    runner = FeedRunner(
        feed=replace(COLD, kind=FeedKind.FILE, address="/srv/film.mp4", once=True, cold=False), title="",
        sheet=Sheet(CANVAS), clock=SteppedClock(), means=Means(spawn=spawn, ffmpeg="/no/such"),
    )
    runner.finish()
    runner.start()
    assert (_look(runner).state, _look(runner).restarts) == (FeedState.STOPPED, 0)
    assert runner.take() is None
    runner.stop()


@pytest.mark.parametrize("end", ["sys.exit(1)", "os.kill(os.getpid(), 11)"])
def test_what_kills_decoder_after_decoder_is_left_alone_until_it_is_told_to_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str,
) -> None:
    """F-03: state, sentence, event, and the operator's way out."""
    monkeypatch.setattr("ingest.retry.LONGEST", 0.01)
    begun = tmp_path / "begun"
    mark = f"open({str(begun)!r}, 'a').write('x')"
    with running(tmp_path, mark, VIDEO, MAPPED, pictures(2), end) as (runner, _):
        assert not runner.retry()
        until(lambda: _look(runner).state is FeedState.QUARANTINED)
        assert (begun.read_text(), _look(runner).restarts) == ("xxxxx", 5)
        assert "left alone for a minute" in _look(runner).why
        assert runner.take() is None
        assert [notice.kind for notice in runner.notices.take()] == [EventKind.QUARANTINE]
        assert runner.retry()
        until(lambda: _look(runner).restarts == 6)
        assert begun.read_text() == "xxxxxx"
        until(lambda: _look(runner).state is FeedState.QUARANTINED)
        assert EventKind.QUARANTINE_OVER in [notice.kind for notice in runner.notices.take()]


def test_a_source_that_begins_anew_again_and_again_is_not_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-11: an organiser who stops and starts the encoder."""
    monkeypatch.setattr("ingest.retry.LONGEST", 0.01)
    for end in ("sys.exit(0)", "sys.exit('Invalid data found')"):
        shown = pictures(2) if end == "sys.exit(0)" else "pass"
        with running(tmp_path, VIDEO, MAPPED, shown, end) as (runner, _):
            until(lambda: _look(runner).restarts == 8)
            assert _look(runner).state is FeedState.WAITING


def test_another_trim_begins_anew_and_another_delay_or_loudness_does_not(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    count = f"open({str(begun)!r}, 'a').write('x')"
    with running(tmp_path, count, VIDEO, MAPPED, pictures(6), HANG) as (runner, _):
        until(lambda: _look(runner).depth == 6)
        runner.adjust(runner.feed, delay_ms=200, target=None)
        assert (_look(runner).depth, runner._reception.hearing.loudness.delay_ms) == (6, 0)
        runner.adjust(runner.feed, delay_ms=80, target=None)
        assert (runner.timing.set_ms, _look(runner).depth) == (80, 6)
        runner.adjust(replace(runner.feed, trim_ms=-40), delay_ms=80, target=None)
        until(lambda: begun.read_text() == "xx" and _look(runner).depth == 5)  # pictures wait for their sound
        assert (runner.feed.trim_ms, runner.timing.set_ms, _look(runner).restarts) == (-40, 80, 0)


def test_a_cold_feed_takes_over_what_is_changed_and_rests_on(tmp_path: Path) -> None:
    with running(tmp_path, VIDEO, MAPPED, pictures(6), HANG, address=COLD) as (runner, _):
        runner.adjust(runner.feed, delay_ms=400, target=-16.0)
        assert (_look(runner).state, runner.timing.set_ms) == (FeedState.COLD, 400)
        assert runner._reception._decoder is None


@pytest.mark.line
def test_a_still_picture_whose_sound_is_broken_is_shown_in_silence_and_says_why(tmp_path: Path) -> None:
    card, music = tmp_path / "card.png", tmp_path / "music.m4a"
    make(card, "-f", "lavfi", "-i", "color=s=64x48", "-frames:v", "1")
    music.write_bytes(b"no music")
    runner = FeedRunner(
        feed=feed_of(f"still:{card}?sound={music}"), sheet=Sheet(CANVAS), title="", clock=SystemClock(),
        means=Means(spawn=spawn, ffmpeg=FFMPEG),
    )
    runner.start()
    try:
        until(lambda: _look(runner).state is FeedState.LIVE)
        assert "the file of its sound is left out" in _look(runner).why
        assert (_look(runner).restarts, _look(runner).sound) == (1, False)
        assert runner.retry()
        until(lambda: _look(runner).restarts == 2 and _look(runner).state is FeedState.LIVE)
    finally:
        runner.stop()


def test_a_film_that_is_wanted_once_and_was_killed_has_not_been_played(tmp_path: Path) -> None:
    """F-03: memory that ran out, or a crash, is not the film's end."""
    film = tmp_path / "film.mp4"
    film.touch()
    lines = (VIDEO, MAPPED, pictures(1), "os.kill(os.getpid(), 9)")
    with running(tmp_path, *lines, address=replace(feed_of(str(film)), once=True)) as (runner, _):
        until(lambda: _look(runner).restarts > 0)
        assert not runner.played
