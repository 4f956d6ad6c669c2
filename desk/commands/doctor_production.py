"""`xacast doctor --production`: what is wrong with this machine, by name."""

import json
import os
import textwrap

import click

from desk.production.rule import Finding
from desk.production.rules import RULES
from desk.settings import file_of, load_settings
from flow.errors import OperatorError

_INDENT = " " * 4


def look_for_production(config: str | None, *, as_json: bool) -> int:
    """Say what is found; the exit status: 0 when nothing is, 2 for anything."""
    from desk.production.gather import look_over  # noqa: PLC0415 - a second of imports, for this look alone

    try:
        found = look_over(load_settings(config), file_of(config, os.environ))
    except OperatorError as error:  # settings that cannot be read are refused by name too
        found = (Finding(name="settings-wrong", said=error.problem, remedy=error.remedy, fatal=True),)
    if as_json:
        click.echo(json.dumps([one.to_json() for one in found], ensure_ascii=False))
        return 2 if found else 0
    for one in found:
        start = "  (does not start with production = \"yes\")" if one.fatal else ""
        click.echo(f"{one.name}{start}")
        for line in (f"{one.said}.", f"{one.remedy}."):
            click.echo(textwrap.fill(line, 110, initial_indent=_INDENT, subsequent_indent=_INDENT))
    click.echo(f"{len(RULES)} rules, {len(found)} not kept" if found else f"all {len(RULES)} rules are kept")
    return 2 if found else 0
