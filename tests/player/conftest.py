"""Page files that need no build."""

import pytest

from player.assets import CONTENT_TYPES, MEASURE, Asset, Assets


@pytest.fixture
def assets() -> Assets:
    """Each of the page's files, holding its own name."""
    names = {**CONTENT_TYPES, MEASURE: "application/octet-stream"}
    return Assets({name: Asset.of(name.encode(), kind) for name, kind in names.items()})
