"""Channels as the terminal shows them, from the control API's reports."""

from datetime import tzinfo
from typing import Any

import click

from desk.ladder_choice import remarks
from desk.local_time import local_time
from desk.pair import rows_of
from desk.programmes.timetable_text import timetable_rows
from desk.table import table
from desk.window_words import window_text
from flow.timebase import SCALE, TICK, units_of_ns, utc_text
from transcode.presets import load_ladder

WORDS = {
    "live": "live", "held": "last picture held", "slate": "slate on air", "starting": "starting",
    "slides": "slides alone, the speaker is lost", "lost": "no worker",
}
MODES = {
    "auto": "switches by itself", "pinned": "taken by {who}", "hold": "held by {who}: no automatic switching",
    "cut": "cut to the slate by {who}", "schedule": "by the schedule",
}
_CLOSE = "started without --open it is for sites with a link"
_SHORT = {"pinned": "taken", "hold": "held fast", "cut": "cut", "schedule": "by the schedule"}


def overview(reports: list[dict[str, Any]], zone: tzinfo | None = None) -> str:
    """One line for each channel, and the alarms below it. That a channel is open is one."""
    if not reports:
        return "no channel is running; start one with `xacast start NAME --feed URL`"
    rows = [("CHANNEL", "STATE", "LADDER", "FEED", "RECEIVED")]
    rows += [
        (one["name"], _state(one), f"{one['ladder']}/{one['profile']}", *_feed(one, zone))
        for one in reports
    ]
    lines = table(rows).splitlines()
    shown = [lines[0]]
    for one, line in zip(reports, lines[1:], strict=True):
        shown += [line, *_open(one), *(f"  ! {alarm}" for alarm in one["alarms"])]
    return "\n".join(shown)


def _open(one: dict[str, Any]) -> list[str]:
    """In red, that everybody may watch."""
    if not one.get("open_to_all"):
        return []
    return [click.style(f"  ! open: everybody who reaches the viewers' port may watch; {_CLOSE}", fg="red")]


def detail(one: dict[str, Any], viewers: str, zone: tzinfo | None = None) -> str:
    """Everything about one channel, times on the clock of the `zone`, else of this machine."""
    rows = [
        ("channel", f"{one['name']} ({one['title']})"),
        ("state", WORDS.get(one["state"], one["state"])),
        ("ladder", f"{one['ladder']}{' with HEVC' if one.get('hevc') else ''}, profile {one['profile']}"),
        ("settings", _settings(one)),
        ("watch", f"{viewers}/watch/{one['name']}"),
        ("playlist", f"{viewers}/live/{one['name']}/index.m3u8"),
        *([("region", one["region"])] if one.get("region") else []),
        ("viewers", "everybody" if one.get("open_to_all") else "sites with a link of their own"),
    ]
    rows += timetable_rows(one, zone)
    if len(tracks := one["tracks"]) > 1:
        rows.append(("sound", ", ".join(f"{track['name']} ({track['language']})" for track in tracks)))
    if captions := one.get("captions"):
        rows.append(("captions", f"{captions['name']} ({captions['language']})"))
    if not one.get("thumbnails", True):
        rows.append(("thumbnails", "none: the channel is encrypted, and they would not be"))
    status = one["worker"]["status"]
    if status:
        rows += [_on_air(one, status, zone), *_standing(status, zone), *_worker(one["worker"], status)]
    rows += rows_of(one.get("workers", []))
    for at, feed in enumerate(status["feeds"] if status else []):
        rows += _received(at, feed, one, zone)
    rows += _packager(one["packager"])
    return "\n".join([table(rows), *_open(one), *(f"  ! {alarm}" for alarm in one["alarms"])])


def _settings(one: dict[str, Any]) -> str:
    """What an operator has set of the channel, or left as it comes."""
    loud = "speech as it comes" if one["loudness"] is None else f"speech brought to {one['loudness']:g} LUFS"
    period = one["key_period_s"]
    return ", ".join((
        f"viewers go back {window_text(one['window_s'])}",
        f"encrypted (AES-128, a key for {window_text(period)})" if period else "not encrypted",
        loud, f"feeds shown after {one['delay_ms']} ms",
        ("two workers" if one["worker_count"] > 1 else "one worker") + (" elsewhere" if one["remote"] else ""),
    ))


def _received(
    at: int, feed: dict[str, Any], one: dict[str, Any], zone: tzinfo | None,
) -> list[tuple[str, str]]:
    """One feed: what it is, since when, what comes of it, and what is measured."""
    since = f" since {_time(feed['changed_ns'], zone)}" if feed.get("changed_ns") else ""
    received = f", {feed['received']}" if feed["received"] else ""
    received += ", no sound" if feed["state"] == "live" and not feed["sound"] else ""
    received += f", {feed['unfit']}" if feed.get("unfit", "") not in {"", "lost", "cold", "played"} else ""
    received += f", captions: {feed['captions']}" if feed.get("captions") else ""
    waits = feed["state"] == "starting" and feed["why"]  # its decoder is there, and for a caller
    over = feed.get("unfit") == "played"
    place = "on air" if feed["on_air"] else "waiting" if waits else "played to its end" if over else feed["state"]
    rows = [(f"feed {at + 1}", f"{feed['shown']} is {place}{received}{since}, {feed['restarts']} restarts")]
    settings = one["feeds"][at] if at < len(one["feeds"]) else {}
    trim = f"trim {settings['trim_ms']:+d} ms" if settings.get("trim_ms") else ""
    cold = "cold: it rests again when it is not needed" if settings.get("cold") and feed["state"] != "cold" else ""
    measured = ", ".join(filter(None, (_measured(feed), trim, cold)))
    small = remarks(one, load_ladder).get(at, "")
    return rows + [("", words) for words in (small, measured, _heard(feed, one["tracks"])) if words]


def _time(wall_ns: int, zone: tzinfo | None) -> str:
    return local_time(utc_text(units_of_ns(wall_ns)), zone)[11:]


def _measured(feed: dict[str, Any]) -> str:
    """What is known of a feed's way here and of its timing, as far as it is worth a word."""
    words = []
    if feed.get("unprotected"):
        words.append("unprotected")
    if rate := feed.get("bitrate"):
        words.append(f"{rate / 1_000_000:.1f} Mb/s")
    if lost := feed.get("lost"):
        words.append(f"{lost} packets lost")
    if refused := feed.get("refused"):
        words.append(f"{refused} packets of others refused")
    if feed["state"] == "live":
        if (lufs := feed.get("lufs")) is not None:
            words.append(f"{lufs:.0f} LUFS {feed['gain_db']:+.0f} dB")
        if delay := feed.get("delay_ms"):
            words.append(f"delay {delay} ms")
        words += [
            f"{name} {feed[key]:+d} {unit}"
            for name, key, unit in (("A/V", "skew_ms", "ms"), ("clock", "rate_ppm", "ppm")) if feed.get(key)
        ]
    return ", ".join(words)


def _heard(feed: dict[str, Any], tracks: list[dict[str, str]]) -> str:
    """Which of a feed's sounds each track carries, where there is a choice."""
    heard = feed.get("heard", [])
    if len(tracks) < 2 or not heard:
        return ""
    words = (
        f"{track['language']} {f'sound {number}' if number else 'silent'}"
        for track, number in zip(tracks, heard, strict=False)
    )
    return ", ".join(words)


def _state(one: dict[str, Any]) -> str:
    short = _SHORT.get(one["mode"], "")
    words = WORDS.get(one["state"], str(one["state"]))
    return f"{words}, {short}" if short else words


def _on_air(one: dict[str, Any], status: dict[str, Any], zone: tzinfo | None) -> tuple[str, str]:
    """What viewers see, since when, and who chose it."""
    places = [f"feed {at}, {feed['shown']}" for at, feed in enumerate(status["feeds"], start=1) if feed["on_air"]]
    shown = places[0] if places else WORDS.get(status["on_air"], status["on_air"])
    since = f", since {local_time(one['on_air_since'], zone)}" if one["on_air_since"] else ""
    switches = f"automatic switches so far: {status['switches']}"
    chosen = MODES.get(one["mode"], "").format(who=_who(one, zone)) or one["mode"]
    return "on air", f"{shown}{since} ({chosen}; {switches})"


def _who(one: dict[str, Any], zone: tzinfo | None) -> str:
    """Whose order the channel's mode comes from, and since when, as far as that is known."""
    ordered = one.get("ordered") or {}
    at = f" at {local_time(ordered['at'], zone)}" if ordered.get("at") else ""
    return f"{ordered.get('who') or 'an operator'}{at}"


def _standing(status: dict[str, Any], zone: tzinfo | None) -> list[tuple[str, str]]:
    """How slides share the picture, what an operator has laid over it or chosen of it, and what is waited for."""
    standing = status.get("standing", {})
    rows = []
    if layout := status.get("layout"):
        since = f", since {_time(status['layout_ns'], zone)}" if status.get("layout_ns") else ""
        rows.append(("layout", f"{layout}{since}"))
    words = []
    if standing.get("layout", "auto") != "auto":
        words.append(f"layout {standing['layout']}")
    if standing.get("text"):
        words.append(f"“{standing['text']}” over the picture")
    if standing.get("taken") is not None and status["mode"] not in {"pinned", "hold"}:
        words.append(f"feed {standing['taken'] + 1} is taken as soon as it has a picture")
    return rows + ([("set by hand", ", ".join(words))] if words else [])


def _worker(worker: dict[str, Any], status: dict[str, Any]) -> list[tuple[str, str]]:
    connected = "connected" if worker["connected"] else f"silent for {worker['age_seconds']} s"
    minutes, seconds = divmod(status["ticks"] * TICK // SCALE, 60)
    run, restarts = f"run {status['run']}", status["encoder_restarts"]
    ticks = f"{status['ticks']}, {status['ticks_held']} held, {status['ticks_slate']} of slate"
    return [
        ("worker", f"process {status['pid']}, {connected}, clock {worker['clock_offset_seconds']:+.3f} s"),
        *_cage(status.get("cage", {})),
        ("running", f"{minutes} min {seconds} s"),
        ("ticks", f"{ticks}, {status['ticks_late']} late"),
        ("encoder", f"{_encoder(status)}{run}, {restarts} restarts, {status['encoder_depth']} ticks waiting"),
    ]


def _encoder(status: dict[str, Any]) -> str:
    """The kind that makes the pictures, and why a better one does not; nothing of a worker that does not say."""
    if not status.get("encoder"):
        return ""
    tried = f" ({status['encoder_tried']})" if status.get("encoder_tried") else ""
    return f"{status['encoder']}{tried}, "


def _cage(cage: dict[str, Any]) -> list[tuple[str, str]]:
    """What decoders run in, and how many of the attempts to get out of it were refused."""
    if not cage.get("level"):
        return []
    tried = f", {cage['refused']} of {cage['tried']} attempts to get out refused" if cage["tried"] else ""
    return [("cage", f"{cage['level']}{tried}")]


def _packager(packager: dict[str, Any]) -> list[tuple[str, str]]:
    rates = ", ".join(f"{name} {rate / 1000:.0f}" for name, rate in packager["bitrates"].items())
    delay = packager["delay_ms"]
    lost, refused = packager["gap_segments"], packager["refused"]
    rows = [("segments", f"last {packager['last_msn']}, {lost} lost, {refused} refused")]
    if rates:
        rows.append(("kbit/s", rates))
    if delay is not None:
        rows.append(("delay", f"{delay} ms from the clock to the newest chunk's end"))
    return rows


def _feed(one: dict[str, Any], zone: tzinfo | None) -> tuple[str, str]:
    """The feed on air, else the first one, and what is received of it; after a cut there is none to wait for."""
    if one["mode"] == "cut":
        return f"none: cut by {_who(one, zone)}", ""
    status = one["worker"]["status"]
    feeds: list[dict[str, Any]] = status["feeds"] if status else one["feeds"]
    place = next((at for at, feed in enumerate(feeds) if feed.get("on_air")), 0)
    which = f" ({place + 1} of {len(feeds)})" if len(feeds) > 1 else ""
    return f"{feeds[place]['shown']}{which}", feeds[place].get("received", "")
