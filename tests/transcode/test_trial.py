import pytest

from flow.errors import ToolError
from flow.profile import PROFILES, ProfileName
from transcode.presets import load_ladder
from transcode.trial import measure_cost

LOW = PROFILES[ProfileName.LOW]


@pytest.mark.line
def test_the_tiny_ladder_costs_a_fraction_of_a_core(ffmpeg: str) -> None:
    assert 0 < measure_cost(load_ladder("tiny"), LOW, ffmpeg) < 1


def test_a_tool_that_is_not_there_is_named() -> None:
    with pytest.raises(ToolError, match="/nowhere/ffmpeg failed"):
        measure_cost(load_ladder("tiny"), LOW, "/nowhere/ffmpeg")


def test_a_tool_that_fails_is_reported() -> None:
    with pytest.raises(ToolError, match="status 1"):
        measure_cost(load_ladder("tiny"), LOW, "/bin/false")
