from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from flow.errors import ToolError
from flow.ids import ChannelId
from flow.key_turns import UNIT, period_units
from flow.timebase import SCALE
from origin.disk_writer import Job
from origin.key_book import KeyBook
from origin.stored_keyring import EARLY, STOCK, StoredKeyring

DEMO = ChannelId("demo")
PERIOD = 78 * UNIT
NOW = 6_000 * PERIOD + UNIT
FIRST = NOW // PERIOD * 78


class Later:
    """Jobs that another thread would do, done when a test says so."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def __call__(self, job: Job) -> bool:
        self.jobs.append(job)
        return True

    def done(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[KeyBook]:
    with closing(KeyBook(tmp_path / "keys.db", bytes(32))) as book:
        yield book


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def ring(book: KeyBook, later: Later) -> StoredKeyring:
    ring = StoredKeyring(DEMO, PERIOD, book, behind=later)
    ring.provide(now=NOW, floor=0, oldest=0)
    return ring


def test_at_first_there_are_keys_for_an_hour_on_the_disk(ring: StoredKeyring, book: KeyBook, later: Later) -> None:
    """T-16: stored and synced before the first use."""
    numbers = ring.turns.numbers
    assert numbers[0] == FIRST
    assert numbers[-1] * UNIT >= NOW + STOCK - PERIOD
    assert book.keys(DEMO) == {number: ring.key(number) for number in numbers}
    assert not later.jobs


def test_new_keys_are_made_behind_and_long_before_their_turn(
    ring: StoredKeyring, book: KeyBook, later: Later,
) -> None:
    before = ring.turns.numbers
    ring.provide(now=NOW + PERIOD, floor=NOW, oldest=0)
    assert ring.turns.numbers == before
    later.done()
    assert list(book.keys(DEMO)) == [*before, before[-1] + 78]
    ring.provide(now=NOW + PERIOD, floor=NOW, oldest=0)
    assert ring.turns.numbers == (*before, before[-1] + 78)


def test_a_viewer_is_shown_a_key_shortly_before_its_turn(ring: StoredKeyring) -> None:
    """T-16: one key opens only its period, so the next is not handed out early."""
    turn = (FIRST + 78) * UNIT
    assert ring.shown(FIRST) is not None
    assert ring.shown(FIRST + 78) is None
    ring.provide(now=turn - EARLY, floor=NOW, oldest=0)
    assert ring.shown(FIRST + 78) == ring.key(FIRST + 78)
    assert ring.shown(FIRST + 2 * 78) is None
    assert ring.shown(FIRST + 1) is None


def test_who_may_see_what_comes_after_a_turn_is_shown_no_key_of_before(ring: StoredKeyring) -> None:
    """T-16: the channel's past may have had others for guests."""
    second = FIRST + 78
    turn = second * UNIT
    ring.provide(now=turn, floor=NOW, oldest=0)
    last_s = (turn - 1) // SCALE
    assert ring.shown(FIRST, last_s) == ring.key(FIRST)
    assert ring.shown(FIRST, -(-turn // SCALE)) is None
    assert ring.shown(second, -(-turn // SCALE)) == ring.shown(second, last_s) == ring.key(second)
    assert ring.shown(second, ring.turns.numbers[-1] * UNIT // SCALE + 10**6) is None


def test_a_key_is_shown_before_a_playlist_can_name_it(ring: StoredKeyring) -> None:
    """Even when a worker's clock is ahead: what is used is shown."""
    far = ring.turns.numbers[-1]
    assert ring.shown(far) is None
    assert ring.key(far) == ring.shown(far)


def test_old_keys_stay_while_they_are_asked_for_and_then_go(
    ring: StoredKeyring, book: KeyBook, later: Later,
) -> None:
    turn = (FIRST + 78) * UNIT
    ring.provide(now=turn + UNIT, floor=turn, oldest=turn - 1)
    assert ring.shown(FIRST) is not None
    ring.provide(now=turn + UNIT, floor=turn, oldest=turn)
    later.done()
    assert ring.shown(FIRST) is None
    assert FIRST not in book.keys(DEMO)


def test_the_next_life_has_the_same_keys(ring: StoredKeyring, book: KeyBook, later: Later) -> None:
    again = StoredKeyring(DEMO, PERIOD, book, behind=later)
    again.provide(now=NOW + SCALE, floor=NOW, oldest=0)
    assert {number: again.key(number) for number in again.turns.numbers} == {
        number: ring.key(number) for number in ring.turns.numbers
    }
    assert ring.shown(FIRST) == again.shown(FIRST)


def test_a_failing_disk_leaves_the_key_in_use_and_is_told(
    ring: StoredKeyring, book: KeyBook, later: Later, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-26: the current key is held, an alarm is raised, and nothing is sent in clear."""
    def failing(*_: object) -> dict[int, bytes]:
        raise ToolError("the store of keys", "disk full")

    last = ring.turns.numbers[-1]
    with monkeypatch.context() as broken:
        broken.setattr(KeyBook, "make", failing)
        for hours in (1, 2):
            ring.provide(now=NOW + hours * STOCK, floor=NOW + hours * STOCK, oldest=0)
            later.done()
        assert ring.trouble == "no new key can be kept: disk full"
        assert ring.turns.at(NOW + 2 * STOCK) == last
    now = NOW + 2 * STOCK + 10 * SCALE
    ring.provide(now=now, floor=now, oldest=0)
    later.done()
    ring.provide(now=now, floor=now, oldest=0)
    assert ring.trouble == ""
    assert ring.turns.at(now + UNIT) == last
    assert last < ring.turns.at(now + 2 * PERIOD)


@pytest.mark.parametrize("taken", [True, False])
def test_a_disk_that_hangs_is_told_before_the_keys_are_used_up(
    book: KeyBook, caplog: pytest.LogCaptureFixture, *, taken: bool,
) -> None:
    """F-26: it raises no error, so what is left of the stock speaks; and is told of once."""
    jobs: list[Job] = []

    def hanging(job: Job) -> bool:
        jobs.append(job)
        return taken

    ring = StoredKeyring(DEMO, PERIOD, book, behind=hanging)
    now = NOW
    for told in (False, True):
        for _ in range(6):
            ring.provide(now=now, floor=now, oldest=0)
            assert bool(ring.trouble) == told
            now += PERIOD
    assert ring.trouble == "no new key has been kept for long: the disk does not answer"
    assert caplog.text.count("does not answer") == 1
    assert ring.turns.numbers[-1] * UNIT > now - PERIOD
    jobs[-1]()
    ring.provide(now=now, floor=now, oldest=0)
    assert ring.trouble == ""


def test_a_machine_that_slept_is_no_disk_that_hangs(ring: StoredKeyring, later: Later) -> None:
    ring.provide(now=NOW + STOCK, floor=NOW, oldest=0)
    assert ring.trouble == ""


@pytest.mark.parametrize("seconds", [10, 280])
def test_another_period_holds_from_the_next_life_on(
    ring: StoredKeyring, book: KeyBook, later: Later, seconds: int,
) -> None:
    """T-16: what nobody has seen yet makes way; what has been shown stays as it is."""
    before = dict(book.keys(DEMO))
    period = period_units(seconds)
    again = StoredKeyring(DEMO, period, book, behind=later)
    again.provide(now=NOW, floor=NOW, oldest=0)
    later.done()
    first, *turns = again.turns.numbers
    assert first == FIRST
    assert again.key(FIRST) == before[FIRST]
    assert [number * UNIT % period for number in turns] == [0] * len(turns)
    assert {turn - one for one, turn in pairwise(turns)} == {period // UNIT}
    assert turns[-1] * UNIT >= NOW + STOCK - period
    assert book.keys(DEMO) == {number: again.key(number) for number in again.turns.numbers}


def test_without_new_keys_those_of_another_period_stay(
    ring: StoredKeyring, book: KeyBook, later: Later, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-26: turns of another length are better than none."""
    def failing(*_: object) -> dict[int, bytes]:
        raise ToolError("the store of keys", "disk full")

    monkeypatch.setattr(KeyBook, "make", failing)
    again = StoredKeyring(DEMO, period_units(280), book, behind=later)
    again.provide(now=NOW, floor=NOW, oldest=0)
    assert again.turns == ring.turns
    assert "disk full" in again.trouble


def test_a_job_that_is_done_at_once_does_not_end_the_turns(book: KeyBook) -> None:
    """F-26: nor one that fails at once, before the loop has gone on."""
    def at_once(job: Job) -> bool:
        job()
        return True

    ring = StoredKeyring(DEMO, PERIOD, book, behind=at_once)
    for turn in range(20):
        now = NOW + turn * PERIOD
        ring.provide(now=now, floor=now, oldest=0)
    assert ring.turns.numbers[-1] * UNIT > now + STOCK // 2


def test_a_key_that_comes_after_its_turn_is_thrown_away(ring: StoredKeyring, book: KeyBook, later: Later) -> None:
    """What is listed there is encrypted with the one before."""
    before = ring.turns
    ring.provide(now=NOW + PERIOD, floor=NOW, oldest=0)
    late = NOW + 2 * STOCK
    later.done()
    ring.provide(now=NOW + PERIOD, floor=late, oldest=0)
    later.done()
    assert ring.turns == before
    assert list(book.keys(DEMO)) == list(before.numbers)


def test_a_late_key_that_the_disk_keeps_is_taken_off_later(
    ring: StoredKeyring, book: KeyBook, later: Later, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-26: it would speak up in the next life."""
    def failing(*_: object) -> None:
        raise ToolError("the store of keys", "disk full")

    before = ring.turns.numbers
    now = NOW + 2 * PERIOD
    ring.leave_out(before[-1:])
    assert ring.turns.numbers == before[:-1]
    with monkeypatch.context() as broken:
        broken.setattr(KeyBook, "remove", failing)
        ring.provide(now=NOW, floor=NOW, oldest=0)
        later.jobs = later.jobs[-1:]
        later.done()
    assert before[-1] in book.keys(DEMO)
    ring.provide(now=now, floor=NOW + 2 * STOCK, oldest=0)
    later.done()
    assert before[-1] not in book.keys(DEMO)


def test_without_any_key_a_channel_does_not_begin(book: KeyBook, later: Later, tmp_path: Path) -> None:
    ring = StoredKeyring(DEMO, PERIOD, book, behind=later)
    book.close()
    with pytest.raises(ToolError, match="store of keys"):
        ring.provide(now=NOW, floor=0, oldest=0)


def test_nothing_that_is_printed_or_logged_holds_a_key(
    ring: StoredKeyring, later: Later, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-16."""
    caplog.set_level("DEBUG")
    ring.provide(now=NOW + 2 * PERIOD, floor=NOW, oldest=NOW)
    later.done()
    words = f"{ring!r} {ring.turns!r} {caplog.text}"
    assert not any(ring.key(number).hex() in words for number in ring.turns.numbers)
