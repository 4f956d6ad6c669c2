from hypothesis import given
from hypothesis import strategies as st

from ingest.captions.codes import CaptionCodes
from tests.ingest.caption_making import EDM, line21, packet708, pop_on, twice
from tests.ingest.captions.test_cea708 import window


def _fed(*triples: bytes) -> CaptionCodes:
    codes = CaptionCodes()
    for one in triples:
        codes.feed(one)
    return codes


OLD = [line21(pair) for pair in pop_on("OLD")]
NEW = packet708((1, window(0) + b"new"))


def test_line_21_is_read_and_its_second_field_is_not() -> None:
    codes = _fed(*(line21(pair, field=1) for pair in pop_on("SECOND")), *OLD)
    assert (codes.text, codes.kind) == ("OLD", "CEA-608")


def test_the_caption_channel_is_read_however_it_is_spread_over_pictures() -> None:
    for size in (3, 6, len(NEW)):
        codes = _fed(*(NEW[at:at + size] for at in range(0, len(NEW), size)))
        assert (codes.text, codes.kind) == ("new", "CEA-708")


def test_line_21_goes_first_where_both_show_text_and_stays_when_it_falls_silent() -> None:
    codes = _fed(NEW)
    assert codes.text == "new"
    codes = _fed(NEW, *OLD)
    assert (codes.text, codes.kind) == ("OLD", "CEA-608")
    for pair in twice(EDM):
        codes.feed(line21(pair))
    assert (codes.text, codes.kind) == ("", "CEA-608")


def test_other_services_are_not_ours() -> None:
    both = packet708((2, window(0) + b"two"), (1, window(0) + b"one"))
    assert _fed(both).text == "one"
    assert _fed(packet708((2, window(0) + b"two"))).text == ""


def test_a_packet_whose_end_is_lost_is_read_as_far_as_it_came() -> None:
    assert _fed(NEW[:-3], packet708((1, b"!"))).text == "n!"


def test_nothing_is_shown_before_anything_came() -> None:
    assert (CaptionCodes().text, CaptionCodes().kind) == ("", "")


@given(st.lists(st.binary(max_size=100), max_size=20))
def test_no_bytes_raise_an_error(triples: list[bytes]) -> None:
    """T-06."""
    assert _fed(NEW, *OLD, *triples).text is not None


@given(st.lists(st.tuples(st.sampled_from([0xFC, 0xFE, 0xFF]), st.integers(0, 255), st.integers(0, 255))))
def test_no_triples_raise_an_error(triples: list[tuple[int, int, int]]) -> None:
    """T-06."""
    codes = _fed(NEW, b"".join(map(bytes, triples)))
    assert len(codes._packet) <= 128
