"""What lists, guides and pages say of channels and programmes: plain values."""

from dataclasses import dataclass

from flow.ids import ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A channel as a list shows it."""

    channel: ChannelId
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A programme as a guide shows it. Times are seconds since the epoch; `end_s` is None while nobody knows it.

    Texts may hold anything: each format escapes by itself.
    """

    channel: ChannelId
    title: str
    start_s: int
    end_s: int | None
    title_en: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something that is handed out with a programme. `ending` is that of a file of its kind (`pdf`), `digest` the
    SHA-256 of its bytes in hex, under which they are kept."""

    number: int
    channel: ChannelId
    title: str
    ending: str
    size: int
    digest: str
    title_en: str = ""
