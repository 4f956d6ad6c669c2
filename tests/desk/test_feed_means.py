"""With what the feeds of a machine are fetched."""

from pathlib import Path

import pytest

from desk.feed_means import feed_means
from desk.settings import Settings, load_settings
from flow.errors import OperatorError


def test_our_own_listeners_and_the_operator_s_list_are_known_to_feeds(tmp_path: Path) -> None:
    """T-04."""
    listed = "cdn.example.net, 10.20.0.0/16"
    settings = load_settings(env={"XACAST_DATA": str(tmp_path), "XACAST_FEED_HOSTS": listed})
    means = feed_means(settings.using("/x/ffmpeg"))
    assert means.ffmpeg == "/x/ffmpeg"
    assert len(means.reach.allowed) == 2
    assert ("127.0.0.1", 8090) in means.reach.own
    assert ("0.0.0.0", 1935) in means.reach.own


def test_nothing_is_allowed_unless_the_operator_says_so(tmp_path: Path) -> None:
    assert feed_means(Settings(data=tmp_path)).reach.allowed == ()


def test_a_word_that_names_no_host_is_told(tmp_path: Path) -> None:
    with pytest.raises(OperatorError):
        feed_means(Settings(data=tmp_path, feed_hosts="http://cdn/x"))
