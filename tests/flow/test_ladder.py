"""A ladder lists its renditions in order."""

from flow.ladder import AUDIO
from tests.desk.samples import LADDER


def test_sound_comes_last() -> None:
    assert LADDER.renditions == ("v240", AUDIO)
