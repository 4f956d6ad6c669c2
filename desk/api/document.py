"""The control API's OpenAPI 3.1 document, put together from the files in `desk/api/openapi/`.

    [[operation]]
    at = "POST /api/v1/sites/{site}/retire"
    summary = "A site watches no more, or again"
    query.dry = { schema = "string", description = "…" }     and `header.` likewise
    takes = "Retire"            what is sent: a schema's name, or a type such as application/octet-stream;
                                `takes_perhaps` when it may be left out
    gives.200 = "Site"          the answer, in the same two ways
    refuses = [404, 409]        beside what every call may be refused with
    public = true               without signing in

    [objects.Site]              an object, in the short words of `desk/api/shorthand.py`
    [schemas.Id]                any other schema

Sources: OpenAPI Specification 3.1.1; JSON Schema draft 2020-12.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desk.api.shorthand import object_schema, schema

FOLDER = Path(__file__).with_name("openapi")
JSON = "application/json"
_PREFIX = "/api/v1/"
_OF_ALL = (401, 403)
_OF_CHANGES = (400, 413, 503)
_WORD = re.compile(r"\{(\w+)\}")
_SAFE = ("get", "head")


def document() -> dict[str, Any]:
    """The whole of it, ready for `json.dumps`. Reads files."""
    parts = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
    common = parts["common"]
    paths: dict[str, dict[str, Any]] = {}
    for area, part in parts.items():
        for words in part.get("operation", ()):
            method, _, path = words["at"].partition(" ")
            paths.setdefault(path, {})[method.lower()] = _operation(words, area)
    return {
        "openapi": "3.1.1",
        "info": common["info"],
        "security": [{name: []} for name in common["security"]],
        "tags": [{"name": area} for area, part in parts.items() if "operation" in part],
        "paths": paths,
        "components": {
            "securitySchemes": common["security"],
            "parameters": {
                name: {"name": name, "in": "path", "required": True, **_parameter(words)}
                for name, words in common["parameters"].items()
            },
            "responses": {
                status: {"description": text, "content": _content("Refusal")}
                for status, text in common["refusals"].items()
            },
            "schemas": {name: made for part in parts.values() for name, made in _schemas(part)},
        },
    }


def _schemas(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, words in part.get("objects", {}).items():
        yield name, object_schema(words)
    for name, words in part.get("schemas", {}).items():
        yield name, schema(words)


def _operation(words: Mapping[str, Any], area: str) -> dict[str, Any]:
    method, _, path = words["at"].partition(" ")
    refuses = {*words.get("refuses", ()), *_refuses(method.lower(), path)}
    taken = words.get("takes") or words.get("takes_perhaps")
    made: dict[str, Any] = {
        "operationId": "_".join([method.lower(), *re.findall(r"\w+", path.removeprefix(_PREFIX))]),
        "tags": [area],
        "summary": words["summary"],
        **({"description": words["description"]} if "description" in words else {}),
        "parameters": [
            *({"$ref": f"#/components/parameters/{name}"} for name in _WORD.findall(path)),
            *(
                {"name": name, "in": place, **_parameter(one)}
                for place in ("query", "header") for name, one in words.get(place, {}).items()
            ),
        ],
        "responses": {
            **{status: _answer(given) for status, given in words["gives"].items()},
            **{
                str(status): {"$ref": f"#/components/responses/{status}"}
                for status in sorted(refuses | ({408, 415} if taken else set()))
            },
        },
    }
    if taken:
        made["requestBody"] = {"required": "takes" in words, "content": _content(taken)}
    if words.get("public") or not path.startswith(_PREFIX):
        made["security"] = []
    return made


def _refuses(method: str, path: str) -> tuple[int, ...]:
    """What every call of its kind may be refused with: by the guards, by the audit, for what was sent."""
    if not path.startswith(_PREFIX):
        return ()
    return _OF_ALL if method in _SAFE else (*_OF_ALL, *_OF_CHANGES)


def _answer(given: str) -> dict[str, Any]:
    named = given if "/" in given else f"{given}, as JSON"
    return {"description": f"{named}.", "content": _content(given)}


def _content(given: str) -> dict[str, Any]:
    """Of a schema's name, or of a type whose content is not described."""
    return {given: {"schema": {"type": "string"}}} if "/" in given else {JSON: {"schema": schema(given)}}


def _parameter(words: Mapping[str, Any]) -> dict[str, Any]:
    return {**words, "schema": schema(words["schema"])}
