"""A programme says how it is going before its first tick too."""

from flow.standing import NOTHING
from tests.ingest.media import OnAir


def test_before_the_first_tick_the_slate_is_what_there_is() -> None:
    status = OnAir("testcard:").programme.status()
    assert (status.on_air, status.mode, status.ticks, status.standing) == ("slate", "auto", 0, NOTHING)
    assert len(status.feeds) == 1
