"""Who signed in, in the audit."""

from pathlib import Path

import pytest

from desk.audit.book import AuditBook
from desk.audit.chain import read_line
from desk.audit.sign_ins import WRONG, SignIns
from desk.errors import RefusedError
from desk.people.tries import HOUR_S
from flow.errors import ToolError


class Clock:
    now_s = 1_000

    def __call__(self) -> int:
        return self.now_s * 1_000_000_000


def statuses(book: AuditBook) -> list[tuple[str, int]]:
    found = [words["entry"] for line in book.page(0)[0] if (words := read_line(line))]
    return [(entry["who"], entry["status"]) for entry in found]


async def test_a_flood_of_wrong_tries_fills_no_disk(tmp_path: Path) -> None:
    """T-27."""
    book, clock = AuditBook(tmp_path), Clock()
    told = SignIns(book, clock)
    for at in range(500):
        await told.refused(f"n{at % 100}", "10.0.0.1", 401)
    assert len(statuses(book)) == WRONG
    clock.now_s += HOUR_S
    await told.refused("n1", "10.0.0.1", 401)
    await told.refused("n1", "10.0.0.1", 429)
    await told.refused("bad\x1b[31m", "10.0.0.1", 401)
    assert statuses(book)[-3:] == [("n1", 401), ("n1", 429), ("…", 401)]


async def test_who_cannot_be_put_into_the_audit_does_not_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-37."""
    def full(_self: AuditBook, _entry: object) -> int:
        raise ToolError("the audit", "the disk is full")

    monkeypatch.setattr(AuditBook, "append", full)
    told = SignIns(AuditBook(tmp_path), Clock())
    with pytest.raises(RefusedError) as caught:
        await told.came("lan", "10.0.0.1")
    assert caught.value.status == 503
    await told.refused("lan", "10.0.0.1", 401)
    assert "is not in the audit" in caplog.text
