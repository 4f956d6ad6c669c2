import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.rtsp import message
from ingest.rtsp.message import LARGEST_BODY, LARGEST_HEAD, Frame, RtspMessage, RtspReader, answer, request


def read(*pieces: bytes) -> list[Frame | RtspMessage]:
    reader, found = RtspReader(), []
    for piece in pieces:
        reader.feed(piece)
        while item := reader.next():
            found.append(item)
    return found


def test_requests_answers_and_frames_come_apart_wherever_they_are_cut() -> None:
    whole = (
        request("DESCRIBE", "rtsp://h/x", {"CSeq": "7"}) + bytes(Frame(channel=2, body=b"$RTSP/1.0 200\r\n\r\n"))
        + answer("200 OK", {"CSeq": "7"}, b"v=0\r\n") + b"\r\n" + bytes(Frame(channel=0, body=b""))
    )
    for cut in range(len(whole)):
        asked, first, told, last = read(whole[:cut], whole[cut:])
        assert isinstance(asked, RtspMessage)
        assert isinstance(told, RtspMessage)
        assert (asked.method, asked.url, asked.number) == ("DESCRIBE", "rtsp://h/x", 7)
        assert (told.status, told.number, told.body) == (200, 7, b"v=0\r\n")
        assert first == Frame(channel=2, body=b"$RTSP/1.0 200\r\n\r\n")
        assert last == Frame(channel=0, body=b"")


def test_a_header_may_come_twice_and_in_any_case() -> None:
    [one] = read(b"RTSP/1.0 401 Unauthorized\r\nwww-authenticate: Basic\r\nWWW-Authenticate:Digest x\r\n\r\n")
    assert isinstance(one, RtspMessage)
    assert one.headers["www-authenticate"] == ("Basic", "Digest x")
    assert one.number == -1


@pytest.mark.parametrize("number", [b"1" * 5_000, b"9" * 10, "\u0663".encode(), b"-1", b"+1", b"1_0"])
def test_a_number_that_nobody_counts_up_to_is_none(number: bytes) -> None:
    """T-09: Python reads no integer of 5,000 digits."""
    [one] = read(b"RTSP/1.0 200 OK\r\nCSeq: " + number + b"\r\n\r\n")
    assert isinstance(one, RtspMessage)
    assert one.number == -1


def test_a_head_is_read_once_however_slowly_its_body_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-09: a body of single bytes would be thousands of heads."""
    heads: list[int] = []

    def counted(lines: list[str]) -> dict[str, tuple[str, ...]]:
        heads.append(len(lines))
        return parse(lines)

    parse = message._headers
    monkeypatch.setattr(message, "_headers", counted)
    whole = answer("200 OK", {"CSeq": "1"}, b"$" * 2_000) + answer("200 OK", {"CSeq": "2"})
    found = read(*(whole[at:at + 1] for at in range(len(whole))))
    assert [one.body for one in found] == [b"$" * 2_000, b""]
    assert heads == [2, 1]


def test_a_head_has_a_hundred_lines_and_not_one_more() -> None:
    """T-09."""
    [one] = read(b"RTSP/1.0 200 OK\r\n" + b"a:\r\n" * 100 + b"\r\n")
    assert isinstance(one, RtspMessage)
    with pytest.raises(FeedError, match="no RTSP"):
        read(b"RTSP/1.0 200 OK\r\n" + b"a:\r\n" * 101 + b"\r\n")


@pytest.mark.parametrize("data", [
    b"HTTP/1.1 200 OK\r\n\r\n", b"x" * (LARGEST_HEAD + 1), b"RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
    b"RTSP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % (LARGEST_BODY + 1),
    b"RTSP/1.0 200 OK\r\n" * 2_000 + b"\r\n\r\n",
])
def test_what_is_no_rtsp_or_too_large_ends_it(data: bytes) -> None:
    """T-09."""
    with pytest.raises(FeedError, match="no RTSP"):
        read(data)


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_whatever_comes_is_read_or_refused(pieces: list[bytes]) -> None:
    """T-09."""
    try:
        read(*pieces)
    except FeedError:
        return
