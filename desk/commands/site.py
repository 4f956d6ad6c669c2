"""`xacast site`: the places that watch."""

import json
from typing import Any

import click

from desk.commands.site_card import card
from desk.commands.site_files import all_sites, export, import_
from desk.commands.site_template import template
from desk.commands.switching import said, why_option
from desk.register.register_client import RegisterClient
from desk.settings import load_settings
from desk.table import table
from flow.errors import OperatorError

_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values.")
_KINDS = click.Choice(["hall", "office", "box", "mobile"])


@click.group(short_help="The places that watch.")
def site() -> None:
    """The places that watch: halls, offices, set-top boxes, terminals that move.

    \b
    Examples:
      xacast site add "Hội trường UBND" --region "phường Ba Đình, Hà Nội"
      xacast site template sites.xlsx --province "Hà Nội"
      xacast site import sites.xlsx --dry-run
      xacast site list --province "Hà Nội" --label moh
      xacast site show s00004
    """


site.add_command(import_)
site.add_command(export)
site.add_command(template)
site.add_command(card)


def _values(command: Any) -> Any:  # noqa: ANN401 - what click's decorators give
    """The options that a site's words have, of `add` and `set`."""
    for option in (
        click.option("--kind", type=_KINDS, help="A hall unless said."),
        click.option("--contact", metavar="NAME", help="Whom to call."),
        click.option("--phone", metavar="NUMBER"),
        click.option("--note", metavar="TEXT"),
        click.option("--label", "labels", metavar="WORD", multiple=True, help="Ministry, sector; repeatable."),
        click.option("--line", "line_kbps", type=int, metavar="KBPS", help="The rate its line should have."),
    ):
        command = option(command)
    return command


@site.command("add", short_help="Register a site.")
@click.argument("name")
@click.option("--region", required=True, metavar="REGION", help="Code or name: 00004, “Phường Ba Đình”.")
@click.option("--id", "id_", metavar="ID", default="", help="Made from its region's code unless given.")
@_values
@why_option
@_JSON
@click.pass_obj
def add(
    config: str | None, /, name: str, region: str, id_: str, why: str, as_json: bool, **values: Any,  # noqa: ANN401
) -> None:
    """Register a site called NAME in a region.

    \b
    Examples:
      xacast site add "Hội trường UBND phường Ba Đình" --region 00004 --contact "Chị Hoa" --phone "0912 345 678"
      xacast site add "Hộp đài xã" --region "xã Văn Lăng" --kind box --id van-lang --label radio
    """
    words = {"name": name, "region": region, **({"id": id_} if id_ else {}), **_given(values), **said(why)}
    client = RegisterClient(load_settings(config))
    made = client.add_site(words)
    _tell(made, "added", as_json=as_json)
    _tell_of_others(client, made)


def _tell_of_others(client: RegisterClient, made: dict[str, Any]) -> None:
    """A place that is registered twice has two cards, and is silent by one of them in every list."""
    there = client.sites(region=made["region"])["sites"]
    others = [one["id"] for one in there if one["region"] == made["region"] and one["id"] != made["id"]]
    if others:
        click.echo(f"note: its region has {', '.join(others[:5])} already; when that is the same place, "
                   "`xacast site merge` makes them one", err=True)


@site.command("set", short_help="Change what is known of a site.")
@click.argument("id_", metavar="ID")
@click.option("--name", metavar="NAME")
@_values
@why_option
@_JSON
@click.pass_obj
def set_(
    config: str | None, /, id_: str, name: str | None, why: str, as_json: bool, **values: Any,  # noqa: ANN401
) -> None:
    """Change what is known of site ID. Labels that are given take the place of those it had.

    \b
    Example:
      xacast site set s00004 --contact "Anh Dũng" --phone "0987 654 321"
    """
    words = _given({"name": name, **values})
    if not words:
        problem = "nothing is to be changed"
        raise OperatorError(problem, "`xacast site set --help` shows what can be")
    _tell(RegisterClient(load_settings(config)).change_site(id_, words | said(why)), "changed", as_json=as_json)


@site.command("move", short_help="Put a site into another region.")
@click.argument("id_", metavar="ID")
@click.argument("region")
@why_option
@_JSON
@click.pass_obj
def move(config: str | None, id_: str, region: str, why: str, as_json: bool) -> None:
    """Put site ID into REGION, a code or a name.

    \b
    Example:
      xacast site move s00004 "Phường Hồng Hà" --why "relocated"
    """
    done = RegisterClient(load_settings(config)).change_site(id_, {"region": region, **said(why)})
    _tell(done, "moved", as_json=as_json)


@site.command("merge", short_help="Let one site take the place of others.")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--into", required=True, metavar="ID", help="The one that stays.")
@why_option
@_JSON
@click.pass_obj
def merge(config: str | None, ids: tuple[str, ...], into: str, why: str, as_json: bool) -> None:
    """Let one site take the place of others: they retire, their credentials end, and it gets their labels.

    \b
    Example:
      xacast site merge s00004-2 s00004-3 --into s00004
    """
    done = RegisterClient(load_settings(config)).merge_sites(into, {"sites": list(ids), **said(why)})
    _tell(done, f"takes the place of {', '.join(ids)}", as_json=as_json)


@site.command("retire", short_help="A site watches no more.")
@click.argument("id_", metavar="ID")
@click.option("--undo", is_flag=True, help="It watches again; it needs a new credential.")
@why_option
@_JSON
@click.pass_obj
def retire(config: str | None, id_: str, undo: bool, why: str, as_json: bool) -> None:
    """Site ID watches no more: it keeps its place in lists of the past, and its credential ends.

    \b
    Example:
      xacast site retire s00004 --why "hall closed"
    """
    done = RegisterClient(load_settings(config)).retire_site(id_, {"undo": undo, **said(why)})
    _tell(done, "watches again" if undo else "retired", as_json=as_json)


@site.command("show", short_help="Show one site.")
@click.argument("id_", metavar="ID")
@_JSON
@click.pass_obj
def show(config: str | None, id_: str, as_json: bool) -> None:
    """Show what is known of site ID.

    \b
    Example:
      xacast site show s00004
    """
    one = RegisterClient(load_settings(config)).site(id_)
    told = {**one, "labels": ", ".join(one["labels"]), "line_kbps": one["line_kbps"] or ""}
    rows = [(key, str(value)) for key, value in told.items() if value not in {"", None}]
    click.echo(json.dumps(one, ensure_ascii=False) if as_json else table(rows))


@site.command("list", short_help="Show sites.")
@click.option("--province", "--region", "region", metavar="REGION", default="", help="In it, or below it.")
@click.option("--kind", type=_KINDS, default=None)
@click.option("--label", metavar="WORD", default="")
@click.option("--search", metavar="WORDS", default="", help="In any of its words, with marks or without.")
@click.option("--retired", is_flag=True, help="Those that watch no more, too.")
@_JSON
@click.pass_obj
def list_(
    config: str | None, region: str, kind: str | None, label: str, search: str, retired: bool, as_json: bool,
) -> None:
    """Show sites, all or some.

    \b
    Examples:
      xacast site list --province "TP Hà Nội" --kind hall
      xacast site list --search "nguyen thi hoa"
    """
    words = {"region": region, "kind": kind, "label": label, "search": search, "retired": "1" if retired else ""}
    sites = all_sites(RegisterClient(load_settings(config)), {key: word for key, word in words.items() if word})
    told = {"sites": sites, "count": len(sites)}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _listed(sites))


def _given(values: dict[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in values.items() if value not in (None, ())}
    return found | {"labels": list(found["labels"])} if "labels" in found else found


def _tell(one: dict[str, Any], deed: str, *, as_json: bool) -> None:
    sentence = f"{one['id']} {deed}: {one['name']}, {one['address']}"
    click.echo(json.dumps(one, ensure_ascii=False) if as_json else sentence)


def _listed(sites: list[dict[str, Any]]) -> str:
    rows = [("ID", "KIND", "NAME", "REGION", "CONTACT", "LABELS")]
    rows += [
        (one["id"], one["kind"] + (" (retired)" if one["retired"] else ""), one["name"], one["address"],
         " ".join((one["contact"], one["phone"])).strip(), ",".join(one["labels"]))
        for one in sites
    ]
    return table(rows) + f"\n{len(sites)} sites" if sites else "no sites"
