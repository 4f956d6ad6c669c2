"""Changes are whole, in both engines."""

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.site_changes import all_sites, listed, merged
from tests.desk.register.filled import a_site, fill


def test_a_merge_with_one_that_is_not_there_changes_nothing(database_url: str) -> None:
    database = fill(Database.open(database_url), a_site("s1"), a_site("s2", labels=frozenset({"moh"})))
    with pytest.raises(RefusedError, match="no site “s3”"):
        merged(database, ["s2", "s3"], "s1", 5)
    tree, sites = all_sites(database)
    assert (len(tree), [one.retired_s for one in sites]) == (9, [None, None])
    merged(database, ["s2", "s2"], "s1", 5)
    assert listed(database, {"label": "moh"})["sites"][0]["id"] == "s1"
    database.close()
