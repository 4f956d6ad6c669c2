"""A tree of regions small enough to be read."""

from desk.register.region import Level, Region, RegionId
from desk.register.region_tree import RegionTree

LEVELS = (Level(vi="trung ương", en="centre"), Level(vi="tỉnh", en="province"), Level(vi="xã", en="commune"))


def a_region(code: str, parent: str | None, depth: int, name: str) -> Region:
    return Region(id=RegionId(code), parent=None if parent is None else RegionId(parent), depth=depth, name=name)


def a_tree() -> RegionTree:
    return RegionTree(LEVELS, (
        a_region("vn", None, 0, "Việt Nam"),
        a_region("01", "vn", 1, "Thành phố Hà Nội"),
        a_region("00004", "01", 2, "Phường Ba Đình"),
        a_region("00008", "01", 2, "Xã Tân Thành"),
        a_region("19", "vn", 1, "Tỉnh Thái Nguyên"),
        a_region("02143", "19", 2, "Xã Văn Lang"),
        a_region("05665", "19", 2, "Xã Văn Lăng"),
        a_region("05700", "19", 2, "Phường Tân Thành"),
        a_region("05701", "19", 2, "Xã Tĩnh Túc"),
    ))
