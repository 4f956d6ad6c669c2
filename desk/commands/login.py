"""`xacast login`, `logout` and `whoami`: as whom the command line speaks to a desk."""

import json
import os
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.passwords import asked
from desk.errors import RefusedError
from desk.local_time import local_time
from desk.people.session_file import SessionFile, Signed
from desk.programmes.times import zone_of
from desk.settings import load_settings
from flow.errors import OperatorError

_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values.")


@click.command(short_help="Sign in at a desk.")
@click.argument("name", required=False)
@click.option("--desk", metavar="URL", help="The desk, https://HOST:PORT; that of the settings when left out.")
@click.option("--ca", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Who signs the desk's certificate (PEM), when the system does not know.")
@click.pass_obj
def login(config: str | None, name: str | None, desk: str | None, ca: Path | None) -> None:
    """Sign in as NAME; commands then ask as that account, until 30 minutes pass without one, or 12 hours at most.

    The password is asked for, or read from the standard input: one line, and a second one with a new password
    where the first was made for one use.

    \b
    Examples:
      xacast login lan --desk https://desk.example.vn:8090 --ca ca.pem
      XACAST_DESK=https://desk.example.vn:8090 xacast status
    """
    settings = load_settings(config)
    client = ApiClient(settings if desk is None else replace(settings, desk=desk))
    name = name or str(click.prompt("Name", err=True))
    before = Signed(token="", ca=_certificate(ca) if ca else _kept_ca(client))
    client.signed(before)
    password = asked("Password")
    said = client.sign_in(name, password)
    signed = replace(before, token=said.pop("token"), name=said["name"])
    SessionFile(os.environ).put(client.place, signed)
    client.signed(signed)
    if said["once"]:
        click.echo("this password was made for one use; choose one of your own (12 letters at least)", err=True)
        said = _chosen(client, password)
    click.echo(_told(said, client.desk, zone_of(settings.timezone)))


def _chosen(client: ApiClient, old: str) -> dict[str, Any]:
    """Who is signed in, with a password of his own; asked for again when it is too easy."""
    while True:
        try:
            return client.choose_password(old, asked("New password", twice=True))
        except RefusedError as error:
            if error.status != 400:  # it is not the new one that is wrong
                raise
            click.echo(str(error), err=True)


@click.command(short_help="Change your own password.")
@click.pass_obj
def password(config: str | None) -> None:
    """Change the password of the account that you are signed in with; its other sessions end. Both are asked for,
    or read from the standard input, each on a line of its own.

    \b
    Examples:
      xacast password
    """
    said = _chosen(ApiClient(load_settings(config)), asked("Old password"))
    click.echo(f"{said['name']} has another password; its other sessions ended")


@click.command(short_help="Sign out.")
@click.option("--everywhere", is_flag=True, help="End all sessions of the account, on every machine.")
@click.pass_obj
def logout(config: str | None, everywhere: bool) -> None:
    """End the session. Commands on the desk's own machine then ask as who runs it, if they can read its key.

    \b
    Examples:
      xacast logout
      xacast logout --everywhere
    """
    client = ApiClient(load_settings(config))
    file = SessionFile(os.environ)
    if file.get(client.place) is None:
        problem = "you are not signed in there"
        raise OperatorError(problem, "`xacast whoami` says as whom commands ask")
    try:
        ended = client.sign_out(everywhere=everywhere)
        click.echo("signed out" if ended < 2 else f"signed out; {ended} sessions ended")
    except RefusedError as error:
        if error.status != 401:
            raise
        click.echo("the session was over already")
    file.put(client.place, None)


@click.command(short_help="Say as whom commands ask.")
@_JSON
@click.pass_obj
def whoami(config: str | None, as_json: bool) -> None:
    """Say as whom commands ask at the desk: account, role, part of the country, and until when.

    \b
    Examples:
      xacast whoami
      xacast whoami --json
    """
    settings = load_settings(config)
    client, zone = ApiClient(settings), zone_of(settings.timezone)
    said = client.session()
    click.echo(json.dumps(said, ensure_ascii=False) if as_json else _told(said, client.desk, zone))


def _told(said: dict[str, Any], desk: str, zone: tzinfo) -> str:
    if said["local"]:
        return "local: who runs xacast on this machine, and may do everything"
    until = f", until {local_time(said['until'], zone)} unless used" if said["until"] else ""
    there = f" at {desk}" if desk else ""
    return f"{said['name']}: {said['role']} of {said['region'] or 'the whole country'}{there}{until}"


def _certificate(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"{path} cannot be read as a certificate"
        raise OperatorError(problem, "Give a file in PEM with --ca") from error


def _kept_ca(client: ApiClient) -> str:
    kept = SessionFile(os.environ).get(client.place)
    return kept.ca if kept else ""
