"""Who gets in where: every route, every role, every part of the country."""

from pathlib import Path

from tests.desk.people.matrix import (
    COUNTRY,
    FILE,
    NOBODIES,
    OTHER,
    OWN,
    PEOPLE,
    THINGS,
    Table,
    asking,
    table,
    written,
)

OPEN = {("GET", "/healthz"), ("GET", "/metrics"), ("POST", "/api/v1/session")}
LISTS = (
    ("channels", "channels", "name", "name"), ("programmes?from=2000-01-01", "programmes", "id", "programme"),
    ("sites", "sites", "id", "site"), ("links", "links", "site", "site"), ("events", "events", "channel", "name"),
)
"""Address, the list in its answer, what names one of it, and what that is called among `THINGS`."""


async def test_everybody_gets_in_where_the_table_says_and_nowhere_else(tmp_path: Path) -> None:
    """T-28: `python -m tests.desk.people.matrix` writes the table; whoever does reads every line that changes."""
    found = await table(tmp_path)
    said = "write matrix.txt anew with `python -m tests.desk.people.matrix`, and read what changed"
    assert written(found).splitlines() == FILE.read_text().splitlines(), said
    _check(found)


def _check(found: Table) -> None:
    """What holds of any table, whoever wrote it."""
    for (method, path, thing), cells in found.items():
        assert cells["key"] == "in"
        entered = {caller for caller in NOBODIES if cells[caller] == "in"}
        assert entered == (set(NOBODIES) if (method, path) in OPEN else set())
        for caller, (_role, place) in PEOPLE.items():
            outside = {"of 01": place == OTHER, "with another's": place != COUNTRY, "country's": place != COUNTRY}
            assert not (outside.get(thing, False) and cells[caller] == "in"), (method, path, caller)
        for place in ("own", "other", "country"):  # a higher role gets in wherever a lower one does
            climbed = [cells[caller] == "in" for caller in PEOPLE if caller.endswith(f" {place}")]
            assert climbed == sorted(climbed)


async def test_lists_leave_out_what_is_elsewhere(tmp_path: Path) -> None:
    """T-28, with the real handlers."""
    mine, countrys = THINGS["of 01"], THINGS["country's"]
    async with asking(tmp_path) as (session, url, headers):
        sites = {"sites": [mine["site"], countrys["site"]]}
        async with session.post(f"{url}/api/v1/links", json=sites, headers=headers["key"]) as answer:
            assert answer.status == 201

        async def listed(caller: str, path: str, word: str, name: str) -> set[str]:
            async with session.get(f"{url}/api/v1/{path}", headers=headers[caller]) as answer:
                assert answer.status == 200
                return {str(one[name]) for one in (await answer.json())[word]}

        for path, word, name, kind in LISTS:
            seen = {
                place: await listed(f"viewer {place}", path, word, name) for place in ("own", "other", "country")
            }
            seen["country"].discard("")  # the machine's own news
            assert seen == {"own": {mine[kind]}, "other": set(), "country": {mine[kind], countrys[kind]}}, path
        accounts = {place: await listed(f"administrator {place}", "accounts", "accounts", "region")
                    for place in ("own", "other", "country")}
        assert accounts == {"own": {OWN}, "other": {OTHER}, "country": {OWN, OTHER, COUNTRY}}
