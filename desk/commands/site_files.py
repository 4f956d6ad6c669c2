"""`xacast site import` and `export`: lists of places as files."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from desk.commands.switching import said, why_option
from desk.register.register_client import RegisterClient
from desk.register.sheet_writer import csv_of, rows_from, xlsx_of
from desk.settings import load_settings
from flow.errors import OperatorError, ToolError

_PAGE = 1_000
_WRITERS: dict[str, Callable[[Sequence[Sequence[str]]], bytes]] = {".csv": csv_of, ".xlsx": xlsx_of}
_STEPS = {"read": "reading", "check": "checking", "write": "writing"}


@click.command("import", short_help="Register sites from a CSV or XLSX file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@why_option
@click.pass_obj
def import_(config: str | None, file: Path, dry_run: bool, why: str) -> None:
    """Register the sites of FILE, or change those that are there: all of them, or none when a row is wrong.

    The first row names the columns, in English or Vietnamese: name, region (a code, or “commune, province”) or
    province and commune, and if you like id, kind, contact, phone, note, labels, line_kbps. A row is the site
    of its id; without one, the site of that name in that region; else a new one.

    \b
    Examples:
      xacast site import sites.xlsx --dry-run
      xacast site import sites.csv --why "province's list of May"
    """
    client = RegisterClient(load_settings(config))
    with click.progressbar(length=1, label="reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        done = client.import_sites(file, dry=dry_run, said=said(why), tell=partial(_show, bar))
    for line in _told(done, dry=dry_run):
        click.echo(line)
    if done["bad"]:
        problem = f"{done['bad']} rows are wrong, and nothing was changed"
        raise OperatorError(problem, "Mend them in the file, and import it again")
    head = "registered" if done["written"] else "nothing was changed; without --dry-run"
    click.echo(f"{head}: {done['new']} new, {done['changed']} changed, {done['same']} as they were")


def _show(bar: Any, words: dict[str, Any]) -> None:  # noqa: ANN401 - click does not name its bar's type
    bar.label = _STEPS.get(words["step"], words["step"])
    bar.length = max(words["of"], 1)
    bar.update(words["done"] - bar.pos)


def _told(done: dict[str, Any], *, dry: bool) -> list[str]:
    """Bad rows always; the difference when that was asked for."""
    lines = [f"line {row['line']}: {row['reason']}" for row in done["rows"]]
    if dry:
        lines += [f"+ {one['id']}  {one['name']}, {one['address']}" for one in done["sites"]]
        for one in done["changes"]:
            was, now = one["was"], one["now"]
            changes = ", ".join(f"{key} {_value(was[key])} → {_value(now[key])}" for key in now)
            lines.append(f"~ {one['id']}  {one['name']}: {changes}")
    return lines


def _value(value: object) -> str:
    return (" ".join(map(str, value)) if isinstance(value, list) else str(value)) or "nothing"


@click.command("export", short_help="Write sites into a CSV or XLSX file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--province", "--region", "region", metavar="REGION", default="", help="In it, or below it.")
@click.option("--label", metavar="WORD", default="")
@click.option("--retired", is_flag=True, help="Those that watch no more, too.")
@click.pass_obj
def export(config: str | None, file: Path, region: str, label: str, retired: bool) -> None:
    """Write the sites, all or some, into FILE (.csv or .xlsx), from where `site import` can read them again.

    \b
    Examples:
      xacast site export sites.xlsx
      xacast site export hanoi.csv --province "Hà Nội"
    """
    check_name(file)
    words = {"region": region, "label": label, "retired": "1" if retired else ""}
    sites = all_sites(RegisterClient(load_settings(config)), {key: word for key, word in words.items() if word})
    write_sheet(file, sites)
    click.echo(f"{len(sites)} sites in {file}")


def check_name(file: Path) -> None:
    """Raises OperatorError for a list that is to be none of those that are written."""
    if file.suffix.lower() not in _WRITERS:
        problem = f"{file.name} is neither .csv nor .xlsx"
        raise OperatorError(problem, "Name the file with one of these at its end")


def write_sheet(file: Path, sites: list[dict[str, Any]]) -> None:
    """Sites as the control API tells them, as a file that `check_name` lets pass; raises ToolError."""
    try:
        file.write_bytes(_WRITERS[file.suffix.lower()](rows_from(sites)))
    except OSError as error:
        raise ToolError(str(file), error.strerror or "it cannot be written") from error


def all_sites(client: RegisterClient, words: dict[str, str]) -> list[dict[str, Any]]:
    """Every site that is asked for, page by page."""
    answer = client.sites(limit=_PAGE, **words)
    sites: list[dict[str, Any]] = answer["sites"]
    while answer["next"]:
        answer = client.sites(limit=_PAGE, after=answer["next"], **words)
        sites += answer["sites"]
    return sites
