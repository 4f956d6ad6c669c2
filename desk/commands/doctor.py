"""`xacast doctor`: is this machine fit?"""

import json
import time

import click

from desk.cage_trial import cage_trial
from desk.checkup import (
    Check,
    Mark,
    check_cage,
    check_clock,
    check_cores,
    check_disk_room,
    check_encoders,
    check_hevc,
    check_listeners,
    check_packages,
    check_page,
    check_setpriv,
    check_tools,
    check_trial,
    check_window_room,
    is_up,
)
from desk.commands.doctor_production import look_for_production
from desk.commands.options import complete_ladder
from desk.costs import Costs
from desk.machines.edge_check import check_edges
from desk.settings import Settings, load_settings
from desk.system import SystemSpawn
from desk.table import table
from desk.window_words import DEFAULT, window_of
from transcode.encoder_trial import try_encoder
from transcode.presets import DEFAULT_LADDER, load_ladder


@click.command(short_help="Look over this machine: is it fit?")
@click.option("--ladder", default=DEFAULT_LADDER, show_default=True, metavar="NAME",
              shell_complete=complete_ladder, help="The ladder that the cores shall carry.")
@click.option("--hevc", is_flag=True, help="With HEVC beside each picture.")
@click.option("--window", default=DEFAULT, show_default=True, metavar="TIME",
              help="How far viewers shall be able to go back.")
@click.option("--production", is_flag=True, help="Is it fit to be depended on? Names what is not.")
@click.option("--json", "as_json", is_flag=True, help="Plain values for programs.")
@click.pass_context
def doctor(context: click.Context, ladder: str, hevc: bool, window: str, production: bool, as_json: bool) -> None:
    """Look over this machine. Exit status 2 when something must be mended.

    \b
    Examples:
      xacast doctor
      xacast doctor --ladder conference-1080 --json
      xacast doctor --ladder conference-480 --hevc
      xacast doctor --production
    """
    if production:
        context.exit(look_for_production(context.obj, as_json=as_json))
    load_ladder(ladder)
    checks = list(_checks(load_settings(context.obj), ladder, window_of(window), hevc=hevc))
    if as_json:
        click.echo(json.dumps([check.to_json() for check in checks], ensure_ascii=False))
    else:
        click.echo(table([(check.mark.value, check.name, check.said) for check in checks]))
    context.exit(2 if any(check.mark is Mark.FAIL for check in checks) else 0)


def _checks(settings: Settings, ladder: str, window: int, *, hevc: bool) -> list[Check]:
    tools, found = check_tools(settings.ffmpeg)
    spawn = SystemSpawn(settings.cage)
    checks = [tools, check_setpriv(), check_cage(spawn.cages), check_trial(cage_trial(spawn))]
    checks += [*check_listeners(settings, ours=is_up(settings)), check_clock(), check_disk_room(settings.data)]
    checks.append(check_window_room(settings.data, ladder, window, hevc=hevc))
    if found is not None:
        costs = Costs(
            data=settings.data, ffmpeg=found, tell=lambda step: click.echo(f"{step} …", err=True),
        )
        if found.hevc or not hevc:
            checks.append(check_cores(ladder, costs, hevc=hevc))
        checks += check_encoders(lambda kind: try_encoder(kind, found.path, spawn))
        checks.append(check_hevc(found, wanted=hevc))
    return [*checks, check_edges(settings.data, int(time.time())), check_page(), check_packages()]
