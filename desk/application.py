"""An application behind a listener for operators or machines."""

from collections.abc import Sequence

from aiohttp import web
from aiohttp.typedefs import Middleware

from desk.answerer import heard
from desk.one_meaning import one_meaning


def application(
    most: int, middlewares: Sequence[Middleware], routes: Sequence[web.AbstractRouteDef],
) -> web.Application:
    """With bodies of at most so many bytes, and what is asked before all others: that a question is whole, and
    means one thing."""
    app = web.Application(client_max_size=most, middlewares=[heard, one_meaning, *middlewares])
    app.add_routes(routes)
    return app
