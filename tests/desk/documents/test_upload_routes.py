"""A file from the desk to its programme's audience, over both listeners."""

from hashlib import sha256
from pathlib import Path

import aiohttp

from tests.desk.documents.desk import desk_in
from tests.desk.documents.files import PDF
from tests.desk.programmes.filled import SITES
from tests.desk.programmes.some import at

RAW = {"Content-Type": "application/octet-stream"}


async def test_a_file_reaches_its_audience_alone_while_it_may_watch(tmp_path: Path) -> None:
    """T-26, T-31: for others, and at other times, there is no such file; nothing in it runs."""
    async with desk_in(tmp_path, SITES, audience="locality:01") as desk, aiohttp.ClientSession() as session:
        url = f"{desk.operators}/api/v1/programmes/p1/documents"
        async with session.post(url, params={"title": "Báo cáo"}, data=PDF, headers={**desk.key, **RAW}) as answer:
            one = await answer.json()
            assert (answer.status, one["kind"], one["sha256"]) == (201, "pdf", sha256(PDF).hexdigest())
        async with session.post(url, params={"title": "x"}, data=b"MZ", headers={**desk.key, **RAW}) as answer:
            assert answer.status == 400

        async def got(site: str, **headers: str) -> tuple[int, bytes, str]:
            address = f"{desk.viewers}/t/{desk.tokens[site]}{one['path']}"
            async with session.get(address, headers=headers) as answer:
                return answer.status, await answer.read(), answer.headers.get("Content-Disposition", "")

        status, body, disposition = await got("s00004")
        assert (status, body) == (200, PDF)
        assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o.pdf" in disposition
        assert (await got("s00004", Range="bytes=1-3"))[:2] == (206, PDF[1:4])
        async with session.get(f"{desk.viewers}/t/{desk.tokens['s00004']}{one['path']}") as answer:
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
        assert await got("s19") == (404, b"", "")
        async with session.get(f"{desk.viewers}{one['path']}") as answer:
            assert answer.status == 404
        desk.clock.advance_to(at("20:59") * 48_000)
        assert (await got("s00004"))[0] == 200
        assert (await got("s19"))[0] == 404
        desk.clock.advance_to(at("21:00") * 48_000)
        assert (await got("s00004"))[0] == 404
        async with session.delete(f"{url}/{one['number']}", headers=desk.key) as answer:
            assert answer.status == 200
        async with session.get(url, headers=desk.key) as answer:
            assert await answer.json() == {"documents": []}
        assert list((tmp_path / "documents").iterdir()) == []
