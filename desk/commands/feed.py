"""`xacast preview` and `xacast feed`: one feed of a channel, looked at and taught."""

import base64
from pathlib import Path
from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.commands.switching import complete_feed, said, why_option
from desk.feed_choice import feed_index
from desk.settings import load_settings
from flow.errors import OperatorError
from flow.ids import channel_id

_NAME = click.argument("name", shell_complete=complete_channel)
_FEED = click.argument("feed", shell_complete=complete_feed)


@click.command(short_help="Save a still picture of a feed.")
@_NAME
@_FEED
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Where to; NAME-FEED.jpg unless given.")
@why_option
@click.pass_obj
def preview(config: str | None, name: str, feed: str, out: Path | None, why: str) -> None:
    """Save what FEED of channel NAME shows now, whether it is on air or not. A cold one is started.

    \b
    Examples:
      xacast preview hop 2
      xacast preview hop 2 --out /tmp/look.jpg
    """
    at, _, answer = _asked(config, name, feed, "preview", why)
    out = out or Path(f"{name}-{at + 1}.jpg")
    try:
        out.write_bytes(base64.b64decode(answer["jpeg"]))
    except OSError as error:
        problem = f"{out} cannot be written: {error.strerror}"
        raise OperatorError(problem, "Name another place with --out") from error
    click.echo(out)


@click.group(short_help="Teach a feed its lobby picture, or try it again.")
def feed() -> None:
    """Teach a feed of a channel what counts as no picture, try one in quarantine again, let a publisher in again.

    \b
    Example:
      xacast feed learn-lobby hop 1
    """


@feed.command("learn-lobby", short_help="What the feed shows now counts as no picture.")
@_NAME
@_FEED
@why_option
@click.pass_obj
def learn_lobby(config: str | None, name: str, feed: str, why: str) -> None:
    """What FEED of channel NAME shows now is a lobby or “no signal” picture: it is unfit whenever it shows it.

    \b
    Example:
      xacast feed learn-lobby hop 1
    """
    at, shown, answer = _asked(config, name, feed, "learn-lobby", why)
    click.echo(f"what feed {at + 1} ({shown}) of {name} shows now counts as no picture from now on")
    if answer.get("moves"):
        click.echo(
            "but it moves: what the feed shows a moment later is another picture. Learn it again while the lobby "
            f"picture is there, or let go of it with `xacast feed forget-lobby {name} {at + 1}`", err=True,
        )


@feed.command("forget-lobby", short_help="Forget the lobby picture of a feed.")
@_NAME
@_FEED
@why_option
@click.pass_obj
def forget_lobby(config: str | None, name: str, feed: str, why: str) -> None:
    """Forget the lobby picture of FEED of channel NAME.

    \b
    Example:
      xacast feed forget-lobby hop 1
    """
    at, shown, _ = _asked(config, name, feed, "forget-lobby", why)
    click.echo(f"feed {at + 1} ({shown}) of {name} has no lobby picture any more")


@feed.command("retry", short_help="Try a feed in quarantine again.")
@_NAME
@_FEED
@why_option
@click.pass_obj
def retry(config: str | None, name: str, feed: str, why: str) -> None:
    """Try FEED of channel NAME again at once, which was left alone because it ended decoder after decoder.

    Of a still picture whose sound was left out, because its file could not be read, the sound is tried again.

    \b
    Example:
      xacast feed retry hop 1
    """
    at, shown, _ = _asked(config, name, feed, "retry", why)
    click.echo(f"feed {at + 1} ({shown}) of {name} is tried again")


@feed.command("unban", short_help="Let an address knock at the RTMP door again.")
@click.argument("address", default="")
@why_option
@click.pass_obj
def unban(config: str | None, address: str, why: str) -> None:
    """Let ADDRESS knock at the RTMP door again, or all that are shut out. Status shows them while a channel waits.

    \b
    Examples:
      xacast feed unban 10.0.0.5
      xacast feed unban
    """
    lifted = ApiClient(load_settings(config)).unban(address, said(why))
    click.echo("\n".join(f"{place} may knock at the RTMP door again" for place in lifted) or "nobody was shut out")


def _asked(config: str | None, name: str, word: str, do: str, why: str) -> tuple[int, str, dict[str, Any]]:
    """The feed's place and address, and what its worker answered."""
    client = ApiClient(load_settings(config))
    shown = [one["shown"] for one in client.channel(channel_id(name))["feeds"]]
    at = feed_index(word, shown)
    return at, shown[at], client.order(name, {"do": do, "feed": at, **said(why)})
