"""A channel's own settings: what is taken, and what is refused with the way out."""

from pathlib import Path

import pytest

from desk.channel_words import delay_of, loudness_of, picture_of, title_of
from flow.errors import OperatorError


def test_loudness_is_a_number_or_off() -> None:
    assert (loudness_of("-23"), loudness_of("-16.5"), loudness_of("off")) == (-23.0, -16.5, None)


@pytest.mark.parametrize("word", ["", "0", "-5", "-60", "loud", "nan", "-inf", "On"])
def test_what_is_no_loudness_of_speech_is_refused(word: str) -> None:
    with pytest.raises(OperatorError, match="-40 to -10 LUFS"):
        loudness_of(word)


def test_a_delay_is_from_a_tick_to_four_seconds() -> None:
    assert [delay_of(40), delay_of(4_000)] == [40, 4_000]
    for wrong in (0, 39, 4_001, -200):
        with pytest.raises(OperatorError, match="40 to 4000 ms"):
            delay_of(wrong)


def test_a_picture_is_named_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slate.png").touch()
    monkeypatch.chdir(tmp_path)
    assert picture_of("slate.png", "slate") == str(tmp_path / "slate.png")
    assert picture_of("", "slate") == ""
    with pytest.raises(OperatorError, match="--slate"):
        picture_of("gone.png", "slate")


@pytest.mark.parametrize("title", ["a\n#EXT-X-ENDLIST", "a" * 121])
def test_a_title_is_one_short_line(title: str) -> None:
    """T-13."""
    with pytest.raises(OperatorError):
        title_of(title)
