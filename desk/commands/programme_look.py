"""`xacast programme list`, `show` and `now`: what the schedule has."""

import json

import click

from desk.commands.options import complete_channel
from desk.commands.programme_text import listed, sentence, told
from desk.documents.document_client import DocumentClient
from desk.programmes.programme_client import ProgrammeClient
from desk.programmes.times import zone_of
from desk.settings import load_settings
from flow.errors import OperatorError

_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values, times in UTC.")
_ID = click.argument("id_", metavar="ID")
_CHANNEL = click.argument("channel", shell_complete=complete_channel)


@click.command("list", short_help="Show what comes.")
@click.option("--channel", metavar="CHANNEL", default="", shell_complete=complete_channel)
@click.option("--from", "from_", metavar="TIME", default="", help="A time or a date; today unless said.")
@click.option("--to", metavar="TIME", default="")
@click.option("--cancelled", is_flag=True, help="Those that do not come, too.")
@_JSON
@click.pass_obj
def list_(config: str | None, channel: str, from_: str, to: str, cancelled: bool, as_json: bool) -> None:
    """Show today's programmes and those to come.

    \b
    Examples:
      xacast programme list
      xacast programme list --channel hop --from 2026-11-01 --to 2026-12-01
    """
    settings = load_settings(config)
    asked = {"channel": channel, "from": from_, "to": to, "cancelled": "1" if cancelled else ""}
    client = ProgrammeClient(settings)
    found = client.programmes(**asked)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(listed(found["programmes"], zone_of(settings.timezone), client.off(found["programmes"])))


@click.command("show", short_help="Show one programme.")
@_ID
@_JSON
@click.pass_obj
def show(config: str | None, id_: str, as_json: bool) -> None:
    """Show all that is known of programme ID.

    \b
    Example:
      xacast programme show p12
    """
    settings = load_settings(config)
    one = ProgrammeClient(settings).programme(id_)
    if as_json:
        click.echo(json.dumps(one, ensure_ascii=False))
        return
    click.echo(told(one, zone_of(settings.timezone), DocumentClient(settings).documents(id_)["documents"]))


@click.command("now", short_help="What the schedule says of a channel now.")
@_CHANNEL
@_JSON
@click.pass_obj
def now(config: str | None, channel: str, as_json: bool) -> None:
    """What the schedule says of CHANNEL now: idle, rehearsal, on-air, over-run, or after a programme.

    \b
    Example:
      xacast programme now hop
    """
    settings = load_settings(config)
    client = ProgrammeClient(settings)
    found = client.timetable(channel)
    if not (found["programme"] or found["following"] or client.runs(channel)):
        problem = f"there is no channel “{channel[:64]}”, and nothing is planned for one"
        raise OperatorError(problem, "`xacast status` shows those there are, `xacast programme list` what comes")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    zone = zone_of(settings.timezone)
    click.echo(f"{channel}: {found['state']}")
    for word, one in (("it is", found["programme"]), ("next is", found["following"])):
        if one:
            click.echo(f"{word} {sentence(one, zone)}")
