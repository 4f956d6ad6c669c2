"""The register's tables hold together by themselves."""

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from desk.database.database import Database
from desk.register.tables import region, region_level, site, site_label

SITE = {
    "id": "s1", "region": "vn", "name": "Hội trường", "kind": "hall", "contact": "", "phone": "", "note": "",
    "line_kbps": 0, "found_by": "", "created_s": 1, "changed_s": 1,
}


def test_a_site_needs_its_region_and_takes_its_labels_with_it(database_url: str) -> None:
    database = Database.open(database_url)
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(site).values(SITE))
    with database.writing() as connection:
        connection.execute(insert(region_level).values(depth=0, title_vi="trung ương", title_en="centre"))
        connection.execute(insert(region).values(id="vn", depth=0, name="Việt Nam"))
        connection.execute(insert(site).values(SITE))
        connection.execute(insert(site_label).values(site="s1", label="bo-y-te"))
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(delete(region))
    with database.writing() as connection:
        connection.execute(delete(site))
        assert connection.execute(select(site_label)).all() == []
    database.close()
