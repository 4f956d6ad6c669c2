"""What is handed out, in the database."""

from collections.abc import Iterator

import pytest

from desk.database.database import Database
from desk.documents.document_store import DocumentStore
from desk.errors import RefusedError
from desk.programmes.programme import MOST_DOCUMENTS
from desk.programmes.window_load import stamp
from flow.ids import ChannelId
from flow.listing import Document
from tests.desk.programmes.filled import a_database, add
from tests.desk.programmes.some import DAY

ONE = Document(
    number=0, channel=ChannelId(""), title="Báo cáo", title_en="Report", ending="pdf", size=9, digest="ab",
)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = a_database(database_url)
    yield made
    made.close()


def test_a_document_comes_and_goes_with_its_programme_changed(database: Database) -> None:
    (name,) = add(database)
    before = stamp(database)
    with database.writing() as connection:
        made = DocumentStore(connection).add(name, ONE, DAY)
    assert stamp(database) != before
    with database.writing() as connection:
        store = DocumentStore(connection)
        assert store.of(name) == [made]
        assert (made.channel, made.digest, store.is_used("ab")) == ("hop", "ab", True)
        assert store.remove(name, made.number, DAY) == made
        assert not store.is_used("ab")
        with pytest.raises(RefusedError):
            store.remove(name, made.number, DAY)


def test_a_programme_has_so_many_documents_and_no_more(database: Database) -> None:
    (name,) = add(database)
    with database.writing() as connection:
        store = DocumentStore(connection)
        for _ in range(MOST_DOCUMENTS):
            store.add(name, ONE, DAY)
        with pytest.raises(RefusedError, match="has 20 documents"):
            store.add(name, ONE, DAY)
        with pytest.raises(RefusedError, match="no programme"):
            store.of("p99")
