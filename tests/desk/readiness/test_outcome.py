"""What a site is by its last test."""

from desk.readiness.outcome import Readiness, readiness_of
from tests.desk.readiness.outcomes import DEAF, GOOD, an_outcome


def test_a_site_is_ready_not_ready_or_silent() -> None:
    assert readiness_of(None) is Readiness.SILENT
    assert readiness_of(an_outcome(GOOD)) is Readiness.READY
    assert readiness_of(an_outcome(DEAF)) is Readiness.NOT_READY
