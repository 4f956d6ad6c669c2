"""What somebody sent to the operators' listener, as JSON."""

import asyncio
import json
from typing import Any

from aiohttp import web

from desk.errors import RefusedError
from desk.people.person import name_of
from flow.errors import OperatorError
from flow.json_words import read_json

PATIENCE = 15.0
"""Seconds that a body may take."""


async def sent(request: web.Request) -> Any:  # noqa: ANN401
    """What the body says, of whatever type; raises ValueError for what is no JSON, RefusedError (408) when it does
    not come (T-18)."""
    try:
        async with asyncio.timeout(PATIENCE):
            text = await request.text()
        return read_json(text)
    except TimeoutError as error:
        problem = "what was to be sent did not come"
        raise RefusedError(408, problem, "Try again") from error
    except LookupError as error:  # the letters are in a code that nobody knows
        raise ValueError(*error.args) from error


async def json_of(request: web.Request) -> Any:  # noqa: ANN401 - what a stranger sends is anything
    """The body; raises RefusedError (415) for another type, OperatorError for what is no JSON."""
    if request.content_type != "application/json":  # a form on a foreign page cannot send this one (T-30)
        problem = "what is sent here is application/json"
        raise RefusedError(415, problem, "Set Content-Type")
    try:
        words = await sent(request)
        # RFC 8259, 8.2: half a pair is no letter; neither a database nor a file takes it.
        json.dumps(words, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        problem = "what was sent is not JSON"
        raise OperatorError(problem, "Send one JSON object, in UTF-8") from error
    # Who is signed in is not who somebody says.
    return {**words, "who": name} if isinstance(words, dict) and (name := name_of(request)) else words
