"""What an operator has set on a channel and nobody has taken back, and what is over: it outlives the worker."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from flow.curtain import Curtain
from flow.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Feeds count from 0. `held` is the one that a hold keeps, also while the slate stands in for it, None without
    a hold; `taken` the one that was taken, or is to be as soon as it has a picture. `text` lies over the picture.
    `played` are the feeds that were wanted once and have ended: they do not begin again. `curtain` is what the
    schedule has said last, None when nothing; it is `down` unless an operator raised it, or keeps it from falling.
    """

    cut: bool = False
    held: int | None = None
    taken: int | None = None
    layout: Layout = Layout.AUTO
    text: str = ""
    played: tuple[int, ...] = ()
    curtain: Curtain | None = None
    down: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return {**asdict(self), "played": list(self.played)}

    @classmethod
    def from_json(cls, words: Any) -> Self:  # noqa: ANN401 - checked here, word by word
        """The value that `to_json` wrote, perhaps in another version: what says nothing stands for nothing."""
        known = words if isinstance(words, dict) else {}
        layout, text, played = known.get("layout"), known.get("text"), known.get("played")
        return cls(
            cut=known.get("cut") is True, held=_place(known.get("held")), taken=_place(known.get("taken")),
            layout=Layout(layout) if layout in list(Layout) else Layout.AUTO,
            text=text if isinstance(text, str) and text.isprintable() else "",
            played=_places(played), curtain=_curtain(known.get("curtain")), down=known.get("down") is True,
        )


NOTHING = Standing()


def _curtain(value: object) -> Curtain | None:
    try:
        return None if value is None else Curtain.from_json(value)
    except ValueError:
        return None


def _places(value: object) -> tuple[int, ...]:
    listed = value if isinstance(value, list | tuple) else ()
    return tuple(at for at in listed if _place(at) is not None)


def _place(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None
