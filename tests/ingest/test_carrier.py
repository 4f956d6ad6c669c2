"""What a carrier says of itself."""

from ingest.carrier import Carried


def test_nothing_has_come_before_something_has() -> None:
    assert Carried() == Carried(bytes=0, lost=0)
