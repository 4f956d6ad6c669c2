"""`xacast audit`: who did what."""

import sys
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import click

from desk.audit.chain import Head, canonical, verify
from desk.audit.client import AuditClient
from desk.audit.text import entries, joined, line_of, rows_of
from desk.commands.options import complete_channel
from desk.programmes.times import zone_of
from desk.register.sheet_writer import csv_of
from desk.settings import load_settings
from flow.errors import OperatorError

NEWEST = 50
"""Entries for one who does not say since when."""
_SINCE = click.option(
    "--since", metavar="TIME",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="From this day or time on, on the clock of the setting `timezone`: 2026-11-23, 2026-11-23T07:30.",
)
_CHANNEL = click.option("--channel", default="", shell_complete=complete_channel, help="Of one channel alone.")


@click.group(short_help="Show and check who did what.")
def audit() -> None:
    """The record of every change that was asked of this machine: who, from where, when, what, why, how it ended.

    \b
    Examples:
      xacast audit list
      xacast audit list --channel hop --since 2026-11-23
      xacast audit verify
      xacast audit export audit.csv
    """


@audit.command("list", short_help="Show entries.")
@_SINCE
@_CHANNEL
@click.option("--json", "as_json", is_flag=True, help="A line of plain values for each entry.")
@click.pass_obj
def list_(config: str | None, since: datetime | None, channel: str, as_json: bool) -> None:
    """Show entries, the newest last: the last 50, or all since a time.

    A change and how it ended are two entries and stand on one line, with the number of the first; one without an
    end was broken off, or is being done.

    \b
    Examples:
      xacast audit list
      xacast audit list --since 2026-11-23T07:30 --channel hop
      xacast audit list --json | tail -1
    """
    settings = load_settings(config)
    client, zone = AuditClient(settings), zone_of(settings.timezone)
    newest = since is None and not channel
    lines = client.newest() if newest else client.lines()
    found = list(entries(lines, since_ns=_ns(since, zone), channel=channel))
    shown = found if since else found[-NEWEST:]
    if as_json:
        for entry, digest in shown:
            click.echo(canonical({**entry, "hash": digest}))
        return
    for entry, ended in joined(shown):
        click.echo(line_of(entry, zone, ended))


@audit.command("verify", short_help="Check that nothing was changed.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--head", metavar="NUMBER:HASH", help="A head that was noted elsewhere, at an earlier time.")
@click.pass_obj
def verify_(config: str | None, file: Path | None, head: str | None) -> None:
    """Check that no entry was changed, left out, moved or cut off, and name the first that was.

    FILE is an export as JSON lines; without it, this machine's own audit is checked.

    What is printed is the head. Note it outside of this machine: whoever can write all files here can write a
    whole audit anew, and only a head from elsewhere, given with --head, finds that.

    \b
    Examples:
      xacast audit verify
      xacast audit verify audit.jsonl --head 214:5b0c…
    """
    noted = _head(head)
    if file:
        with file.open(encoding="ascii", errors="replace", newline="\n") as lines:
            verdict = verify((line.removesuffix("\n") for line in lines), noted)
    else:
        client = AuditClient(load_settings(config))
        kept = client.head()
        lines_here = list(client.lines())
        verdict = verify(lines_here, kept)
        if not verdict.fault and noted:
            verdict = verify(lines_here, noted)
        if not verdict.fault and lines_here and kept is None and noted is None:
            problem = "the head of the audit is gone"
            raise OperatorError(problem, "Give a head that was noted elsewhere with --head")
    if verdict.fault:
        good = f"entries 1 to {verdict.head.number} are right" if verdict.head.number else "no entry before it is"
        problem = f"the audit is not whole: {verdict.fault}"
        raise OperatorError(problem, f"{good}; compare with an export or a backup")
    click.echo(f"{verdict.head.number} entries, all right; the head is {verdict.head}")


@audit.command("export", short_help="Write entries to a file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_SINCE
@_CHANNEL
@click.pass_obj
def export(config: str | None, file: Path, since: datetime | None, channel: str) -> None:
    """Write entries to FILE: for a spreadsheet when it ends in .csv, else the lines as they are.

    All lines as they are can be checked with `xacast audit verify FILE`; a part of them, or a spreadsheet, cannot.

    \b
    Examples:
      xacast audit export audit.jsonl
      xacast audit export thang-11.csv --since 2026-11-01
    """
    settings = load_settings(config)
    lines, since_ns = AuditClient(settings).lines(), _ns(since, zone_of(settings.timezone))
    if file.suffix.lower() == ".csv":
        content = csv_of(rows_of(entries(lines, since_ns=since_ns, channel=channel)))
    else:
        content = "".join(f"{line}\n" for line in _part(lines, since_ns, channel)).encode()
    try:
        file.write_bytes(content)
    except OSError as error:
        problem = f"{file} cannot be written: {error.strerror}"
        raise OperatorError(problem, "Choose another place") from error
    click.echo(f"written to {file}", file=sys.stderr)


def _part(lines: Iterator[str], since_ns: int, channel: str) -> Iterator[str]:
    """The lines that are asked for; all of them, also those that cannot be read, when nothing is said."""
    if not since_ns and not channel:
        return lines
    return (line for line in lines if list(entries([line], since_ns=since_ns, channel=channel)))


def _ns(since: datetime | None, zone: tzinfo) -> int:
    return int(since.replace(tzinfo=zone).timestamp()) * 1_000_000_000 if since else 0


def _head(text: str | None) -> Head | None:
    try:
        return Head.parse(text) if text else None
    except ValueError as error:
        problem = "the head is not one"
        raise OperatorError(problem, "Write it as `xacast audit verify` printed it: NUMBER:HASH") from error
