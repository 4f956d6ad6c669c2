"""`xacast events`: what happened."""

import json
import time
from datetime import tzinfo
from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.errors import NotRunningError
from desk.local_time import local_time
from desk.logs import one_line
from desk.programmes.times import zone_of
from desk.settings import load_settings
from flow.errors import OperatorError, ToolError
from flow.ids import channel_id

EACH = 0.5
"""Seconds between two looks for news."""
_MARKS = {"info": " ", "warning": "!", "alarm": "‼"}


@click.command(short_help="Show what happened.")
@click.argument("name", required=False, shell_complete=complete_channel)
@click.option("--follow", is_flag=True, help="Go on with what happens, until Ctrl-C.")
@click.option("--vi", "vietnamese", is_flag=True, help="In Vietnamese.")
@click.option("--json", "as_json", is_flag=True, help="A line of plain values for each event.")
@click.pass_obj
def events(config: str | None, name: str | None, follow: bool, vietnamese: bool, as_json: bool) -> None:
    """Show what happened on all channels, or on NAME: the newest last.

    \b
    Examples:
      xacast events
      xacast events hop --follow
      xacast events hop --json | tail -1
    """
    settings = load_settings(config)
    client, zone = ApiClient(settings), zone_of(settings.timezone)
    channel = "" if name is None else channel_id(name)
    language = "vi" if vietnamese else "en"
    found = client.events(channel)
    if channel and not found["events"]:
        _check_known(client, channel)
    while True:
        for record in found["events"]:
            click.echo(json.dumps(record, ensure_ascii=False) if as_json else line_of(record, language, zone))
        if not follow:
            return
        time.sleep(EACH)
        found = _more(client, channel, found["last"])


def _check_known(client: ApiClient, channel: str) -> None:
    """Raises OperatorError for a channel of which nothing was ever told and that does not run."""
    running = [one["name"] for one in client.channels()["channels"]]
    if channel not in running:
        problem = f"there is no channel {channel}, and nothing was told of one"
        raise OperatorError(problem, f"Running: {', '.join(running) or 'none'}")


def _more(client: ApiClient, channel: str, known: int) -> dict[str, Any]:
    """What came since; nothing while the headend is away, which is not the end of the story."""
    try:
        return client.events(channel, after=known)
    except (NotRunningError, ToolError):
        return {"events": [], "last": known}


def line_of(record: dict[str, Any], language: str, zone: tzinfo | None = None) -> str:
    """When, where, what: one line."""
    mark = _MARKS.get(record["severity"], " ")
    return one_line(f"{local_time(record['at'], zone)} {mark} {record['channel']}: {record[language]}")
