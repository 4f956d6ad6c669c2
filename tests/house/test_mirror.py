"""Each module has the test of its name."""

from pathlib import Path

import pytest

from tests.house.repository import ROOT, sources


def _modules() -> list[Path]:
    """Migrations are tested together, against the tables that they lead to."""
    names = {"__init__.py", "__main__.py"}
    return [path for path in sources() if path.name not in names and path.parent.name != "versions"]


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_has_its_test(path: Path) -> None:
    inside = path.relative_to(ROOT)
    assert (ROOT / "tests" / inside.parent / f"test_{inside.name}").is_file()


def test_each_folder_of_tests_is_a_package() -> None:
    """Without it, pytest would put `tests/` on the path and `import packager` could find the tests' own folder."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []
