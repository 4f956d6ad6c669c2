"""`xacast tls`: an authority of one's own, and the certificates of the listeners."""

import json
import socket
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from desk.listener import own_address
from desk.settings import Settings, load_settings
from desk.table import table
from flow.errors import OperatorError

_DAYS = 30


@click.group(short_help="Certificates for the listeners.")
def tls() -> None:
    """TLS for those who have no certificates of their own: an authority that signs for the names of this machine
    and for addresses of closed networks, and for nothing else.

    \b
    Examples:
      xacast tls init --name hop.example.vn --address 10.0.0.5
      xacast tls show
      xacast tls trust > authority.txt
    """


@tls.command(short_help="Make an authority and certificates.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="What the machine is called; again for more.")
@click.option("--address", "addresses", multiple=True, metavar="IP", help="Where it is reached; again for more.")
@click.option("--days", type=click.IntRange(1, _DAYS), default=_DAYS, show_default=True,
              help="How long they hold; they are renewed by themselves when a third is left.")
@click.pass_obj
def init(config: str | None, names: tuple[str, ...], addresses: tuple[str, ...], days: int) -> None:
    """Make an authority (10 years) and certificates for the three listeners, in the data directory.

    Without --name and --address they are for what this machine calls itself, and for where it stands in its
    network. Loopback is always among them. The authority's key, tls/ca.key, is what all of this rests on: with it
    the headend renews certificates by itself; take it to a safe place, and `xacast tls renew` needs it back.

    \b
    Examples:
      xacast tls init
      xacast tls init --name hop.example.vn --address 10.0.0.5
    """
    from desk.tls.authority import Names  # noqa: PLC0415 - brings cryptography along
    from desk.tls.folder import LISTENERS, TlsFolder  # noqa: PLC0415

    settings = load_settings(config)
    own = own_address()
    found = names or (() if addresses else (socket.gethostname().lower(),))
    places = addresses or ((own,) if own and not names else ())
    try:
        wanted = Names.parse(
            tuple(dict.fromkeys((*found, "localhost"))), tuple(dict.fromkeys((*places, "127.0.0.1", "::1"))),
        )
    except ValueError as error:
        problem = str(error)
        raise OperatorError(problem, "Give host names with --name and addresses with --address") from error
    folder = TlsFolder(settings.data)
    folder.init(wanted, days=days, now=int(time.time()))
    click.echo(f"made in {folder.path}, for {', '.join((*wanted.hosts, *wanted.addresses))}")
    click.echo("in xacast.toml: " + ", ".join(f'{name}_tls = "local"' for name in LISTENERS))
    click.echo("`xacast tls trust` says how others come to trust it", err=True)


@tls.command(short_help="New certificates from the same authority.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="For these names instead; again for more.")
@click.option("--address", "addresses", multiple=True, metavar="IP", help="For these addresses instead.")
@click.pass_obj
def renew(config: str | None, names: tuple[str, ...], addresses: tuple[str, ...]) -> None:
    """Make new certificates now, with new keys. A running headend takes them within seconds; no answer is lost.

    \b
    Examples:
      xacast tls renew
      xacast tls renew --name hop.example.vn --address 10.0.0.5 --address 10.0.0.6
    """
    from desk.tls.authority import Names  # noqa: PLC0415 - brings cryptography along
    from desk.tls.folder import TlsFolder  # noqa: PLC0415

    folder = TlsFolder(load_settings(config).data)
    try:
        wanted = Names.parse((*names, "localhost"), (*addresses, "127.0.0.1", "::1"))
    except ValueError as error:
        problem = str(error)
        raise OperatorError(problem, "Give host names with --name and addresses with --address") from error
    folder.renew(wanted if names or addresses else None, now=int(time.time()))
    _show(load_settings(config), as_json=False)


@tls.command(short_help="Which certificates there are.")
@click.option("--json", "as_json", is_flag=True, help="Plain values.")
@click.pass_obj
def show(config: str | None, as_json: bool) -> None:
    """What each listener shows, until when, and for which names.

    \b
    Examples:
      xacast tls show --json
    """
    _show(load_settings(config), as_json=as_json)


@tls.command(short_help="How others come to trust the authority.")
@click.pass_obj
def trust(config: str | None) -> None:
    """Print the authority's certificate, its fingerprint, and how Windows and Debian come to trust it.

    \b
    Examples:
      xacast tls trust
      xacast tls trust 2>/dev/null > xacast.crt
    """
    from desk.tls.authority import Pair  # noqa: PLC0415 - brings cryptography along
    from desk.tls.folder import TlsFolder  # noqa: PLC0415
    from desk.tls.text import fingerprint  # noqa: PLC0415

    folder = TlsFolder(load_settings(config).data)
    text = folder.certificate()
    if not text:
        problem = f"there is no authority in {folder.path}"
        raise OperatorError(problem, "`xacast tls init` makes one")
    click.echo(text, nl=False)
    click.echo(
        f"fingerprint (SHA-256): {fingerprint(Pair(certificate=text.encode(), key=b'').parsed)}\n"
        "compare it by telephone before you trust it. Put the lines above into xacast.crt, then\n"
        "  Windows, as administrator:  certutil -addstore -f Root xacast.crt\n"
        "  Debian, as root:            cp xacast.crt /usr/local/share/ca-certificates/ && update-ca-certificates\n"
        "  Firefox:                    Settings, Certificates, Authorities, Import: trust it for web sites\n"
        "It may sign for the names of this machine and addresses of closed networks, and for nothing else.",
        err=True,
    )


def _show(settings: Settings, *, as_json: bool) -> None:
    from desk.tls.text import told  # noqa: PLC0415 - brings cryptography along

    found = []
    for name in ("viewers", "operators", "machines"):
        files = settings.tls(name)
        found.append({"listener": name, **told(files.certificate if files else None)})
    ca = Path(settings.data) / "tls" / "ca.pem"
    found.append({"listener": "authority", **told(ca if ca.exists() else None)})
    if as_json:
        click.echo(json.dumps(found))
        return
    rows = [(
        str(one["listener"]), str(one["file"] or "no TLS"),
        f"{datetime.fromtimestamp(one['ends'], UTC):%Y-%m-%d}" if one["ends"] else str(one["why"] or "-"),
        ", ".join(one["names"]) or "-",
    ) for one in found]
    click.echo(table([("LISTENER", "CERTIFICATE", "UNTIL", "FOR"), *rows]))
