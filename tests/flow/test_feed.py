"""A feed never shows its secrets."""

import pytest

from flow.feed import Feed, FeedKind, FeedState, FeedStatus


def test_the_address_is_not_in_the_representation() -> None:
    """T-11, T-15: a log of a feed shows the redacted address alone."""
    feed = Feed(address="rtmp://a/live/secret", kind=FeedKind.RTMP, shown="rtmp://a/live/…")
    assert "secret" not in repr(feed)
    assert "secret" not in f"{feed}"


def test_a_status_is_quiet_until_something_is_wrong() -> None:
    status = FeedStatus(kind=FeedKind.FILE, shown="a.mp4", state=FeedState.LIVE)
    assert (status.why, status.received, status.restarts, status.on_air) == ("", "", 0, False)


@pytest.mark.parametrize("sounds", [(1, 2, 3, 4, 5), (-1,), (17,)])
def test_sounds_that_no_feed_has_are_refused(sounds: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="sounds"):
        Feed(address="a", kind=FeedKind.FILE, shown="a", sounds=sounds)
