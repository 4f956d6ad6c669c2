"""`xacast programme document`, over a headend."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desk.cli import cli
from tests.desk.documents.desk import desk_in
from tests.desk.documents.files import PDF
from tests.desk.programmes.filled import SITES


async def test_a_file_is_handed_out_shown_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    file = tmp_path / "Báo cáo.pdf"
    file.write_bytes(PDF)

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, cli, ["programme", "document", *words])

    async with desk_in(tmp_path, SITES):
        assert (await run("add", "p1", str(file))).output == "document 1 of p1: “Báo cáo”, pdf\n"
        assert "Báo cáo" in (await run("list", "p1")).output
        assert "handed out no more" in (await run("remove", "p1", "1")).output
        assert (await run("list", "p1")).output == "nothing is handed out\n"
