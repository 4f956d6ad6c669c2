"""A sound track has a language and a name that any playlist can carry."""

import pytest

from flow.track import LONGEST_NAME, MOST_TRACKS, VIETNAMESE, Track, check_tracks


@pytest.mark.parametrize("language", [
    "vi", "en-GB", "tyz", "zh-Hant", "zh-yue", "hmn-VN", "de-CH-1996", "sl-rozaj-biske", "en-x-hall", "es-419",
])
def test_a_language_is_a_tag_of_bcp_47(language: str) -> None:
    assert Track(language=language, name="x").language == language


@pytest.mark.parametrize("language", [
    "", "v", "vi_VN", "vietnamese-", "vi--VN", "vi-", "tiếng", "vi\n", "vi VN", "en-" + "a2345678-" * 6 + "b",
])
def test_what_is_no_tag_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="language tag"):
        Track(language=language, name="x")


@pytest.mark.parametrize("name", ["", "  ", 'a"b', "a\nb", "a\x07", "{$x}", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_could_break_a_playlist_is_refused(name: str) -> None:
    """T-13: a name stands in every multivariant playlist."""
    with pytest.raises(ValueError, match="name"):
        Track(language="vi", name=name)


@pytest.mark.parametrize("tracks", [
    (), (VIETNAMESE, VIETNAMESE), tuple(Track(language="vi", name=str(at)) for at in range(MOST_TRACKS + 1)),
])
def test_a_channel_has_some_tracks_with_names_of_their_own(tracks: tuple[Track, ...]) -> None:
    with pytest.raises(ValueError, match="sound tracks"):
        check_tracks(tracks)


def test_two_tracks_may_share_a_language() -> None:
    check_tracks((VIETNAMESE, Track(language="vi", name="Phiên dịch")))
