"""Orders and their answers, over stand-ins for connections; the real ones are in `test_control_link`."""

import asyncio
from typing import Any, cast

import pytest
from aiohttp import web

import desk.pending
from desk.errors import RefusedError
from desk.pending import Pending

DONE = {"tick": 1_000}
NOT_DONE = {"problem": "feed 2 has no picture now", "remedy": "Take another one"}


class Link:
    """A worker's connection that answers at once, if it has an answer."""

    def __init__(self, pending: Pending, answer: dict[str, Any] | None, *, broken: bool = False) -> None:
        self.pending = pending
        self.answer = answer
        self.broken = broken
        self.heard: list[dict[str, Any]] = []

    async def send_json(self, words: dict[str, Any]) -> None:
        self.heard.append(words)
        if self.broken:
            raise ConnectionResetError
        if self.answer is not None:
            self.pending.answered({"id": words["id"], **self.answer})


async def given(pending: Pending, *links: Link) -> dict[str, Any]:
    return await pending.give("hop", cast("list[web.WebSocketResponse]", links), {"do": "cut"})


async def test_the_answer_of_a_worker_that_obeyed_counts() -> None:
    pending = Pending()
    links = [Link(pending, NOT_DONE), Link(pending, DONE)]
    assert (await given(pending, *links))["tick"] == 1_000
    assert all(link.heard[0]["order"] == {"do": "cut"} for link in links)
    assert links[0].heard[0]["id"] != links[1].heard[0]["id"]


async def test_without_a_worker_nothing_is_done() -> None:
    with pytest.raises(RefusedError, match="no worker of hop is connected") as caught:
        await given(Pending())
    assert caught.value.status == 503


@pytest.mark.parametrize("broken", [False, True])
async def test_a_worker_that_does_not_answer_is_told_of(monkeypatch: pytest.MonkeyPatch, broken: bool) -> None:
    monkeypatch.setattr(desk.pending, "PATIENCE", 0.05)
    pending = Pending()
    with pytest.raises(RefusedError, match="has not answered within") as caught:
        await asyncio.wait_for(given(pending, Link(pending, None, broken=broken)), 1)
    assert caught.value.status == 504
    assert pending._waiting == {}


async def test_a_refusal_is_the_workers_sentence() -> None:
    pending = Pending()
    with pytest.raises(RefusedError, match="no picture now") as caught:
        await given(pending, Link(pending, NOT_DONE))
    assert caught.value.status == 409


async def test_an_answer_that_nobody_waits_for_is_dropped() -> None:
    Pending().answered({"id": 5, **DONE})


async def test_of_two_workers_the_answer_waits_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.pending, "PATIENCE", 0.05)
    pending = Pending()
    both = [Link(pending, DONE), Link(pending, {"tick": 1_001})]
    for links, tick in ((both, 1_001), ([Link(pending, DONE), Link(pending, None)], 1_000)):
        told = cast("list[web.WebSocketResponse]", links)
        assert (await pending.give("hop", told, {"do": "cut"}, of_all=True))["tick"] == tick
    assert pending._waiting == {}
