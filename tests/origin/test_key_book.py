import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flow.errors import ToolError
from flow.ids import ChannelId
from origin import key_book
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


def test_a_key_that_cannot_be_opened_is_never_replaced(
    book: KeyBook, path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-16: viewers keep a key under its number for good, so a number never has two. The next one is taken."""
    made = book.make(DEMO, (7, 8))
    with closing(KeyBook(path, bytes(32))) as stranger:
        assert stranger.keys(DEMO) == {}
        assert "2 keys cannot be used, 8 the last" in caplog.text
        new = stranger.make(DEMO, (7, 8))
        assert list(new) == [9, 10]
        assert stranger.keys(DEMO) == new
    assert book.keys(DEMO) == made


def test_keys_that_cannot_be_opened_go_with_their_time(book: KeyBook, path: Path) -> None:
    book.make(DEMO, (7, 8))
    with closing(KeyBook(path, bytes(32))) as stranger:
        stranger.remove_up_to(DEMO, 7)
    assert list(book.keys(DEMO)) == [8]


def test_channels_on_air_keep_old_keys(book: KeyBook) -> None:
    book.make(DEMO, (7, 8))
    book.make(OTHER, (7, 8))
    book.remove_before(8, but=(DEMO,))
    assert list(book.keys(DEMO)) == [7, 8]
    assert list(book.keys(OTHER)) == [8]


def test_who_reads_the_file_for_long_holds_up_one_write_and_no_more(
    path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-26: a copy that is being made of it, for one."""
    monkeypatch.setattr(key_book, "_PATIENCE", 0.05)
    with closing(KeyBook(path, MASTER)) as book, closing(sqlite3.connect(path, isolation_level=None)) as reader:
        book.make(DEMO, (7,))
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM key").fetchall()
        with pytest.raises(ToolError, match="database is locked"):
            book.make(DEMO, (8,))
        reader.execute("COMMIT")
        assert list(book.make(DEMO, (9,))) == [9]
        assert list(book.keys(DEMO)) == [7, 9]


def test_a_full_disk_is_called_by_its_name_each_time(book: KeyBook) -> None:
    """F-26: and not by what SQLite could not take back."""
    pages = book._db.execute("PRAGMA page_count").fetchone()[0]
    book._db.execute(f"PRAGMA max_page_count={pages}")
    for first in (10_000, 20_000):
        with pytest.raises(ToolError, match="disk is full"):
            book.make(DEMO, range(first, first + 400))


def test_a_disk_that_can_only_be_read_has_keys(
    book: KeyBook, path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-26: a channel goes on with the keys that there are."""
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    made = book.make(DEMO, (7,))
    monkeypatch.setattr(Path, "touch", refused)
    with closing(KeyBook(path, MASTER)) as again:
        assert again.keys(DEMO) == made


def test_a_file_that_is_no_book_is_named(path: Path) -> None:
    path.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(ToolError, match=r"keys\.db failed"):
        KeyBook(path, MASTER)


def test_a_book_that_cannot_be_written_says_so(book: KeyBook, path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE key")
    with pytest.raises(ToolError, match="no such table"):
        book.make(DEMO, (7,))


def test_a_disk_that_can_be_written_again_takes_keys(book: KeyBook, path: Path) -> None:
    """F-26: SQLite opens a file to read alone when there is no other way, and never tries again."""
    book._db.close()
    book._db = sqlite3.connect(
        f"file:{path}?mode=ro", uri=True, check_same_thread=False, isolation_level=None,
    )
    assert book.keys(DEMO) == {}
    with pytest.raises(ToolError, match="readonly"):
        book.make(DEMO, (7,))
    assert list(book.make(DEMO, (7,))) == [7]
    with closing(KeyBook(path, MASTER)) as again:
        assert list(again.keys(DEMO)) == [7]
