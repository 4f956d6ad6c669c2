"""How headends are spoken to."""

from typing import Any

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, ClientTimeout, web

from transcode.approach import Approach


async def test_all_that_goes_along_goes_along_with_each_request(aiohttp_server: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.headers["X-A"] + request.headers["X-B"])

    async def around(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        request.headers["X-B"] = "b"
        return await handler(request)

    app = web.Application()
    app.add_routes([web.get("/", answer)])
    server = await aiohttp_server(app)
    session = Approach(headers={"X-A": "a"}, around=(around,)).session(ClientTimeout(5))
    async with session, session.get(server.make_url("/")) as answered:
        assert await answered.text() == "ab"
