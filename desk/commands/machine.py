"""`xacast machine`: the machines that may bring media to this headend, or fetch it for many."""

import json
import time
from datetime import datetime
from pathlib import Path

import click

from desk.machines.credential import FILE, Credential
from desk.machines.machine import Kind
from desk.machines.register import MachineRegister
from desk.settings import load_settings
from desk.table import table
from flow.errors import OperatorError


@click.group(short_help="Workers and edges on other machines: add, list, revoke.")
def machine() -> None:
    """Each machine that speaks to this headend has a name and a key of its own, so that one that is stolen can be
    shut out, and the others go on.

    \b
    Examples:
      xacast machine add studio-2
      xacast machine list
      xacast machine revoke studio-2
    """


@machine.command(short_help="Let a machine in.")
@click.argument("name")
@click.option("--to", "path", metavar="FILE", help="Where its credential is put; NAME.machine.json.")
@click.option("--with", "known", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
              help="The credential that another headend made for it: the machine has one for both.")
@click.pass_obj
def add(config: str | None, name: str, path: str | None, known: str | None) -> None:
    """Let machine NAME in as a worker. Its credential is written into a file, which is carried to it once.

    The file is readable by its owner alone, and holds a key: bring it over by scp or a memory stick, and delete it
    here. On the other machine `xacast machine join FILE` puts it in place.

    \b
    Examples:
      xacast machine add studio-2
      xacast machine add studio-2 --with studio-2.machine.json      on the second headend
    """
    settings = load_settings(config)
    target = Path(path or f"{name}.machine.json")
    before = Credential.read(Path(known)) if known else None
    if before is None and target.exists():
        problem = f"{target} is there already"
        raise OperatorError(problem, "Name another file with --to")
    if before is not None and before.name != name:
        problem = f"{known} is the credential of {before.name}"
        raise OperatorError(problem, f"Give this machine the same name: `xacast machine add {before.name} …`")
    register = MachineRegister(settings.data)
    made = register.add(name, Kind.WORKER, now=int(time.time()), key=before.key if before else "")
    from desk.tls.folder import TlsFolder  # noqa: PLC0415 - brings cryptography along

    ca = TlsFolder(settings.data).certificate()
    credential = Credential(name=name, key=made.key, ca=(before.ca if before else "") + ca)
    target = Path(path or known or target)
    credential.write(target)
    click.echo(f"{name} may bring media to this headend, with what is in {target}")
    click.echo(f"on {name}: xacast machine join {target.name}", err=True)


@machine.command(short_help="Put this machine's credential in place.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.pass_obj
def join(config: str | None, file: str) -> None:
    """Take FILE, which a headend made for this machine: `xacast worker` speaks to headends by it from then on.

    \b
    Examples:
      xacast machine join studio-2.machine.json
    """
    settings = load_settings(config)
    credential = Credential.read(Path(file))
    credential.write(settings.data / FILE)
    click.echo(f"this machine is {credential.name} to its headends; delete {file}")


@machine.command("list", short_help="Who may come.")
@click.option("--json", "as_json", is_flag=True, help="Plain values.")
@click.pass_obj
def list_(config: str | None, as_json: bool) -> None:
    """The machines that were let in, and those that were shut out. Their keys are not shown.

    \b
    Examples:
      xacast machine list --json
    """
    register = MachineRegister(load_settings(config).data)
    register.look()
    if as_json:
        told = [{"name": one.name, "kind": one.kind, "made": one.made, "revoked": one.revoked} for one in register]
        click.echo(json.dumps(told))
        return
    rows = [
        (one.name, one.kind.value, _time(one.made), _time(one.revoked) if one.revoked else "-") for one in register
    ]
    click.echo(table([("MACHINE", "KIND", "SINCE", "REVOKED"), *rows]))


@machine.command(short_help="Shut a machine out.")
@click.argument("name")
@click.pass_obj
def revoke(config: str | None, name: str) -> None:
    """Shut machine NAME out, for ever: what it has open is closed within seconds, and its key is void.

    \b
    Examples:
      xacast machine revoke studio-2
    """
    MachineRegister(load_settings(config).data).revoke(name, now=int(time.time()))
    click.echo(f"{name} is out; a machine that comes back needs another name")


def _time(second: int) -> str:
    """By this machine's clock."""
    return datetime.fromtimestamp(second).astimezone().strftime("%Y-%m-%d %H:%M")
