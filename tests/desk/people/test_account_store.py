"""Accounts and sessions in both engines."""

from dataclasses import replace

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.people.account import Account
from desk.people.account_store import Known, add, change, known, region_code, sign_in, sign_out_everywhere
from desk.people.role import Role
from desk.people.session import IDLE_S, Session
from desk.register.region_store import RegionStore
from flow.errors import OperatorError
from tests.desk.register.filled import fill
from tests.desk.register.trees import LEVELS, a_region, a_tree

LAN = Account(name="lan", role=Role.DIRECTOR, region="01", digest="$x")
MAI = Account(name="mai", role=Role.VIEWER)


def a_session(digest: str = "d", at: int = 1_000, account: str = "lan") -> Session:
    return Session(digest=digest, account=account, made_s=at, seen_s=at)


def test_what_is_kept_is_what_is_known(database_url: str) -> None:
    database = fill(Database.open(database_url))
    for one in (LAN, MAI):
        add(database, one, 1_000)
    with pytest.raises(RefusedError, match="already"):
        add(database, MAI, 1_000)
    sign_in(database, a_session(), "", "$x")
    sign_in(database, a_session("e"), "none", "$x")
    found = known(database, {"d": 1_100, "e": 900}, (), Known())
    assert found.accounts == {"lan": LAN, "mai": MAI}
    assert found.sessions == {"d": replace(a_session(), seen_s=1_100), "e": a_session("e")}
    assert (found.above["00004"], found.above["01"], found.above["vn"]) == ("01", "vn", "")
    assert known(database, {}, (), found).above is found.above
    assert set(known(database, {}, ("d",), Known()).sessions) == {"e"}
    database.close()


def test_sessions_end_with_a_change_or_everywhere_or_in_time(database_url: str) -> None:
    database = fill(Database.open(database_url))
    add(database, LAN, 1_000)
    for digest in ("a", "b", "c"):
        sign_in(database, a_session(digest), "", "$x")
    demoted = replace(LAN, role=Role.VIEWER)
    change(database, demoted, 1_001, before=LAN)
    assert len(known(database, {}, (), Known()).sessions) == 3
    change(database, LAN, 1_001, before=demoted, keep="b")
    assert set(known(database, {}, (), Known()).sessions) == {"b"}
    sign_in(database, a_session("c"), "b", "$x")
    assert set(known(database, {}, (), Known()).sessions) == {"c"}
    sign_in(database, a_session("e", 1_000 + IDLE_S), "", "$x")
    assert set(known(database, {}, (), Known()).sessions) == {"e"}
    sign_out_everywhere(database, "lan")
    assert known(database, {}, (), Known()).sessions == {}
    with pytest.raises(RefusedError, match="no account"):
        change(database, MAI, 1_001, before=MAI)
    database.close()


def test_what_another_has_changed_is_not_undone_nor_signed_in_to(database_url: str) -> None:
    """T-27: for who has seen less, the account and its password are not what they are."""
    database = fill(Database.open(database_url))
    for one in (LAN, MAI):
        add(database, one, 1_000)
    renewed = replace(LAN, digest="$y", role=Role.VIEWER)
    change(database, renewed, 1_001, before=LAN)
    with pytest.raises(RefusedError, match="somebody else") as caught:
        change(database, replace(LAN, region="19"), 1_002, before=LAN)
    assert caught.value.status == 409
    change(database, replace(MAI, enabled=False), 1_002, before=MAI)
    assert not sign_in(database, a_session("a"), "", "$x")
    assert not sign_in(database, a_session("a", account="mai"), "", "")
    assert sign_in(database, a_session("b"), "", "$y")
    found = known(database, {}, (), Known())
    assert (found.accounts["lan"], set(found.sessions)) == (renewed, {"b"})
    database.close()


def test_a_region_that_an_account_names_does_not_go(database_url: str) -> None:
    database = fill(Database.open(database_url))
    add(database, LAN, 1_000)
    with pytest.raises(RefusedError, match="still named"), database.writing() as connection:
        RegionStore(connection).replace(LEVELS, [a_region("vn", None, 0, "Việt Nam")], {})
    assert (region_code(database, "ha noi"), region_code(database, "vn")) == ("01", "")
    with pytest.raises(OperatorError):
        region_code(database, "nowhere")
    database.close()


def test_regions_under_another_parent_are_known_with_the_next_look(database_url: str) -> None:
    """T-28: as many as before; whose they were must not be whose they are."""
    database = fill(Database.open(database_url))
    found = known(database, {}, (), Known())
    moved = [a_region("05665", "01", 2, "Xã Văn Lăng") if one.id == "05665" else one for one in a_tree()]
    with database.writing() as connection:
        RegionStore(connection).replace(LEVELS, moved, {})
    assert found.above["05665"] == "19"
    again = known(database, {}, (), found)
    assert (again.above["05665"], len(again.above)) == ("01", len(found.above))
    database.close()
