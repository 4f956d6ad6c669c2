"""`xacast config`: are the settings right, and which hold?"""

import json
import os

import click

from desk.api_client import ApiClient
from desk.settings import KEYS, SECRET, file_of, from_environment, from_file, load_settings
from desk.table import table

_HIDDEN = "(set, and not shown)"


@click.group("config")
def config_() -> None:
    """The settings of this machine.

    \b
    Examples:
      xacast config check /etc/xacast.toml.new
      xacast config show
      xacast config reload
    """


@config_.command("check")
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.pass_obj
def check_config(named: str | None, file: str | None) -> None:
    """Is FILE right? Without FILE, the one that xacast would read. Nothing is changed.

    The environment is left out when a FILE is given: it is looked at as another machine would see it. Exit status
    2 and a sentence when something is wrong.

    \b
    Examples:
      xacast config check
      xacast config check /etc/xacast.toml.new
    """
    env = {"HOME": os.environ.get("HOME", "")} if file else dict(os.environ)
    path = file_of(file or named, env)
    load_settings(file or named, env)
    if path is None:
        click.echo("there is no xacast.toml: every setting has its default, or is in the environment")
        return
    keys = from_file(path)
    click.echo(f"{path} is right: {', '.join(keys) or 'nothing is set in it'}")


@config_.command("show")
@click.option("--json", "as_json", is_flag=True, help="Plain values.")
@click.pass_obj
def show_config(named: str | None, as_json: bool) -> None:
    """Which settings hold, and where each comes from. What may be secret is never shown.

    What runs already has what held when `xacast up` began, or when `xacast config reload` was said last.

    \b
    Examples:
      xacast config show
      xacast --config /etc/xacast.toml config show --json
    """
    settings, path = load_settings(named), file_of(named, os.environ)
    filed, variables = from_file(path), from_environment(os.environ)
    rows = []
    for key in KEYS:
        value = str(getattr(settings, key))
        source = f"XACAST_{key.upper()}" if key in variables else str(path) if key in filed else "default"
        rows.append((key, _HIDDEN if key in SECRET and value else value, source))
    if as_json:
        told = {key: {"value": value, "from": source} for key, value, source in rows}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(table([("KEY", "VALUE", "FROM"), *rows]))


@config_.command("reload")
@click.option("--why", default="", help="For the audit.")
@click.option("--json", "as_json", is_flag=True, help="Plain values.")
@click.pass_obj
def reload_config(named: str | None, why: str, as_json: bool) -> None:
    """Have the running headend read its settings again. What is on air goes on.

    Read are the file and the variables that `xacast up` was started with. A file that is wrong is refused whole.

    \b
    Examples:
      xacast config reload
      xacast config check && xacast config reload --why "another address for alarms"
    """
    done = ApiClient(load_settings(named)).reload({"why": why} if why else {})
    if as_json:
        click.echo(json.dumps(done))
        return
    click.echo(f"holds now: {', '.join(done['changed']) or 'nothing is another'}")
    if done["waiting"]:
        click.echo(f"needs a restart: {', '.join(done['waiting'])}; end `xacast up` and start it again")
