"""`xacast mark`: places and stretches of a channel's time with a text."""

import json
from datetime import datetime, tzinfo
from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.commands.switching import said
from desk.local_time import local_time
from desk.mark_words import at_of, seconds_of
from desk.programmes.times import zone_of
from desk.settings import load_settings
from desk.table import table
from flow.errors import OperatorError
from flow.ids import channel_id


@click.command(short_help="Mark a moment or a stretch of a programme.")
@click.argument("name", shell_complete=complete_channel)
@click.argument("text", required=False, default="")
@click.option("--at", metavar="TIME", default="",
              help="14:05, 14:05:30, -90s, -5min or 2026-11-22T14:05:30+07:00; now unless given.")
@click.option("--duration", metavar="TIME", default="", help="90s, 45min, 2h; a moment unless given.")
@click.option("--open", "is_open", is_flag=True, help="It lasts until --end.")
@click.option("--class", "kind", metavar="WORD", default="", help="What sort of mark; “mark” unless given.")
@click.option("--end", metavar="ID", default="", help="End the open mark of this id, now or --at.")
@click.option("--list", "listing", is_flag=True, help="Show the marks that the playlists carry.")
@click.option("--json", "as_json", is_flag=True, help="Plain values.")
@click.pass_obj
def mark(
    config: str | None, name: str, text: str, at: str, duration: str, is_open: bool, kind: str, end: str,
    listing: bool, as_json: bool,
) -> None:
    """Mark a moment of channel NAME with TEXT. Players get it with the playlists (EXT-X-DATERANGE), on the clock
    of the pictures, as long as viewers can go back to it. It is not changed any more; an open one can be ended.

    \b
    Examples:
      xacast mark hop "Khai mạc"
      xacast mark hop "Phần hỏi đáp" --at -5min --duration 45min
      xacast mark hop "Đại biểu phát biểu" --open --class speech
      xacast mark hop --end mark-1795362044609
      xacast mark hop --list
    """
    settings = load_settings(config)
    client, channel, zone = ApiClient(settings), channel_id(name), zone_of(settings.timezone)
    lasting = is_open or bool(duration)
    if sum(map(bool, (text, end, listing))) != 1 or (is_open and duration) or (end and (lasting or kind)):
        problem = "these words of mark do not go together"
        raise OperatorError(problem, "Give a text, or --end ID, or --list; and --duration or --open with a text")
    if listing:
        found = client.marks(channel)
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else _listed(found["marks"], zone))
        return
    words: dict[str, Any] = said("") | {"at": at_of(at, datetime.now(zone)) if at else ""}
    words.pop("why")
    if end:
        words["end"] = end
    else:
        words |= {"text": text, "duration": None if is_open else seconds_of(duration) if duration else 0}
        words |= {"class": kind} if kind else {}
    done = client.mark(channel, words)
    said_of = f"ended after {_lasting(done['duration'])}" if end else f"marked {local_time(done['at'], zone)}"
    sentence = f"{said_of} on {name}: {done['text']} ({done['id']})"
    click.echo(json.dumps(done, ensure_ascii=False) if as_json else sentence)


def _listed(marks: list[dict[str, Any]], zone: tzinfo) -> str:
    rows = [("AT", "LASTS", "CLASS", "TEXT", "ID")]
    rows += [
        (local_time(one["at"], zone), _lasting(one["duration"]), one["class"], one["text"], one["id"])
        for one in marks
    ]
    return table(rows) if marks else "no marks"


def _lasting(seconds: float | None) -> str:
    return "open" if seconds is None else f"{seconds:g} s"
