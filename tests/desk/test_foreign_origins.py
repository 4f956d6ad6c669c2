"""Pages from elsewhere, by every way to write where they are from (T-32)."""

from pathlib import Path

import aiohttp

from desk.machine_key import headers_with, machine_key
from tests.desk.access.hall import hall_in


def origins(own: str) -> list[str]:
    """Fifty ways to look like the listener at `own`, `host:port`, and none of them it."""
    host, _, port = own.partition(":")
    hosts = [
        f"{own}.evil.vn", f"evil.vn/{own}", f"evil.vn#{own}", f"evil.vn?{own}", f"{own}@evil.vn",
        f"evil.vn:{port}",
        f"a.{own}", f"{host}.evil.vn:{port}", f"{host}", f"{host}:{int(port) + 1}", f"{host}:0{port}", f"{own}/",
        f"{own}.", f"{host}.:{port}", f"{own};", f"{own},http://evil.vn", f"{own} http://evil.vn", f"user@{own}",
        f"{own}%00", f"{own}%2eevil.vn", f"[::1]:{port}", f"[::ffff:127.0.0.1]:{port}", f"2130706433:{port}",
        f"0x7f000001:{port}", f"017700000001:{port}", f"127.1:{port}", f"127.0.0.2:{port}", f"0.0.0.0:{port}",
        f"localhost:{port}", f"LOCALHOST:{port}", f"127。0。0。1:{port}", f"\uff11\uff12\uff17.0.0.1:{port}",
        "xn--vit-2g5a.vn", "việt.vn", "evil.vn", "evil.vn:80", "", "*", f"{host}:", f"{own}:80",
    ]
    schemes = ["ftp", "file", "ws", "chrome-extension", "data", "https:http"]
    return [
        *(f"http://{one}" for one in hosts), *(f"{scheme}://{own}" for scheme in schemes),
        own, "null", "NULL", "undefined", f"//{own}",
    ]


async def test_no_page_from_elsewhere_speaks_to_operators_or_reads_what_a_cookie_opens(tmp_path: Path) -> None:
    """T-32, T-30: whatever it says, nobody's word is repeated, and credentials are allowed to none."""
    async with hall_in(tmp_path) as hall, aiohttp.ClientSession() as session:
        ports = hall.headend.ports
        assert ports is not None
        key = headers_with(machine_key(tmp_path))

        async def told(address: str, origin: str, **headers: str) -> tuple[int, dict[str, str]]:
            said = {"Origin": origin, **headers}
            async with session.get(address, headers=said, allow_redirects=False) as answer:
                found = {name: text for name, text in answer.headers.items() if name.startswith("Access-Control")}
                return answer.status, found

        operators = str(ports.operators.url)
        status, found = await told(f"{operators}/api/v1/channels", operators, **key)
        assert (status, found) == (200, {})
        tried = origins(operators.removeprefix("http://"))
        assert len(tried) > 50
        cookie = {"Cookie": f"xacast_site={hall.token}"}
        for origin in tried:
            status, found = await told(f"{operators}/api/v1/channels", origin, **key)
            assert (status, found) == (403, {}), origin
            for path in ("/live/mo/v240/index.m3u8", "/live/none/v240/index.m3u8"):
                _, found = await told(f"{hall.url}{path}", origin)
                assert found["Access-Control-Allow-Origin"] == "*"
                assert "Access-Control-Allow-Credentials" not in found
            for path in ("/", "/live/hop/index.m3u8"):
                assert await told(f"{hall.url}{path}", origin, **cookie) == (200, {}), origin
