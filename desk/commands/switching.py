"""`xacast take`, `hold`, `release` and `cut`: who chooses what is on air."""

import getpass
from typing import Any

import click
from click.shell_completion import CompletionItem

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.feed_choice import feed_index
from desk.said import LONGEST_WHO
from desk.settings import load_settings
from flow.errors import XacastError
from flow.ids import channel_id

_NAME = click.argument("name", shell_complete=complete_channel)
why_option = click.option("--why", default="", metavar="TEXT", help="The reason, for the event log.")


def complete_feed(context: click.Context, _option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Numbers of a channel's feeds, for the shell."""
    try:
        feeds = ApiClient(load_settings()).channel(channel_id(context.params.get("name") or ""))["feeds"]
    except XacastError:
        return []
    numbered = [CompletionItem(str(at), help=feed["shown"]) for at, feed in enumerate(feeds, start=1)]
    return [item for item in numbered if item.value.startswith(incomplete)]


@click.command(short_help="Put one of a channel's feeds on air now.")
@_NAME
@click.argument("feed", shell_complete=complete_feed)
@why_option
@click.pass_obj
def take(config: str | None, name: str, feed: str, why: str) -> None:
    """Put FEED of channel NAME on air, at once, and keep it there until it is lost or released, or until
    another is fit and it is not.

    FEED is its number as `xacast status NAME` shows it, or a part of its address. A cold one is started first.

    \b
    Examples:
      xacast take hop 2
      xacast take hop 10.0.0.5 --why "the second speaker"
    """
    client = ApiClient(load_settings(config))
    report = client.channel(channel_id(name))
    shown = [one["shown"] for one in report["feeds"]]
    at = feed_index(feed, shown)
    client.order(name, {"do": "take", "feed": at, **said(why)})
    place = "is started, and on air with its first picture" if _cold(report, at) else "is on air"
    click.echo(f"feed {at + 1} ({shown[at]}) of {name} {place}; `xacast release {name}` lets the rules choose")


@click.command(short_help="Keep the feed that is on air: no automatic switching.")
@_NAME
@why_option
@click.pass_obj
def hold(config: str | None, name: str, why: str) -> None:
    """Keep the feed of channel NAME that is on air. Should it be lost, its last picture and the slate stand in.

    \b
    Example:
      xacast hold hop --why "the minister speaks"
    """
    _order(config, name, "hold", why)
    click.echo(f"{name} is held: nothing switches by itself until `xacast release {name}`")


@click.command(short_help="Give switching back to the rules.")
@_NAME
@why_option
@click.pass_obj
def release(config: str | None, name: str, why: str) -> None:
    """End a take, a hold or a cut of channel NAME: the best feed that is fit is on air again.

    \b
    Example:
      xacast release hop
    """
    _order(config, name, "release", why)
    click.echo(f"{name} switches by itself again")


@click.command(short_help="Show the slate, at once.")
@_NAME
@why_option
@click.pass_obj
def cut(config: str | None, name: str, why: str) -> None:
    """Show the slate of channel NAME, at once, until `xacast take` or `xacast release`.

    \b
    Example:
      xacast cut hop --why "a break"
    """
    _order(config, name, "cut", why)
    click.echo(f"the slate of {name} is on air until `xacast release {name}` or `xacast take {name} FEED`")


def _cold(report: dict[str, Any], at: int) -> bool:
    """Whether that feed has no decoder, or one that has just begun."""
    status = report["worker"]["status"]
    return bool(status) and len(status["feeds"]) > at and status["feeds"][at].get("unfit") == "cold"


def _order(config: str | None, name: str, do: str, why: str) -> None:
    ApiClient(load_settings(config)).order(channel_id(name), {"do": do, **said(why)})


def said(why: str) -> dict[str, Any]:
    """Who, the local user, and why; until there are accounts."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name
        who = ""
    return {"who": who if who.isprintable() and len(who) <= LONGEST_WHO else "", "why": why}
