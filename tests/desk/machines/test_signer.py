"""A client that signs what it asks."""

from typing import Any

from aiohttp import web

from desk.machines.signature import Asked, Signature, digest_of
from desk.machines.signer import Signer


async def test_what_is_signed_is_what_is_on_the_line(aiohttp_client: Any) -> None:
    """T-29: no number twice, and the body as it goes."""
    seen: list[Signature] = []

    async def answer(request: web.Request) -> web.Response:
        signature = Signature.parse(request.headers["Authorization"])
        assert signature is not None
        asked = Asked(method=request.method, target=request.raw_path, headers=request.headers)
        assert signature.proves("key", asked)
        assert signature.body == digest_of(await request.read())
        seen.append(signature)
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    client = await aiohttp_client(app)
    signer = Signer("studio-2", "key", lambda: 7_000_000)
    for path in ("/", "/a b/ü?x=1&y=%2F#z"):
        for method, body in (("GET", None), ("PUT", b"chunk"), ("PUT", b"")):
            headers = {"Xacast-Worker": "1"}
            sent = await client.request(method, path, data=body, middlewares=[signer], headers=headers)
            assert sent.status == 200
    assert {(one.id, one.time_ms) for one in seen} == {("studio-2", 7)}
    assert len({one.nonce for one in seen}) == len(seen) == 6
