"""`xacast programme ready`: which sites have tried themselves, and how that went."""

import json
from datetime import datetime
from typing import Any

import click

from desk.programmes.times import shown_time, zone_of
from desk.readiness.outcome import Readiness
from desk.readiness.readiness_client import ReadinessClient
from desk.settings import load_settings
from desk.table import table

_FAULTS = {"picture": "no picture", "sound": "no sound"}


@click.command("ready", short_help="Show which sites are ready.")
@click.argument("id_", metavar="ID")
@click.option("--region", "--province", metavar="REGION", default="", help="A code or a name: sites in it alone.")
@click.option(
    "--only", "state", type=click.Choice([one.value for one in Readiness]), help="Sites in this state alone.",
)
@click.option("--all", "everybody", is_flag=True, help="List the sites that are ready, too.")
@click.option("--json", "as_json", is_flag=True, help="Plain values, times in UTC.")
@click.pass_obj
def ready(
    config: str | None, id_: str, region: str, state: str | None, everybody: bool, as_json: bool,
) -> None:
    """Show which of the sites that are invited to programme ID are ready, which are not, and which are silent.

    In rehearsal each site's page has a button that tries picture, line and sound; what it found is told here, with
    whom to call where something is wrong. Silent is who has not pressed it yet.

    \b
    Examples:
      xacast programme ready p12
      xacast programme ready p12 --province "Hà Nội" --only not-ready
      xacast programme ready p12 --only silent --json
    """
    settings = load_settings(config)
    found = ReadinessClient(settings).readiness(id_, region=region, state=state or "")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    zone = zone_of(settings.timezone)
    click.echo(f"{found['programme']} “{found['title']}”: {counted(found)}")
    sites = [one for one in found["sites"] if everybody or state or one["state"] != "ready"]
    rows = [
        (one["id"], one["name"], one["address"], one["state"], _why(one), _called(one), _when(one, zone))
        for one in sorted(sites, key=lambda one: (one["state"], one["address"], one["id"]))
    ]
    if rows:
        click.echo(table([("SITE", "NAME", "WHERE", "STATE", "WHY", "CALL", "TRIED AT"), *rows]))
    if unknown := sum(not _called(one) for one in sites):
        click.echo(f"{unknown} of these have nobody to call: `xacast site set ID --contact NAME --phone NUMBER`")


def counted(found: dict[str, Any]) -> str:
    """How many are what: `120 sites: 80 ready, 3 not ready, 37 silent`."""
    sites = f"{found['invited']} site{'' if found['invited'] == 1 else 's'}"
    return f"{sites}: {found['ready']} ready, {found['not_ready']} not ready, {found['silent']} silent"


def _why(one: dict[str, Any]) -> str:
    slow = f"{one['rate_kbps']} of {one['need_kbps']} kb/s"
    return ", ".join(_FAULTS.get(fault, slow) for fault in one["faults"])


def _called(one: dict[str, Any]) -> str:
    return " ".join(word for word in (one["contact"], one["phone"]) if word)


def _when(one: dict[str, Any], zone: Any) -> str:  # noqa: ANN401 - as `zone_of` gives it
    return shown_time(int(datetime.fromisoformat(one["at"]).timestamp()), zone) if one["at"] else ""
