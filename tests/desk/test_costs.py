"""Costs are measured once."""

import json
from pathlib import Path

import pytest

from desk.costs import Costs, cores
from desk.ffmpeg import FFmpeg
from flow.encoder_kind import EncoderKind
from flow.errors import OperatorError
from flow.ladder import Ladder
from flow.profile import Profile


def ffmpeg(version: str = "9.0.2") -> FFmpeg:
    return FFmpeg(path="/f", version=version, lacks=(), srt=True, hevc=True)


class Trial:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, ladder: Ladder, _profile: Profile, _ffmpeg: str, kind: EncoderKind) -> float:
        self.asked.append(ladder.name)
        return 0.25 if kind is EncoderKind.X264 else 0.125


def test_each_encoder_has_its_own_cost(tmp_path: Path) -> None:
    costs = Costs(data=tmp_path, ffmpeg=ffmpeg(), measure=Trial())
    assert (costs.of("tiny"), costs.of("tiny", EncoderKind.NVENC), costs.of("tiny")) == (0.25, 0.125, 0.25)


def test_hevc_costs_what_is_measured_with_it(tmp_path: Path) -> None:
    rungs: list[int] = []

    def measure(ladder: Ladder, *_rest: object) -> float:
        rungs.append(len(ladder.video))
        return float(len(ladder.video))

    costs = Costs(data=tmp_path, ffmpeg=ffmpeg(), measure=measure)
    assert (costs.of("tiny"), costs.of("tiny", hevc=True), costs.of("tiny", hevc=True)) == (1.0, 2.0, 2.0)
    assert rungs == [1, 2]


def test_a_second_question_needs_no_trial_not_even_in_another_process(tmp_path: Path) -> None:
    trial = Trial()
    first = Costs(data=tmp_path, ffmpeg=ffmpeg(), measure=trial)
    assert first.of("tiny") == first.of("tiny") == 0.25
    assert Costs(data=tmp_path, ffmpeg=ffmpeg(), measure=trial).of("tiny") == 0.25
    assert trial.asked == ["tiny"]


def test_another_ffmpeg_is_measured_anew(tmp_path: Path) -> None:
    trial, told = Trial(), []
    Costs(data=tmp_path, ffmpeg=ffmpeg(), measure=trial).of("tiny")
    Costs(data=tmp_path, ffmpeg=ffmpeg("5.1.9"), measure=trial, tell=told.append).of("tiny")
    assert trial.asked == ["tiny", "tiny"]
    assert told == ["measuring what ladder tiny costs on this machine"]


@pytest.mark.parametrize("text", ["", "[]", '{"x": "y"}', '{"x": 0.5}', '{"x": {"cost": "y", "at": 1}}', "{"])
def test_a_spoilt_file_is_measured_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "costs.json").write_text(text)
    costs = Costs(data=tmp_path, ffmpeg=ffmpeg(), measure=Trial(), now=lambda: 7.5)
    assert (costs.of("tiny"), costs.look("tiny").at) == (0.25, 7)
    kept = json.loads((tmp_path / "costs.json").read_text())
    assert [(one["cost"], one["at"]) for one in kept.values()] == [(0.25, 7)]


def test_a_disk_that_takes_nothing_costs_a_trial_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Costs(data=tmp_path / "file", ffmpeg=ffmpeg(), measure=Trial()).of("tiny") == 0.25


def test_an_unknown_ladder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="tiny"):
        Costs(data=tmp_path, ffmpeg=ffmpeg(), measure=Trial()).of("tinny")


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
