"""Losses are counted, told, and logged without flooding."""

import errno
import logging

import pytest

from origin.losses import Losses, words_of

LOG = logging.getLogger("tests.losses")


class Stepped:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Stepped:
    return Stepped()


@pytest.fixture
def losses(clock: Stepped) -> Losses:
    return Losses("segment", LOG, clock)


def test_the_sentence_says_why_and_how_many(losses: Losses) -> None:
    assert losses.sentence() == ""
    losses.lost("disk full")
    losses.lost("disk full")
    losses.lost("disk full")
    assert losses.sentence() == "disk full: 3 segments not kept"
    assert losses.total == 3


def test_the_trouble_is_over_when_writing_has_gone_well_for_a_while(losses: Losses, clock: Stepped) -> None:
    losses.lost("disk full")
    losses.well()
    assert losses.sentence() != ""  # one small write may still fit on a full disk
    clock.now += 2_000_000_000
    losses.well()
    assert losses.sentence() == ""
    assert losses.total == 1


def test_one_line_a_second_is_logged_at_most(
    losses: Losses, clock: Stepped, caplog: pytest.LogCaptureFixture,
) -> None:
    """F-21: a full disk does not fill the log."""
    for _ in range(1000):
        losses.lost("disk full")
        clock.now += 10_000_000
    assert len(caplog.records) == 10


def test_the_end_of_the_trouble_is_logged_once(
    losses: Losses, clock: Stepped, caplog: pytest.LogCaptureFixture,
) -> None:
    losses.lost("disk full")
    clock.now += 3_000_000_000
    losses.well()
    losses.well()
    assert [record.getMessage() for record in caplog.records] == [
        "disk full: 1 segment not kept (1 since the start)",
        "the disk takes writes again; lost in between: 1 segment",
    ]


@pytest.mark.parametrize(("number", "words"), [
    (errno.ENOSPC, "disk full"), (errno.EDQUOT, "disk full"), (errno.EROFS, "disk is read-only"),
    (errno.EIO, "disk error (EIO)"), (None, "disk error (OSError)"),
])
def test_errors_are_told_in_words_without_paths(number: int | None, words: str) -> None:
    error = OSError(number, "strerror", "/secret/path") if number is not None else OSError("odd")
    assert words_of(error) == words
