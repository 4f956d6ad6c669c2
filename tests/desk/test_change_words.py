"""What may be changed of a channel on air, and what may not."""

from dataclasses import replace
from typing import Any

import pytest

from desk.change_words import changed, settled, told
from desk.said import Said
from flow.errors import OperatorError
from tests.desk.samples import channel


def test_what_is_said_is_changed_and_the_rest_stays() -> None:
    made, said = changed(channel(), {"loudness": "off", "each": {"trim": ["1=-80"]}, "who": "lan"})
    assert made == replace(
        channel(), loudness=None, feeds=(replace(channel().feeds[0], trim_ms=-80),),
    )
    assert said == Said(who="lan")
    cold = replace(made, feeds=(replace(made.feeds[0], cold=True, sounds=(2,)),))
    assert changed(made, {"each": {"cold": ["1"], "sound": ["1=2"]}})[0] == cold
    assert changed(cold, {"each": {"warm": ["1"], "sound": ["1=1"]}})[0].feeds[0].cold is False
    assert changed(made, {"delay": 400})[0] == replace(made, delay_ms=400)
    assert changed(made, {"window": "12h"})[0] == replace(made, window_s=43_200)
    assert changed(made, {"by_hand": True})[0] == replace(made, by_hand=True)
    assert told(made, replace(made, by_hand=True)) == "by hand"
    assert settled(made, replace(made, by_hand=True)).by_hand
    moved = changed(made, {"region": "01"})[0]
    assert moved == replace(made, region="01")
    assert (told(made, moved), told(moved, made)) == ("region 01", "of the whole country")
    assert settled(made, moved) == moved


@pytest.mark.parametrize(("words", "sentence"), [
    ({}, "nothing is to be changed"), ([], "nothing"), ({"who": "lan", "why": "thử"}, "nothing"),
    ({"delay": 400, "who": "a\nb"}, "“who” is not one line"),
    ({"ladder": "tiny"}, "“ladder” cannot be changed"), ({"delay": "400"}, "“delay” cannot"),
    ({"delay": True}, "“delay” cannot"), ({"by_hand": "yes"}, "“by_hand” cannot"),
    ({"loudness": -16}, "“loudness” cannot"),
    ({"each": {"role": ["1"]}}, "“role” of a feed cannot"), ({"each": {"trim": "1=5"}}, "“trim” of a feed"),
    ({"each": {"trim": ["2=5"]}}, "no feed 2"), ({"each": {"warm": ["1=no"]}}, "Write warm N"),
    ({"each": {"sound": ["1=1,2"]}}, "names 2 sounds"), ({"loudness": "0"}, "no loudness"),
    ({"delay": 9_000}, "cannot be held"), ({"window": "13h"}, "is no window"),
])
def test_nonsense_is_refused_with_the_way_out(words: Any, sentence: str) -> None:
    """T-28: unknown means refused."""
    with pytest.raises(OperatorError, match=sentence):
        changed(channel(), words)


def test_only_settings_are_taken_over_from_another_definition() -> None:
    other = replace(
        channel(title="another"), loudness=-16.0, delay_ms=400,
        feeds=(replace(channel().feeds[0], address="srt://elsewhere:1", trim_ms=40, cold=True, sounds=(2,)),),
    )
    assert settled(channel(), other) == replace(
        channel(), loudness=-16.0, delay_ms=400,
        feeds=(replace(channel().feeds[0], trim_ms=40, cold=True, sounds=(2,)),),
    )


def test_what_is_another_now_is_told_in_words() -> None:
    before = channel()
    trimmed = replace(before.feeds[0], trim_ms=-80, cold=True, sounds=(2,))
    after = replace(before, loudness=None, delay_ms=400, window_s=5_400, feeds=(trimmed,))
    assert told(before, after) == "loudness off, delay 400 ms, window 90min, trim 1=-80 ms, sound 1=2, cold 1"
    warm = replace(before, feeds=(replace(trimmed, cold=False, trim_ms=0),))
    assert told(after, warm) == "loudness -23 LUFS, delay 200 ms, window 2h, trim 1=+0 ms, warm 1"
    assert told(before, before) == ""
