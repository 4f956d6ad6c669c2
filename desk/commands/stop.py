"""`xacast stop`: take a channel off."""

import click

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.settings import load_settings
from flow.ids import channel_id


@click.command(short_help="Take a channel off the air.")
@click.argument("name", shell_complete=complete_channel)
@click.pass_obj
def stop(config: str | None, name: str) -> None:
    """Take channel NAME off the air and out of the registry.

    \b
    Example:
      xacast stop hop
    """
    ApiClient(load_settings(config)).remove(channel_id(name))
    click.echo(f"channel {name} is off")
