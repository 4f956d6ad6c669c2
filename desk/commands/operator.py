"""`xacast operator`: who may sign in at the desk, as what, and for which part of the country."""

import json
from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.passwords import asked, told_once
from desk.commands.switching import said, why_option
from desk.people.role import ROLES
from desk.settings import load_settings
from desk.table import table

_NAME = click.argument("name")
_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values.")
_ROLES = "|".join(ROLES)


@click.group(short_help="Keep accounts: who may sign in, as what, where.")
def operator() -> None:
    """Accounts for those who do not run xacast on its own machine. A viewer looks; an operator runs what is on
    air; a director plans channels and programmes, and lets sites in; an administrator keeps accounts. An account
    has the whole country, or one region with everything below it.

    \b
    Examples:
      xacast operator add lan --role director --region "Hà Nội"
      xacast operator list
      xacast operator disable lan --why "left"
    """


@operator.command(short_help="Make an account.")
@_NAME
@click.option("--role", default="viewer", show_default=True, metavar=_ROLES, help="What it may do.")
@click.option("--region", default="", metavar="REGION", help="Its part of the country, by code or name.")
@click.option("--own-password", is_flag=True, help="Give it a password now, in place of one made for one use.")
@_JSON
@why_option
@click.pass_obj
def add(
    config: str | None, name: str, role: str, region: str, own_password: bool, as_json: bool, why: str,
) -> None:
    """Make the account NAME. It gets a password for one use, which is shown this once.

    \b
    Examples:
      xacast operator add lan --role administrator
      xacast operator add ha --role operator --region "Thái Nguyên"
    """
    words: dict[str, Any] = {"name": name, "role": role, "region": region, **said(why)}
    if own_password:
        words["password"] = asked("Password", twice=True)
    made = ApiClient(load_settings(config)).add_account(words)
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False))
        return
    click.echo(_line(made))
    if "password" in made:
        told_once(name, made["password"])


@operator.command("list", short_help="Show all accounts.")
@_JSON
@click.pass_obj
def list_(config: str | None, as_json: bool) -> None:
    """Show all accounts of your part of the country.

    \b
    Examples:
      xacast operator list
    """
    found = ApiClient(load_settings(config)).accounts()
    if as_json:
        click.echo(json.dumps({"accounts": found}, ensure_ascii=False))
    elif found:
        rows = [(one["name"], one["role"], one["region"] or "the country", _state(one)) for one in found]
        click.echo(table([("NAME", "ROLE", "REGION", "STATE"), *rows]))
    else:
        click.echo("there are no accounts; `xacast operator add NAME --role administrator` makes one")


@operator.command(short_help="Show one account.")
@_NAME
@_JSON
@click.pass_obj
def show(config: str | None, name: str, as_json: bool) -> None:
    """Show the account NAME.

    \b
    Examples:
      xacast operator show lan
    """
    _show(ApiClient(load_settings(config)).account(name), as_json=as_json)


@operator.command(short_help="Give an account another role or region.")
@_NAME
@click.option("--role", metavar=_ROLES, help="What it may do.")
@click.option("--region", metavar="REGION|country", help="Its part of the country, by code or name.")
@why_option
@click.pass_obj
def change(config: str | None, name: str, role: str | None, region: str | None, why: str) -> None:
    """Give the account NAME another role, or another part of the country. It holds at once.

    \b
    Examples:
      xacast operator change lan --role operator
      xacast operator change lan --region country
    """
    words: dict[str, Any] = {} if role is None else {"role": role}
    if region is not None:
        words["region"] = "" if region == "country" else region
    _show(ApiClient(load_settings(config)).change_account(name, {**words, **said(why)}))


@operator.command(short_help="Give an account a new password.")
@_NAME
@why_option
@click.pass_obj
def password(config: str | None, name: str, why: str) -> None:
    """Give the account NAME a password for one use, shown this once; all its sessions end. Your own is changed
    with `xacast password`.

    \b
    Examples:
      xacast operator password lan --why "forgot it"
    """
    told_once(name, ApiClient(load_settings(config)).renew_account(name, said(why))["password"])


@operator.command(short_help="Shut an account out.")
@_NAME
@why_option
@click.pass_obj
def disable(config: str | None, name: str, why: str) -> None:
    """Shut the account NAME out, at once and wherever it is signed in. It stays in lists, and can be enabled.

    \b
    Examples:
      xacast operator disable lan --why "left"
    """
    _show(ApiClient(load_settings(config)).change_account(name, {"enabled": False, **said(why)}))


@operator.command(short_help="Let an account in again.")
@_NAME
@why_option
@click.pass_obj
def enable(config: str | None, name: str, why: str) -> None:
    """Let the account NAME sign in again, with the password that it had.

    \b
    Examples:
      xacast operator enable lan
    """
    _show(ApiClient(load_settings(config)).change_account(name, {"enabled": True, **said(why)}))


@operator.command(short_help="Let a locked account be tried again.")
@_NAME
@why_option
@click.pass_obj
def unlock(config: str | None, name: str, why: str) -> None:
    """Let the account NAME be tried again, after ten wrong passwords in an hour.

    \b
    Examples:
      xacast operator unlock lan
    """
    _show(ApiClient(load_settings(config)).unlock_account(name, said(why)))


def _show(one: dict[str, Any], *, as_json: bool = False) -> None:
    click.echo(json.dumps(one, ensure_ascii=False) if as_json else _line(one))


def _line(one: dict[str, Any]) -> str:
    return f"{one['name']}: {one['role']} of {one['region'] or 'the whole country'}, {_state(one)}"


def _state(one: dict[str, Any]) -> str:
    if not one["enabled"]:
        return "disabled"
    if one["locked_s"]:
        return f"locked for {-(-one['locked_s'] // 60)} min"
    words = ["first password not used yet"] if one["once"] else []
    count = one["sessions"]
    return ", ".join([*words, f"signed in {count} time{'s' * (count > 1)}" if count else "not signed in"])
