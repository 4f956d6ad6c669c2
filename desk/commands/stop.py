"""`xacast stop`: take a channel off."""

import click

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.commands.switching import said, why_option
from desk.settings import load_settings
from flow.ids import channel_id


@click.command(short_help="Take a channel off the air.")
@click.argument("name", shell_complete=complete_channel)
@why_option
@click.pass_obj
def stop(config: str | None, name: str, why: str) -> None:
    """Take channel NAME off the air and out of the registry.

    \b
    Examples:
      xacast stop hop
      xacast stop hop --why "the meeting is over"
    """
    ApiClient(load_settings(config)).remove(channel_id(name), said(why))
    click.echo(f"channel {name} is off")
