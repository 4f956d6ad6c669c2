"""Files and functions stay small enough to be read in one go."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.house.repository import ROOT, sources

FILE_CEILING = 300
FUNCTION_CEILING = 50
MEDIAN_AIM = 110


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_300_lines(path: Path) -> None:
    assert _lines(path) <= FILE_CEILING


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_fits_a_screen(path: Path) -> None:
    long = [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_CEILING
    ]
    assert long == []


def test_the_median_file_is_about_a_hundred_lines() -> None:
    assert statistics.median(_lines(path) for path in sources()) <= MEDIAN_AIM
