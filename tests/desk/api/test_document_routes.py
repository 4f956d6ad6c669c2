"""The document over HTTP."""

from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient

from desk.api.document_routes import DocumentRoutes


async def test_the_document_is_served_as_json(aiohttp_client: AiohttpClient) -> None:
    app = web.Application()
    app.add_routes(DocumentRoutes().routes())
    answer = await (await aiohttp_client(app)).get("/api/v1/openapi.json")
    assert answer.content_type == "application/json"
    assert (await answer.json())["openapi"].startswith("3.1.")
