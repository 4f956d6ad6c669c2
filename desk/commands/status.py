"""`xacast status`: what is on air, and how it is."""

import json
import time
from datetime import tzinfo

import click

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.programmes.times import zone_of
from desk.settings import load_settings
from desk.status_text import detail, overview
from flow.ids import channel_id

EACH = 1.0


@click.command(short_help="Show what is on air, and how it is.")
@click.argument("name", required=False, shell_complete=complete_channel)
@click.option("--json", "as_json", is_flag=True, help="Plain values for programs.")
@click.option("--watch", is_flag=True, help="Again each second, until Ctrl-C.")
@click.pass_obj
def status(config: str | None, name: str | None, as_json: bool, watch: bool) -> None:
    """Show all channels, or everything about NAME.

    \b
    Examples:
      xacast status
      xacast status hop --watch
      xacast status --json
    """
    settings = load_settings(config)
    client, zone = ApiClient(settings), zone_of(settings.timezone)
    while True:
        text = _text(client, name, zone, as_json=as_json)
        if watch and not as_json:
            click.clear()
        click.echo(text)
        if not watch:
            return
        time.sleep(EACH)


def _text(client: ApiClient, name: str | None, zone: tzinfo, *, as_json: bool) -> str:
    everything = client.channels()
    if name is None:
        if as_json:
            return json.dumps(everything, ensure_ascii=False)
        return overview(everything["channels"], zone)
    one = client.channel(channel_id(name))
    return json.dumps(one, ensure_ascii=False) if as_json else detail(one, everything["viewers"], zone)
