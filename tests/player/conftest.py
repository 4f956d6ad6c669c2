"""Page files that need no build."""

import pytest

from player.assets import CONTENT_TYPES, Asset, Assets


@pytest.fixture
def assets() -> Assets:
    """Each of the page's files, holding its own name."""
    return Assets({name: Asset.of(name.encode(), kind) for name, kind in CONTENT_TYPES.items()})
