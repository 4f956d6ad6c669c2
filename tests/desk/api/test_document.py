"""The document says what there is, and nothing else."""

import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from desk.api.document import document
from desk.feed_requests import FEED_REQUESTS
from desk.people.rights import RIGHTS, Scope
from desk.people.role import ROLES
from desk.people.second import SECOND_NEEDED, needs_second
from desk.programmes.programme_state import CANCELLED, OVER, PLANNED, WAITING
from desk.programmes.timetable import State
from desk.register.official import Division
from desk.register.site import SiteKind
from flow.encoder_kind import EncoderKind
from flow.event import EventKind, Severity
from flow.feed import FeedKind, FeedState
from flow.layout import Layout
from flow.profile import ProfileName
from ingest.switching.switching import Do, Mode
from tests.desk.people.listener import operators_routes

REF = re.compile(r'"#/components/(\w+)/([^"]+)"')
OUTSIDE_JSON = {"ImportLine", "Event"}
"""What lines of a stream are made of."""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return document()


async def test_every_route_of_the_operators_listener_is_there_and_no_other(
    tmp_path: Path, told: dict[str, Any],
) -> None:
    """T-26, T-28: who adds a route says in `desk/api/openapi/` what it takes, answers and refuses."""
    routes = {route for route in await operators_routes(tmp_path) if route[0] != "HEAD"}
    said = {(method.upper(), path) for path, methods in told["paths"].items() for method in methods}
    assert sorted(routes ^ said) == []


def test_what_it_refers_to_is_there_and_all_that_is_there_is_referred_to(told: dict[str, Any]) -> None:
    meant = set(REF.findall(json.dumps(told)))
    there = {(kind, name) for kind in ("schemas", "parameters", "responses") for name in told["components"][kind]}
    assert meant ^ there <= {("schemas", name) for name in OUTSIDE_JSON} | {("responses", "405")}


def test_every_call_that_may_need_a_second_says_so(told: dict[str, Any]) -> None:
    """T-37."""
    asked = {(method, path) for method, path in RIGHTS if needs_second(method, path, {"each": {}})}
    said = {
        (method.upper(), path) for path, methods in told["paths"].items() for method, operation in methods.items()
        if str(SECOND_NEEDED) in operation["responses"]
    }
    assert sorted(asked ^ said) == []


def test_every_call_says_what_it_may_be_refused_with(told: dict[str, Any]) -> None:
    """T-28: by the guards, by the audit, and for what was sent."""
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            said = {int(status) for status in operation["responses"]}
            assert operation["summary"]
            assert min(said) in {200, 201}
            if path.startswith("/api/v1/"):
                assert said >= ({401, 403} if method == "get" else {400, 401, 403, 413, 503})
            assert ("requestBody" in operation) is (415 in said)


def test_who_need_not_sign_in_is_told_so(told: dict[str, Any]) -> None:
    """T-29."""
    free = {
        (method.upper(), path) for path, methods in told["paths"].items()
        for method, operation in methods.items() if operation.get("security") == []
    }
    assert free == {call for call, right in RIGHTS.items() if right.scope in {Scope.ANYBODY, Scope.MACHINE}}


@pytest.mark.parametrize(("name", "values"), [
    ("Severity", Severity), ("EventKind", EventKind), ("SiteKind", SiteKind), ("FeedKind", FeedKind),
    ("FeedState", FeedState), ("Layout", Layout), ("Mode", Mode), ("EncoderKind", EncoderKind),
    ("Profile", ProfileName), ("TimetableState", State), ("Division", Division),
])
def test_words_that_are_listed_are_those_of_the_code(
    told: dict[str, Any], name: str, values: type[StrEnum],
) -> None:
    assert sorted(told["components"]["schemas"][name]["enum"]) == sorted(one.value for one in values)


def test_other_words_too(told: dict[str, Any]) -> None:
    said = {name: set(one["enum"]) for name, one in told["components"]["schemas"].items() if "enum" in one}
    assert said["Do"] == {*Do, *FEED_REQUESTS} - {Do.CURTAIN}  # which is the schedule's
    assert said["Role"] == set(ROLES)
    assert said["ProgrammeState"] == {
        PLANNED, WAITING, OVER, CANCELLED, *(one.value for one in (State.REHEARSAL, State.ON_AIR, State.OVER_RUN)),
    }


def test_each_call_has_a_name_of_its_own(told: dict[str, Any]) -> None:
    names = [one["operationId"] for methods in told["paths"].values() for one in methods.values()]
    assert len(set(names)) == len(names)
