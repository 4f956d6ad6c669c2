from flow.wire import Verdict
from packager.outcome import Outcome


def test_an_outcome_without_more_keeps_the_packet_and_changes_nothing() -> None:
    assert (Outcome().verdict, Outcome().steps, Outcome().noteworthy) == (Verdict.KEPT, {}, False)
