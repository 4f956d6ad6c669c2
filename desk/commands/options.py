"""What several commands share: options with completion, and addresses in words."""

from typing import Any

import click
from click.shell_completion import CompletionItem

from desk.api_client import ApiClient
from desk.settings import load_settings
from flow.encoder_kind import AUTO, EncoderKind
from flow.errors import XacastError
from flow.profile import ProfileName
from transcode.presets import ladder_names


def complete_channel(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of running channels, for the shell."""
    try:
        reports = ApiClient(load_settings()).channels()["channels"]
    except XacastError:
        return []
    return [CompletionItem(one["name"]) for one in reports if one["name"].startswith(incomplete)]


def complete_ladder(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of ladders, for the shell."""
    return [CompletionItem(name) for name in ladder_names() if name.startswith(incomplete)]


def complete_profile(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of latency profiles, for the shell."""
    return [CompletionItem(name.value) for name in ProfileName if name.startswith(incomplete)]


def complete_encoder(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Kinds of encoders, for the shell."""
    return [CompletionItem(name) for name in (*EncoderKind, AUTO) if name.startswith(incomplete)]


def addresses(viewers: str, name: str) -> str:
    """Where a channel is watched that is open to all."""
    return f"watch     {viewers}/watch/{name}\nplaylist  {viewers}/live/{name}/index.m3u8   (for VLC)"


def doors(viewers: str, name: str, *, sites: int) -> str:
    """Who may watch a channel that is closed, and how somebody comes in: where no site is registered, nobody."""
    watched = f"watch     {viewers}/watch/{name}, by sites with a link of their own alone"
    if sites:
        return f"{watched}\nnext      `xacast link make SITE`, or `xacast site card` for paper"
    return (
        f"{watched}; none is registered yet\n"
        "next      `xacast site add` or `site import`, then `xacast link make SITE`\n"
        f"          or, for everybody who reaches that port: `xacast stop {name}`, and start it with --open"
    )


def said_of_feed(report: dict[str, Any]) -> str:
    """What is wrong with a channel's start, one sentence a line; empty when its feed is on air."""
    if not report["fresh"]:
        why = "; ".join(report["alarms"]) or "no segment has come yet"
        return f"nothing can be watched yet: {why}. `xacast status {report['name']}` says more."
    if report["state"] == "live":
        return ""
    why = "; ".join(report["alarms"]) or "the feed has not come yet"
    then = "The feed is tried again by itself."
    if len(report["feeds"]) > 1:
        then = "The next feed that is ready is taken by itself, and this one tried again."
    return f"the slate is on air: {why}. {then}"
