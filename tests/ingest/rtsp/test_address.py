import pytest

from flow.errors import FeedError
from ingest.rtsp.address import rtsp_address, within


def test_an_address_is_taken_apart_and_its_secrets_are_not_shown() -> None:
    """T-11."""
    found = rtsp_address("rtsp://u:p%40ss@cam:8554/ch/1?sub=2")
    assert (found.host, found.port, found.user, found.password) == ("cam", 8554, "u", "p@ss")
    assert found.url == "rtsp://cam:8554/ch/1?sub=2"
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(("text", "url"), [
    ("rtsp://cam", "rtsp://cam:554/"), ("rtsp://[fd00::1]/x", "rtsp://[fd00::1]:554/x"),
    ("rtsp://cam/a b", "rtsp://cam:554/a%20b"),
])
def test_what_is_asked_for_is_written_anew(text: str, url: str) -> None:
    assert rtsp_address(text).url == url


@pytest.mark.parametrize("text", [
    "http://cam/x", "rtsp:/x", "", "rtsp://cam:0x50/", "rtsp://cam/\r\nX: y", "rtsp://" + "a" * 3_000, "rtsp://[::/",
])
def test_anything_else_is_refused(text: str) -> None:
    """T-05."""
    with pytest.raises(FeedError):
        rtsp_address(text)


@pytest.mark.parametrize(("base", "control", "found"), [
    ("rtsp://h/x", "*", "rtsp://h/x"), ("rtsp://h/x", "", "rtsp://h/x"), ("rtsp://h/x/", "t1", "rtsp://h/x/t1"),
    ("rtsp://h/x", "t1", "rtsp://h/x/t1"), ("rtsp://h/x", "rtsp://inner/t1", "rtsp://inner/t1"),
])
def test_a_track_is_named_as_the_server_names_it(base: str, control: str, found: str) -> None:
    assert within(base, control) == found


@pytest.mark.parametrize("control", ["a b", "a\nb", "é", "x" * 3_000])
def test_a_track_without_an_address_is_refused(control: str) -> None:
    """T-05: it would stand in our own request."""
    with pytest.raises(FeedError, match="no address"):
        within("rtsp://h/x", control)
