import pytest

from ingest.wallclock import clock_text, countdown_text


@pytest.mark.parametrize(("millis", "text"), [
    (0, "07:00:00.000"),
    (1_795_314_127_089, "09:22:07.089"),
    (17 * 3_600_000 - 1, "23:59:59.999"),
    (17 * 3_600_000, "00:00:00.000"),
])
def test_the_hour_is_vietnams(millis: int, text: str) -> None:
    assert clock_text(millis) == text


def test_a_countdown_has_hours_where_there_are_any_and_ends_at_nothing() -> None:
    texts = [countdown_text(left) for left in (3_663, 600, 59, 0, -5)]
    assert texts == ["1:01:03", "10:00", "00:59", "00:00", "00:00"]
