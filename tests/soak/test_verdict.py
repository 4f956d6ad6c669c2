"""The soak's own judgement."""

from tests.conformance.playlist import read_text
from tests.soak.verdict import faults

HEAD = "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:10\n"


def _listing(*marks: str) -> str:
    return HEAD + "".join(f"{mark}#EXTINF:1.92000,\n{10 + at}-1.m4s\n" for at, mark in enumerate(marks))


def test_two_lost_segments_are_forgiven_an_encoder_and_no_more() -> None:
    """F-01."""
    gap = "#EXT-X-GAP\n"
    assert faults("encoder", read_text(_listing("", gap, gap, "")), 11, 3.0) == []
    assert faults("encoder", read_text(_listing("", gap, gap, gap)), 11, 3.0) != []


def test_a_headend_may_lose_nothing() -> None:
    assert faults("headend", read_text(_listing("", "#EXT-X-GAP\n", "")), 11, 3.0) != []


def test_a_discontinuity_is_never_forgiven() -> None:
    assert faults("worker", read_text(_listing("", "#EXT-X-DISCONTINUITY\n", "")), 11, 3.0) != []


def test_a_late_return_is_a_fault() -> None:
    assert faults("encoder", read_text(_listing("", "")), 11, 4.5) != []
