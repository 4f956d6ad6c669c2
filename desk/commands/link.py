"""`xacast link`: the links by which sites watch channels that they are invited to."""

import json
from datetime import datetime, tzinfo
from typing import Any

import click

from desk.access.door_settings import devices_of
from desk.api_client import ApiClient
from desk.commands.switching import said, why_option
from desk.local_time import local_time
from desk.programmes.times import shown_time, zone_of
from desk.settings import load_settings
from desk.table import table

_SITES = click.argument("sites", nargs=-1, required=True, metavar="SITE…")
_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values.")


@click.group(short_help="Give sites their links, or take them away.")
def link() -> None:
    """Each registered site has one link, and who has it is that site: it opens the channels that were started with
    no --open, and everything that is open.

    \b
    Examples:
      xacast link make s00123 --why "card lost"
      xacast link revoke s00123
      xacast link code s00123
      xacast link limit s00123 --devices 8
      xacast link list
    """


@link.command(short_help="Make new links.")
@_SITES
@_JSON
@why_option
@click.pass_obj
def make(config: str | None, sites: tuple[str, ...], as_json: bool, why: str) -> None:
    """Make a new link for each SITE. The old one, and all that plays by it, ends at once.

    A link is shown this once: only its digest is kept. Open it in the hall's browser, which remembers it; for a
    set-top box put the playlist's address behind it: LINK/live/CHANNEL/index.m3u8 (or ts.m3u8).

    \b
    Examples:
      xacast link make s00123
      xacast link make s00123 s00124 --json
    """
    made = ApiClient(load_settings(config)).give_links({"sites": list(sites), **said(why)})
    if as_json:
        click.echo(json.dumps({"links": made}))
        return
    click.echo(table([("SITE", "LINK"), *made.items()]))
    click.echo("nobody can show these again; a new one takes the place of the old", err=True)


@link.command(short_help="Shut sites out.")
@_SITES
@why_option
@click.pass_obj
def revoke(config: str | None, sites: tuple[str, ...], why: str) -> None:
    """Take the link of each SITE away. Whoever watches by it is out with the next request.

    \b
    Examples:
      xacast link revoke s00123 --why "found on a forum"
    """
    ApiClient(load_settings(config)).revoke_links({"sites": list(sites), **said(why)})
    click.echo(f"{', '.join(sites)} shut out; `xacast link make` lets a site in again, with a new link")


@link.command(short_help="Make codes to type in.")
@_SITES
@_JSON
@why_option
@click.pass_obj
def code(config: str | None, sites: tuple[str, ...], as_json: bool, why: str) -> None:
    """Make a code for each SITE, which lets one browser in: typed in at the page of channels, or
    opened as an address.

    It is good for a day and for one time, and needs no link. What came in by it stays until the site's link is
    made anew or taken away. Set-top boxes need the link.

    \b
    Examples:
      xacast link code s00123
      xacast link code s00123 --json
    """
    settings = load_settings(config)
    made = ApiClient(settings).give_codes({"sites": list(sites), **said(why)})
    if as_json:
        click.echo(json.dumps(made))
        return
    rows = [(site, one["code"], one["address"]) for site, one in made["codes"].items()]
    click.echo(table([("SITE", "CODE", "ADDRESS"), *rows]))
    click.echo(f"each is good for one browser, until {_read_out(made['until'], settings.timezone)}", err=True)


@link.command(short_help="Say how many devices of a site may watch at once.")
@_SITES
@click.option("--devices", required=True, metavar="NUMBER|usual",
              help="1 to 1000, or “usual”: what the setting `devices` says of every site.")
@why_option
@click.pass_obj
def limit(config: str | None, sites: tuple[str, ...], devices: str, why: str) -> None:
    """Let so many devices of each SITE watch at once.

    A device has its place while it plays and for half a minute after. One more than that is refused, and
    `xacast events` tells of it.

    \b
    Examples:
      xacast link limit s00123 --devices 12
      xacast link limit s00123 --devices usual
    """
    number = None if devices == "usual" else devices_of(devices)
    ApiClient(load_settings(config)).limit_links({"sites": list(sites), "devices": number, **said(why)})
    click.echo(f"{', '.join(sites)}: {'as many devices as any site' if number is None else number} at once")


@link.command("list", short_help="Show who has a link.")
@_JSON
@click.pass_obj
def list_(config: str | None, as_json: bool) -> None:
    """Show which sites have a link, and which were shut out.

    \b
    Examples:
      xacast link list
      xacast link list --json
    """
    settings = load_settings(config)
    found = ApiClient(settings).links()
    zone = zone_of(settings.timezone)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else _listed(found["links"], zone))


def _listed(links: list[dict[str, Any]], zone: tzinfo) -> str:
    rows = [("SITE", "LINK", "DEVICES", "SHUT OUT OR RENEWED")]
    rows += [
        (one["site"], "yes" if one["link"] else "none", str(one["devices"]),
         local_time(one["void_until"], zone) if one["void_until"] else "")
        for one in links
    ]
    return table(rows) if links else "no site has a link; `xacast link make SITE` gives it one"


def _read_out(utc: str, timezone: str) -> str:
    """On the clock of the halls, since it is told to them by telephone."""
    return shown_time(int(datetime.fromisoformat(utc).timestamp()), zone_of(timezone))
