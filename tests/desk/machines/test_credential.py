"""What a machine carries over from a headend."""

from pathlib import Path

import pytest

from desk.machines.credential import Credential
from flow.errors import OperatorError


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": "a"}'])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(OperatorError, match="no credential"):
        Credential.read(tmp_path / "x")


def test_an_authority_that_is_none_is_told() -> None:
    with pytest.raises(OperatorError, match="authority of a"):
        Credential(name="a", key="k", ca="nothing").approach({}, lambda: 0)


def test_without_an_authority_the_system_s_are_believed() -> None:
    assert Credential(name="a", key="k").approach({}, lambda: 0).tls is None
