"""`xacast backup` and `xacast restore`: a machine in a file, and back."""

import json
import os
import sys
import time
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import click

from desk.backup.last import note_backup
from desk.backup.maker import make_backup
from desk.backup.passphrase import passphrase_in
from desk.backup.reader import Read, read_backup
from desk.backup.restorer import NothingSink, restore
from desk.settings import file_of, load_settings

_passphrase = click.option("--passphrase-file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                           help="Its first line is the passphrase; nobody else may read it (chmod 600).")
_json = click.option("--json", "as_json", is_flag=True, help="Plain values for programs.")


@click.command("backup", short_help="Keep register, settings, audit and keys in one file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_passphrase
@_json
@click.pass_obj
def backup(config: str | None, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Keep register, programmes, links, accounts, channels, settings, audit and keys in FILE, while all goes on.

    With a passphrase FILE is encrypted and holds keys and documents too. Without one it holds no secret: no
    keys, no documents, no channel whose feed has a secret, no address of a database; what is not in it is said.
    Media are never in it. FILE is written whole or not at all, and takes no other file's place.

    \b
    Examples:
      xacast backup /backup/xacast-$(date +%F) --passphrase-file /etc/xacast/backup.pass
      xacast backup register-only.backup
    """
    settings = load_settings(config)
    passphrase = passphrase_in(passphrase_file) if passphrase_file else ""
    now = int(time.time())
    with click.progressbar(length=0, label="reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        def tell(what: str, size: int) -> None:
            bar.label, bar.length = what, (bar.length or 0) + size
            bar.update(size)

        made = make_backup(
            settings, file, config=file_of(config, os.environ), now_s=now, passphrase=passphrase, tell=tell,
        )
    note_backup(settings.data, at_s=now, sealed=bool(passphrase))
    if as_json:
        told = {"file": str(file), "encrypted": bool(passphrase), **asdict(made)}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    how = "encrypted" if passphrase else "not encrypted"
    click.echo(f"{file}: {made.size / 1000:,.0f} kB, {how}, {made.rows:,} rows of tables")
    for one in made.left_out:
        click.echo(f"not in it: {one}")
    if not passphrase and made.left_out:
        click.echo("with --passphrase-file all of that would be in it")


@click.command("restore", short_help="Put a backup into an empty data directory.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_passphrase
@click.option("--check", is_flag=True, help="Read all of it, and change nothing.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Another data directory than the one that is set.")
@_json
@click.pass_obj
def restore_(
    config: str | None, file: Path, passphrase_file: Path | None, check: bool, into: Path | None, as_json: bool,
) -> None:
    """Put FILE into the data directory, and its tables into the database that `database_url` names.

    Both must be empty; it does not matter whether the tables came from SQLite or PostgreSQL. Every byte is looked
    at before anything is put in its place: all of it is restored, or nothing.

    \b
    Examples:
      xacast restore /backup/xacast-2026-11-23 --passphrase-file backup.pass --check
      xacast restore /backup/xacast-2026-11-23 --passphrase-file backup.pass
      xacast restore register-only.backup --into /srv/xacast-new
    """
    passphrase = passphrase_in(passphrase_file) if passphrase_file else ""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=file.stat().st_size, label="reading", file=sys.stderr, hidden=hidden) as bar:
        if check:
            read = read_backup(file, passphrase, NothingSink(), bar.update)
        else:
            settings = load_settings(config)
            settings = replace(settings, data=into.absolute()) if into else settings
            configured = file_of(config, os.environ) is not None
            read = restore(settings, file, passphrase=passphrase, configured=configured, tell=bar.update)
    if as_json:
        click.echo(json.dumps(asdict(read), ensure_ascii=False))
        return
    for line in _told(read):
        click.echo(line)
    click.echo("every byte is right; nothing was changed" if check else f"restored into {settings.data}")


def _told(read: Read) -> list[str]:
    made = datetime.fromtimestamp(read.made_s).astimezone()
    how = "encrypted" if read.sealed else "not encrypted: whoever can write it can alter it unseen"
    lines = [
        f"made {made:%Y-%m-%d %H:%M %z} on {read.machine} by xacast {read.xacast}, {how}",
        f"{read.channels} channels, {read.rows:,} rows of tables, audit head {read.head}",
        *(f"not in it: {one}" for one in read.left_out),
    ]
    if read.audit_fault:
        lines.append(f"the audit was broken before the backup was made: {read.audit_fault}")
    return lines
