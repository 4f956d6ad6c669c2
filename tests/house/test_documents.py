"""README, docs and CI tell the truth about each other."""

import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, tracked

_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("path", tracked("*.md"), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    targets = [
        target for target in _LINK.findall(path.read_text("utf-8")) if not re.match(r"[a-z]+:", target)
    ]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_readme_opens_with_a_picture_and_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text("utf-8").split("\n## ")[0:2]
    text = "\n".join(opening)
    assert "![" in text
    assert "make demo" in text
    assert "make test" in text


def test_ci_runs_the_command_of_the_readme_and_the_linters() -> None:
    commands = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert "make test" in commands
    assert "make check" in commands


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name
        for path in tracked("*.md")
        for name in re.findall(r"`make ([a-z-]+)", path.read_text("utf-8"))
    }
    assert named <= targets
