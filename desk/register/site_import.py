"""What a list of places means for the register: which sites are new, which change, which rows are wrong. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desk.register.folding import composed, folded, marks
from desk.register.region import Region, RegionId
from desk.register.region_finder import RegionFinder
from desk.register.sheet import Row
from desk.register.sheet_writer import meant
from desk.register.site import Site, SiteId, SiteKind, site_id
from desk.register.site_words import changed_site, free_id
from flow.errors import OperatorError
from flow.nearest import remedy_for

# Folded headings and what they mean; “address” and “retired” stand in our own export, and are passed over.
_HEADINGS = {
    "id": ("id", "ma diem", "ma"),
    "name": ("name", "ten", "ten diem"),
    "region": ("region", "code", "don vi", "ma don vi", "ma xa"),
    "commune": ("commune", "xa", "xa phuong", "phuong xa"),
    "district": ("district", "huyen", "quan huyen"),
    "province": ("province", "tinh", "tinh thanh pho", "tinh thanh"),
    "kind": ("kind", "loai"),
    "contact": ("contact", "lien he", "nguoi lien he"),
    "phone": ("phone", "dien thoai", "so dien thoai"),
    "note": ("note", "ghi chu"),
    "labels": ("labels", "label", "nhan"),
    "line_kbps": ("line kbps", "line", "duong truyen", "duong truyen kbps"),
    "": ("address", "dia chi", "retired"),
}
_KINDS = {
    "hoi truong": SiteKind.HALL, "phong hop": SiteKind.HALL, "van phong": SiteKind.OFFICE, "dau thu": SiteKind.BOX,
    "hop": SiteKind.BOX, "di dong": SiteKind.MOBILE, "luu dong": SiteKind.MOBILE,
}
_PLACES = ("province", "district", "commune")
_TEXTS = ("name", "contact", "phone", "note")
_GUESSES = 200
"""Wrong names for which the nearest right one is looked up, some milliseconds each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be taken, by its line, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class ImportPlan:
    """What would be done. Nothing is, while a row is bad."""

    new: list[Site] = field(default_factory=list)
    changed: list[tuple[Site, Site]] = field(default_factory=list)
    same: int = 0
    bad: list[BadRow] = field(default_factory=list)


class SiteImport:
    """Takes rows one after the other; `plan` is what they come to."""

    def __init__(self, finder: RegionFinder, sites: Iterable[Site], heading: Sequence[str]) -> None:
        """`sites` are all that there are; raises OperatorError for a heading that means nothing."""
        self._finder = finder
        self._columns = columns_of(heading)
        self._known = {one.id: one for one in sites}
        self._taken = set(self._known)
        watching = [one for one in self._known.values() if one.retired_s is None]
        self._named: dict[tuple[RegionId, str], dict[SiteId, Site]] = defaultdict(dict)
        for one in watching:
            self._named[_key(one.region, one.name)][one.id] = one
        self._lines: dict[SiteId, int] = {}
        self._places: dict[tuple[str, RegionId | None, int | None], Region | OperatorError] = {}
        self._guesses = _GUESSES
        self.plan = ImportPlan()

    def take(self, row: Row) -> None:
        """One row more."""
        line, cells = row
        try:
            self._place(line, self._words(cells))
        except OperatorError as error:
            self.plan.bad.append(BadRow(line=line, reason=str(error)))

    def _words(self, cells: Sequence[str]) -> dict[str, str]:
        if len(cells) > len(self._columns):
            problem = f"it has {len(cells)} cells, and the heading {len(self._columns)}"
            raise OperatorError(problem, "Put a text that has the separator in it in quotes")
        whole = [*cells, *[""] * (len(self._columns) - len(cells))]
        return {name: meant(cell) for name, cell in zip(self._columns, whole, strict=True) if name}

    def _place(self, line: int, words: dict[str, str]) -> None:
        region = self._region(words)
        name = composed(words.get("name") or region.name)
        wanted = words.get("id", "")
        known = self._before(wanted, region, name)
        before = known or Site(
            id=site_id(wanted) if wanted else free_id(region.id, self._taken), name=name, region=region.id,
        )
        if before.id in self._lines:
            problem = f"it is the same site as line {self._lines[before.id]}"
            raise OperatorError(problem, "Leave one of them out, or give each an id")
        if folded(name) == folded(before.name) and not any(marks(name)):
            name = before.name  # somebody types without marks, and means what is there
        after = replace(changed_site(before, _words(words), self._finder), name=name, region=region.id)
        if before.retired_s is not None and after != before:
            problem = f"{before.id} watches no more, and the row says something new of it"
            raise OperatorError(problem, f"Leave it out, or first `xacast site retire {before.id} --undo`")
        self._note(line, before, after, is_new=known is None)

    def _note(self, line: int, before: Site, after: Site, *, is_new: bool) -> None:
        self._taken.add(after.id)
        self._lines[after.id] = line
        self._named[_key(after.region, after.name)][after.id] = after
        if is_new:
            self.plan.new.append(after)
        elif after == before:
            self.plan.same += 1
        else:
            self.plan.changed.append((before, after))

    def _before(self, wanted: str, region: Region, name: str) -> Site | None:
        """The site that the row is about, if there is one: by id, or by its name in its region."""
        if wanted:
            return self._known.get(SiteId(wanted))
        found = _meant(name, self._named.get(_key(region.id, name), {}).values())
        if len(found) > 1:
            problem = f"“{name[:64]}” may be several sites: {', '.join(one.id for one in found[:5])}"
            raise OperatorError(problem, "Give its id")
        return self._known.get(found[0].id, found[0]) if found else None

    def _region(self, words: dict[str, str]) -> Region:
        if words.get("region"):
            return self._found(words["region"], None, None)
        region: Region | None = None
        for key in _PLACES:
            if words.get(key):
                within, depth = (None, 1) if key == "province" else (region.id if region else None, None)
                region = self._found(words[key], within, depth)
        if region is None:
            problem = "it says no region"
            raise OperatorError(problem, "Give its code, or the names of province and commune")
        return region

    def _found(self, text: str, within: RegionId | None, depth: int | None) -> Region:
        key = (text, within, depth)
        if key not in self._places:
            try:
                self._places[key] = self._finder.find(text, within=within, depth=depth, guess=self._guesses > 0)
            except OperatorError as error:
                self._guesses -= 1
                self._places[key] = error
        found = self._places[key]
        if isinstance(found, OperatorError):
            raise found
        return found


def _key(region: RegionId, name: str) -> tuple[RegionId, str]:
    return region, folded(name) or name


def _meant(name: str, same: Iterable[Site]) -> list[Site]:
    """Of sites that are called the same once folded, those that can be meant: thôn Lang is not thôn Làng."""
    found = list(same)
    if any(marks(name)):
        return [one for one in found if marks(one.name) == marks(name)] or [
            one for one in found if not any(marks(one.name))
        ]
    return [one for one in found if one.name.lower() == name.lower()] or found


def columns_of(heading: Sequence[str]) -> list[str]:
    """What each column means; raises OperatorError for one that means nothing, or twice the same."""
    known = {spelling: name for name, spellings in _HEADINGS.items() for spelling in spellings}
    columns = []
    for text in heading:
        if folded(text) not in known:
            problem = f"a column is called “{text[:40]}”"
            raise OperatorError(problem, remedy_for(folded(text), [name for name in _HEADINGS if name]))
        columns.append(known[folded(text)])
    named = [name for name in columns if name]
    if len(named) != len(set(named)):
        problem = "two columns mean the same"
        raise OperatorError(problem, "Take one of them away")
    if not {"region", *_PLACES} & set(named):
        problem = "no column says where a site is"
        raise OperatorError(problem, "Have a column “region” with codes, or “province” and “commune” with names")
    return columns


def _words(words: dict[str, str]) -> dict[str, Any]:
    """The row's words as those of a site; the columns that there are count, empty cells too."""
    given: dict[str, Any] = {key: words[key] for key in _TEXTS if key in words and key != "name"}
    if words.get("kind"):
        kind = _KINDS.get(folded(words["kind"]))
        given["kind"] = kind.value if kind else words["kind"]
    if "labels" in words:
        given["labels"] = words["labels"].replace(",", " ").replace(";", " ").split()
    if "line_kbps" in words:
        number = words["line_kbps"] or "0"
        if not (number.isascii() and number.isdigit() and len(number) < 9):
            problem = f"“{number[:20]}” is no rate of a line"
            raise OperatorError(problem, "Give whole kb/s, or leave it empty")
        given["line_kbps"] = int(number)
    return given
