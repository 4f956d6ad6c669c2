"""`xacast programme`: what is on which channel when, and for whom."""

import json
from typing import Any

import click

from desk.commands.options import complete_channel
from desk.commands.programme_document import document
from desk.commands.programme_look import list_, now, show
from desk.commands.programme_ready import ready
from desk.commands.programme_text import done_text
from desk.commands.switching import said, why_option
from desk.programmes.audience_words import PRESETS
from desk.programmes.programme_client import ProgrammeClient
from desk.programmes.recurrence_words import HELP
from desk.programmes.times import lasting_of, zone_of
from desk.settings import load_settings
from flow.errors import OperatorError

_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values, times in UTC.")
_ID = click.argument("id_", metavar="ID")
_CHANNEL = click.argument("channel", shell_complete=complete_channel)


@click.group(short_help="What is on when, and for whom.")
def programme() -> None:
    """What is on which channel when, and who is invited.

    Times are on the clock of the setting `timezone`: “2026-11-24 08:00”, “24/11/2026 08:00”, “08:00”
    (today, or tomorrow when that is past), “+30min”, “+1day”.

    \b
    Examples:
      xacast programme add hop "Giao ban tuần" --start "2026-11-24 08:00" --for 90min --audience national
      xacast programme list
      xacast programme start hop --title "Họp khẩn"
      xacast programme stop hop
    """


def _values(command: Any) -> Any:  # noqa: ANN401 - what click's decorators give
    """The options that a programme's words have, of `add` and `change`."""
    for option in reversed((
        click.option("--title-en", metavar="TEXT", help="The title in English."),
        click.option("--end", metavar="TIME"),
        click.option("--for", "lasting", metavar="LENGTH", help="In place of --end: 90min, 1h30min."),
        *_AUDIENCE,
        click.option("--description", metavar="TEXT"),
        click.option("--document", "documents", metavar="NAME", multiple=True, help="Handed out; repeatable."),
        click.option("--rehearsal", metavar="LENGTH", help="Slate and countdown before it: 15min unless said."),
        click.option("--record/--no-record", "recording", default=None),
    )):
        command = option(command)
    return command


_AUDIENCE = (
    click.option("--audience", metavar="KIND", help=f"{', '.join(PRESETS)}."),
    click.option(
        "--invite", metavar="WHOM", multiple=True,
        help="region:NAME, label:WORD, site:ID, leaders, ministries, localities, all; repeatable.",
    ),
    click.option("--exclude", metavar="WHOM", multiple=True, help="Goes before all that is invited; repeatable."),
)


@programme.command("add", short_help="Put a programme, or a series, into the schedule.")
@_CHANNEL
@click.argument("title")
@click.option("--start", metavar="TIME", required=True)
@_values
@click.option("--every", metavar="DAYS", help=f"A series: {HELP}.")
@click.option("--until", metavar="DATE", help="The series' last day.")
@click.option("--count", type=int, metavar="NUMBER", help="How many times, exceptions included.")
@click.option("--except", "exceptions", metavar="DATE", multiple=True, help="A day it is not; repeatable.")
@why_option
@_JSON
@click.pass_obj
def add(
    config: str | None, /, channel: str, title: str, start: str, exceptions: tuple[str, ...], why: str,
    as_json: bool, **values: Any,  # noqa: ANN401
) -> None:
    """Put a programme called TITLE on CHANNEL. One that overlaps another is refused, and the other named.

    \b
    Examples:
      xacast programme add hop "Giao ban tuần" --start "2026-11-24 08:00" --for 90min --audience national
      xacast programme add hop "Phòng chống bão" --start 14:00 --end 16:00 --audience "locality:Quảng Ninh"
      xacast programme add yte "Ngành y tế" --start "2026-11-25 08:00" --for 2h \\
          --audience ministry-localities:health --exclude "province:Hà Nội"
      xacast programme add hop "Giao ban" --start "2026-11-23 07:30" --for 1h --invite label:ubnd \\
          --every mon --until 2027-06-28 --except 2027-02-08
    """
    words = {"channel": channel, "title": title, "start": start, "except": list(exceptions), **_given(values)}
    client = ProgrammeClient(load_settings(config))
    done = client.add_programme(words | said(why))
    made = done["programmes"]
    _tell(config, done, f"{made[0]['id']} to {made[-1]['id']} added, {made[0]['every']}" if made[1:] else "added",
          as_json=as_json)
    if not client.runs(channel):
        click.echo(f"note: no channel {channel} runs: `xacast start {channel} --feed URL` before then, or "
                   f"`xacast programme cancel {made[0]['id']}` if the name is wrong", err=True)


@programme.command("change", short_help="Change what is known of a programme.")
@_ID
@click.option("--title", metavar="TEXT")
@click.option("--start", metavar="TIME", help="Its end moves with it, unless that is given.")
@_values
@why_option
@_JSON
@click.pass_obj
def change(
    config: str | None, /, id_: str, why: str, as_json: bool, **values: Any,  # noqa: ANN401
) -> None:
    """Change programme ID. An audience that is given takes the place of the one it had.

    \b
    Examples:
      xacast programme change p12 --start "2026-11-24 09:00"
      xacast programme change p12 --exclude site:s00004 --why "mất điện"
    """
    words = _given(values)
    if not words:
        problem = "nothing is to be changed"
        raise OperatorError(problem, "`xacast programme change --help` shows what can be")
    done = ProgrammeClient(load_settings(config)).change_programme(id_, words | said(why))
    _tell(config, done, "changed", as_json=as_json)


@programme.command("cancel", short_help="A programme does not come.")
@_ID
@click.option("--series", is_flag=True, help="Nor do those of its series after it.")
@why_option
@_JSON
@click.pass_obj
def cancel(config: str | None, id_: str, series: bool, why: str, as_json: bool) -> None:
    """Programme ID does not come. It stays in the lists of what was planned.

    \b
    Examples:
      xacast programme cancel p12 --why "hoãn vì bão"
      xacast programme cancel p12 --series
    """
    done = ProgrammeClient(load_settings(config)).cancel_programme(id_, {"series": series, **said(why)})
    more = len(done["programmes"]) - 1
    _tell(config, done, f"cancelled, and {more} after it" if more else "cancelled", as_json=as_json)


@programme.command("start", short_help="Begin a programme now.")
@_CHANNEL
@click.option("--title", metavar="TEXT", default="", help="Begin an unscheduled one, until it is stopped.")
@click.option("--title-en", metavar="TEXT", default="", help="The title in English.")
@click.option("--programme", "name", metavar="ID", default="", help="Which; the next one unless said.")
@_AUDIENCE[0]
@_AUDIENCE[1]
@_AUDIENCE[2]
@why_option
@_JSON
@click.pass_obj
def start(config: str | None, /, channel: str, why: str, as_json: bool, **values: Any) -> None:  # noqa: ANN401
    """Begin the next programme of CHANNEL before its time, or with --title an unscheduled one.

    An unscheduled one is national unless an audience is given, and runs until it is stopped.

    \b
    Examples:
      xacast programme start hop
      xacast programme start hop --title "Họp khẩn phòng chống bão" --audience "locality:Quảng Ninh"
    """
    values["programme"] = values.pop("name")
    words = {key: value for key, value in _given(values).items() if value}
    done = ProgrammeClient(load_settings(config)).on_air(channel, "start", words | said(why))
    _tell(config, done, "has begun", as_json=as_json)


@programme.command("stop", short_help="End the programme that is on air.")
@_CHANNEL
@why_option
@_JSON
@click.pass_obj
def stop(config: str | None, channel: str, why: str, as_json: bool) -> None:
    """End what is on air on CHANNEL, before its end or after.

    \b
    Example:
      xacast programme stop hop
    """
    done = ProgrammeClient(load_settings(config)).on_air(channel, "stop", said(why))
    _tell(config, done, "has ended", as_json=as_json)


@programme.command("extend", short_help="Let the programme that is on air run on.")
@_CHANNEL
@click.option("--by", metavar="LENGTH", default="", help="15min, 1h; past its end from now on.")
@click.option("--to", metavar="TIME", default="")
@click.option("--open", "is_open", is_flag=True, help="Until it is stopped; what follows waits.")
@why_option
@_JSON
@click.pass_obj
def extend(config: str | None, channel: str, by: str, to: str, is_open: bool, why: str, as_json: bool) -> None:
    """Let what is on air on CHANNEL run longer.

    \b
    Examples:
      xacast programme extend hop --by 15min
      xacast programme extend hop --open --why "còn thảo luận"
    """
    words = {"by_s": lasting_of(by) if by else 0, "to": to, "open": is_open}
    given = {key: word for key, word in words.items() if word}
    done = ProgrammeClient(load_settings(config)).on_air(channel, "extend", given | said(why))
    _tell(config, done, "goes on" if is_open else "goes on and ends by itself", as_json=as_json)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in values.items() if value not in (None, (), [])}
    for key, name in (("lasting", "lasting_s"), ("rehearsal", "rehearsal_s")):
        if key in found:
            found[name] = lasting_of(found.pop(key))
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def _tell(config: str | None, done: dict[str, Any], deed: str, *, as_json: bool) -> None:
    zone = zone_of(load_settings(config).timezone)
    click.echo(json.dumps(done, ensure_ascii=False) if as_json else done_text(done, deed, zone))


programme.add_command(document)
programme.add_command(list_)
programme.add_command(now)
programme.add_command(ready)
programme.add_command(show)
