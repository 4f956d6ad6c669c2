"""Where a machine's settings come from, so that they can be read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from desk.settings import Settings, load_settings

_BESIDE = ("HOME", "XDG_DATA_HOME")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`config` is the file that was named, empty for the usual places; `environment` has what counts of the
    variables that `xacast up` was started with, and may be secret."""

    config: str
    environment: Mapping[str, str]

    @classmethod
    def of(cls, config: str | None, environment: Mapping[str, str]) -> Self:
        """As `xacast up` finds it."""
        kept = {key: text for key, text in environment.items() if key.startswith("XACAST_") or key in _BESIDE}
        return cls(config=str(Path(config).absolute()) if config else "", environment=kept)

    def read(self) -> Settings:
        """What they say now; raises OperatorError for what makes no sense, and then nothing of it counts."""
        return load_settings(self.config or None, self.environment)

    def to_json(self) -> dict[str, Any]:
        """For the headend, on its standard input."""
        return {"config": self.config, "environment": dict(self.environment)}

    @classmethod
    def from_json(cls, words: Mapping[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(config=str(words["config"]), environment={**words["environment"]})
