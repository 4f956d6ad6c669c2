"""Where viewers reach a machine."""

from pathlib import Path

import pytest
from aiohttp import ClientSession

from desk.headend import Headend
from desk.machine_key import headers_with, machine_key
from desk.public_address import public_address_of
from desk.settings import Settings, load_settings
from desk.system import SystemClock
from flow.errors import OperatorError
from tests.desk.people.listener import FREE


@pytest.mark.parametrize(("text", "said"), [
    ("", ""), ("https://hop.example.vn", "https://hop.example.vn"), ("http://10.0.0.5:8080/", "http://10.0.0.5:8080"),
    ("https://[fd00::9]:8443", "https://[fd00::9]:8443"),
])
def test_it_is_scheme_and_host_alone(text: str, said: str) -> None:
    assert public_address_of(text) == said


@pytest.mark.parametrize("text", [
    "hop.example.vn", "ftp://x", "https://", "https://a/b", "https://u:p@a", "https://a?x", "https://a\nb", "https://[",
    'https://a"b', "https://a b",
])
def test_what_is_more_or_less_is_refused(text: str, tmp_path: Path) -> None:
    """T-13: it stands in lists, links and cards."""
    with pytest.raises(OperatorError, match="not where viewers reach a machine"):
        public_address_of(text)
    with pytest.raises(OperatorError):
        load_settings(env={"XACAST_DATA": str(tmp_path), "XACAST_PUBLIC_ADDRESS": text})


async def test_lists_and_what_the_desk_tells_of_begin_with_it(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, viewers=FREE, operators=FREE, machines=FREE, public_address="https://hop.example.vn",
    )
    headend = Headend(settings=settings, clock=SystemClock())
    ports = await headend.start()
    key = headers_with(machine_key(tmp_path))
    async with ClientSession() as session:
        asked = {"Host": "evil.example"}
        async with session.get(f"{ports.viewers.url}/stb/channels.m3u", headers=asked) as answer:
            assert await answer.text() == (
                '#EXTM3U url-tvg="https://hop.example.vn/stb/guide.xml" '
                'x-tvg-url="https://hop.example.vn/stb/guide.xml"\n'
            )
        async with session.get(f"{ports.operators.url}/api/v1/channels", headers=key) as answer:
            assert (await answer.json())["viewers"] == "https://hop.example.vn"
    await headend.stop()
