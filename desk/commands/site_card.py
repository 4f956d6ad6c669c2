"""`xacast site card`: set-up cards to print."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import click

from desk.commands.site_files import all_sites
from desk.commands.switching import said, why_option
from desk.register.register_client import RegisterClient
from desk.settings import load_settings
from flow.errors import OperatorError, ToolError
from flow.ids import channel_id

_TOGETHER = 1_000
"""Links that are asked for at a time."""
_NAMED = 3


@click.command("card", short_help="Print set-up cards for sites.")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@click.option("--province", "--region", "region", metavar="REGION", default="", help="All in it or below it.")
@click.option("--all", "everyone", is_flag=True, help="All sites of the register.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--address", metavar="URL", default="", help="Where sites reach this machine: http://hop.example.vn")
@click.option("--channel", "channels", metavar="NAME", multiple=True, help="Print its address for set-top boxes.")
@click.option("--call", metavar="TEXT", default="", help="Whom to call: a name and a number.")
@click.option("--renew", is_flag=True, help="Also for sites that have a link: what they have ends at once.")
@why_option
@click.pass_obj
def card(
    config: str | None, ids: tuple[str, ...], region: str, everyone: bool, out: Path, address: str,
    channels: tuple[str, ...], call: str, renew: bool, why: str,
) -> None:
    """Write a page to print for each site: its address with a QR code, three steps, and whom to call.

    A card holds the site's link, which can be shown only when it is made: each site gets a new one. The file is
    for you alone; delete it once it is printed.

    \b
    Examples:
      xacast site card s00004 --out card.html --call "Phòng kỹ thuật: 024 3333 4444"
      xacast site card --province "Hà Nội" --out hanoi.html --address http://hop.example.vn
      xacast site card s00004 --out card.html --renew --why "card lost"
    """
    client = RegisterClient(load_settings(config))
    base, names = _base(address), tuple(channel_id(name) for name in channels)
    sites = _wanted(client, ids, region, everyone=everyone)
    if not renew:
        _check_new(client, sites)
    from desk.register.card import Card, card_words, page_of  # noqa: PLC0415 - brings the QR library along

    quiet = not sys.stderr.isatty()
    with _private(out) as file:
        links = _links(client, [one["id"] for one in sites], said(why))
        cards = (
            Card(
                site=one["id"], name=one["name"], address=one["address"],
                contact=" ".join((one["contact"], one["phone"])).strip(),
                link=_moved(links[one["id"]], base), channels=names, call=call,
            )
            for one in sites
        )
        with click.progressbar(cards, length=len(sites), label="drawing", file=sys.stderr, hidden=quiet) as drawn:
            file.write(page_of(drawn, card_words()))
    click.echo(f"{len(sites)} cards in {out}: print it from a browser, then delete it; it holds the sites' links")


def _wanted(client: RegisterClient, ids: tuple[str, ...], region: str, *, everyone: bool) -> list[dict[str, Any]]:
    if sum(map(bool, (ids, region, everyone))) != 1:
        problem = "which sites get cards is not said"
        raise OperatorError(problem, "Name sites, or --province, or --all")
    if not ids:
        return _some(all_sites(client, {"region": region} if region else {}))
    sites = [client.site(name) for name in dict.fromkeys(ids)]
    for one in sites:
        if one["retired"]:
            problem = f"site {one['id']} watches no more"
            raise OperatorError(problem, f"`xacast site retire {one['id']} --undo` takes that back")
    return sites


def _some(sites: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not sites:
        problem = "there are no such sites"
        raise OperatorError(problem, "`xacast site list` shows those that there are")
    return sites


def _check_new(client: RegisterClient, sites: list[dict[str, Any]]) -> None:
    """Whoever watches by an old link is out when there is a new one: that is said before, not after."""
    linked = {one["site"] for one in client.links()["links"] if one["link"]}
    if old := [one["id"] for one in sites if one["id"] in linked]:
        more = f" and {len(old) - _NAMED} more" if len(old) > _NAMED else ""
        problem = f"{', '.join(old[:_NAMED])}{more} have links already, which would end"
        raise OperatorError(problem, "Say --renew if they shall, or name the sites that have none")


def _links(client: RegisterClient, names: list[str], words: dict[str, Any]) -> dict[str, str]:
    links: dict[str, str] = {}
    for at in range(0, len(names), _TOGETHER):
        links |= client.give_links({"sites": names[at:at + _TOGETHER], **words})
    return links


def _base(address: str) -> str:
    """Scheme and host that links begin with; empty for the headend's own."""
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
        problem = f"“{address[:80]}” is not where a machine is reached"
        raise OperatorError(problem, "Write http://hop.example.vn or https://10.0.0.5:8443")
    return f"{parts.scheme}://{parts.netloc}" if address else ""


def _moved(link: str, base: str) -> str:
    return base + urlsplit(link).path if base else link


@contextmanager
def _private(path: Path) -> Iterator[IO[str]]:
    """The file, the owner's alone and open before any link is made: none is lost to a folder that is not there."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), 0o600)
            yield file
    except OSError as error:
        raise ToolError(str(path), error.strerror or "it cannot be written") from error
