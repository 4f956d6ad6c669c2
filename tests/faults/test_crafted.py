"""The harness's own RTP is what the product reads."""

from ingest.udp.rtp import RtpOrder, is_rtp, source_of
from tests.faults.crafted import rtp_head


def test_an_rtp_head_is_read_by_the_product() -> None:
    payload = b"\x47" + bytes(187)
    first, second = (rtp_head(number, number / 10, 7) + payload for number in (65_535, 65_536))
    assert is_rtp(first)
    assert source_of(first) == source_of(second)
    order = RtpOrder()
    assert [*order.feed(first, 0), *order.feed(second, 1)] == [payload, payload]
    assert order.lost == 0
