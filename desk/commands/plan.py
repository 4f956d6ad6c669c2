"""`xacast plan`: what a deployment needs, before money is spent."""

import json
import tomllib
from pathlib import Path
from typing import Any

import click

from desk.commands.options import complete_ladder, complete_profile
from desk.costs import Costs
from desk.ffmpeg import find_ffmpeg
from desk.plan.needs import needs_of
from desk.plan.picture import plan_picture
from desk.plan.report import plan_json, plan_text
from desk.plan.words import DEFAULTS, deployment_of
from desk.settings import load_settings
from flow.errors import OperatorError
from transcode.presets import load_ladder


@click.command(short_help="What would a country, or a province, need?")
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.option("--sites", type=int, help="Places that watch. [3321]")
@click.option("--provinces", type=int, help="[34]")
@click.option("--largest", type=int, help="Places of the largest province. [5 % of all]")
@click.option("--screens", type=int, help="Screens in a place, each with a stream of its own. [1]")
@click.option("--line", multiple=True, metavar="RATE[=PERCENT]",
              help="A line to a place, and how many have it; again for another. [2M]")
@click.option("--ladder", metavar="NAME", shell_complete=complete_ladder, help="[conference-720]")
@click.option("--profile", metavar="NAME", shell_complete=complete_profile, help="[low]")
@click.option("--channels", type=int, help="On air at once. [1]")
@click.option("--meetings", type=float, help="A month. [8]")
@click.option("--hours", type=float, help="A meeting's. [3]")
@click.option("--months", type=float, help="Recordings are kept so long. [12]")
@click.option("--window", metavar="TIME", help="How far viewers can go back. [2h]")
@click.option("--edges", type=int, help="Caches in each province; 0 for none. [2]")
@click.option("--province-line", metavar="RATE", help="There is, from the centre to each province.")
@click.option("--centre-line", metavar="RATE", help="There is, out of the centre.")
@click.option("--cores", type=int, help="There are, at the centre.")
@click.option("--encode", type=float, metavar="CORES",
              help="That a second of the ladder takes; without it, a trial on this machine says.")
@click.option("--svg", metavar="OUT", type=click.Path(dir_okay=False, writable=True), help="Draw it, too.")
@click.option("--json", "as_json", is_flag=True, help="Plain values: bit/s, bytes, seconds, cores.")
@click.pass_obj
def plan(config: str | None, /, file: str | None, svg: str | None, as_json: bool, **options: object) -> None:
    """What does a deployment need: rates on each line, edges, cores, disk, archive, and what does not fit? Nothing
    is changed and nothing is on air for it.

    FILE is TOML with the same names as the options, which win over it. Exit status 2 when something does not fit.

    \b
    Examples:
      xacast plan
      xacast plan --line 1M=40 --line 4M --province-line 50M --centre-line 1G
      xacast plan --sites 168 --provinces 1 --ladder thin --line 500k
      xacast plan country.toml --json
      xacast plan --svg plan.svg
    """
    words: dict[str, Any] = _from_file(file) if file else {}
    words |= {name: list(value) if isinstance(value, tuple) else value
              for name, value in options.items() if value not in (None, ())}
    ladder = load_ladder(str(words.get("ladder", DEFAULTS["ladder"])))
    asked = deployment_of(words, ladder, _encode(config, ladder.name, words.get("encode", 0)))
    needs = needs_of(asked)
    values = plan_json(asked, needs)
    if svg:
        Path(svg).write_text(plan_picture(asked, needs), "utf-8")
    click.echo(json.dumps(values, ensure_ascii=False) if as_json else plan_text(asked, needs))
    click.get_current_context().exit(2 if values["short"] else 0)


def _encode(config: str | None, ladder: str, given: object) -> float:
    if isinstance(given, int | float) and not isinstance(given, bool) and given > 0:
        return float(given)
    settings = load_settings(config)
    found = find_ffmpeg(settings.ffmpeg)
    return Costs(data=settings.data, ffmpeg=found, tell=lambda step: click.echo(f"{step} …", err=True)).of(ladder)


def _from_file(file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = f"{file} cannot be read: {error}"
        raise OperatorError(problem, "Mend the file; `xacast plan --help` has the names") from error
