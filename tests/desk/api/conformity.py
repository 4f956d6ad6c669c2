"""Holds answers to the control API's document."""

import json
import re
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from desk.api.document import document


class Conformity:
    """`seen` is every call and status that was looked at: method, path template, status."""

    def __init__(self) -> None:
        self.document = document()
        self.seen: set[tuple[str, str, int]] = set()
        paths = sorted(self.document["paths"], key=lambda path: path.count("{"))
        self._paths = [(path, re.compile(re.sub(r"\{\w+\}", "[^/]+", path))) for path in paths]

    def faults(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> list[str]:
        """What of an answer is not as the document has it, in sentences."""
        found = [template for template, form in self._paths if form.fullmatch(path.partition("?")[0])]
        operation = self.document["paths"][found[0]].get(method.lower()) if found else None
        if operation is None:
            return [f"{method} {path} is not documented"]
        self.seen.add((method, found[0], status))
        answer = operation["responses"].get(str(status))
        if answer is None:
            return [f"{method} {path}: {status} is not documented: {body!r}"]
        if reference := answer.get("$ref"):
            answer = self.document["components"]["responses"][reference.rpartition("/")[2]]
        kind = headers.get("Content-Type", "").partition(";")[0]
        if kind not in answer["content"]:
            return [f"{method} {path}: {status} as {kind} is not documented"]
        if kind != "application/json":
            return []
        return self.faults_in(json.loads(body), answer["content"][kind]["schema"])

    def faults_in(self, words: Any, schema: Any) -> list[str]:
        """The same of one value; `schema` may be a name."""
        wanted = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
        judge = Draft202012Validator(
            {**wanted, "components": self.document["components"]}, format_checker=FormatChecker(),
        )
        return [f"{fault.json_path}: {fault.message}" for fault in judge.iter_errors(words)]
