import pytest

from desk.window_words import DEFAULT, bytes_of_window, check_window, room_said, window_of, window_text
from flow.channel import WINDOW_S
from flow.errors import OperatorError
from transcode.presets import DEFAULT_LADDER, load_ladder

LADDER = load_ladder(DEFAULT_LADDER)


@pytest.mark.parametrize(("word", "seconds"), [("2h", 7_200), ("90min", 5_400), ("5m", 300), ("150s", 150)])
def test_a_window_is_a_number_and_a_unit(word: str, seconds: int) -> None:
    assert window_of(word) == seconds
    assert window_of(window_text(seconds)) == seconds


def test_the_default_is_what_a_channel_has_that_says_nothing() -> None:
    assert window_of(DEFAULT) == WINDOW_S


@pytest.mark.parametrize("word", ["", "2", "h", "1min", "13h", "-2h", "2 h", "99999h", "٢h"])
def test_what_is_no_window_is_refused_with_a_way_out(word: str) -> None:
    with pytest.raises(OperatorError) as refused:
        window_of(word)
    assert "--window" in refused.value.remedy


def test_a_window_takes_what_all_renditions_may_spend() -> None:
    rate = sum(rung.maxrate for rung in LADDER.video) + sum(group.bitrate for group in LADDER.sounds)
    need = bytes_of_window(LADDER, 1, 7_200)
    assert need > rate * 7_200 // 8
    assert bytes_of_window(LADDER, 2, 7_200) > need
    assert need < bytes_of_window(LADDER, 1, 14_400) < 2 * need


def test_a_window_without_room_is_refused_and_a_shorter_one_named() -> None:
    need = bytes_of_window(LADDER, 1, 43_200)
    check_window(LADDER, 1, 43_200, need)
    with pytest.raises(OperatorError) as refused:
        check_window(LADDER, 1, 43_200, need // 3)
    assert refused.value.remedy.startswith("Take --window 3h")
    with pytest.raises(OperatorError) as refused:
        check_window(LADDER, 1, 7_200, 1_000)
    assert refused.value.remedy.startswith("Take --window 2min")


def test_what_it_takes_is_said_in_one_breath() -> None:
    assert room_said(5_400, 3 * 2**30, 40 * 2**30) == "a window of 90min takes up to 3.0 GiB, 40.0 are free"
