"""What a cache does not look at changes nothing in what it keeps (T-21)."""

import random
from itertools import product
from pathlib import Path

import aiohttp

from tests.desk.access.hall import hall_in
from tests.desk.access.visitors import Visitors

NAMES = (
    "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Forwarded-Port",
    "X-Forwarded-Prefix", "X-Forwarded-Server", "X-Forwarded-Path", "Forwarded", "X-Host", "X-Original-Host",
    "X-Original-URL", "X-Rewrite-URL", "X-Original-Method", "X-HTTP-Method", "X-HTTP-Method-Override",
    "X-Method-Override", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP",
    "Via", "X-Via", "Origin", "Referer", "User-Agent", "Accept", "Accept-Language", "Accept-Charset",
    "Authorization", "Proxy-Authorization", "Pragma", "Cache-Control", "X-Cache-Key", "Surrogate-Capability",
    "X-Api-Version", "X-Requested-With", "Purpose", "Sec-Purpose", "X-Moz", "DNT", "Save-Data", "X-Debug",
    "X-Timer", "X-Amz-Website-Redirect-Location", "Max-Forwards", "If-Modified-Since", "If-Unmodified-Since",
    "If-Match", "X-WAP-Profile", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-CH-UA",
    "Front-End-Https",
    "CMCD-Object", "CMCD-Request", "CMCD-Session", "CMCD-Status", "Content-Type", "Content-Encoding", "Early-Data",
)
WORDS = (
    "callback", "utm_source", "lang", "debug", "_", "cb", "v", "token", "start", "_method", "_hls_msn", "_HLS_MSN",
    "HLS_msn", "__proto__", "path", "host", "redirect", "next", "format", "x-amz-signature",
)
VALUES = ("evil.vn", "../../etc/passwd", "<script>alert(1)</script>", "1", "POST")


async def test_no_header_and_no_word_of_a_query_changes_what_is_kept(tmp_path: Path) -> None:
    """T-21: 415 names and values, at a playlist, a segment and where nothing is."""
    async with hall_in(tmp_path) as hall, aiohttp.ClientSession() as session:
        async def told(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
            async with session.get(f"{hall.url}{path}", headers=headers, allow_redirects=False) as answer:
                kept = {name: text for name, text in answer.headers.items() if name != "Date"}
                return answer.status, kept, await answer.read()

        media = f"/s/{Visitors(hall).streams('hop')['good']}/live/hop/v240"
        listed = (await told(f"{media}/index.m3u8"))[2].decode().splitlines()
        segment = next(line for line in listed if line.endswith(".m4s"))
        paths = (f"{media}/index.m3u8", f"{media}/{segment}", "/live/none/v240/index.m3u8")
        known = {path: await told(path) for path in paths}
        assert [status for status, _, _ in known.values()] == [200, 200, 404]
        chance = random.Random(1)
        for name, value in product(NAMES, VALUES):
            path = chance.choice(paths)
            assert await told(path, **{name: value}) == known[path], (name, value)
        for name, value in product(WORDS, VALUES):
            path = chance.choice(paths)
            assert await told(f"{path}?{name}={value}") == known[path], (name, value)
