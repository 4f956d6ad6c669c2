"""How fast something comes."""

from ingest.meter import SPAN_NS, Meter


def test_a_rate_is_told_after_each_span() -> None:
    meter = Meter().look(1_000, 5)
    assert meter.per_second == 0
    assert meter.look(2_000, 6) == meter
    meter = meter.look(401_000, 5 + SPAN_NS)
    assert meter.per_second == 200_000
    assert meter.look(401_000, 5 + 2 * SPAN_NS).per_second == 0


def test_a_count_that_fell_begins_anew() -> None:
    meter = Meter().look(1_000, 5).look(9_000, 5 + SPAN_NS)
    assert meter.look(10, 6 + SPAN_NS) == Meter(since_ns=6 + SPAN_NS, count=10)
