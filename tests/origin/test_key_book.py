import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flow.errors import ToolError
from flow.ids import ChannelId
from origin.key_book import KeyBook

DEMO, OTHER = ChannelId("demo"), ChannelId("other")
MASTER = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.db"


@pytest.fixture
def book(path: Path) -> Iterator[KeyBook]:
    with closing(KeyBook(path, MASTER)) as book:
        yield book


def test_keys_are_random_and_there_in_the_next_life(book: KeyBook, path: Path) -> None:
    """T-16: old keys after a restart."""
    made = book.make(DEMO, (7, 8))
    assert {len(key) for key in made.values()} == {16}
    assert len(set(made.values())) == 2
    with closing(KeyBook(path, MASTER)) as next_life:
        assert next_life.keys(DEMO) == made
        assert next_life.keys(OTHER) == {}


def test_two_headends_over_one_book_have_the_same_keys(book: KeyBook, path: Path) -> None:
    """And so make the same bytes."""
    with closing(KeyBook(path, MASTER)) as second:
        first = book.make(DEMO, (7,))
        assert second.make(DEMO, (7, 8))[7] == first[7]
        assert book.keys(DEMO) == second.keys(DEMO)


def test_the_file_is_the_owner_s_and_holds_no_key_in_clear(book: KeyBook, path: Path) -> None:
    """T-16, T-11."""
    made = book.make(DEMO, (7, 8))
    assert path.stat().st_mode & 0o777 == 0o600
    assert not any(key in path.read_bytes() for key in made.values())


def test_what_is_removed_is_gone_from_the_disk_too(book: KeyBook, path: Path) -> None:
    book.make(DEMO, (7, 8))
    book.make(OTHER, (7,))
    with closing(sqlite3.connect(path)) as db:
        wrapped = db.execute("SELECT wrapped FROM key WHERE channel = 'demo' AND number = 7").fetchone()[0]
    book.remove(DEMO, (7,))
    assert list(book.keys(DEMO)) == [8]
    assert list(book.keys(OTHER)) == [7]
    assert wrapped not in path.read_bytes()
    book.remove_before(8)
    assert book.keys(OTHER) == {}


def test_keys_under_another_master_key_are_left_out_and_made_anew(
    book: KeyBook, path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    book.make(DEMO, (7, 8))
    with closing(KeyBook(path, bytes(32))) as stranger:
        assert stranger.keys(DEMO) == {}
        assert "key 7 cannot be used" in caplog.text
        made = stranger.make(DEMO, (8,))
        assert stranger.keys(DEMO) == made
    assert list(book.keys(DEMO)) == [7]


def test_a_file_that_is_no_book_is_named(path: Path) -> None:
    path.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(ToolError, match=r"keys\.db failed"):
        KeyBook(path, MASTER)


def test_a_book_that_cannot_be_written_says_so(book: KeyBook, path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE key")
    with pytest.raises(ToolError, match="no such table"):
        book.make(DEMO, (7,))
