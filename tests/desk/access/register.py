"""A register with three sites, the last of them retired."""

from sqlalchemy import insert

from desk.database.database import Database
from desk.register.tables import region, region_level, site

SITE = {
    "region": "vn", "kind": "hall", "contact": "", "phone": "", "note": "", "line_kbps": 0, "found_by": "",
    "merged_into": None, "created_s": 1_790_000_000, "changed_s": 1_790_000_000,
}


def fill(database: Database) -> None:
    with database.writing() as connection:
        for depth, (vi, en) in enumerate((("trung ương", "centre"), ("xã", "commune"))):
            connection.execute(insert(region_level).values(depth=depth, title_vi=vi, title_en=en))
        connection.execute(insert(region).values(id="vn", parent=None, depth=0, name="Việt Nam"))
        connection.execute(insert(site), [
            {**SITE, "id": name, "name": name, "retired_s": retired}
            for name, retired in (("xa-1", None), ("xa-2", None), ("xa-3", 1_790_000_500))
        ])
