"""`xacast programme ready`, over a headend."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner, Result

from desk.cli import cli
from tests.desk.documents.desk import desk_in
from tests.desk.programmes.filled import SITES
from tests.desk.readiness.test_readiness_routes import Visitor
from tests.desk.register.filled import a_site


async def test_an_operator_sees_whom_to_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, cli, ["programme", "ready", "p1", *words])

    sites = (replace(a_site(), contact="Chị Lan", phone="024 1234"), *SITES[1:])
    async with desk_in(tmp_path, sites, audience="locality:01") as desk, aiohttp.ClientSession() as session:
        visitor = Visitor(desk, session)
        await visitor.tells("s00004", picture="0", rate="300")
        await visitor.tells("s00004-2")
        told = (await run()).output
        assert told.startswith("p1 “Giao ban”: 2 sites: 1 ready, 1 not ready, 0 silent\n")
        assert "not-ready  no picture, 300 of 700 kb/s  Chị Lan 024 1234  2026-11-24 07:50" in told
        assert "s00004-2" not in told
        assert "nobody to call" not in told
        assert "1 of these have nobody to call" in (await run("--all")).output
        assert "s00004-2" in (await run("--all")).output
        assert "s00004-2" in (await run("--only", "ready")).output
        assert json.loads((await run("--only", "silent", "--json")).output)["sites"] == []
        assert (await run("--province", "Quảng Ninh")).exit_code != 0
