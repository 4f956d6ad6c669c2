"""A channel's definition as the registry keeps it and the worker gets it: plain values, complete in themselves.

The ladder travels by value, so that a worker of another version makes what the headend expects. Feeds' addresses
may hold secrets: a definition goes to the worker and into the registry, never to a viewer, a log or status.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from desk.channel_words import OFF, delay_of, loudness_of, picture_of, title_of
from desk.encoder_choice import encoder_of
from desk.key_words import DEFAULT as KEY_PERIOD
from desk.key_words import key_period_of
from desk.numbered_words import with_numbered
from desk.rivals import check_alone
from desk.rule_words import rules_from
from desk.track_words import captions_of, check_sounds, tracks_of
from desk.window_words import DEFAULT, window_of
from flow.canvas import Canvas
from flow.channel import DELAY_MS, LOUDNESS, WINDOW_S, Channel
from flow.encoder_kind import EncoderKind
from flow.errors import OperatorError
from flow.feed import Feed, FeedKind
from flow.ids import RenditionId, channel_id
from flow.ladder import Ladder, Rendition, SoundGroup, VideoCodec
from flow.layout import Role
from flow.nearest import remedy_for
from flow.profile import PROFILES, Profile, ProfileName
from flow.rules import Rules
from flow.track import VIETNAMESE, Track
from ingest.exposure import listens, sole, unprotected
from ingest.kinds import feed_of
from transcode.presets import load_ladder

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, OperatorError)
"""What `channel_from` raises for data that is no definition."""


def channel_of(
    name: str, feeds: Sequence[str], *, ladder: str, profile: str = ProfileName.LOW, title: str = "",
    slides: str = "", logo: str = "", slate: str = "", rules: str = "", loudness: str = f"{LOUDNESS:g}",
    delay: int = DELAY_MS, tracks: Sequence[str] = (), captions: str = OFF, window: str = DEFAULT,
    encrypt: bool = False, key_period: str = KEY_PERIOD, each: Mapping[str, Sequence[str]] | None = None,
    workers: int = 1, encoder: str = EncoderKind.X264, hevc: bool = False, open_to_all: bool = False,
    by_hand: bool = False, region: str = "",
) -> Channel:
    """The channel that an operator's words describe; raises OperatorError for words that make no sense.

    `each` holds settings of single feeds, see `desk/numbered_words.py`.
    """
    if not feeds:
        problem = f"channel {name} has no feed"
        raise OperatorError(problem, "Give at least one with --feed; the test card's address is testcard:")
    made, sounds = with_numbered(_feeds(feeds, slides), each or {}), tracks_of(tracks)
    check_sounds(made, sounds)
    return Channel(
        id=channel_id(name), title=title_of(title or name), feeds=made, tracks=sounds,
        ladder=load_ladder(ladder, hevc=hevc), profile=profile_of(profile), logo=picture_of(logo, "logo"),
        slate=picture_of(slate, "slate"), rules=rules_from(rules.replace(",", " ").split()),
        loudness=loudness_of(loudness), delay_ms=delay_of(delay), captions=captions_of(captions),
        window_s=window_of(window), key_period_s=key_period_of(key_period, encrypt=encrypt),
        workers=_workers_of(workers), encoder=encoder_of(encoder), open_to_all=open_to_all, region=region,
        by_hand=by_hand,
    )


def _feeds(mains: Sequence[str], slides: str) -> tuple[Feed, ...]:
    feeds = [feed_of(text) for text in mains]
    if slides:
        feeds.append(replace(feed_of(slides), role=Role.SLIDES))
    check_alone(tuple(feeds))
    return tuple(feeds)


def _workers_of(number: int) -> int:
    if number not in {1, 2}:
        problem = f"a channel has one worker or two, not {number}"
        raise OperatorError(problem, "Say --workers 2 for a spare one, or leave it out")
    return number


def check_shared(channel: Channel) -> None:
    """Raises OperatorError for a feed that two workers of one machine cannot both have."""
    for feed in channel.feeds if channel.workers > 1 else ():
        if why := sole(feed):
            problem = f"Two workers of one machine cannot both have {feed.shown}: {why}"
            remedy = "Leave --workers 2 out, or bring it by SRT caller, multicast, RTSP, HLS or from a file"
            raise OperatorError(problem, remedy)


def check_doors(channel: Channel, *, insecure: bool) -> None:
    """Raises OperatorError for a listener that takes any caller, unless the operator wants it (T-01)."""
    for feed in channel.feeds:
        if listens(feed) and unprotected(feed) and not insecure:
            problem = f"Anybody who reaches {feed.shown} can put a picture on air"
            raise OperatorError(problem, "Add passphrase={ask} to the address, after ? or &, or say --insecure")


def profile_of(name: str) -> Profile:
    """The latency profile of that name; raises OperatorError with the nearest one."""
    if name not in list(ProfileName):
        problem = f"there is no profile “{name}”"
        raise OperatorError(problem, remedy_for(name, ProfileName))
    return PROFILES[ProfileName(name)]


def definition_of(channel: Channel) -> dict[str, Any]:
    """The definition, ready for `json.dumps`."""
    return asdict(channel)


def channel_from(data: dict[str, Any]) -> Channel:
    """The channel that `definition_of` wrote; raises one of UNREADABLE.

    What another version has put in besides is left aside.
    """
    ladder = data["ladder"]
    return Channel(
        id=channel_id(data["id"]),
        title=str(data["title"]),
        feeds=tuple(_feed(feed) for feed in data["feeds"]),
        ladder=Ladder(
            name=ladder["name"], canvas=Canvas(**_known(Canvas, ladder["canvas"])),
            sounds=_sound_groups(ladder),
            video=tuple(map(_rung, ladder["video"])),
        ),
        profile=PROFILES[ProfileName(data["profile"]["name"])],
        rules=Rules(**_known(Rules, data.get("rules", {}))),
        logo=str(data.get("logo", "")),
        slate=str(data.get("slate", "")),
        loudness=_loudness(data.get("loudness", LOUDNESS)),
        delay_ms=int(data.get("delay_ms", DELAY_MS)),
        tracks=tuple(Track(**_known(Track, track)) for track in data.get("tracks", [])) or (VIETNAMESE,),
        window_s=int(data.get("window_s", WINDOW_S)),
        key_period_s=int(data.get("key_period_s", 0)),
        workers=_workers_of(int(data.get("workers", 1))),
        encoder=encoder_of(str(data.get("encoder", EncoderKind.X264))),
        captions=Track(**_known(Track, data["captions"])) if data.get("captions") else None,
        open_to_all=_open(data),
        by_hand=bool(data.get("by_hand", False)),
        region=str(data.get("region", "")),
    )


def _open(data: dict[str, Any]) -> bool:
    """Of a channel that an earlier version has started what it was there: open unless it was called invited."""
    return bool(data["open_to_all"] if "open_to_all" in data else not data.get("invited", False))


def _rung(data: dict[str, Any]) -> Rendition:
    codec = VideoCodec(data.get("codec", VideoCodec.AVC))
    return Rendition(**{**_known(Rendition, data), "id": RenditionId(data["id"]), "codec": codec})


def _sound_groups(ladder: dict[str, Any]) -> tuple[SoundGroup, ...]:
    """A channel that was started before there were groups has one sound for all pictures."""
    if "sounds" not in ladder:
        return (SoundGroup(bitrate=int(ladder["audio_bitrate"])),)
    groups = (_known(SoundGroup, group) for group in ladder["sounds"])
    return tuple(SoundGroup(**{**group, "id": RenditionId(group["id"])}) for group in groups)


def _loudness(value: float | None) -> float | None:
    return None if value is None else float(value)


def _feed(data: dict[str, Any]) -> Feed:
    role = Role(data.get("role", Role.MAIN))
    sounds = tuple(data.get("sounds", ()))
    return Feed(**{**_known(Feed, data), "kind": FeedKind(data["kind"]), "role": role, "sounds": sounds})


def revision_of(data: dict[str, Any]) -> int:
    """How new a definition is that a headend sent; 0 when it does not say."""
    return int(data.get("revision", 0))


def settled_of(data: dict[str, Any]) -> int:
    """How new its settings are that may change on air; 0 when they never did."""
    return int(data.get("settled", 0))


def _known(
    kind: type[Feed | Canvas | Rendition | SoundGroup | Rules | Track], data: dict[str, Any],
) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {key: value for key, value in data.items() if key in names}
