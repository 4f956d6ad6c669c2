"""What is handed out, in the database, inside a transaction of the caller's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, delete, func, insert, select

from desk.documents.tables import programme_file
from desk.errors import RefusedError
from desk.programmes.programme import MOST_DOCUMENTS, Programme, ProgrammeId
from desk.programmes.programme_store import ProgrammeStore
from flow.ids import ChannelId
from flow.listing import Document

_TOGETHER = 500


class DocumentStore:
    """Reads and writes what is handed out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._programmes = ProgrammeStore(connection)

    def of(self, name: str) -> list[Document]:
        """A programme's, in the order in which they came; raises RefusedError (404) when there is none."""
        one = self._programmes.get(name)
        return list(self.all_of([one]).get(one.id, ()))

    def all_of(self, programmes: Iterable[Programme]) -> Mapping[ProgrammeId, tuple[Document, ...]]:
        """Those of many programmes, by programme."""
        channels: dict[int, ChannelId] = {int(one.id[1:]): one.channel for one in programmes}
        found: dict[ProgrammeId, list[Document]] = defaultdict(list)
        numbers = list(channels)
        row = programme_file.c
        for at in range(0, len(numbers), _TOGETHER):
            mine = select(programme_file).where(row.programme.in_(numbers[at:at + _TOGETHER])).order_by(row.number)
            for one in self._connection.execute(mine):
                found[ProgrammeId(f"p{one.programme}")].append(Document(
                    number=one.number, channel=channels[one.programme], title=one.title, title_en=one.title_en,
                    ending=one.ending, size=one.size, digest=one.digest,
                ))
        return {name: tuple(some) for name, some in found.items()}

    def add(self, name: str, made: Document, now_s: int) -> Document:
        """Hand it out with a programme; it comes back with its number and channel.

        Raises RefusedError: 404 when there is no such programme, 409 when it has enough.
        """
        one = self._programmes.get(name)
        if len(self.of(name)) >= MOST_DOCUMENTS:
            problem = f"{one.id} has {MOST_DOCUMENTS} documents"
            raise RefusedError(409, problem, f"`xacast programme document remove {one.id} NUMBER` makes room")
        values = {
            "programme": int(one.id[1:]), "title": made.title, "title_en": made.title_en, "ending": made.ending,
            "size": made.size, "digest": made.digest, "added_s": now_s,
        }
        number = self._connection.execute(
            insert(programme_file).values(values).returning(programme_file.c.number),
        ).scalar_one()
        self._programmes.change(one, now_s)  # other headends look for changes of programmes
        return replace(made, number=number, channel=one.channel)

    def remove(self, name: str, number: int, now_s: int) -> Document:
        """Hand it out no more; raises RefusedError (404)."""
        one = self._programmes.get(name)
        found = next((document for document in self.of(name) if document.number == number), None)
        if found is None:
            problem = f"{one.id} has no document {number}"
            raise RefusedError(404, problem, f"`xacast programme document list {one.id}` shows those it has")
        self._connection.execute(delete(programme_file).where(programme_file.c.number == number))
        self._programmes.change(one, now_s)
        return found

    def is_used(self, digest: str) -> bool:
        """Whether any programme hands these bytes out."""
        some = select(func.count()).select_from(programme_file).where(programme_file.c.digest == digest)
        return bool(self._connection.execute(some).scalar_one())
