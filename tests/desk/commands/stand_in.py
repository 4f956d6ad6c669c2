"""A stand-in for the headend, for commands that only ask and show."""

from typing import Any

import pytest


class StandIn:
    """Answers in turn, then with `usual`; `asked` is what was asked."""

    def __init__(self, usual: dict[str, Any]) -> None:
        self.usual = usual
        self.answers: list[dict[str, Any]] = []
        self.asked: list[tuple[Any, ...]] = []

    def ask(self, *words: Any) -> dict[str, Any]:
        self.asked.append(words)
        return self.answers.pop(0) if self.answers else self.usual


def standing_in(client: type, usual: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """In place of what `client` asks."""
    made = StandIn(usual)
    monkeypatch.setattr(client, "_ask", lambda _self, *words: made.ask(*words))
    return made
