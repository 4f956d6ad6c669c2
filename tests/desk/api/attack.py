"""Requests that schemathesis makes of the control API's document, right ones and wrong ones, to a running desk.

An answer is a fault when it is a 500, is not documented (status, type of content), is not as its schema says, or
is a success for what the document forbids. Names of things that are there are put in often, or nothing would be
found behind “there is no such site”.
"""

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from urllib.parse import quote

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from desk.api.document import document
from tests.desk.api.conformity import Conformity
from tests.desk.api.running import RunningDesk
from tests.desk.api.spoilt import addresses, bodies

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, unsupported_method, allow_header_conformance,
]
THERE = {"name": "hop", "site": "s00004", "region": "01", "programme": "p1", "account": "mai"}
"""What `prepare` puts there, by the word of an address."""
ENDLESS = frozenset({"GET /api/v1/events/stream"})
LONGEST = 8_000
"""Letters of an address; with its method one of 8,190 is no request any more (RFC 9112, 3)."""
HEAVY = frozenset({"POST /api/v1/sites/import", "POST /api/v1/regions/load"})
"""These start a process, or read ten thousand units."""


def prepare(desk: RunningDesk) -> None:
    """Things that requests can mean."""
    for path, words in (
        ("channels", {"name": "hop", "feeds": ["testcard:"], "ladder": "tiny"}),
        ("accounts", {"name": "mai", "role": "operator"}),
        ("programmes", {
            "channel": "hop", "title": "Giao ban", "start": "2096-11-24 08:00", "lasting_s": 3_600,
            "audience": "national",
        }),
    ):
        status, _headers, body = desk.ask("POST", f"/api/v1/{path}", words)
        assert status == 201, body
    desk.man("hop")


def attack(
    desk: RunningDesk, *, each: int, number: int = 0, spared: Collection[str] = (), by_turns: bool = False,
) -> tuple[Counter[str], list[str]]:
    """So many requests of each operation and kind (right, wrong); how many there were, and what was wrong.

    `by_turns` makes right ones of one operation and wrong ones of the next: what they are made with is dear.

    With the number 0 they are the same each time; another is a seed.
    """
    tried: Counter[str] = Counter()
    faults: list[str] = []
    for at, found in enumerate(schemathesis.openapi.from_dict(document()).get_all_operations()):
        operation = found.ok()
        if operation.label in spared or operation.label in ENDLESS:
            continue
        for mode in [list(GenerationMode)[at % 2]] if by_turns else GenerationMode:
            _try(desk, operation, mode, each, number, tried, faults)
    return tried, faults


def spoil(desk: RunningDesk, *, every: int = 1, spared: Collection[str] = ()) -> tuple[int, list[str]]:
    """All that `tests.desk.api.spoilt` has, or every so many of it; how many, and what was wrong."""
    judge = Conformity()
    odd = [
        *((name, method, path, body, kind) for name, method, path, body, kind in bodies(THERE)),
        *(("address", method, path, None, "") for method, path in addresses(THERE)),
    ]
    faults = []
    chosen = [one for one in odd[::every] if f"{one[1]} {one[2]}" not in spared]
    for name, method, path, body, kind in chosen:
        headers = desk.headers if body is None else {**desk.headers, "Content-Type": kind}
        status, given, answer = desk.ask(method, quote(path, safe="/%?=&'-"), body, headers)
        found = judge.faults(method, path, status, given, answer)
        faults += [f"{name}, {method} {path[:200]} {body[:200] if body else ''!r}: {one}" for one in found]
    return len(chosen), faults


def _try(
    desk: RunningDesk, operation: APIOperation, mode: GenerationMode, each: int, number: int,
    tried: Counter[str], faults: list[str],
) -> None:
    words = {name: THERE[name] for name in THERE if f"{{{name}}}" in operation.path}
    cases = operation.as_strategy(generation_mode=mode)
    if words:
        cases = st.one_of(operation.as_strategy(generation_mode=mode, path_parameters=words), cases)

    @settings(
        max_examples=each, derandomize=not number, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )
    @given(case=cases)
    def one(case: Case) -> None:
        tried[operation.label] += 1
        answer = case.call(base_url=desk.url, headers=desk.headers, timeout=30)
        if len(answer.request.path_url) > LONGEST and (answer.status_code, answer.content) == (400, b""):
            return  # it was refused before anybody knew what it asks
        try:
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            faults.append(f"{operation.label}: {failure}\n{case.as_curl_command()}")

    with suppress(Unsatisfiable):  # there is no wrong way to ask for what takes nothing
        (seed(number)(one) if number else one)()
