"""The word `xacast`."""

import click
import pytest

import desk.cli
from desk.cli import cli, main, run
from flow.errors import OperatorError, ToolError


def every_command(group: click.Group) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        paths.append((name,))
        if isinstance(command, click.Group):
            paths += [(name, *path) for path in every_command(command)]
    return paths


@pytest.mark.parametrize("path", every_command(cli), ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*path, "--help"]) == 0
    said = capsys.readouterr().out
    assert "Usage: xacast" in said
    if path != ("ladder",):
        assert "Example" in said
        assert f"xacast {' '.join(path)}" in said


def test_the_overview_says_each_command_in_one_whole_line(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    assert "..." not in capsys.readouterr().out.partition("Commands:")[2]


@pytest.mark.parametrize(("words", "sentence"), [
    (["statsu"], "there is no command “statsu”. Did you mean “status”? `xacast --help` shows what there is."),
    (["status", "--jsn"], "xacast status has no option “--jsn”. Did you mean “--json”?"),
    (["set", "hop", "--ladder", "tiny"], "xacast set has no option “--ladder”: that is chosen when a channel is"),
    (["ladder", "lsit"], "there is no command “lsit”. Did you mean “list”?"),
    (["start"], "Missing argument 'NAME'. `xacast start --help`"),
    (["start", "hop", "--ladder"], "Option '--ladder' requires an argument. `xacast start --help`"),
    (["qqqqqqq"], "there is no command “qqqqqqq”. `xacast --help`"),
])
def test_a_wrong_word_gets_the_nearest_right_one(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("xacast: ")
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("error", [OperatorError("the disk is full", "Free some"), ToolError("ffmpeg", "gone")])
def test_an_error_is_one_sentence_and_status_2(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(**_words: object) -> None:
        raise error

    monkeypatch.setattr(desk.cli.cli, "main", fail)
    assert run(["status"]) == 2
    assert capsys.readouterr().err == f"xacast: {error}\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_quiet(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(**_words: object) -> None:
        raise error

    monkeypatch.setattr(desk.cli.cli, "main", fail)
    assert run([]) == 130
    assert capsys.readouterr().err == ""


def test_nothing_at_all_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "xacast up" in capsys.readouterr().out


def test_the_version_is_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("xacast ")


def test_the_process_leaves_with_the_status() -> None:
    with pytest.raises(SystemExit) as left:
        main(["statsu"])
    assert left.value.code == 2


def test_a_number_that_is_none_is_told_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--port", "abc"]) == 2
    assert "'abc' is not a whole number" in capsys.readouterr().err
