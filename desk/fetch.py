"""How a worker learns what its channel is: from the headends, the newest definition counts."""

import asyncio
import logging
from collections.abc import Sequence
from http import HTTPStatus

import aiohttp

from desk.control_link import same_refusal
from desk.definition import UNREADABLE, channel_from, revision_of, settled_of
from desk.registry import Declared
from flow.errors import OperatorError
from flow.wire import H_WHY

_log = logging.getLogger(__name__)

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
REFUSED_PAUSE = 30.0
"""Where no headend lets us in: what mends that is done by people."""
LATE = 1.0
"""Seconds that the other headends get once one has answered."""
TAKEN = 10.0
"""Seconds for which a headend may say that the channel has a worker: one that died may be missed so late."""


class _TakenError(Exception):
    """The channel has a worker."""


async def fetch_definition(session: aiohttp.ClientSession, headends: Sequence[str], name: str) -> Declared:
    """The channel's newest definition; asks until a headend has one.

    Raises OperatorError when another worker makes the channel, and goes on to.
    """
    pause = FIRST_PAUSE
    taken: float | None = None
    refused: dict[str, str] = {}
    while True:
        now = asyncio.get_running_loop().time()
        try:
            answers = await _ask_all(session, headends, name, refused)
            taken = None
        except _TakenError:
            answers, taken = [], now if taken is None else taken
            if now - taken > TAKEN:
                problem = f"Channel {name} has a worker already, and two would push each other off the air"
                remedy = f"End that one first, or stop the channel: xacast stop {name}"
                raise OperatorError(problem, remedy) from None
        if answers:
            return max(answers, key=lambda declared: (declared.revision, declared.settled))
        longest = REFUSED_PAUSE if len(refused) == len(set(headends)) else LONGEST_PAUSE
        await asyncio.sleep(min(pause, longest))
        pause = min(pause * 2, longest)


async def _ask_all(
    session: aiohttp.ClientSession, headends: Sequence[str], name: str, refused: dict[str, str],
) -> list[Declared]:
    """What the headends answer; raises _TakenError when one of them hears another worker. `refused` has why which
    of them lets us not in."""
    asking = {asyncio.create_task(_ask(session, headend, name, refused)) for headend in headends}
    answers: list[Declared] = []
    try:
        while asking:
            patience = LATE if answers else None
            done, asking = await asyncio.wait(asking, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                break
            answers += [answer for task in done if (answer := task.result()) is not None]
    finally:
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
    return answers


async def _ask(
    session: aiohttp.ClientSession, headend: str, name: str, refused: dict[str, str],
) -> Declared | None:
    before = refused.pop(headend, "")
    try:
        async with session.get(f"{headend.rstrip('/')}/worker/{name}/definition") as answer:
            if answer.status == 200:
                data = await answer.json()
                return Declared(
                    channel=channel_from(data), revision=revision_of(data), settled=settled_of(data),
                )
            if answer.status == HTTPStatus.CONFLICT:
                _log.warning("%s: channel %s has a worker already", headend, name)
                raise _TakenError
            if why := answer.headers.get(H_WHY):
                if not same_refusal(why, before):
                    _log.warning("%s lets us not in: %s; it is asked again now and then", headend, why)
                refused[headend] = why
                return None
            _log.warning(
                "%s has no channel %s (%d); `xacast start %s --remote-worker …` there makes one, Ctrl-C ends this",
                headend, name, answer.status, name,
            )
    except (aiohttp.ClientError, OSError) as error:
        _log.warning("%s does not answer: %s", headend, error)
    except UNREADABLE as error:
        _log.warning("%s sent a definition that says nothing: %r", headend, error)
    return None
