"""`xacast region allow`: from where the sites of a region may watch."""

import json
import sys
from typing import Any

import click

from desk.commands.switching import said, why_option
from desk.register.register_client import RegisterClient
from desk.settings import load_settings
from flow.errors import OperatorError


@click.command(short_help="Where its sites may watch from.")
@click.argument("name", metavar="REGION")
@click.argument("networks", nargs=-1, metavar="[CIDR]…")
@click.option("--show", "only_show", is_flag=True, help="Change nothing, show what holds.")
@click.option("--clear", is_flag=True, help="Take the list away: what is above the region holds, or nothing.")
@click.option("--dry-run", "dry", is_flag=True, help="Say whom it would shut out, and change nothing.")
@click.option("--yes", is_flag=True, help="Shut out sites that are watching, without a question.")
@click.option("--json", "as_json", is_flag=True, help="Plain values.")
@why_option
@click.pass_obj
def allow(
    config: str | None, name: str, networks: tuple[str, ...], *, only_show: bool, clear: bool, dry: bool,
    yes: bool, as_json: bool, why: str,
) -> None:
    """Let the sites of REGION, a code or a name, watch from these networks alone.

    The list takes the place of the one before, and holds for what is below the region and has none of
    its own. A site that comes from elsewhere finds nothing but a sentence that says so, and `xacast events` and
    `xacast status` tell of it. When sites are watching from elsewhere, it asks first.

    \b
    Examples:
      xacast region allow 01 10.20.0.0/16 2001:db8:20::/48 --dry-run
      xacast region allow 01 10.20.0.0/16 2001:db8:20::/48
      xacast region allow "Hà Nội" --show
      xacast region allow 01 --clear
    """
    if only_show + clear + bool(networks) != 1:
        problem = "it is not clear what is wanted"
        raise OperatorError(problem, "Name networks, or say --show, or --clear")
    client, wish = RegisterClient(load_settings(config)), {"networks": list(networks), **said(why)}
    if only_show:
        found = client.networks(name)
    elif dry:
        found = client.put_networks(name, {**wish, "dry": True})
        click.echo(json.dumps(found) if as_json else _shut_out(found, "would be"))
        return
    else:
        if not (yes or clear):
            _ask(client.put_networks(name, {**wish, "dry": True}))
        found = client.put_networks(name, wish)
    click.echo(json.dumps(found) if as_json else _allowed(found))


def _ask(found: dict[str, Any]) -> None:
    """Nobody shuts halls out of a meeting by a slip of the hand."""
    if not found["shut_out"]:
        return
    told = _shut_out(found, "would be")
    if not sys.stdin.isatty():
        raise OperatorError(told, "Nothing was changed; say --yes if that is meant")
    click.echo(told, err=True)
    click.confirm("Shut them out?", abort=True, err=True)


def _shut_out(found: dict[str, Any], word: str) -> str:
    """How many, and some of them."""
    out, named = found["shut_out"], found["shut_out_sites"]
    if not out:
        return f"of {found['watching']} sites that watch just now none {word} shut out"
    more = f" and {out - len(named)} more" if out > len(named) else ""
    return f"{out} of {found['watching']} sites that watch just now {word} shut out: {', '.join(named)}{more}"


def _allowed(found: dict[str, Any]) -> str:
    if not found["holding"]:
        return f"sites of {found['region']} may watch from anywhere"
    above = "" if found["networks"] else ", as it is said of a region above it"
    shut = f"\n{_shut_out(found, 'are')}" if found.get("shut_out") else ""
    return f"sites of {found['region']} may watch from {' '.join(found['holding'])}{above}{shut}"
