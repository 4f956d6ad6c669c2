"""Invited channels at a headend, seen from outside: with a link, with a cookie, with nothing."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import aiohttp
import pytest

from desk.definition import channel_of
from desk.machine_key import headers_with, machine_key
from flow.ids import ChannelId
from flow.stream_token import LONGEST_LIFE
from origin.gate.invitations import COOKIE
from tests.desk.access.hall import Hall
from tests.desk.machines.local_signer import local_signer
from tests.origin.gate.mutations import json_of


def browser() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


def named_in(text: str) -> list[tuple[str, bool]]:
    """Every address in a playlist or a list of pictures, and whether there is something at it now."""
    found, gap = [], False
    for line in text.splitlines():
        if line.startswith("#"):
            gap = gap or line == "#EXT-X-GAP"
            later = line.startswith("#EXT-X-PRELOAD-HINT") or "GAP=YES" in line
            found += [(uri, not later) for uri in re.findall(r'[:,]URI="([^"]*)"', line)]
        elif re.search(r"\.(m3u8|m4s|mp4|ts|vtt|jpg)(#.*)?$", line):
            found.append((line.partition("#")[0], not gap))
            gap = False
    return found


async def crawled(session: aiohttp.ClientSession, start: str) -> dict[str, str]:
    """Every address that is reached from `start`, with the kind of what is there."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop()
        async with session.get(address) as answer:
            assert answer.status == 200, address
            seen[address] = answer.content_type
            text = await answer.text() if address.endswith(("m3u8", "vtt")) else ""
            base = str(answer.url)
        for uri, there in named_in(text):
            full = urljoin(base, uri)
            if there and full not in seen and full not in waiting:
                waiting.append(full)
            elif not there:
                seen.setdefault(full, "later")
    return seen


async def test_whatever_a_playlist_names_is_found_below_the_token(hall: Hall) -> None:
    """Pictures, sound, captions, transport streams, I-frames, thumbnails and their sheets, reports, keys."""
    kinds = set()
    async with aiohttp.ClientSession() as session:
        for channel, name in [("hop", "index"), ("hop", "ts"), ("hop", "audio"), ("kin", "index"), ("kin", "ts")]:
            start = f"{hall.url}/t/{hall.token}/live/{channel}/{name}.m3u8"
            found = await crawled(session, start)
            del found[start]
            folder = urlsplit(next(iter(found))).path.split("/live/")[0]
            assert re.fullmatch(r"/s/[^/]+", folder)
            assert json_of(folder.split(".")[1])["ch"] == channel
            wrong = [one for one in found if not urlsplit(one).path.startswith((f"{folder}/live/{channel}/",
                                                                                f"{folder}/keys/{channel}/"))]
            assert wrong == []
            kinds |= set(found.values()) | {urlsplit(one).path.split("/")[3] for one in found}
            if (channel, name) == ("hop", "index"):
                pictures = await crawled(session, f"{hall.url}{folder}/live/hop/thumbnails/index.vtt")
                assert len(pictures) > 1
                kinds |= set(pictures.values())
    assert kinds == {
        "application/vnd.apple.mpegurl", "video/mp4", "audio/mp4", "video/iso.segment", "video/mp2t", "text/vtt",
        "image/jpeg", "application/octet-stream", "later", "live", "keys",
    }


async def test_with_nothing_in_hand_an_invited_channel_is_nowhere(hall: Hall) -> None:
    """T-12, T-14: every address that a site finds is unknown to others, in the very words of what never was."""
    async with aiohttp.ClientSession() as session:
        found = await crawled(session, f"{hall.url}/t/{hall.token}/live/hop/index.m3u8")
        for address in found:
            path = "/live/" + urlsplit(address).path.partition("/live/")[2]
            answers = []
            for open_path in (path, path.replace("/hop/", "/nowhere/")):
                async with session.get(hall.url + open_path) as answer:
                    answers.append((answer.status, {**answer.headers, "Date": ""}, await answer.read()))
            assert answers[0] == answers[1]
            assert answers[0][0] == 404
        for page in ("/watch/hop", "/watch/nowhere"):
            async with session.get(hall.url + page) as answer:
                assert answer.status == 404
        async with session.get(hall.url) as answer:
            text = await answer.text()
            assert "/watch/mo" in text
            assert "hop" not in text


async def test_a_link_in_a_browser_becomes_a_page_that_plays(hall: Hall) -> None:
    """T-15: and nothing that the page has names the token."""
    async with browser() as session:
        async with session.get(f"{hall.url}/t/{hall.token}/") as answer:
            assert str(answer.url) == f"{hall.url}/"
            text = await answer.text()
            assert "/watch/hop" in text
            assert "/watch/kin" in text
            assert hall.token not in text
            assert answer.headers["Cache-Control"] == "private, no-cache"
        async with session.get(f"{hall.url}/watch/hop") as answer:
            assert 'data-playlist="/live/hop/index.m3u8"' in await answer.text()
        await crawled(session, f"{hall.url}/live/hop/index.m3u8")
        await crawled(session, f"{hall.url}/live/hop/thumbnails/index.vtt")


async def test_a_site_that_is_shut_out_is_out_at_once(hall: Hall) -> None:
    """T-15: its link, its cookie, and every address that it holds."""
    cookie = {"Cookie": f"{COOKIE}={hall.token}"}
    async with aiohttp.ClientSession() as session:
        start = f"{hall.url}/t/{hall.token}/live/kin/index.m3u8"
        held = [address for address, kind in (await crawled(session, start)).items() if kind != "later"]
        assert any("/keys/" in address for address in held)
        hall.out()
        for address in (*held, f"{hall.url}/t/{hall.token}/"):
            async with session.get(address) as answer:
                assert answer.status == 404, address
        async with session.get(f"{hall.url}/live/kin/index.m3u8", headers=cookie) as answer:
            assert answer.status == 404
        async with session.get(hall.url, headers=cookie) as answer:
            assert "/watch/kin" not in await answer.text()


async def test_a_page_that_plays_past_a_token_s_end_gets_a_new_one_from_its_playlist(hall: Hall) -> None:
    async with browser() as session:
        await session.get(f"{hall.url}/t/{hall.token}/")

        async def media() -> str:
            async with session.get(f"{hall.url}/live/hop/index.m3u8") as answer:
                lines = (await answer.text()).splitlines()
                return hall.url + next(line for line in lines if line.startswith("/s/"))

        first = await media()
        hall.clock.advance(LONGEST_LIFE + 31)
        async with session.get(first) as answer:
            assert answer.status == 404
        async with session.get(await media()) as answer:
            assert answer.status == 200


async def test_what_was_open_plays_on_to_its_end_and_what_was_invited_is_gone(hall: Hall) -> None:
    """A channel that is taken off leaves media behind for a while: to those who could watch it."""
    lineup = hall.headend.lineup
    assert [lineup.open_to_all(ChannelId(name)) for name in ("hop", "mo", "nowhere")] == [False, True, False]
    async with aiohttp.ClientSession() as session:
        found = await crawled(session, f"{hall.url}/live/mo/index.m3u8")
        media = next(address for address in found if address.endswith(".m4s"))
        await lineup.close(ChannelId("mo"))
        await lineup.close(ChannelId("hop"))
        async with session.get(media) as answer:
            assert answer.status == 200
        async with session.get(f"{hall.url}/t/{hall.token}/live/hop/index.m3u8") as answer:
            assert answer.status == 404
    assert [lineup.open_to_all(ChannelId(name)) for name in ("hop", "mo")] == [False, True]


async def test_no_token_is_ever_written_down(
    hall: Hall, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-15: the logs of a day in which much goes wrong, and all that the headend keeps, have no token in them."""
    caplog.set_level("DEBUG")
    async with browser() as session:
        await session.get(f"{hall.url}/t/{hall.token}/")
        found = await crawled(session, f"{hall.url}/t/{hall.token}/live/hop/index.m3u8")
        media = next(address for address in found if "/s/" in address)
        stream = urlsplit(media).path.split("/")[2]
        monkeypatch.setattr(hall.headend.access.gate, "_is_open", None)  # whatever is asked now fails inside
        for path in (f"/t/{hall.token}/live/hop/index.m3u8", "/live/hop/index.m3u8"):
            async with session.get(hall.url + path) as answer:
                assert answer.status == 500
                assert hall.token not in await answer.text() + str(answer.headers)
        monkeypatch.setattr(hall.headend.access.gate, "_tokens", None)
        async with session.get(media) as answer:
            assert answer.status == 500
            assert stream not in await answer.text() + str(answer.headers)
        async with session.post(f"{hall.url}/t/{hall.token}/", data=b"x") as answer:
            assert hall.token not in str(answer.headers) + await answer.text()
        ports = hall.headend.ports
        assert ports is not None
        async with session.get(f"{ports.operators.url}/metrics") as answer:
            said = await answer.text()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (hall.token, stream, stream.rpartition(".")[2]):
        assert secret not in caplog.text
        assert secret not in said
        assert secret.encode() not in kept
    assert "failed" in caplog.text


async def test_edges_and_operators_have_what_they_need_and_viewers_neither(hall: Hall, tmp_path: Path) -> None:
    """T-45: keys and lists for who knows the machine's key; links for who may change things."""
    ports, known = hall.headend.ports, headers_with(machine_key(tmp_path))
    signs = [local_signer(tmp_path, hall.headend._clock.wall_ns)]
    assert ports is not None
    async with aiohttp.ClientSession() as session:
        for path in ("/access/keys", "/access/revoked"):
            for listener, around, status in (
                (ports.machines, signs, 200), (ports.machines, [], 401), (ports.viewers, signs, 404),
            ):
                async with session.get(listener.url + path, middlewares=around) as answer:
                    assert answer.status == status, path
        async with aiohttp.ClientSession(middlewares=signs) as edge:
            found = await crawled(edge, f"{ports.machines.url}/live/hop/index.m3u8")
        assert {urlsplit(address).netloc for address in found} == {str(ports.machines)}
        async with session.get(f"{ports.machines.url}/live/hop/index.m3u8") as answer:
            assert answer.status == 401
        for path in ("/live/nowhere/index.m3u8", "/live/hop/v240/x.m4s", "/keys/kin/1", "/s/x/live/hop/ts.m3u8"):
            async with session.get(ports.machines.url + path, middlewares=signs) as answer:
                assert answer.status == 404
        async with session.post(f"{ports.operators.url}/api/v1/links", json={"sites": ["xa-1"]}) as answer:
            assert answer.status == 401
        async with session.get(f"{ports.operators.url}/api/v1/channels", headers=known) as answer:
            said = await answer.json()
            assert said["sites"] == 0
            assert [one["open_to_all"] for one in said["channels"]] == [False, False, True]


async def test_a_look_that_fails_is_told_of_and_not_the_last(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever goes wrong in there, nobody is shut out by it, and keys go on changing."""
    access, looks = hall.headend.access, asyncio.Event()

    async def look() -> None:
        if "failed" in caplog.text:
            looks.set()
        raise RuntimeError("broken")

    monkeypatch.setattr(access.links, "look", look)
    monkeypatch.setattr("desk.access.access.LOOK", 0.0)
    keeping = asyncio.create_task(access.keep())
    await asyncio.wait_for(looks.wait(), 10)
    keeping.cancel()
    assert "looking at who is let in failed" in caplog.text


def test_a_channel_is_closed_unless_it_is_said_otherwise() -> None:
    closed = channel_of("hop", ["testcard:"], ladder="tiny")
    assert not closed.open_to_all
    assert replace(closed, open_to_all=True) == channel_of("hop", ["testcard:"], ladder="tiny", open_to_all=True)


async def test_who_is_excluded_or_comes_from_elsewhere_is_out_with_the_next_request(
    hall: Hall, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-15: what was handed out before holds no longer than the invitation; the operator hears of the address."""
    access, log = hall.headend.access, hall.headend.lineup.events
    async with aiohttp.ClientSession() as session:
        start = f"{hall.url}/t/{hall.token}/live/hop/index.m3u8"
        text = await (await session.get(start)).text()
        media = [urljoin(start, uri) for uri, _ in named_in(text)]

        async def asked() -> set[int]:
            return {(await session.get(address)).status for address in media}

        assert await asked() == {200}
        monkeypatch.setattr(access.schedule, "rules", lambda _channel: True)
        monkeypatch.setattr(access.schedule, "stays", lambda _site, _channel: False)
        access.schedule.changes += 1
        assert await asked() == {404}
        monkeypatch.setattr(access.schedule, "stays", lambda _site, _channel: True)
        access.schedule.changes += 1
        assert await asked() == {200}
        guest = access.guests.guests()["xa-1"]
        access.guests.put("xa-1", replace(guest, networks=("10.0.0.0/8",)))
        assert await asked() == {404}
        for path in (f"/t/{hall.token}/", f"/t/{hall.token}/live/hop/index.m3u8"):
            assert (await session.get(hall.url + path)).status == 404
        assert [(one["kind"], one["data"]["site"]) for one in log.after(0)] == [("site-elsewhere", "xa-1")]
        access.guests.put("xa-1", guest)
        assert await asked() == {200}


async def test_a_browser_is_one_device_however_often_it_begins_and_others_have_their_limit(hall: Hall) -> None:
    """T-15."""
    page = f"{hall.url}/live/hop/index.m3u8"
    guest = hall.headend.access.guests.guests()["xa-1"]
    hall.headend.access.guests.put("xa-1", replace(guest, devices=2))
    async with browser() as one, browser() as two, browser() as three:
        for session in (one, two, three):
            await session.get(f"{hall.url}/t/{hall.token}/")
        for _ in range(5):
            assert [(await session.get(page)).status for session in (one, two)] == [200, 200]
            await one.get(f"{hall.url}/t/{hall.token}/")
        refused = await three.get(page)
        assert (refused.status, refused.headers["Cache-Control"]) == (403, "no-store")
        assert [one["kind"] for one in hall.headend.lineup.events.after(0)] == ["site-crowded"]
        hall.clock.advance(31)
        assert (await three.get(page)).status == 200
