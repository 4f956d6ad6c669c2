"""Settings over the control API."""

from pathlib import Path

from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient

from desk.control_api import errors_as_json
from desk.reload.reload_routes import ReloadRoutes
from desk.reload.reloading import Reloading
from desk.reload.source import Source
from desk.settings import Settings

PATH = "/api/v1/settings/reload"


async def test_settings_are_read_again_and_wrong_ones_refused(
    tmp_path: Path, aiohttp_client: AiohttpClient,
) -> None:
    """T-42."""
    file = tmp_path / "xacast.toml"
    file.write_text('log = "debug"\nviewers = "0.0.0.0:81"')
    source = Source.of(str(file), {"XACAST_DATA": str(tmp_path)})
    taken: list[Settings] = []
    reloading = Reloading(Settings(data=tmp_path), source, taken.append)
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(ReloadRoutes(lambda: reloading).routes())
    client = await aiohttp_client(app)
    answer = await client.post(PATH, json={"why": "hỏi"})
    assert await answer.json() == {"changed": ["log"], "waiting": ["viewers"]}
    file.write_text('log = "loud"')
    answer = await client.post(PATH)
    assert (answer.status, "loud" in (await answer.json())["problem"], len(taken)) == (400, True, 1)


async def test_a_headend_without_a_source_says_so(aiohttp_client: AiohttpClient) -> None:
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(ReloadRoutes(lambda: None).routes())
    assert (await (await aiohttp_client(app)).post(PATH)).status == 409
