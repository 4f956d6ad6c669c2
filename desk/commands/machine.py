"""`xacast machine`: the machines that may bring media to this headend, or fetch it for many."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from desk.api_client import ApiClient
from desk.commands.switching import said, why_option
from desk.machines.credential import FILE, Credential
from desk.machines.edge_folder import PLACE, EdgeFolder, nginx_directives
from desk.machines.ending import endings
from desk.machines.machine import Kind
from desk.settings import load_settings
from desk.table import table
from flow.errors import OperatorError


@click.group(short_help="Workers and edges on other machines: add, list, renew, revoke.")
def machine() -> None:
    """Each machine that speaks to this headend has a name and a key of its own, so that one that is stolen can be
    shut out, and the others go on.

    \b
    Examples:
      xacast machine add studio-2
      xacast machine add edge-1 --kind edge
      xacast machine list
      xacast machine renew edge-1
      xacast machine revoke studio-2 --why "stolen"
    """


@machine.command(short_help="Let a machine in.")
@click.argument("name")
@click.option("--kind", type=click.Choice(["worker", "edge"]), default="worker", show_default=True,
              help="What it is there for: to bring media, or to fetch it for many.")
@click.option("--to", "path", metavar="PATH",
              help="Where its credential is put: the file NAME.machine.json; of an edge, the folder NAME.")
@click.option("--with", "known", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
              help="The credential that another headend made for a worker: it has one for both.")
@why_option
@click.pass_obj
def add(config: str | None, name: str, kind: str, path: str | None, known: str | None, why: str) -> None:
    """Let machine NAME in. Its credential is written into files, which are carried to it once.

    They are readable by their owner alone, and hold a key: bring them over by scp or a memory stick, and delete
    them here. On a worker's machine `xacast machine join FILE` puts the file in place. An edge is a cache engine
    such as nginx: it gets a certificate, which lasts 30 days, and the directives that are printed.

    \b
    Examples:
      xacast machine add studio-2
      xacast machine add studio-2 --with studio-2.machine.json      on the second headend
      xacast machine add edge-1 --kind edge
    """
    client = ApiClient(load_settings(config))
    if kind == Kind.EDGE:
        if known:
            problem = "--with is for workers: the certificate of an edge is one headend's"
            raise OperatorError(problem, "Leave it out, and give the edge a folder for each headend with --to")
        folder = EdgeFolder(path=Path(path or name))
        if folder.taken:
            problem = f"the key of an edge is in {folder.path} already"
            raise OperatorError(problem, "Name another folder with --to")
        _into(folder, lambda public: client.add_machine({
            "name": name, "kind": kind, "public_key": public, **said(why),
        }))
        return
    target = Path(path or f"{name}.machine.json")
    before = Credential.read(Path(known)) if known else None
    if before is None and target.exists():
        problem = f"{target} is there already"
        raise OperatorError(problem, "Name another file with --to")
    if before is not None and before.name != name:
        problem = f"{known} is the credential of {before.name}"
        raise OperatorError(problem, f"Give this machine the same name: `xacast machine add {before.name} …`")
    sent = {"name": name, "kind": kind, **({"key": before.key} if before else {}), **said(why)}
    made = client.add_machine(sent)
    credential = Credential(name=name, key=made["key"], ca=(before.ca if before else "") + made["ca"])
    target = Path(path or known or target)
    credential.write(target)
    click.echo(f"{name} may bring media to this headend, with what is in {target}")
    click.echo(f"on {name}: xacast machine join {target.name}", err=True)


@machine.command(short_help="Another certificate for an edge.")
@click.argument("name")
@click.option("--to", "path", metavar="FOLDER", help="Where it is put; NAME.")
@why_option
@click.pass_obj
def renew(config: str | None, name: str, path: str | None, why: str) -> None:
    """Make another key and certificate for the edge NAME, for 30 days. What it has is good until it ends, so
    nothing is lost while the files are carried over and the cache engine reads them (`nginx -s reload`).

    \b
    Examples:
      xacast machine renew edge-1
    """
    client = ApiClient(load_settings(config))
    folder = EdgeFolder(path=Path(path or name))
    _into(folder, lambda public: client.certify_machine(name, {"public_key": public, **said(why)}))


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
    """The machines that were let in, and those that were shut out; of edges, until when their certificates last.
    Keys are not shown.

    \b
    Examples:
      xacast machine list --json
    """
    found = ApiClient(load_settings(config)).machines()
    if as_json:
        click.echo(json.dumps(found))
        return
    rows = [
        (one["name"], one["kind"], _time(one["made"]), _time(one["ends"]), _time(one["revoked"])) for one in found
    ]
    click.echo(table([("MACHINE", "KIND", "SINCE", "CERTIFICATE UNTIL", "REVOKED"), *rows]))
    for line in endings([(one["name"], one["ends"]) for one in found if not one["revoked"]], int(time.time())):
        click.echo(line, err=True)


@machine.command(short_help="Shut a machine out.")
@click.argument("name")
@why_option
@click.pass_obj
def revoke(config: str | None, name: str, why: str) -> None:
    """Shut machine NAME out, for ever: what it has open is closed, and its key or certificates are void.

    \b
    Examples:
      xacast machine revoke studio-2
      xacast machine revoke edge-1 --why "stolen"
    """
    ApiClient(load_settings(config)).revoke_machine(name, said(why))
    click.echo(f"{name} is out; a machine that comes back needs another name")


def _into(folder: EdgeFolder, ask: Callable[[str], dict[str, Any]]) -> None:
    """A key that is made here, and stays here; the headend hears its public half alone."""
    from desk.tls.authority import machine_key_pair  # noqa: PLC0415 - brings cryptography along

    folder.ready()
    key, public = machine_key_pair()
    try:
        made = ask(public.decode("ascii"))
    except OperatorError:
        folder.drop()
        raise
    server = made["server"] or urlsplit(made["address"]).hostname or ""
    directives = nginx_directives(address=made["address"], server=server, ours=bool(made["ca"]))
    folder.write(certificate=made["certificate"], key=key, ca=made["ca"], directives=directives)
    click.echo(f"{made['name']} may fetch media from this headend until {_time(made['ends'])}, "
               f"with what is in {folder.path}/")
    click.echo(f"carry the folder to {PLACE} there, delete it here, and put into its location:", err=True)
    click.echo(directives, nl=False)


def _time(second: int) -> str:
    """By this machine's clock."""
    return datetime.fromtimestamp(second).astimezone().strftime("%Y-%m-%d %H:%M") if second else "-"
