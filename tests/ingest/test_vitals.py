"""Whether a decoder hangs."""

from ingest.vitals import FED, QUIET_NS, Vitals

LATER = QUIET_NS + 2


def test_a_decoder_that_is_fed_and_gives_nothing_hangs() -> None:
    """F-02."""
    vitals = Vitals().gave(1, 1_000, sound=True)
    assert vitals.hung(LATER, 1_001 + FED)
    assert not vitals.hung(QUIET_NS, 1_001 + FED)
    assert not vitals.gave(LATER, 1_001 + FED).hung(LATER, 1_001 + FED)


def test_a_sender_that_sends_nothing_is_not_the_decoder_s_fault() -> None:
    assert not Vitals().gave(1, 1_000, sound=True).hung(LATER, 1_000 + FED)


def test_slides_without_sound_may_be_as_slow_as_they_like() -> None:
    assert not Vitals().gave(1, 1_000).hung(LATER, 10**9)


def test_a_file_feeds_its_decoder_always() -> None:
    assert Vitals().gave(1, None, sound=True).hung(LATER, None)
