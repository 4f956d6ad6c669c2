"""A feed played at a set delay, whatever its clock and its network do."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest

from flow.tick import SILENCE, SOUND_BYTES
from flow.timebase import TICK
from ingest.captions.caption import Coded, Cue
from ingest.pacer import TICK_NS
from ingest.playout.pairing import AHEAD, Content
from ingest.playout.playout import Playout
from tests.ingest.playing import Moment, Sender, Shown, marked, never, skew, spoken, steadily

SECOND = 25
DAY = 24 * 3_600 * SECOND


def _played(
    *, seconds: int = 20, pictures: Moment = steadily, sound: Moment = steadily, per_tick: int = 1,
) -> tuple[list[Shown | None], Playout]:
    playout = Playout(per_tick)
    return Sender(playout, pictures=pictures, sound=sound, per_tick=per_tick).ticks(seconds * SECOND), playout


@pytest.mark.parametrize(("before", "after", "per_tick"), [
    (200, 600, 1), (200, 600, 2), (600, 200, 1), (600, 200, 2), (40, 4_000, 1), (4_000, 40, 1),
])
def test_another_delay_holds_a_picture_or_leaves_some_out_and_loses_no_tick(
    before: int, after: int, per_tick: int,
) -> None:
    playout, moved = Playout(per_tick, before), (after - before) // 40
    sender = Sender(playout, per_tick=per_tick)
    sender.ticks(before // 40 + 10 * SECOND)
    playout.aim(after)
    ticks = [one for one in sender.ticks(20 * SECOND) if one is not None]
    assert len(ticks) == 20 * SECOND
    steps = [(new.picture - old.picture) // per_tick for old, new in pairwise(ticks)]
    held = [step for step in steps if step == 0]
    assert len(held) == max(0, moved - 1)
    assert set(steps) <= {0, 1}
    assert max(_skews(ticks[max(0, moved):], per_tick)) < 0.1
    timing = playout.timing
    assert timing.set_ms == after
    assert abs(timing.delay_ms - after) <= 20
    assert timing.jumps == (moved < 0)
    assert [one.place is None for one in ticks[1:]] == [at < moved - 1 for at in range(len(ticks) - 1)]


def test_a_longer_delay_makes_no_click() -> None:
    playout = Playout(1)
    sender = Sender(playout)
    sounds = [one.sounds[0] for one in (sender.tick() for _ in range(100)) if one]
    playout.aim(400)
    sounds += [one.sounds[0] for one in (sender.tick() for _ in range(50)) if one]
    line = np.frombuffer(b"".join(sounds), "<i2").reshape(-1, 2)[TICK:].astype(int)
    assert np.abs(np.diff(line, axis=0)).max() < 600


def test_a_feed_that_does_not_play_yet_begins_with_the_new_delay() -> None:
    playout = Playout(1, 200)
    sender = Sender(playout)
    sender.ticks(2)
    playout.aim(400)
    assert _missing(sender.ticks(50)) == list(range(8))


def _missing(ticks: Iterable[Shown | None]) -> list[int]:
    return [at for at, one in enumerate(ticks) if one is None]


def _silent(ticks: Iterable[Shown | None]) -> list[int]:
    return [at for at, one in enumerate(ticks) if one is not None and one.place is None]


def _skews(ticks: Iterable[Shown | None], per_tick: int = 1) -> list[float]:
    return [abs(skew(one, per_tick)) for one in ticks if one is not None and one.place is not None]


@pytest.mark.parametrize("per_tick", [1, 2])
def test_a_feed_on_our_clock_waits_its_delay_and_is_passed_on_as_it_came(per_tick: int) -> None:
    ticks, playout = _played(per_tick=per_tick)
    assert _missing(ticks) == list(range(5))
    assert max(_skews(ticks, per_tick)) < 0.1
    timing = playout.timing
    assert (timing.rate_ppm, timing.repeated, timing.dropped, timing.jumps) == (0, 0, 0, 0)
    assert abs(timing.delay_ms - 200) <= 20
    sender = Sender(Playout(per_tick), per_tick=per_tick)
    contents = [content for content in (sender.tick() for _ in range(50)) if content]
    assert [content.sounds[0] for content in contents[1:]] == [marked(at) for at in range(1, len(contents))]


@pytest.mark.parametrize("per_tick", [1, 2])
@pytest.mark.parametrize("delay", [40, 80, 200, 1_000, 4_000])
def test_the_delay_is_what_was_set(delay: int, per_tick: int) -> None:
    playout = Playout(per_tick, delay)
    ticks = Sender(playout, per_tick=per_tick).ticks(20 * SECOND)
    timing = playout.timing
    assert abs(timing.delay_ms - delay) <= 20
    assert (timing.dropped, timing.repeated, timing.jumps) == (0, 0, 0)
    assert _missing(ticks) == list(range(delay // 40))


@pytest.mark.parametrize("trim", [200, -200, 35, -35, 600, -600])
@pytest.mark.parametrize("per_tick", [1, 2])
def test_sound_is_trimmed_to_the_millisecond_and_the_delay_stays(trim: int, per_tick: int) -> None:
    playout = Playout(per_tick, 200, trim)
    ticks = Sender(playout, per_tick=per_tick).ticks(20 * SECOND)
    settled = [one for one in ticks[2 * SECOND:] if one is not None]
    assert len(settled) == 18 * SECOND
    assert max(abs(skew(one, per_tick) - trim) for one in settled) < 1
    timing = playout.timing
    assert (timing.skew_ms, timing.repeated, timing.dropped, timing.jumps) == (0, 0, 0, 0)
    assert abs(timing.delay_ms - 200) <= 20
    late = max(0, -trim) / 40  # ticks by which pictures wait for the sound that belongs to them
    assert abs(_missing(ticks)[-1] - (4 + late)) <= 1


@pytest.mark.parametrize("trim", [2_000, -2_000])
def test_the_longest_trim_fits_beside_the_longest_delay(trim: int) -> None:
    playout = Playout(1, 4_000, trim)
    ticks = Sender(playout).ticks(30 * SECOND)
    settled = [one for one in ticks[10 * SECOND:] if one is not None and one.place is not None]
    assert len(settled) == 20 * SECOND
    away = [(skew(one) - trim) % 1_280 for one in settled]  # the marks repeat after so many ms
    assert max(min(one, 1_280 - one) for one in away) < 1
    assert (playout.timing.dropped, playout.timing.jumps) == (0, 0)
    assert abs(playout.timing.delay_ms - 4_000) <= 20


@pytest.mark.parametrize("trim", [200, -200])
@pytest.mark.parametrize("ppm", [200, -200])
def test_a_trim_holds_while_the_clock_drifts(trim: int, ppm: int) -> None:
    """F-19."""
    playout = Playout(1, 200, trim)
    ticks = Sender(playout, ppm=ppm).ticks(240 * SECOND)
    settled = [one for one in ticks[2 * SECOND:] if one is not None]
    assert max(abs(skew(one) - trim) for one in settled) <= 40
    assert abs(playout.timing.delay_ms - 200) <= 30
    assert _missing(ticks[2 * SECOND:]) == []


@pytest.mark.parametrize("trim", [400, -400])
def test_a_trim_outlives_sound_that_is_lost_for_a_while(trim: int) -> None:
    """F-13."""
    def broken(number: int) -> int:
        return steadily(number if not 500 <= number < 750 else 750)  # ten seconds late, all at once

    playout = Playout(1, 200, trim)
    ticks = Sender(playout, sound=broken).ticks(60 * SECOND)
    before = [one for one in ticks[2 * SECOND:19 * SECOND] if one is not None]
    after = [one for one in ticks[45 * SECOND:] if one is not None and one.place is not None]
    assert len(after) == 15 * SECOND
    assert max(abs(skew(one) - trim) for one in (*before, *after)) < 30


@pytest.mark.parametrize("trim", [1_000, -1_000])
def test_a_trim_costs_slow_slides_nothing(trim: int) -> None:
    slides = Sender(Playout(1, 200, trim), pictures=lambda n: steadily(n // 50 * 50 + 49))
    ticks = slides.ticks(60 * SECOND)
    assert _missing(ticks[8 * SECOND:]) == []
    assert _silent(ticks[8 * SECOND:]) == []
    assert slides.playout.timing.jumps <= 1


@pytest.mark.parametrize("trim", [500, -500])
def test_a_trim_costs_a_feed_without_sound_nothing(trim: int) -> None:
    playout = Playout(1, 200, trim)
    playout.without_sound()
    ticks = Sender(playout, sound=never).ticks(20 * SECOND)
    assert _missing(ticks[2 * SECOND:]) == []
    assert abs(playout.timing.delay_ms - 200) <= 20


def test_what_a_fresh_feed_brings_at_once_is_old_and_left_out() -> None:
    ticks, playout = _played(pictures=lambda n: steadily(max(n, 30)), sound=lambda n: steadily(max(n, 30)))
    first = next(one for one in ticks if one is not None)
    assert first.picture == 26
    assert playout.timing.dropped == 26
    assert abs(playout.timing.delay_ms - 200) <= 20


@pytest.mark.parametrize("apart_ms", [2, 4, 10])
def test_what_a_server_keeps_for_newcomers_is_left_out_within_two_seconds(apart_ms: int) -> None:
    """F-04: two seconds of old media come quicker than real time, but not at once."""
    def kept(number: int) -> int:
        return max(steadily(number - 50), (number + 1) * apart_ms * 1_000_000)

    playout = Playout(1)
    sender = Sender(playout, pictures=kept, sound=kept)
    sender.ticks(3 * SECOND)
    jumps = playout.timing.jumps
    ticks = sender.ticks(10 * SECOND)
    assert _missing(ticks) == []
    assert 0 < playout.timing.jumps == jumps
    assert abs(playout.timing.delay_ms - 200) <= 20


@pytest.mark.parametrize("ppm", [200, -200, 1_000, -1_000])
def test_a_clock_that_drifts_moves_neither_delay_nor_lips(ppm: int) -> None:
    """F-19."""
    playout = Playout(1)
    ticks = Sender(playout, ppm=ppm).ticks(420 * SECOND)
    timing = playout.timing
    assert _missing(ticks) == list(range(5))
    assert _silent(ticks) == []
    assert max(_skews(ticks)) <= 40
    assert abs(timing.rate_ppm - ppm) <= (60 if abs(ppm) < 1_000 else 0)
    assert abs(timing.delay_ms - 200) <= (20 if abs(ppm) < 1_000 else 45)
    assert timing.dropped if ppm > 0 else timing.repeated


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("ppm", [200, -200])
def test_a_day_of_drift_moves_neither_delay_nor_lips(ppm: int) -> None:
    """F-19: 24 h of media, sample by sample."""
    playout = Playout(1)
    sender = Sender(playout, ppm=ppm)
    for hour in range(24):
        ticks = sender.ticks(DAY // 24)
        assert _missing(ticks) == ([] if hour else list(range(5)))
        assert max(_skews(ticks)) <= 40
        assert abs(playout.timing.delay_ms - 200) <= 20


def test_at_any_rate_a_tone_has_no_step() -> None:
    def sine(number: int) -> bytes:
        wave = 20_000 * np.sin(2 * np.pi * 1_000 * np.arange(number * TICK, (number + 1) * TICK) / 48_000)
        return np.repeat(np.rint(wave).astype("<i2"), 2).tobytes()

    sender = Sender(Playout(1), ppm=400, sounds=sine)
    contents = [content for content in (sender.tick() for _ in range(100 * SECOND)) if content]
    whole = b"".join(bytes(content.sounds[0]) for content in contents[1:-1])
    heard = np.frombuffer(whole, "<i2")[::2].astype(float)
    assert sender.playout.timing.rate_ppm > 100
    # A sine's second difference is its own value, small and known: a step would stand out of it.
    assert np.abs(np.diff(heard, 2)).max() < 20_000 * (2 * np.pi * 1_000 / 48_000) ** 2 * 1.05


def test_jitter_of_100_ms_costs_nothing() -> None:
    """F-09."""
    late = np.random.default_rng(1).integers(0, 100_000_000, 2_000)

    def shaken(number: int) -> int:
        return steadily(number) + int(late[number // 3])

    ticks, _ = _played(seconds=60, pictures=shaken, sound=shaken)
    assert [at for at in _missing(ticks) if at > 10] == []
    assert max(_skews(ticks)) <= 40


def test_after_a_freeze_of_three_seconds_and_its_flood_the_delay_is_back_within_five() -> None:
    """F-09."""
    def frozen(number: int) -> int:
        return steadily(number if not 250 <= number < 325 else 325)

    ticks, playout = _played(seconds=40, pictures=frozen, sound=frozen)
    gone = _missing(ticks)[5:]
    assert max(gone) < 330
    assert max(_skews(ticks)) <= 40
    shown = ticks[max(gone) + 1 + 5 * SECOND]
    assert shown is not None
    assert max(gone) + 1 + 5 * SECOND - shown.picture <= 7
    assert playout.timing.rate_ppm == 0
    assert playout.depth in (4, 5)


@pytest.mark.parametrize("seconds", [2, 20])
def test_sound_that_vanishes_is_silence_at_once_and_the_picture_goes_on(seconds: int) -> None:
    """F-13: and when it is back each sound goes with its own picture."""
    def gone(number: int) -> int:
        back = 300 + seconds * SECOND
        return steadily(number if number < 300 else max(number, back))

    ticks, _ = _played(seconds=60, sound=gone)
    assert _missing(ticks) == list(range(5))
    silent = _silent(ticks)
    assert silent == list(range(silent[0], silent[-1] + 1))
    assert (silent[0], silent[-1] - 300 - seconds * SECOND) == (305, 0)
    assert max(_skews(ticks)) <= 40


def test_a_feed_without_sound_is_shown_in_silence() -> None:
    ticks, playout = _played(sound=never)
    assert max(_missing(ticks)) == 12
    assert not _skews(ticks)
    assert not playout.timing.listening
    known = Playout(1)
    known.without_sound()
    assert _missing(Sender(known, sound=never).ticks(100)) == list(range(5))


def test_sound_that_begins_later_comes_in_step() -> None:
    ticks, _ = _played(sound=lambda number: steadily(max(number, 200)))
    assert max(_silent(ticks)) <= 201
    assert max(_skews(ticks)) < 0.1


def _two(count: int, **moments: Moment) -> tuple[list[Content], Playout]:
    """So many ticks of a feed with two sounds, from the first that was shown."""
    sender = Sender(Playout(1, sounds=2), **moments)
    ticks = [sender.tick() for _ in range(count)]
    first = next(at for at, content in enumerate(ticks) if content)
    assert all(ticks[first:])
    return [content for content in ticks[first:] if content], sender.playout


def _in_step(contents: list[Content]) -> bool:
    """Whether each picture goes with the sound that was spoken to it, where one was heard."""
    return all(
        spoken(content) in (None, int.from_bytes(bytes(content.pictures[0]), "big")) for content in contents
    )


def test_two_sounds_go_beside_the_same_pictures() -> None:
    contents, playout = _two(200, second=steadily)
    assert _in_step(contents)
    assert all(spoken(content) is not None for content in contents[1:])
    assert playout.heard == (True, True)


def test_an_interpretation_that_comes_and_goes_stops_nothing() -> None:
    """F-13, in one track of several."""
    def speaking(number: int) -> int:
        return steadily(number if number < 100 else max(number, 300))

    contents, _ = _two(400, second=speaking)
    assert _in_step(contents)
    silent = [at for at, content in enumerate(contents) if spoken(content) is None]
    assert len(silent) in range(195, 205)
    assert silent == list(range(silent[0], silent[-1] + 1))
    pictures = [int.from_bytes(bytes(content.pictures[0]), "big") for content in contents]
    assert pictures == list(range(pictures[0], pictures[0] + len(pictures)))
    assert all(bytes(content.sounds[0]) != SILENCE for content in contents)


def test_an_original_that_vanishes_leaves_the_lead_to_the_interpretation_and_takes_it_back() -> None:
    """F-13: the feed goes on by the first sound that is there, and slow slides with it."""
    def speaking(number: int) -> int:
        return steadily(number if number < 300 else max(number, 700))

    def slides(number: int) -> int:
        return steadily(number if number < 400 else number // 50 * 50 + 49)

    contents, playout = _two(900, sound=speaking, second=steadily, pictures=slides)
    assert [at for at, content in enumerate(contents) if spoken(content) is None] in ([], [0])
    silent = [at for at, content in enumerate(contents) if bytes(content.sounds[0]) == SILENCE]
    assert 390 < len(silent) < 410
    assert playout.heard == (True, True)


def test_an_original_that_comes_late_is_waited_for_once_although_the_interpretation_is_there() -> None:
    def late(number: int) -> int:
        return steadily(number + (10 if number >= 200 else 0))

    sender = Sender(Playout(1, sounds=2), sound=late, second=steadily)
    ticks = [sender.tick() for _ in range(1_000)]
    assert len([content for content in ticks if content is None]) < 30
    assert all(content and bytes(content.sounds[0]) != SILENCE for content in ticks[300:])
    assert sender.playout.heard == (True, True)


@pytest.mark.parametrize("lag", [10, 30])
def test_sound_that_comes_to_be_late_is_waited_for_once(lag: int) -> None:
    ticks, playout = _played(seconds=40, sound=lambda number: steadily(number + (lag if number >= 200 else 0)))
    assert max([*_silent(ticks), *_missing(ticks)]) < 300
    assert len(_missing(ticks)) < lag + 20
    assert max(_skews(ticks)) <= 40
    assert playout.timing.listening


def test_sound_that_is_three_seconds_late_is_given_up_and_the_picture_goes_on() -> None:
    ticks, playout = _played(seconds=40, sound=lambda number: steadily(number + (80 if number >= 300 else 0)))
    assert _missing(ticks) == list(range(5))
    assert not playout.timing.listening


@pytest.mark.parametrize("since", [0, 200])
def test_pictures_long_after_their_sound_are_waited_for(since: int) -> None:
    """A decoder with many threads brings its pictures 17 behind."""
    ticks, _ = _played(seconds=40, pictures=lambda number: steadily(number + (17 if number >= since else 0)))
    assert max(_missing(ticks)) < since + 100
    assert len(_missing(ticks)) <= 30
    settled = ticks[max(_missing(ticks)) + 1:]
    assert max(_skews(settled)) <= 40


@pytest.mark.parametrize("every", [1, 5])
def test_while_somebody_speaks_slow_slides_stand_and_no_sound_is_missed(every: int) -> None:
    """F-16: a picture every few seconds, with which the decoder fills the gap when the next one comes."""
    slow = every * SECOND
    ticks, _ = _played(seconds=60, pictures=lambda number: steadily(number // slow * slow + slow))
    start = max(_missing(ticks)) + 1
    assert start <= slow + 2
    shown = [one for one in ticks if one is not None]
    assert _silent(ticks) == []
    assert [one.picture for one in shown] == sorted(one.picture for one in shown)
    steps = np.diff([one.place for one in shown if one.place is not None]) % (32 * TICK)
    assert np.abs(steps - TICK).max() < 2 * TICK / 100
    assert max(len(ticks) - at for at, one in enumerate(ticks) if one == shown[-1]) <= slow + 12


def test_the_first_key_picture_may_be_a_minute_away() -> None:
    """F-16."""
    ticks, _ = _played(seconds=70, pictures=lambda number: steadily(max(number, 1_450)))
    assert max(_missing(ticks)) <= 1_451
    assert max(_skews(ticks)) <= 40


def test_what_comes_two_seconds_at_once_is_shown_without_a_break_in_the_end() -> None:
    def segment(number: int) -> int:
        return steadily(number // 48 * 48 + 48)

    ticks, playout = _played(seconds=60, pictures=segment, sound=segment)
    assert max(_missing(ticks)) < 12 * SECOND
    assert playout.timing.jumps == 0


def test_sound_in_packets_of_a_third_of_a_second_is_heard_whole_in_the_end() -> None:
    """FFmpeg's transport streams put sound of low rates into such packets."""
    ticks, _ = _played(seconds=60, sound=lambda number: steadily(number // 9 * 9 + 9))
    assert max([*_missing(ticks), *_silent(ticks)]) < 6 * SECOND
    assert max(_skews(ticks)) <= 40


def test_sound_that_runs_away_is_torn() -> None:
    playout = Playout(1)
    playout.add_picture(b"", 0)
    for _ in range(AHEAD + 1):
        playout.add_sound(bytes(SOUND_BYTES), 0)
    assert playout.torn


def test_a_feed_that_ends_has_nothing_and_one_that_returns_fills_again() -> None:
    def paused(number: int) -> int:
        return steadily(number if number < 100 else number + 50)

    ticks, playout = _played(pictures=paused, sound=paused)
    gone = _missing(ticks)[5:]
    assert gone == list(range(gone[0], gone[-1] + 1))
    assert len(gone) in range(50, 53)
    assert max(_skews(ticks)) <= 40
    assert playout.playing


def test_silence_is_passed_on_as_it_is() -> None:
    sender = Sender(Playout(1), sounds=lambda _: SILENCE)
    contents = [sender.tick() for _ in range(50)]
    assert all(content.sounds[0] == SILENCE for content in contents if content)
    assert sender.now == 50 * TICK_NS


@pytest.mark.parametrize("ppm", [0, 300, -300])
def test_a_caption_goes_with_its_picture_whatever_the_feeds_clock_does(ppm: int) -> None:
    playout = Playout(1)
    sender = Sender(playout, ppm=ppm)
    for number in range(100, 3_000, 100):
        playout.add_caption(Cue(start=number * TICK, end=(number + 50) * TICK, text=str(number)))
    for content in (sender.tick() for _ in range(2_900)):
        if content is not None:
            number = int.from_bytes(bytes(content.pictures[-1]), "big")
            away = [abs(number - edge) for edge in (number // 50 * 50, number // 50 * 50 + 50)]
            wanted = str(number // 100 * 100) if number >= 100 and number % 100 < 50 else ""
            assert content.caption == wanted or min(away) <= 1


def test_neither_captions_nor_their_absence_hold_anything_up() -> None:
    plain, told = Playout(1), Playout(1)
    told.add_caption(Coded(at=10 * TICK, triples=b""))
    told.add_caption(Cue(start=SECOND * TICK, end=DAY * TICK, text="text"))
    assert Sender(plain).ticks(200) == Sender(told).ticks(200)
    assert (plain.captions, told.captions) == ("", "")
