"""Scripts for the shells."""

import subprocess

import pytest

from desk.cli import run


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_script_completes_xacast(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert f"_XACAST_COMPLETE={shell}_complete" in said


def test_bash_can_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    run(["completion", "bash"])
    script = capsys.readouterr().out
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False, timeout=10).returncode == 0


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "fish"]) == 2
    assert "'bash', 'zsh'" in capsys.readouterr().err
