"""What an operator has set on a channel and nobody has taken back: it outlives the worker."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from flow.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Feeds count from 0. `held` is the one that a hold keeps, also while the slate stands in for it, None without
    a hold; `taken` the one that was taken, or is to be as soon as it has a picture. `text` lies over the picture.
    """

    cut: bool = False
    held: int | None = None
    taken: int | None = None
    layout: Layout = Layout.AUTO
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, words: Any) -> Self:  # noqa: ANN401 - checked here, word by word
        """The value that `to_json` wrote, perhaps in another version: what says nothing stands for nothing."""
        known = words if isinstance(words, dict) else {}
        layout, text = known.get("layout"), known.get("text")
        return cls(
            cut=known.get("cut") is True, held=_place(known.get("held")), taken=_place(known.get("taken")),
            layout=Layout(layout) if layout in list(Layout) else Layout.AUTO,
            text=text if isinstance(text, str) and text.isprintable() else "",
        )


NOTHING = Standing()


def _place(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None
