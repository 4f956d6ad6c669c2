"""What is sent by nobody who means well: JSON and bytes at the edges of what readers of them take."""

import json
from collections.abc import Iterator
from typing import Any

from desk.api.document import document

DEEP = 5_000
VALUES: tuple[tuple[str, str], ...] = (
    ("null", "null"), ("yes", "true"), ("a minus", "-1"), ("huge", "9" * 400), ("beyond 64 bits", str(1 << 63)),
    ("beyond 4,300 digits", "9" * 4_400), ("a fraction", "1e-400"), ("infinite", "1e999"), ("no number", "NaN"),
    ("minus infinity", "-Infinity"), ("nothing", '""'), ("a null letter", '"\\u0000"'),
    ("half a pair", '"\\ud800"'), ("another half", '"a\\udfff"'), ("right to left", '"\\u202eabc"'),
    ("a line feed", '"a\\nb"'), ("a terminal's", '"\\u001b[31m"'), ("long", f'"{"a" * 30_000}"'),
    ("letters and marks", f'"{chr(0x1EBF) * 300}"'), ("a way up", '"../../etc/passwd"'), ("a list", "[[[]]]"),
    ("an object", '{"a": {"b": null}}'), ("halves", '["\\ud800", "\\u0000"]'), ("long list", f"[{'1,' * 9_000}1]"),
    ("deep", "[" * DEEP + "]" * DEEP),
)
"""By name, in the words of JSON; some are no JSON (RFC 8259), and Python reads them."""
BODIES: tuple[tuple[str, bytes, str], ...] = (
    ("nothing", b"", "application/json"),
    ("a half", b'{"who":', "application/json"),
    ("no UTF-8", b'{"who": "\xff\xfe"}', "application/json"),
    ("UTF-16", '{"who": "a"}'.encode("utf-16"), "application/json; charset=utf-16"),
    ("a code that nobody has", b"{}", "application/json; charset=klingon"),
    ("a code that is none of letters", b"{}", "application/json; charset=base64"),
    ("twice the same", b'{"who": "a", "who": 1}', "application/json"),
    ("a list", b"[]", "application/json"), ("a word", b'"a"', "application/json"),
    ("null", b"null", "application/json"), ("a number", b"1e999", "application/json"),
    ("deep", b"[" * 30_000, "application/json"), ("deep objects", b'{"a":' * 10_000, "application/json"),
    ("null letters", b"\0" * 1_000, "application/json"),
    ("an odd key", b'{"\\ud800": 1, "\\u0000": 2, "": 3}', "application/json"),
    ("a mark of order", b"\xef\xbb\xbf{}", "application/json"),
    ("a form", b"a=b", "application/x-www-form-urlencoded"),
    ("no type", b"{}", "a"), ("an empty type", b"{}", ""),
)
WORDS = (
    "%00", "%ED%A0%80", "%FF", "%2e%2e%2f", "..%2f..%2fetc", "a%0d%0ab", "9" * 400, "-1", "%E2%80%AE", "a" * 3_000,
    "%F0%9F%8F%AB", "%25", "'%20or%201=1--", "Hà Nội", "%EF%BC%91", "%D9%A1", "1e9", "null",
)
"""Of addresses and questions."""


def bodies(path_words: dict[str, str]) -> Iterator[tuple[str, str, str, bytes, str]]:
    """What it is, method, path, body and its type: each odd body, and each odd value in each word of an object."""
    for method, path, operation, schemas in _operations(path_words):
        content = operation.get("requestBody", {}).get("content", {})
        for name, body, kind in BODIES if content else ():
            yield name, method, path, body, kind
        for one in content.values():
            for key in _keys(one["schema"], schemas):
                for name, value in VALUES:
                    rest = {other: _plain(words) for other, words in _required(one["schema"], schemas)}
                    rest.pop(key, None)
                    head = json.dumps(rest)[1:-1]
                    text = f"{{{head}{', ' if head else ''}{json.dumps(key)}: {value}}}"
                    yield f"{key}: {name}", method, path, text.encode(), "application/json"


def addresses(path_words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Method and path: each odd word in each place of an address and of a question."""
    for method, path, operation, _schemas in _operations({}):
        if path.endswith("/stream"):  # it has no end
            continue
        for place in path_words:
            if f"{{{place}}}" in path:
                for word in WORDS:
                    yield method, _named(path.replace(f"{{{place}}}", word), path_words)
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query" and method == "GET":
                for word in WORDS:
                    yield method, f"{_named(path, path_words)}?{parameter['name']}={word}"


def _operations(path_words: dict[str, str]) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    told = document()
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), _named(path, path_words), operation, told["components"]["schemas"]


def _named(path: str, path_words: dict[str, str]) -> str:
    for name, word in path_words.items():
        path = path.replace(f"{{{name}}}", word)
    return path


def _meant(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def _keys(schema: dict[str, Any], schemas: dict[str, Any]) -> list[str]:
    return list(_meant(schema, schemas).get("properties", ()))


def _required(schema: dict[str, Any], schemas: dict[str, Any]) -> list[tuple[str, Any]]:
    meant = _meant(schema, schemas)
    return [(key, _meant(meant["properties"][key], schemas)) for key in meant.get("required", ())]


def _plain(schema: dict[str, Any]) -> object:
    """Something that fits, more or less."""
    if "enum" in schema:
        return schema["enum"][0]
    return {"array": ["testcard:"], "integer": 1, "boolean": True}.get(schema.get("type", ""), "hop")
