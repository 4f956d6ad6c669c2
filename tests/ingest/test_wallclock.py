import pytest

from ingest.wallclock import clock_text


@pytest.mark.parametrize(("millis", "text"), [
    (0, "07:00:00.000"),
    (1_795_314_127_089, "09:22:07.089"),
    (17 * 3_600_000 - 1, "23:59:59.999"),
    (17 * 3_600_000, "00:00:00.000"),
])
def test_the_hour_is_vietnams(millis: int, text: str) -> None:
    assert clock_text(millis) == text
