"""The command line's end of what is handed out."""

import asyncio
from pathlib import Path

import pytest

from desk.documents.document_client import DocumentClient
from desk.errors import RefusedError
from desk.settings import Settings
from tests.desk.documents.desk import desk_in
from tests.desk.documents.files import PDF
from tests.desk.programmes.filled import SITES


async def test_a_file_is_sent_listed_and_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "bao cao.pdf"
    file.write_bytes(PDF)
    async with desk_in(tmp_path, SITES):
        client = DocumentClient(Settings(data=tmp_path))
        one = await asyncio.to_thread(client.add_document, "p1", file, {"title": "Báo cáo"})
        assert (await asyncio.to_thread(client.documents, "p1"))["documents"] == [one]
        assert await asyncio.to_thread(client.remove_document, "p1", one["number"], {}) == one
        with pytest.raises(RefusedError, match="no programme"):
            await asyncio.to_thread(client.add_document, "p9", file, {"title": "x"})
