"""Routes in words."""

import pytest

from desk.audit.deeds import DEEDS, deed_of, outcome_of
from desk.audit.guard import LOOKS, QUESTIONS
from desk.people.rights import RIGHTS


def test_every_route_that_changes_something_has_words() -> None:
    """T-37: the audit is read by people."""
    changing = {f"{method} {path}" for method, path in RIGHTS if method not in LOOKS and path not in QUESTIONS}
    assert sorted(changing ^ set(DEEDS)) == []


def test_what_is_not_known_stays_as_it_is() -> None:
    assert deed_of("POST /api/v9/x") == "POST /api/v9/x"


@pytest.mark.parametrize(("status", "words"), [
    (201, "done"), (409, "refused (409)"), (428, "waits for a second operator (428)"), (499, "broken off (499)"),
    (503, "failed (503)"), (None, "failed (None)"),
])
def test_how_it_ended(status: object, words: str) -> None:
    assert outcome_of(status) == words
