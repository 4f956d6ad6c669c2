"""Who sees what: the five kinds of meeting, tried with 50 sites over the whole application."""

from pathlib import Path

import aiohttp
import pytest

from desk.register.site import Site
from tests.desk.documents.desk import desk_in
from tests.desk.documents.files import PDF
from tests.desk.documents.test_upload_routes import RAW
from tests.desk.register.filled import a_site

KINDS = ("leaders", "health", "justice", "hanoi", "other")
SITES = tuple(
    a_site(f"{kind}-{number}", region, name=f"{kind} {number}", labels=frozenset(labels))
    for kind, region, labels in (
        ("leaders", "vn", {"leaders"}), ("health", "vn", {"ministry-health"}),
        ("justice", "vn", {"ministry-justice", "leaders"}), ("hanoi", "00004", set[str]()),
        ("other", "19", set[str]()),
    )
    for number in range(10)
)
AUDIENCES = {
    "national": KINDS,
    "leaders-ministries": ("leaders", "health", "justice"),
    "locality:01": ("hanoi",),
    "ministry-localities:health": ("health", "hanoi", "other"),
    "leaders-ministry-leaders": ("leaders", "justice"),
}
"""What the words of each kind say, written down by hand."""


def kind(site: Site) -> str:
    return site.id.split("-")[0]


@pytest.mark.parametrize("audience", AUDIENCES)
async def test_list_page_guide_and_document_are_for_who_is_invited(tmp_path: Path, audience: str) -> None:
    async with desk_in(tmp_path, SITES, audience=audience) as desk, aiohttp.ClientSession() as session:
        url = f"{desk.operators}/api/v1/programmes/p1/documents"
        async with session.post(url, params={"title": "a"}, data=PDF, headers={**desk.key, **RAW}) as answer:
            document = (await answer.json())["path"]

        async def text(path: str, site: Site) -> str:
            async with session.get(f"{desk.viewers}/t/{desk.tokens[site.id]}{path}") as answer:
                return (await answer.text()) if answer.status == 200 else str(answer.status)

        async def page(site: Site) -> str:
            cookie = {"Cookie": f"xacast_site={desk.tokens[site.id]}"}
            async with session.get(f"{desk.viewers}/", headers=cookie) as answer:
                return await answer.text()

        for site in SITES:
            sees = kind(site) in AUDIENCES[audience]
            seen = {
                "list": "/live/hop/index.m3u8" in await text("/stb/channels.m3u", site),
                "guide": "Giao ban" in await text("/stb/guide.xml", site),
                "document": (await text(document, site)).startswith("%PDF"),
                "page": "/watch/hop" in await page(site),
                "coming": "Giao ban" in await page(site),
            }
            assert seen == dict.fromkeys(seen, sees), site.id
