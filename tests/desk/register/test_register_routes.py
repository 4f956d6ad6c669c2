"""The register over the control API, on a real database."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.control_api import errors_as_json
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.register.register_routes import RegisterRoutes
from tests.desk.register.filled import a_site, fill, nobody_told
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock

SITES = (
    a_site(labels=frozenset({"ubnd"}), contact="Chị Hoa", phone="0912 345 678"),
    a_site("s00004-2", labels=frozenset({"moh"})),
    a_site("s19", "19", name="Văn phòng tỉnh"),
)


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> TestClient:
    address = f"sqlite:///{tmp_path / 'register.db'}"
    fill(Database.open(address), *SITES).close()
    door = DatabaseDoor(address)
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(RegisterRoutes(door, SteppedClock(wall_units=EPOCH), nobody_told).routes())

    async def leave(_app: web.Application) -> None:
        door.close()

    app.on_cleanup.append(leave)
    return await aiohttp_client(app)


async def get(client: TestClient, path: str, **query: str) -> tuple[int, Any]:
    answer = await client.get(f"/api/v1/{path}", params=query)
    return answer.status, await answer.json()


async def send(client: TestClient, path: str, method: str = "POST", **words: object) -> tuple[int, Any]:
    answer = await client.request(method, f"/api/v1/{path}", json=words)
    return answer.status, await answer.json()


async def test_regions_are_shown_level_by_level_and_found_by_their_words(client: TestClient) -> None:
    _, top = await get(client, "regions")
    assert [one["id"] for one in top["regions"]] == ["01", "19"]
    _, below = await get(client, "regions", below="ha noi")
    assert [one["name"] for one in below["regions"]] == ["Phường Ba Đình", "Xã Tân Thành"]
    _, found = await get(client, "regions", search="tân thanh thai")
    assert [one["id"] for one in found["regions"]] == ["05700"]
    status, one = await get(client, "regions/Thái Nguyên")
    assert (status, one["sites"], one["below"], [step["id"] for step in one["path"]]) == (200, 1, 4, ["vn", "19"])
    assert (await get(client, "regions/nowhere"))[0] == 404


async def test_the_official_units_take_the_place_of_an_empty_tree_only(client: TestClient) -> None:
    status, answer = await send(client, "regions/load", division="official", who="lan")
    assert (status, "do not follow from" in answer["problem"]) == (409, True)
    assert (await send(client, "regions/load", division="offical"))[0] == 400


async def test_sites_are_asked_for_page_by_page(client: TestClient) -> None:
    _, first = await get(client, "sites", limit="2")
    assert ([one["id"] for one in first["sites"]], first["count"], first["next"]) == (
        ["s00004", "s00004-2"], 3, "s00004-2",
    )
    _, second = await get(client, "sites", limit="2", after=first["next"])
    assert ([one["id"] for one in second["sites"]], second["next"]) == (["s19"], None)
    _, found = await get(client, "sites", region="ha noi", search="0912")
    assert [one["contact"] for one in found["sites"]] == ["Chị Hoa"]
    assert (await get(client, "sites", limit="0"))[0] == 400
    assert (await get(client, "sites", provnce="01"))[0] == 400


async def test_a_site_is_added_changed_and_moved(client: TestClient) -> None:
    status, made = await send(client, "sites", name=" Nhà văn hóa ", region="Văn Lăng, Thái Nguyên", labels=["sở"])
    assert (status, made["id"], made["name"], made["address"]) == (
        201, "s05665", "Nhà văn hóa", "Xã Văn Lăng, Tỉnh Thái Nguyên",
    )
    _, other = await send(client, "sites", name="Hộp", region="05665", kind="box")
    assert (other["id"], other["kind"]) == ("s05665-2", "box")
    _, moved = await send(client, "sites/s05665", "PATCH", region="00004", line_kbps=2_000, why="chuyển")
    assert (moved["region"], moved["line_kbps"], moved["labels"]) == ("00004", 2_000, ["sở"])
    assert (await get(client, "sites/s05665"))[1] == moved
    assert (await get(client, "sites/s7"))[0] == 404


@pytest.mark.parametrize("words", [
    {}, {"name": "x"}, {"name": "x", "region": "nowhere"}, {"name": "x", "region": "00004", "id": "s19"},
    {"name": "x", "region": "00004", "id": "S 1"}, {"name": "x", "region": "00004", "knd": "box"},
    {"name": "x", "region": "00004", "labels": [1]}, {"name": "x", "region": "00004", "line_kbps": True},
    {"name": 1, "region": "00004"}, {"name": "x", "region": "00004", "kind": "hal"},
])
async def test_what_cannot_be_a_site_is_refused_with_a_way_out(client: TestClient, words: dict[str, Any]) -> None:
    status, answer = await send(client, "sites", **words)
    assert (status, bool(answer["problem"]), bool(answer["remedy"])) == (400, True, True)


async def test_one_site_takes_the_place_of_others(client: TestClient) -> None:
    _, one = await send(client, "sites/s00004/merge", sites=["s00004-2"], who="lan")
    assert one["labels"] == ["moh", "ubnd"]
    _, gone = await get(client, "sites/s00004-2")
    assert (gone["merged_into"], gone["retired"]) == ("s00004", "2026-09-21T14:13:18.000Z")
    assert (await get(client, "sites"))[1]["count"] == 2
    for into, sites in (("s00004-2", ["s19"]), ("s00004", ["s00004"]), ("s00004", [])):
        assert (await send(client, f"sites/{into}/merge", sites=sites))[0] == 409
    assert (await send(client, "sites/s00004/merge", sites="s19"))[0] == 400


async def test_a_site_retires_and_comes_back(client: TestClient) -> None:
    _, gone = await send(client, "sites/s19/retire")
    assert gone["retired"]
    assert [one["id"] for one in (await get(client, "sites"))[1]["sites"]] == ["s00004", "s00004-2"]
    assert (await get(client, "sites", retired="1"))[1]["count"] == 3
    assert (await send(client, "sites/s19/retire", undo=[]))[0] == 400
    _, back = await send(client, "sites/s19/retire", undo=True)
    assert back["retired"] is None


async def test_without_the_database_the_answer_is_a_sentence(aiohttp_client: AiohttpClient) -> None:
    door = DatabaseDoor("postgresql://hoa:canary-12ab@127.0.0.1:1/register")
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(RegisterRoutes(door, SteppedClock(wall_units=EPOCH), nobody_told).routes())
    status, answer = await get(await aiohttp_client(app), "sites")
    assert (status, "does not answer" in answer["problem"]) == (503, True)
    assert "canary" not in str(answer)
