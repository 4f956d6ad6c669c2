"""Every route has a right, and every right a route."""

from pathlib import Path

from desk.people.rights import RIGHTS, Scope, right_of
from desk.people.role import Role
from tests.desk.people.listener import operators_routes


async def test_the_table_has_every_route_of_the_operators_listener_and_no_other(tmp_path: Path) -> None:
    """T-28: who adds a route says who may call it, in `desk/people/rights.py`."""
    routes = {route for route in await operators_routes(tmp_path) if route[0] != "HEAD"}
    assert sorted(routes ^ set(RIGHTS)) == []


def test_head_is_as_get_and_what_is_not_there_is_nobodys() -> None:
    assert right_of("HEAD", "/api/v1/audit") == right_of("GET", "/api/v1/audit") is not None
    assert right_of("PUT", "/api/v1/audit") is right_of("GET", "/api/v1/secrets") is None


def test_nothing_is_changed_by_a_viewer_or_by_nobody() -> None:
    """T-28: but that he signs in and out, and his own password."""
    for (method, path), right in RIGHTS.items():
        if method != "GET" and not path.startswith("/api/v1/session"):
            assert right.role >= Role.OPERATOR
            assert right.scope not in {Scope.ANYBODY, Scope.MACHINE}


def test_a_thing_that_is_named_in_the_address_is_where_the_table_says() -> None:
    words = {Scope.CHANNEL: "{name}", Scope.SITE: "{site}", Scope.PROGRAMME: "{programme}"}
    for (_method, path), right in RIGHTS.items():
        for scope, word in words.items():
            assert (word in path) is (right.scope is scope)
