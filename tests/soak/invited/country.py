"""A site in each of the 3,356 units of Viet Nam, and twenty channels with an audience each.

Whom a channel is for is noted down while sites are made, beside the words that an operator would say; no rule
is asked.
"""

import random
from dataclasses import dataclass, field

from desk.register.official import Division, official_units
from desk.register.site import Site
from tests.desk.register.filled import a_site

MINISTRIES = ("health", "finance", "home")
PROVINCES = ("01", "48", "79", "92", "96")
COMMUNES = ("00004", "20194", "25747")
TAGS = ("border", "island", "highland")


@dataclass
class Country:
    """Its sites; for each channel how the operator says whom it is for, and who these are."""

    sites: list[Site] = field(default_factory=list)
    words: dict[str, dict[str, object]] = field(default_factory=dict)
    guests: dict[str, set[str]] = field(default_factory=dict)

    def channel(self, name: str, **words: object) -> None:
        """One more channel, for whom these words say."""
        self.words[name] = {"audience": "", "invite": [], "exclude": [], **words}
        self.guests[name] = set()

    def come(self, site: Site, *channels: str) -> None:
        """A site, and the channels that are for it."""
        self.sites.append(site)
        for name in channels:
            self.guests[name].add(site.id)


def country(seed: int) -> Country:
    """The centre's site is the leaders'; a province's may be a ministry's; labels fall on communes by chance."""
    chance = random.Random(seed)
    made = Country()
    made.channel("national", audience="national")
    made.channel("leaders", audience="leaders-ministries")
    made.channel("chiefs", audience="leaders-ministry-leaders")
    for name in MINISTRIES:
        made.channel(f"ministry-{name}", audience=f"ministry-localities:{name}")
    for code in (*PROVINCES, *COMMUNES):
        made.channel(f"at-{code}", audience=f"locality:{code}")
    for tag in TAGS:
        made.channel(f"tag-{tag}", invite=[f"label:{tag}"])
    made.channel("all-but-border", audience="national", exclude=["label:border"])
    made.channel("all-but-79", audience="national", exclude=["region:79"])
    made.channel("one", invite=["site:s79"])
    for unit in official_units(Division.OFFICIAL).regions:
        labels = {tag for tag in TAGS if unit.depth == 2 and chance.randrange(6) == 0}
        channels = {"national", *(f"tag-{tag}" for tag in labels)}
        ministry = chance.choice(MINISTRIES) if unit.depth == 1 and chance.randrange(3) == 0 else ""
        if unit.depth == 0:
            labels, channels = {"leaders"}, channels | {"leaders", "chiefs"}
        elif ministry:
            labels, channels = {f"ministry-{ministry}"}, channels | {"leaders", f"ministry-{ministry}"}
        else:
            channels |= {f"ministry-{name}" for name in MINISTRIES}
        province = unit.parent if unit.depth == 2 else unit.id
        channels |= {f"at-{province}"} if province in PROVINCES else set()
        channels |= {f"at-{unit.id}"} if unit.id in COMMUNES else set()
        channels |= {"all-but-border"} if "border" not in labels else set()
        channels |= {"all-but-79"} if province != "79" else set()
        channels |= {"one"} if unit.id == "79" else set()
        made.come(a_site(f"s{unit.id}", unit.id, name=unit.name, labels=frozenset(labels)), *channels)
    return made
