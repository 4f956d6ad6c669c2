"""A share of what `make soak WHAT=invited` draws."""

from pathlib import Path

from tests.soak.invited.country import country
from tests.soak.invited.sampled import land_in, wrong_answers


def test_the_country_is_of_the_real_size() -> None:
    made = country(1)
    assert (len(made.sites), len(made.words)) == (3_356, 20)
    assert len(made.guests["national"]) == 3_356
    assert min(len(guests) for guests in made.guests.values()) >= 1


async def test_every_site_gets_what_it_is_invited_to_and_nothing_else(tmp_path: Path) -> None:
    """T-14: by link and by stream token."""
    async with land_in(tmp_path, country(1)) as land:
        may, wrong = await wrong_answers(land, seed=1, count=300)
    assert wrong == []
    assert 100 < may < 250
