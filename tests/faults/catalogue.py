"""Every scenario by name, and which of them the quick tier plays."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults import changes, losses, networks, pictures, timestamps
from tests.faults.stage import Stage

UDP, SRT, PAIR, TWIN = ("udp",), ("srt",), ("udp", "udp"), ("twin",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A scenario and the feeds of the channel that it is played on; it gives sentences on what went wrong."""

    name: str
    rows: str
    feeds: tuple[str, ...]
    play: Callable[[Stage, random.Random], list[str]]


def _of(name: str, rows: str, feeds: tuple[str, ...], play: Callable[..., list[str]], **given: object) -> Scenario:
    def played(stage: Stage, chance: random.Random) -> list[str]:
        return play(stage, chance, **given)

    return Scenario(name=name, rows=rows, feeds=feeds, play=played)


ALL = (
    _of("decoder-killed", "F-01", UDP, losses.decoder_killed),
    _of("decoder-hung", "F-02", UDP, losses.decoder_hung),
    _of("encoder-killed", "F-01", UDP, losses.encoder_killed),
    _of("encoder-hung", "F-02", UDP, losses.encoder_hung),
    _of("rubbish", "F-03", UDP, timestamps.rubbish),
    _of("backup-takes-over", "F-04", PAIR, losses.taken_over),
    _of("lost-and-back", "F-05", UDP, losses.lost_and_back, times=3),
    _of("srt-leaves-and-calls-again", "F-05", SRT, losses.lost_and_back, times=2, politely=True),
    _of("srt-dies-and-calls-again", "F-05", SRT, losses.lost_and_back, times=2),
    _of("two-ways", "F-06", TWIN, networks.two_ways),
    _of("srt-with-loss", "F-07", SRT, networks.srt_with_loss, seconds=6.0),
    _of("udp-with-everything", "F-08", UDP, networks.udp_with_everything),
    _of("jitter", "F-09", SRT, networks.jitter),
    _of("freeze-and-flood", "F-09", UDP, networks.frozen_then_flooded),
    _of("srt-freeze-and-flood", "F-09", SRT, networks.frozen_then_flooded),
    _of("narrow-line", "F-10", UDP, networks.narrow),
    _of("restarts-from-zero", "F-11", UDP, timestamps.restarted, offsets=timestamps.ZERO),
    _of("restarts-both-ways", "F-11", UDP, timestamps.restarted, offsets=timestamps.BOTH_WAYS),
    _of("sizes", "F-12", UDP, changes.changing, clips=changes.SIZES),
    _of("sound-comes-and-goes", "F-13", UDP, changes.sound_comes_and_goes),
    _of("sound-of-each-life", "F-13", UDP, changes.sound_of_each_life),
    _of("wrap-1", "F-14", UDP, timestamps.wrapped),
    _of("wrap-2", "F-14", UDP, timestamps.wrapped),
    _of("wrap-with-b-frames", "F-14", UDP, timestamps.wrapped, bframes=2),
    _of("wrap-across-restart", "F-15", UDP, timestamps.restarted, offsets=timestamps.OVER_THE_WRAP),
    _of("clock-jumps-forward", "F-16", UDP, timestamps.clock_jumps, seconds=10.0),
    _of("clock-jumps-back", "F-16", UDP, timestamps.clock_jumps, seconds=-10.0),
    _of("tables-missing", "F-16", UDP, timestamps.tables_missing),
    _of("tables-late", "F-16", UDP, timestamps.tables_late),
    _of("key-picture-late", "F-16", UDP, timestamps.key_picture_late),
    _of("scrambled-a-while", "F-16", UDP, timestamps.scrambled_a_while),
    _of("uneven-rate", "F-16", UDP, timestamps.uneven),
    _of("rates", "F-16", UDP, changes.changing, clips=changes.RATES),
    _of("black", "F-18", PAIR, pictures.black),
    _of("frozen-and-silent", "F-18", PAIR, pictures.frozen_and_silent),
    _of("black-alone", "F-18", UDP, pictures.alone, look="black", least=pictures.BLACK),
    _of("frozen-alone", "F-18", UDP, pictures.alone, look="still", least=pictures.FROZEN),
    _of("slides", "F-18", PAIR, pictures.slides),
    _of("silent", "F-18", PAIR, pictures.silent),
)

LONG = (
    _of("srt-decoder-killed", "F-01", SRT, losses.decoder_killed),
    _of("srt-decoder-hung", "F-02", SRT, losses.decoder_hung),
    _of("srt-with-loss-for-a-minute", "F-07", SRT, networks.srt_with_loss, seconds=60.0),
    _of("srt-restarts-from-zero", "F-11", SRT, timestamps.restarted, offsets=timestamps.ZERO),
    _of("srt-restarts-both-ways", "F-11", SRT, timestamps.restarted, offsets=timestamps.BOTH_WAYS),
    _of("srt-begins-anew-in-one-call", "F-11", SRT, timestamps.leapt, offsets=timestamps.ZERO),
    _of("srt-both-ways-in-one-call", "F-11", SRT, timestamps.leapt, offsets=timestamps.BOTH_WAYS),
    _of("srt-sizes", "F-12", SRT, changes.changing, clips=changes.SIZES),
    _of("srt-wrap", "F-14", SRT, timestamps.wrapped),
    _of("srt-clock-jumps-forward", "F-16", SRT, timestamps.clock_jumps, seconds=480.0),
    _of("srt-clock-jumps-back", "F-16", SRT, timestamps.clock_jumps, seconds=-10.0),
    _of("srt-rates", "F-16", SRT, changes.changing, clips=changes.RATES),
)
"""Played by the soak alone."""

OFTEN = frozenset({
    "lost-and-back", "srt-leaves-and-calls-again", "restarts-from-zero", "restarts-both-ways", "sizes", "rates",
    "sound-comes-and-goes", "sound-of-each-life", "wrap-1", "wrap-2", "wrap-across-restart", "wrap-with-b-frames",
})
"""Names of what a feed does on an ordinary day: the quick tier plays it three times, each at another phase."""

QUIET = frozenset({
    "clock-jumps-forward", "encoder-hung", "freeze-and-flood", "frozen-alone", "frozen-and-silent", "jitter",
    "narrow-line", "rates", "scrambled-a-while", "srt-clock-jumps-forward", "srt-freeze-and-flood", "srt-rates",
    "srt-with-loss", "srt-wrap", "tables-late",
    "tables-missing", "two-ways", "udp-with-everything", "uneven-rate", "wrap-1", "wrap-2", "wrap-with-b-frames",
})
"""Names of what holds on a machine with nothing else to do: played when the others are over, one at a time."""

QUICK = tuple(
    (scenario, turn) for turn in range(3) for scenario in ALL
    if scenario.name in OFTEN or (not turn and scenario.name not in QUIET)
)
"""What the quick tier plays, with the numbers of the repetitions. The rest is for the soak: one after the other it
takes five minutes."""
