"""Which part of the country a thing belongs to: from memory for channels, from the database for the rest."""

from collections.abc import Callable
from typing import NoReturn

from desk.database.door import DatabaseDoor
from desk.errors import RefusedError
from desk.people.account import Account
from desk.people.people import People
from desk.people.person import Person
from desk.people.rights import Scope
from desk.people.session import Session
from flow.errors import OperatorError


class Places:
    """Asked by the guard for who has a part of the country alone."""

    def __init__(self, people: People, database: DatabaseDoor, channel: Callable[[str], str | None]) -> None:
        """`channel` says which region a channel's name belongs to, None for a name that was never one's."""
        self._people = people
        self._database = database
        self._channel = channel

    def person(self, account: Account, session: Session) -> Person:
        """The account as handlers know it."""
        def still() -> bool:
            return self._people.memory.lasts(session.digest)

        def now() -> str:
            # What lasts, such as a stream of events, outlives the account's region.
            return self._people.memory.accounts.get(account.name, account).region

        def holds(region: str) -> bool:
            return self._people.memory.within(region, now())

        def runs(channel: str) -> bool:
            region = self._channel(channel)
            return not now() or (region is not None and holds(region))

        return Person(
            name=account.name, role=account.role, region=account.region, holds=holds, runs=runs, still=still,
        )

    async def check(self, scope: Scope, name: str, person: Person) -> None:
        """Raises RefusedError, as for what is not there, when it is not in the person's part of the country."""
        match scope:
            case Scope.CHANNEL:
                if not person.runs(name):
                    _none(f"there is no channel “{name[:64]}”", "`xacast status` shows those there are")
            case Scope.NAME:
                if self._channel(name) is not None and not person.runs(name):
                    problem = f"the name {name[:64]} is taken"
                    raise RefusedError(409, problem, "Choose another name")
            case Scope.ACCOUNT:
                account = self._people.memory.accounts.get(name)
                if account is None or not person.holds(account.region):
                    _none(f"there is no account “{name[:40]}”", "`xacast operator list` shows those there are")
            case Scope.REGION:
                await self._check_region(name, person)
            case Scope.SITE:
                await self._check_site(name, person)
            case Scope.PROGRAMME:
                await self._check_programme(name, person)
            case _:
                message = f"{scope} names nothing"
                raise ValueError(message)

    async def region(self, text: str) -> str:
        """The code of the region that somebody wrote, empty for the country; raises OperatorError."""
        from desk.people.account_store import region_code  # noqa: PLC0415 - brings SQLAlchemy along

        return await self._database.ask(lambda database: region_code(database, text)) if text else ""

    async def channel_of_programme(self, name: str) -> str | None:
        """The channel of a programme, None when there is no such programme; raises DatabaseGoneError."""
        from desk.people.thing_places import programme_channel  # noqa: PLC0415 - brings SQLAlchemy along

        return await self._database.ask(lambda database: programme_channel(database, name))

    async def _check_region(self, text: str, person: Person) -> None:
        try:
            inside = person.holds(await self.region(text))
        except RefusedError:
            raise
        except OperatorError as error:  # the nearest names may be another's: they are public
            raise RefusedError(404, error.problem, error.remedy) from error
        if not inside:
            _none(f"region “{text[:64]}” is not in your part of the country", "`xacast whoami` says which that is")

    async def _check_site(self, name: str, person: Person) -> None:
        from desk.people.thing_places import site_region  # noqa: PLC0415 - brings SQLAlchemy along

        region = await self._database.ask(lambda database: site_region(database, name))
        if region is None or not person.holds(region):
            _none(f"the register has no site “{name[:64]}”", "`xacast site list` shows the sites that there are")

    async def _check_programme(self, name: str, person: Person) -> None:
        channel = await self.channel_of_programme(name)
        if channel is None or not person.runs(channel):
            _none(f"there is no programme {name[:64]}", "`xacast programme list` shows those there are")


def _none(problem: str, remedy: str) -> NoReturn:
    raise RefusedError(404, problem, remedy)
