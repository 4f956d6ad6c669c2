"""`xacast site template`: a list to fill in, one row for each place that there is."""

from pathlib import Path
from typing import Any

import click

from desk.commands.site_files import check_name, write_sheet
from desk.register.register_client import RegisterClient
from desk.settings import load_settings


@click.command("template", short_help="Write a list to fill in, a row for each commune.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--province", "--region", "region", metavar="REGION", required=True, help="Of what is below it.")
@click.pass_obj
def template(config: str | None, file: Path, region: str) -> None:
    """Write FILE (.csv or .xlsx) with a row for each place at the bottom of a region: one hall in each commune.

    Contacts and phones are filled in by whoever has them, and rows taken out or added; `site import` takes it
    as it is, too.

    \b
    Examples:
      xacast site template hanoi.xlsx --province "Hà Nội"
      xacast site import hanoi.xlsx
    """
    check_name(file)
    client = RegisterClient(load_settings(config))
    rows = [
        {"id": "", "name": "", "region": one["id"], "address": one["address"], "kind": "hall", "contact": "",
         "phone": "", "note": "", "labels": [], "line_kbps": "", "retired": ""}
        for one in _lowest(client, region)
    ]
    write_sheet(file, rows)
    click.echo(f"{len(rows)} rows in {file}; fill in contacts and phones, then `xacast site import {file}`")


def _lowest(client: RegisterClient, region: str) -> list[dict[str, Any]]:
    """The regions below one that have none below them."""
    found: list[dict[str, Any]] = []
    for one in client.regions(below=region)["regions"]:
        found += _lowest(client, one["id"]) if one["below"] else [one]
    return found
