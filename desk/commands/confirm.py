"""`xacast confirm`: the second operator's yes, where two are needed."""

import json
from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.switching import said, why_option
from desk.settings import load_settings
from desk.table import table


@click.command(short_help="Confirm what another operator asked for.")
@click.argument("number", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="Plain values.")
@why_option
@click.pass_obj
def confirm(config: str | None, number: int | None, as_json: bool, why: str) -> None:
    """Confirm what waits under NUMBER, or show what waits. Where the two-person rule holds (`two_persons`), a
    change of what is on air needs another account that may do it too, within 60 seconds. `xacast cut` never does.

    \b
    Examples:
      xacast confirm
      xacast confirm 7
    """
    client = ApiClient(load_settings(config))
    if number is not None:
        done = client.confirm(number, said(why))
        click.echo(json.dumps(done) if as_json else f"confirmed: what {done['who']} asked of {done['channel']}")
        return
    waiting = client.confirmations()
    if as_json:
        click.echo(json.dumps({"waiting": waiting}, ensure_ascii=False))
        return
    rows = [("NUMBER", "WHO", "CHANNEL", "WHAT", "LEFT")]
    rows += [
        (str(one["number"]), one["who"], one["channel"], _what(one), f"{one['left_s']} s") for one in waiting
    ]
    click.echo(table(rows) if waiting else "nothing waits for a second operator")


def _what(one: dict[str, Any]) -> str:
    words = {key: value for key, value in one["asked"].items() if value not in ("", [], {})}
    return f"{one['what']} {json.dumps(words, ensure_ascii=False)}"
