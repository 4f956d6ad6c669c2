"""`xacast region`: the tree of places."""

import json
from pathlib import Path
from typing import Any

import click

from desk.commands.region_allow import allow
from desk.commands.switching import said, why_option
from desk.register.register_client import RegisterClient
from desk.settings import load_settings
from desk.table import table
from flow.errors import OperatorError

MOST = 40
"""Regions of a search that a terminal shows: a screen of them."""
_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values.")


@click.group(short_help="The tree of provinces and communes.")
def region() -> None:
    """The tree of places that sites are in.

    \b
    Examples:
      xacast region load official
      xacast region import zones.csv --level bộ/ministry --level đơn-vị/unit
      xacast region list
      xacast region list --below "Hà Nội"
      xacast region list --search "ba dinh"
      xacast region show 00004
      xacast region allow 01 10.20.0.0/16
    """


@region.command("load", short_help="Put the official units in.")
@click.argument("division", type=click.Choice(["official", "former"]))
@why_option
@click.pass_obj
def load(config: str | None, division: str, why: str) -> None:
    """Put the units of Viet Nam into the register.

    The “official” ones hold since July 2025: 34 provinces, 3,321 communes. The “former” ones are the 63 provinces,
    696 districts and 10,035 communes before.

    Sites of the former units follow theirs to the official ones; those of a unit that was divided are named, for
    somebody to look at.

    \b
    Example:
      xacast region load official
    """
    done = RegisterClient(load_settings(config)).load_regions(division, said(why))
    click.echo(f"{done['added']} regions added, {done['changed']} changed, {done['removed']} removed; "
               f"{done['moved']} sites moved with theirs")
    if done["divided"]:
        click.echo(f"look at these, whose unit was divided: {', '.join(done['divided'])}")


@region.command("import", short_help="Put a tree of your own in.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--level", "levels", metavar="VI/EN", multiple=True, required=True,
              help="What regions of a level are called, from the top down; 2 to 4 times.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would change, and change nothing.")
@_JSON
@why_option
@click.pass_obj
def import_(
    config: str | None, file: Path, levels: tuple[str, ...], *, dry: bool, as_json: bool, why: str,
) -> None:
    """Make the tree of regions that of FILE, a CSV file with the columns code, above and name.

    One region has nothing above it: the centre. Either every row is right, or nothing is changed and each wrong
    one is named. Sites stay in their regions; one that a site is in cannot go.

    \b
    Examples:
      xacast region import zones.csv --level bộ/ministry --level vùng/zone --level "đơn vị/unit" --dry-run
      xacast region import zones.csv --level bộ/ministry --level vùng/zone --level "đơn vị/unit"
    """
    client = RegisterClient(load_settings(config))
    done = client.import_regions(file, ",".join(levels), dry=dry, said=said(why))
    click.echo(json.dumps(done, ensure_ascii=False) if as_json else _came_of(done))
    if done["bad"]:
        problem = f"{done['bad']} rows are wrong, and nothing was changed"
        raise OperatorError(problem, "Mend them and send the file again")


def _came_of(done: dict[str, Any]) -> str:
    lines = [f"line {row['line']}: {row['reason']}" for row in done["rows"]]
    if not done["bad"]:
        word = "are" if done["written"] else "would be"
        lines.append(f"{done['regions']} regions: {done['added']} {word} new, {done['changed']} changed, "
                     f"{done['removed']} gone")
    return "\n".join(lines)


@region.command("list", short_help="Show regions.")
@click.option("--below", metavar="REGION", default="", help="What is right below it; the centre unless given.")
@click.option("--search", metavar="WORDS", default="", help="All that have these words, with marks or without.")
@_JSON
@click.pass_obj
def list_(config: str | None, below: str, search: str, as_json: bool) -> None:
    """Show the regions below one, or those that have some words in their names.

    \b
    Examples:
      xacast region list --below 01
      xacast region list --search "tan thanh"
    """
    found = RegisterClient(load_settings(config)).regions(below=below, search=search)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else _listed(found, MOST if search else None))


@region.command("show", short_help="Show one region.")
@click.argument("name")
@_JSON
@click.pass_obj
def show(config: str | None, name: str, as_json: bool) -> None:
    """Show region NAME, which is a code or a name: what it belongs to, what is below it, how many sites it has.

    \b
    Examples:
      xacast region show 00004
      xacast region show "phường ba đình"
    """
    one = RegisterClient(load_settings(config)).region(name)
    if as_json:
        click.echo(json.dumps(one, ensure_ascii=False))
        return
    path = " > ".join(f"{step['name']} ({step['id']})" for step in one["path"])
    click.echo(f"{path}\n{one['level']}, {one['below']} regions right below, {one['sites']} sites")


def _listed(found: dict[str, Any], most: int | None) -> str:
    if not found["levels"]:
        return "there are no regions yet; `xacast region load official` puts them in"
    if not found["regions"]:
        return "no regions"
    rows = [("CODE", "LEVEL", "BELOW", "REGION")]
    rows += [(one["id"], one["level"], str(one["below"]), one["address"]) for one in found["regions"][:most]]
    left = found["count"] - len(rows) + 1
    return table(rows) + (f"\nand {left} more; search for more words" if left else "")


region.add_command(allow)
