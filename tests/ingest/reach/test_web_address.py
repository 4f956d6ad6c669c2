import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.reach.web_address import web_address


@pytest.mark.parametrize(("text", "plain"), [
    ("http://h/live/x.m3u8?a=1&b=%2F", "http://h:80/live/x.m3u8?a=1&b=%2F"),
    ("HTTPS://CDN.Example.NET/x", "https://cdn.example.net:443/x"),
    ("http://h:8888", "http://h:8888/"),
    ("http://h?x", "http://h:80/?x"),
    ("http://h/a#b", "http://h:80/a"),
    ("http://example.net./x", "http://example.net:80/x"),
    ("http://127.0.0.1:8888/x.m3u8", "http://127.0.0.1:8888/x.m3u8"),
    ("http://[::0001]:8/x", "http://[::1]:8/x"),
    ("http://xn--tn-hi-2ta.vn/x", "http://xn--tn-hi-2ta.vn:80/x"),
    ("http://h/tân hội.ts", "http://h:80/t%C3%A2n%20h%E1%BB%99i.ts"),
    ("http://h/x?sig=a+b/c==&e=1~2", "http://h:80/x?sig=a+b/c==&e=1~2"),
])
def test_an_address_is_put_together_from_its_parts_without_changing_what_was_signed(text: str, plain: str) -> None:
    assert web_address(text).text == plain


def test_a_name_in_other_letters_becomes_ascii() -> None:
    assert web_address("http://tân-hội.vn/x").host == "tân-hội.vn".encode("idna").decode()


def test_who_asks_is_kept_apart_and_in_no_text() -> None:
    address = web_address("http://me:p%40ss@h:81/x")
    assert address.login == ("me", "p@ss")
    assert "p@ss" not in f"{address} {address.text} {address.place}"


@pytest.mark.parametrize("text", [
    "", "h/x", "//h/x", "ftp://h/x", "file:///etc/passwd", "data:text/plain,x", "javascript:1", "http:h/x",
    "http:/h/x",
    "http://", "http:///x", "http://h:/x", "http://h:0/x", "http://h:65536/x", "http://h:08080000/x",
    "http://h:٨٠/x",
    "http://h:80:81/x", "http://h\\@e/x", "http:\\\\h\\x", "http://h\r\n/x", "http://h\t/x", "http://h /x",
    "http://h%00/x",
    "http://h%2fe/x", "http://%31%32%37.0.0.1/x", "http://a..b/x", "http://-a/x", "http://a_/x/" + "y" * 5000,
    "http://" + "a." * 130 + "b/x", "http://2130706433/x", "http://127.1/x", "http://0177.0.0.1/x",
    "http://0x7f.0.0.1/x",
    "http://0x7f000001/x", "http://127.0.0.0x1/x", "http://1.2.3.4.5/x", "http://256.1.1.1/x",
    "http://\uff11\uff12\uff17.0.0.1/x",
    "http://127。0。0。1/x", "http://①②⑦.0.0.1/x", "http://[::1/x", "http://::1/x", "http://[::1%25lo]/x",
    "http://[fe80::1%1]/x",
    "http://[v1.x]/x", "http://[127.0.0.1]/x", "http://[]/x", "http://h[::1]/x", "http://h\x00/x",
    "http://h\x7f/x",
])
def test_what_can_be_read_in_two_ways_is_refused(text: str) -> None:
    """T-04."""
    with pytest.raises(FeedError, match="an address of the feed"):
        web_address(text)


def test_the_dot_at_the_end_hides_no_address() -> None:
    """T-04."""
    assert str(web_address("http://127.0.0.1./x").ip) == "127.0.0.1"


@given(st.text(max_size=60), st.sampled_from(["http://", "https://h", "http://h:", "http://[", ""]))
def test_any_text_is_an_address_or_refused_and_reads_the_same_twice(text: str, front: str) -> None:
    """T-04."""
    try:
        address = web_address(front + text)
    except FeedError:
        return
    assert web_address(address.text) == address
    assert address.text.isascii()
    assert address.text.isprintable()
    assert " " not in address.text
